#include <algorithm>

#include "ledger/log.hpp"

namespace maru::ledger {

namespace {

Result<Hash> hash_in(const store::Row& row, int column) {
    const ByteView stored = row.blob(column);
    Hash hash{};
    if (stored.size() != hash.size())
        return fail(ErrorKind::corrupt,
                    {"変更記録簿のハッシュの長さが正しくありません。バックアップから復元してください。",
                     "a hash of the ledger has the wrong length; restore the database from a backup."});
    std::ranges::copy(stored, hash.begin());
    return hash;
}

// The newest root is kept; only earlier ones are computed.
Result<std::optional<Hash>> current_root(store::Database& database, std::int64_t entries) {
    auto statement = TRY(database.prepare("select s.root from log_state s where s.size = ?"));
    statement.bind(1, entries);
    auto row = TRY(statement.step());
    if (!row) return std::nullopt;
    return TRY(hash_in(*row, 0));
}

}  // namespace

Result<Hash> root_at(store::Database& database, std::int64_t entries) {
    if (const auto root = TRY(current_root(database, entries))) return *root;
    auto statement = TRY(database.prepare("select e.leaf from entry e where e.idx < ? order by e.idx"));
    statement.bind(1, entries);
    Frontier frontier;
    std::vector<Node> completed;
    while (auto row = TRY(statement.step())) {
        frontier.append(TRY(hash_in(*row, 0)), completed);
        completed.clear();
    }
    return frontier.root();
}

}  // namespace maru::ledger
