#include "ledger/log.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "damage/messages.hpp"
#include "envelope/time.hpp"

namespace maru::ledger {

namespace {

using std::chrono::milliseconds;

// `at` repeats the envelope's time in milliseconds so that the state known at an instant is found by binary
// search.
constexpr std::array<store::Migration, 1> steps{{{1, R"sql(
    create table entry (idx integer primary key, at integer not null, leaf blob not null, body blob not null);
    create table node (level integer not null, idx integer not null, hash blob not null, primary key (level, idx)) without rowid;
    create table log_state (id integer primary key check (id = 1), size integer not null, root blob not null, frontier blob not null);
    insert into log_state values (1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', x'');
)sql"}}};

std::unexpected<Error> corrupt_entry(std::int64_t index, const char* ja, const char* en) {
    return damaged_ledger(fmt::format("記録 {} の{}", index, ja), fmt::format("entry {}: {}", index, en));
}

std::unexpected<Error> too_long(std::size_t bytes) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("変更記録が {} バイトあり、上限 {} バイトを超えます。備考を短くしてください。", bytes,
                     Log::max_body),
         fmt::format("the entry has {} bytes, more than {}; shorten its note", bytes, Log::max_body)});
}

std::unexpected<Error> no_such_entry(std::int64_t index) {
    return fail(ErrorKind::not_found,
                {fmt::format("変更記録 {} はありません。番号を確かめてください。", index),
                 fmt::format("there is no entry {}; check the number", index)});
}

std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
std::int64_t as_integer(Instant instant) { return instant.time_since_epoch().count(); }
Instant as_instant(std::int64_t value) { return Instant(milliseconds(value)); }

struct StoredState {
    std::uint64_t size = 0;
    Hash root{};
    Frontier frontier;
};

Result<StoredState> read_state(store::Database& database) {
    store::Statement statement =
        TRY(database.prepare("select size, root, frontier from log_state where id = 1"));
    const std::optional<store::Row> row = TRY(statement.step());
    if (!row || row->integer(0) < 0 || row->blob(1).size() != std::tuple_size_v<Hash>)
        return damaged_ledger("状態の行がありません", "its state row is missing");
    StoredState state;
    state.size = static_cast<std::uint64_t>(row->integer(0));
    std::ranges::copy(row->blob(1), state.root.begin());
    state.frontier = TRY(Frontier::from_bytes(state.size, row->blob(2)));
    if (state.frontier.root() != state.root)
        return damaged_ledger("frontier とルートが一致しません",
                              "its frontier does not give the stored root");
    return state;
}

Result<Instant> time_at(store::Database& database, std::int64_t index) {
    store::Statement* statement = TRY(database.cached("select at from entry where idx = ?1"));
    const std::optional<store::Row> row = TRY(statement->bind(1, index).step());
    if (!row) return no_such_entry(index);
    const Instant at = as_instant(row->integer(0));
    statement->reset();
    return at;
}

Result<std::int64_t> number_of_entries(store::Database& database) {
    const std::optional<std::int64_t> last = TRY(database.query_integer("select max(idx) from entry"));
    return last ? *last + 1 : 0;
}

Result<void> store_node(store::Database& database, const Node& node) {
    store::Statement* statement =
        TRY(database.cached("insert into node (level, idx, hash) values (?1, ?2, ?3)"));
    statement->bind(1, std::int64_t{node.level})
        .bind(2, static_cast<std::int64_t>(node.index))
        .bind(3, ByteView(node.hash));
    return statement->run();
}

// Walks the whole log once and rebuilds what is derived from the bodies.
class Recomputation {
public:
    explicit Recomputation(store::Database& database) : database_(database) {}

    Result<LogState> run() {
        const StoredState stored = TRY(read_state(database_));
        store::Statement entries =
            TRY(database_.prepare("select idx, at, leaf, body from entry order by idx"));
        while (const std::optional<store::Row> row = TRY(entries.step())) TRY(add(*row));
        TRY(compare_node_count());
        if (frontier_.size() != stored.size || frontier_.root() != stored.root)
            return damaged_ledger(
                fmt::format("再計算した件数 {}・ルートが、保存された件数 {}・ルートと一致しません",
                            frontier_.size(), stored.size),
                fmt::format("size {} and root recomputed differ from the stored ones (size {})",
                            frontier_.size(), stored.size));
        return LogState{stored.size, stored.root};
    }

private:
    Result<void> add(const store::Row& row) {
        const std::int64_t index = row.integer(0);
        if (std::cmp_not_equal(index, frontier_.size()))
            return corrupt_entry(index, "前が欠けています", "an entry before it is missing");
        const ByteView body = row.blob(3);
        const Hash leaf = leaf_hash(body);
        if (!std::ranges::equal(row.blob(2), leaf))
            return corrupt_entry(index, "内容が変えられています", "its body was changed");
        TRY(compare_time(index, as_instant(row.integer(1)), as_text(body)));
        completed_.clear();
        frontier_.append(leaf, completed_);
        for (const Node& node : completed_) TRY(compare(node));
        return {};
    }

