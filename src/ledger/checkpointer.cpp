#include "ledger/checkpointer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "damage/messages.hpp"
#include "ledger/log.hpp"
#include "ledger/stored_tiles.hpp"

namespace maru::ledger {

namespace {

constexpr std::chrono::hours kept_whole{1};  // how long every checkpoint stays

std::int64_t as_integer(std::uint64_t size) { return static_cast<std::int64_t>(size); }

// One state of the database for a round of reading.
class Snapshot {
public:
    static Result<Snapshot> begin(store::Database& database) {
        TRY(database.execute("begin"));
        return Snapshot(&database);
    }
    Snapshot(Snapshot&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Snapshot& operator=(Snapshot&&) = delete;
    ~Snapshot() { end(); }
    void end() {
        if (database_ != nullptr) (void)std::exchange(database_, nullptr)->execute("rollback");
    }

private:
    explicit Snapshot(store::Database* database) : database_(database) {}
    store::Database* database_;
};

Result<void> compare_node(store::Database& database, const Node& node) {
    store::Statement* query = TRY(database.cached("select hash from node where level = ?1 and idx = ?2"));
    query->bind(1, std::int64_t{node.level}).bind(2, as_integer(node.index));
    const std::optional<store::Row> row = TRY(query->step());
    const bool same = row && std::ranges::equal(row->blob(0), node.hash);
    query->reset();
    if (same) return {};
    return damaged_ledger(fmt::format("節 {}/{} が一致しません", node.level, node.index),
                          fmt::format("node {}/{} differs", node.level, node.index));
}

// What a new hour begins with.
bool is_new_hour(const std::optional<StoredCheckpoint>& before, Instant now) {
    using std::chrono::floor;
    using std::chrono::hours;
    return before && floor<hours>(before->created) != floor<hours>(now);
}

}  // namespace

struct Checkpointer::Tail {
    LogState state;                          // committed
    std::optional<StoredCheckpoint> newest;  // of this key
    std::optional<StoredCheckpoint> before;  // of whatever key
    Frontier frontier;                       // over what was signed, then over the tail as well
    bool is_signed() const { return newest && newest->checkpoint.size == state.size; }
};

Checkpointer::Checkpointer(store::Database reader, SigningKey key, CheckpointerOptions options)
    : reader_(std::move(reader)), key_(std::move(key)), options_(std::move(options)) {}

// Step 1. What an earlier key signed is a prefix like any other, but this key has to sign its size anew.
Result<Checkpointer::Tail> Checkpointer::read_tail() {
    Tail tail;
    tail.state = TRY(stored_state(reader_));
    tail.before = TRY(newest_checkpoint(reader_));
    if (tail.before && tail.before->checkpoint.origin == key_.name) tail.newest = tail.before;
    const std::uint64_t size = tail.before ? tail.before->checkpoint.size : 0;
    if (size > tail.state.size)
        return damaged_ledger(fmt::format("{} 件に署名済みですが、記録は {} 件です", size, tail.state.size),
                              fmt::format("{} entries were signed, but it has {}", size, tail.state.size));
    tail.frontier = signed_ && signed_->size() == size ? *signed_ : TRY(frontier_at(reader_, size));
    if (tail.before && tail.frontier.root() != tail.before->checkpoint.root)
        return damaged_ledger(
            fmt::format("最初の {} 件のルートが、署名したものと違います", size),
            fmt::format("the root of its first {} entries is not the one that was signed", size));
    return tail;
}

// Step 2: the bodies that are about to be signed are read again, so that nothing is signed that cannot be
// read back.
Result<void> Checkpointer::roll_forward(Tail& tail) {
    store::Statement* query =
        TRY(reader_.cached("select idx, leaf, body from entry where idx >= ?1 and idx < ?2 order by idx"));
    query->bind(1, as_integer(tail.frontier.size())).bind(2, as_integer(tail.state.size));
    std::vector<Node> completed;
    while (const std::optional<store::Row> row = TRY(query->step())) {
        const Hash leaf = leaf_hash(row->blob(2));
        const std::int64_t index = row->integer(0);
        if (std::cmp_not_equal(index, tail.frontier.size()) || !std::ranges::equal(row->blob(1), leaf)) {
            query->reset();
            return damaged_ledger(fmt::format("記録 {} が保存されたハッシュと一致しません", index),
                                  fmt::format("entry {} differs from its stored hash", index));
        }
        tail.frontier.append(leaf, completed);
    }
    for (const Node& node : completed) TRY(compare_node(reader_, node));
    if (tail.frontier.size() == tail.state.size && tail.frontier.root() == tail.state.root) return {};
    return damaged_ledger("再計算したルートが保存されたルートと一致しません",
                          "the root recomputed differs from the stored one");
}

// Step 3. Returns what the anchor has.
Result<std::optional<Checkpoint>> Checkpointer::guard() {
    if (!options_.anchor) return std::nullopt;
    const std::optional<SignedCheckpoint> anchored = TRY(options_.anchor->read());
    if (!anchored) return std::nullopt;
    const KnownCheckpoint known{KnownCheckpoint::Keeper::anchor, options_.anchor->file().string(),
                                anchored->checkpoint};
    const std::optional<Fork> fork = TRY(find_fork(reader_, std::span(&known, 1)));
    if (fork) return fail(ErrorKind::unavailable, explanation(*fork));
    return anchored->checkpoint;
}

// Step 4.
Result<StoredCheckpoint> Checkpointer::sign(const Tail& tail) {
    StoredCheckpoint made;
    made.checkpoint = {key_.name, tail.state.size, tail.state.root, {}};
    made.note = TRY(sign_checkpoint(made.checkpoint, key_));
    made.created = options_.clock();
    options_.reached(CheckpointStep::signed_note);
    const bool new_hour = is_new_hour(tail.before, made.created);
    const auto store = [&made, new_hour](store::Database& database) -> Result<void> {
        TRY(store_checkpoint(database, made));
        if (new_hour) TRY(thin_checkpoints(database, made.created - kept_whole));
        return {};
    };
    TRY(options_.write(store));
    options_.reached(CheckpointStep::stored);
    return made;
}

Result<StoredCheckpoint> Checkpointer::run() {
    const std::lock_guard one_at_a_time(mutex_);
    Snapshot snapshot = TRY(Snapshot::begin(reader_));
    Tail tail = TRY(read_tail());
    options_.reached(CheckpointStep::read);
    if (tail.is_signed() && anchored_ == tail.newest->note) return *tail.newest;
    TRY(roll_forward(tail));
    options_.reached(CheckpointStep::verified);
    std::optional<store::FileLock> lock;
    if (options_.anchor) lock.emplace(TRY(options_.anchor->lock()));
    const std::optional<Checkpoint> anchored = TRY(guard());
    snapshot.end();  // a reader that stays keeps the write-ahead log from being merged
    options_.reached(CheckpointStep::guarded);
    StoredCheckpoint newest = tail.is_signed() ? *tail.newest : TRY(sign(tail));
    signed_ = tail.frontier;
    if (options_.anchor && anchored != newest.checkpoint) TRY(options_.anchor->write(newest.note));
    anchored_ = newest.note;
    options_.reached(CheckpointStep::anchored);
    return newest;
}

}  // namespace maru::ledger
