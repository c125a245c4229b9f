// Lines of the access record: noted in memory, written by tick, sealed into the ledger in batches.
#include <fmt/core.h>

#include <algorithm>

#include "access/impl.hpp"
#include "ledger/log.hpp"

namespace maru::identity {

namespace {

constexpr std::int64_t lines_per_batch = 1000;
constexpr auto oldest_unsealed = std::chrono::seconds(60);
constexpr std::size_t held_at_most = 100'000;  // lines in memory; more are written by whoever notes them
constexpr std::size_t batches_at_once = 100;

// The encoded line's parts are the columns: what is stored is what is hashed.
std::vector<std::string> columns_of(const AccessLine& line) { return split(encode(line), '\t'); }

std::string one_line(std::string_view text) {
    std::string out = cut(text, 100);
    std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return out;
}

std::string line_of(const store::Row& row) {
    return fmt::format("{}\t{}\t{}\t{}\t{}\t{}", format_instant_milliseconds(instant_of(row.integer(1))),
                       row.text(2), row.text(3), row.text(4), row.text(5), row.text(6));
}

struct NewBatch {
    std::int64_t first = 0, last = 0;
    Instant oldest{}, newest{};
    std::vector<std::string> lines;
};

Result<NewBatch> next_batch(store::Database& database, std::int64_t after) {
    NewBatch batch;
    store::Statement* query = TRY(
        database.cached("select number, at, who, register, records, fields, request from access_line where "
                        "number > ? order by number limit ?"));
    query->bind(1, after).bind(2, lines_per_batch);
    for (;;) {
        const auto row = TRY(query->step());
        if (!row) return batch;
        const Instant at = instant_of(row->integer(1));
        if (batch.lines.empty()) batch.first = row->integer(0), batch.oldest = batch.newest = at;
        batch.last = row->integer(0);
        batch.oldest = std::min(batch.oldest, at);
        batch.newest = std::max(batch.newest, at);
        batch.lines.push_back(line_of(*row));
    }
}

Result<std::int64_t> store_batch(store::Database& database, const NewBatch& batch, std::int64_t after_entry) {
    store::Statement* row =
        TRY(database.cached("insert into access_batch (first, last, commitment, after_entry) values (?, ?, "
                            "?, ?) returning number"));
    const Hash commitment = commitment_of(batch.lines);
    row->bind(1, batch.first).bind(2, batch.last).bind(3, ByteView(commitment)).bind(4, after_entry);
    const auto made = TRY(row->step());
    const std::int64_t number = made->integer(0);
    row->reset();
    return number;
}

struct OpenBatch {
    std::int64_t number = 0, lines = 0, after_entry = 0;
    Instant from{}, to{};
    Hash commitment{};
    std::optional<std::int64_t> entry;
};

Result<std::vector<OpenBatch>> open_batches(store::Database& database) {
    std::vector<OpenBatch> out;
    store::Statement* query = TRY(database.cached(
        "select b.number, b.last - b.first + 1, b.after_entry, b.commitment, min(l.at), max(l.at) from "
        "access_batch b join access_line l on l.number between b.first and b.last where b.entry is null "
        "group by b.number order by b.number"));
    for (;;) {
        const auto row = TRY(query->step());
        if (!row) return out;
        out.push_back({row->integer(0),
                       row->integer(1),
                       row->integer(2),
                       instant_of(row->integer(4)),
                       instant_of(row->integer(5)),
                       hash_of(row->blob(3)),
                       {}});
    }
}

ledger::Entry entry_of(const OpenBatch& batch, Instant now) {
    ledger::Entry entry;
    entry.kind = "access";
    entry.at = now;
    entry.commitment = batch.commitment;
    entry.note = fmt::format("batch={}; lines={}; from={}; to={}", batch.number, batch.lines,
                             format_instant(batch.from), format_instant(batch.to));
    return entry;
}

// The entry that a process made before it died without noting its index.
Result<std::optional<std::int64_t>> made_before(store::Database& ledger, const OpenBatch& batch) {
    store::Statement* query = TRY(ledger.cached("select idx, body from entry where idx >= ? order by idx"));
    query->bind(1, batch.after_entry);
    for (;;) {
        const auto row = TRY(query->step());
        if (!row) return std::nullopt;
        const ByteView body = row->blob(1);
        const auto entry = ledger::decode({reinterpret_cast<const char*>(body.data()), body.size()});
        if (!entry || entry->kind != "access" || entry->commitment != batch.commitment) continue;
        const std::int64_t index = row->integer(0);
        query->reset();
        return index;
    }
}

}  // namespace

void AccessStore::note_access(AccessLine line) {
    line.who = one_line(line.who);
    line.register_name = one_line(line.register_name);
    line.request = one_line(line.request);
    bool full = false;
    {
        const std::lock_guard lock(impl_->memory);
        impl_->noted.push_back(std::move(line));
        full = impl_->noted.size() > held_at_most;
    }
    if (full) static_cast<void>(impl_->write_accesses());  // kept when that fails; tick() reports it
}

Result<void> AccessStore::Impl::write_accesses() {
    std::vector<AccessLine> lines;
    {
        const std::lock_guard lock(memory);
        lines.swap(noted);
    }
    if (lines.empty()) return {};
    const auto done = write([&](store::Database& database) -> Result<void> {
        store::Statement* row =
            TRY(database.cached("insert into access_line (at, who, register, records, fields, request) "
                                "values (?, ?, ?, ?, ?, ?)"));
        for (const AccessLine& line : lines) {
            const auto columns = columns_of(line);
            row->bind(1, milliseconds_of(line.at));
            for (int i = 1; i < 6; ++i) row->bind(i + 1, columns[static_cast<std::size_t>(i)]);
            TRY(row->run());
        }
        return {};
    });
    if (done) return {};
    const std::lock_guard lock(memory);
    noted.insert(noted.begin(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
    return done;
}

Result<void> AccessStore::Impl::make_batches(registers::Organisation& organisation, bool all) {
    const Instant at = now();
    bool more = false;
    TRY(write([&](store::Database& database) -> Result<void> {
        store::Statement* unsealed =
            TRY(database.cached("select count(*), min(at) from access_line where number > (select "
                                "coalesce(max(last), 0) from access_batch)"));
        const auto row = TRY(unsealed->step());
        const bool due =
            row->integer(0) >= lines_per_batch || instant_of(row->integer(1)) <= at - oldest_unsealed;
        more = row->integer(0) > 0 && (all || due);
        unsealed->reset();
        return {};
    }));
    if (!more) return {};
    const auto after_entry = static_cast<std::int64_t>(organisation.ledger_state().size);
    return write([&](store::Database& database) -> Result<void> {
        std::int64_t after = TRY(database.query_integer("select max(last) from access_batch")).value_or(0);
        for (std::size_t i = 0; i < batches_at_once; ++i) {
            const NewBatch batch = TRY(next_batch(database, after));
            if (batch.lines.empty()) break;
            const bool whole = std::ssize(batch.lines) == lines_per_batch;
            if (!whole && !all && batch.oldest > at - oldest_unsealed) break;
            fresh_batches.insert(TRY(store_batch(database, batch, after_entry)));
            after = batch.last;
        }
        return {};
    });
}

// A batch gets its row first, then its entry, then the entry's index. Whoever dies between leaves a row
// without index: then the ledger is asked whether the entry was made.
Result<void> AccessStore::Impl::append_batches(registers::Organisation& organisation) {
    std::vector<OpenBatch> batches;
    TRY(write([&](store::Database& database) -> Result<void> {
        batches = TRY(open_batches(database));
        return {};
    }));
    if (batches.empty()) return {};
    std::set<std::int64_t> untried;
    untried.swap(fresh_batches);
    TRY(organisation
            .submit([&](registers::WriteContext& context) -> Result<void> {
                for (OpenBatch& batch : batches) {
                    if (!untried.contains(batch.number))
                        batch.entry = TRY(made_before(context.database, batch));
                    if (!batch.entry)
                        batch.entry = TRY(context.log.append(context.database, entry_of(batch, context.now)));
                }
                return {};
            })
            .get());
    return write([&](store::Database& database) -> Result<void> {
        store::Statement* row = TRY(database.cached("update access_batch set entry = ? where number = ?"));
        for (const OpenBatch& batch : batches) TRY(row->bind(1, *batch.entry).bind(2, batch.number).run());
        return {};
    });
}

Result<void> AccessStore::seal_accesses(registers::Organisation& organisation) {
    const std::lock_guard lock(impl_->sealing);
    TRY(impl_->write_accesses());
    TRY(impl_->make_batches(organisation, true));
    return impl_->append_batches(organisation);
}

Result<void> AccessStore::tick(registers::Organisation& organisation) {
    const std::lock_guard lock(impl_->sealing);
    TRY(impl_->write_accesses());
    TRY(impl_->write_last_uses());
    TRY(impl_->make_batches(organisation, false));
    TRY(impl_->append_batches(organisation));
    TRY(impl_->forget_gone());
    return impl_->forget_old(impl_->now());
}

Result<std::vector<AccessStore::StoredAccess>> AccessStore::accesses(const AccessPage& page) const {
    std::vector<StoredAccess> out;
    const std::lock_guard lock(impl_->reading);
    store::Statement* query = TRY(impl_->reader.cached(
        "select l.number, l.at, l.who, l.register, l.records, l.fields, l.request, (select b.entry from "
        "access_batch b where b.last >= l.number order by b.last limit 1) from access_line l where (?1 = 0 "
        "or "
        "l.number < ?1) and (?2 = '' or l.who = ?2) and (?3 = '' or l.register = ?3) order by l.number "
        "desc"));
    query->bind(1, page.from).bind(2, page.who).bind(3, page.register_name);
    while (std::ssize(out) < page.limit) {
        const auto row = TRY(query->step());
        if (!row) break;
        AccessLine line = TRY(decode_access_line(line_of(*row)));
        if (page.record != 0 && std::ranges::find(line.records, page.record) == line.records.end()) continue;
        out.push_back({row->integer(0), std::move(line), row->maybe_integer(7)});
    }
    query->reset();
    return out;
}

Result<AccessVerification> AccessStore::verify_accesses(store::Database& ledger_reader) const {
    const std::lock_guard lock(impl_->reading);
    return verify_access_record(impl_->reader, ledger_reader);
}

}  // namespace maru::identity