    // Column `at` is not hashed, so it is worth only what the envelope confirms.
    Result<void> compare_time(std::int64_t index, Instant at, std::string_view body) {
        const Result<Instant> written = time_in(body);
        if (!written || *written != at || at < last_)
            return corrupt_entry(index, "日時が一致しません",
                                 "its time differs from its envelope or goes backwards");
        last_ = at;
        return {};
    }

    Result<void> compare(const Node& node) {
        store::Statement* statement =
            TRY(database_.cached("select hash from node where level = ?1 and idx = ?2"));
        statement->bind(1, std::int64_t{node.level}).bind(2, static_cast<std::int64_t>(node.index));
        const std::optional<store::Row> row = TRY(statement->step());
        const bool same = row && std::ranges::equal(row->blob(0), node.hash);
        statement->reset();
        ++nodes_;
        if (same) return {};
        return damaged_ledger(fmt::format("節 {}/{} が一致しません", node.level, node.index),
                              fmt::format("node {}/{} differs", node.level, node.index));
    }

    Result<void> compare_node_count() {
        const std::int64_t stored = TRY(database_.query_integer("select count(*) from node")).value_or(0);
        if (stored == nodes_) return {};
        return damaged_ledger(fmt::format("節が {} 件あるはずが {} 件あります", nodes_, stored),
                              fmt::format("{} nodes instead of {}", stored, nodes_));
    }

    store::Database& database_;
    Frontier frontier_;
    Instant last_ = Instant::min();
    std::vector<Node> completed_;
    std::int64_t nodes_ = 0;
};

}  // namespace

std::span<const store::Migration> Log::migrations() { return steps; }

Result<Log> Log::load(store::Database& database) {
    StoredState stored = TRY(read_state(database));
    const std::int64_t entries = TRY(number_of_entries(database));
    if (std::cmp_not_equal(entries, stored.size))
        return damaged_ledger(fmt::format("記録は {} 件、状態は {} 件です", entries, stored.size),
                              fmt::format("{} entries, but its state says {}", entries, stored.size));
    Position position{std::move(stored.frontier), {}};
    if (entries > 0) position.last = TRY(time_at(database, entries - 1));
    return Log(std::move(position));
}

Result<LogState> stored_state(store::Database& database) {
    const StoredState state = TRY(read_state(database));
    return LogState{state.size, state.root};
}

Result<std::int64_t> Log::append(store::Database& database, Entry entry) {
    if (next_index() > 0) entry.at = std::max(entry.at, position_.last);
    const std::string body = encode(entry);
    if (body.size() > max_body) return too_long(body.size());
    if (!is_utf8(body))
        return fail(ErrorKind::invalid, {"変更記録が UTF-8 ではありません。UTF-8 で書いてください。",
                                         "the entry is no UTF-8; write it in UTF-8"});
    const std::int64_t index = next_index();
    const Hash leaf = leaf_hash(as_bytes(body));
    store::Statement* statement =
        TRY(database.cached("insert into entry (idx, at, leaf, body) values (?1, ?2, ?3, ?4)"));
    statement->bind(1, index).bind(2, as_integer(entry.at)).bind(3, ByteView(leaf)).bind(4, as_bytes(body));
    TRY(statement->run());
    completed_.clear();
    position_.frontier.append(leaf, completed_);
    position_.last = entry.at;
    for (const Node& node : completed_) TRY(store_node(database, node));
    return index;
}

void Log::mark() { mark_ = position_; }
void Log::roll_back_to_mark() { position_ = mark_; }
void Log::begin_batch() { batch_ = position_; }
void Log::roll_back_batch() { position_ = batch_; }

Result<void> Log::save_state(store::Database& database) {
    store::Statement* statement =
        TRY(database.cached("update log_state set size = ?1, root = ?2, frontier = ?3 where id = 1"));
    const Hash root = position_.frontier.root();
    const Bytes frontier = position_.frontier.bytes();
    statement->bind(1, next_index()).bind(2, ByteView(root)).bind(3, ByteView(frontier));
    return statement->run();
}

// In one snapshot: a writer may be appending meanwhile.
Result<LogState> recompute(store::Database& database) {
    const bool own = !database.in_transaction();
    if (own) TRY(database.execute("begin"));
    Result<LogState> state = Recomputation(database).run();
    if (own) TRY(database.execute("rollback"));
    return state;
}

Result<std::int64_t> entries_known_at(store::Database& database, Instant instant) {
    std::int64_t low = 0;
    std::int64_t high = TRY(number_of_entries(database));
    while (low < high) {  // entries before `low` were known, those from `high` on were not
        const std::int64_t middle = low + (high - low) / 2;
        if (TRY(time_at(database, middle)) <= instant)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Result<Instant> time_of(store::Database& database, std::int64_t index) { return time_at(database, index); }

Result<Entry> entry_at(store::Database& database, std::int64_t index) {
    store::Statement* statement = TRY(database.cached("select body from entry where idx = ?1"));
    const std::optional<store::Row> row = TRY(statement->bind(1, index).step());
    if (!row) return no_such_entry(index);
    const ByteView body = row->blob(0);
    Result<Entry> entry = decode({reinterpret_cast<const char*>(body.data()), body.size()});
    statement->reset();
    return entry;
}

}  // namespace maru::ledger
