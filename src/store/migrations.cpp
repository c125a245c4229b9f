#include "store/migrations.hpp"

#include <fmt/core.h>

namespace maru::store {

namespace {

std::unexpected<Error> newer_version(std::int64_t found, std::int64_t known) {
    return fail(
        ErrorKind::corrupt,
        {fmt::format("データベースの版 {} は、このプログラムが扱える版 {} より新しいものです。新しい maru "
                     "を使ってください。",
                     found, known),
         fmt::format(
             "the database has version {}, newer than version {} that this program knows; use a newer maru",
             found, known)});
}

Result<void> apply(Database& database, const Migration& migration) {
    const Result<void> done = database.execute(migration.sql);
    if (!done) return std::unexpected(prefixed(fmt::format("migration {}", migration.number), done.error()));
    return database.execute(fmt::format("pragma user_version = {}", migration.number));
}

}  // namespace

Result<void> migrate(Database& database, std::span<const Migration> migrations) {
    const std::int64_t found = TRY(database.query_integer("pragma user_version")).value_or(0);
    const std::int64_t known = migrations.empty() ? 0 : migrations.back().number;
    if (found > known) return newer_version(found, known);
    if (found == known) return {};
    Transaction transaction = TRY(Transaction::begin(database));
    // Another process may have migrated while we waited for the lock.
    const std::int64_t now = TRY(database.query_integer("pragma user_version")).value_or(0);
    for (const Migration& migration : migrations)
        if (migration.number > now) TRY(apply(database, migration));
    return transaction.commit();
}

}  // namespace maru::store
