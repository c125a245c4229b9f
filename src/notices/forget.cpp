#include "notices/forget.hpp"

#include "database/open.hpp"

namespace maru::notices {

namespace {

Result<std::int64_t> run_for(store::Database& database, const char* sql, std::int64_t person) {
    auto statement = TRY(database.prepare(sql));
    statement.bind(1, person);
    TRY(statement.run());
    return database.changes();
}

Result<std::int64_t> remove_mentions(store::Database& database, const std::string& word) {
    if (word.empty()) return 0;
    auto remove =
        TRY(database.prepare("delete from message where instr(recipient || ' ' || recipient_name || ' ' || "
                             "subject || ' ' || body || ' ' || "
                             "coalesce(error_ja, '') || ' ' || coalesce(error_en, ''), ?1) > 0"));
    remove.bind(1, word);
    TRY(remove.run());
    return database.changes();
}

Result<std::int64_t> remove(store::Database& database, std::int64_t person,
                            const std::vector<std::string>& words) {
    auto transaction = TRY(store::Transaction::begin(database));
    std::int64_t gone = TRY(run_for(database, "delete from message where person = ?1", person));
    for (const std::string& word : words) gone += TRY(remove_mentions(database, word));
    TRY(run_for(database, "delete from feed where person = ?1", person));
    TRY(run_for(database, "update seen_task set owner = null where owner = ?1", person));
    TRY(transaction.commit());
    return gone;
}

}  // namespace

Result<std::int64_t> forget_person(const std::filesystem::path& folder, std::int64_t person,
                                   const std::vector<std::string>& words) {
    std::error_code ignored;
    if (!std::filesystem::exists(database_of(folder), ignored)) return 0;
    auto database = TRY(open_database(folder));
    const std::int64_t gone = TRY(remove(database, person, words));
    TRY(database.rewrite());
    TRY(database.truncate_wal());
    return gone;
}

}  // namespace maru::notices
