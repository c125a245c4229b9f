#include <algorithm>
#include <array>

#include "access/impl.hpp"

namespace maru::identity {

namespace {

constexpr auto every = std::chrono::hours(1);
constexpr auto failures_kept = std::chrono::hours(24);
constexpr auto answers_kept = std::chrono::hours(24);
constexpr auto ended_kept = std::chrono::days(30);  // so that it can be said why they ended

Result<void> run_for(store::Database& database, std::string_view sql, std::int64_t value) {
    store::Statement* statement = TRY(database.cached(sql));
    return statement->bind(1, value).run();
}

// Deletes what began before the session could still be good, with its cookies.
Result<void> forget_rows(store::Database& database, Instant at, milliseconds session_life) {
    const std::int64_t now = milliseconds_of(at);
    TRY(run_for(database, "delete from session where began < ?",
                milliseconds_of(at - session_life - ended_kept)));
    TRY(database.execute("delete from session_token where session not in (select id from session)"));
    TRY(run_for(database, "delete from token where ends < ?", milliseconds_of(at - ended_kept)));
    TRY(run_for(database, "delete from link where ends <= ?", now));
    TRY(run_for(database, "delete from failure where last < ?", milliseconds_of(at - failures_kept)));
    return run_for(database, "delete from idempotency where made < ?", milliseconds_of(at - answers_kept));
}

}  // namespace

Result<void> AccessStore::Impl::forget_old(Instant at) {
    if (last_forgotten && at < *last_forgotten + every) return {};
    TRY(write([&](store::Database& database) { return forget_rows(database, at, options.session_life); }));
    last_forgotten = at;
    const std::lock_guard lock(memory);
    const Instant sessions_from = at - options.session_life - ended_kept, tokens_from = at - ended_kept;
    std::erase_if(sessions, [&](const auto& one) { return one.second.line.began < sessions_from; });
    std::erase_if(session_tokens, [&](const auto& one) { return !sessions.contains(one.second.session); });
    std::erase_if(tokens, [&](const auto& one) { return one.second.line.ends < tokens_from; });
    std::erase_if(token_ids, [&](const auto& one) { return !tokens.contains(one.second); });
    return {};
}

Result<void> AccessStore::end_user(std::int64_t user) {
    std::vector<std::int64_t> ended;
    {
        const std::lock_guard lock(impl_->memory);
        ended = impl_->drop_sessions(user, 0);
        for (auto& [id, token] : impl_->tokens)
            if (token.line.user == user) token.why = Refusal::revoked;
        std::erase_if(impl_->pending, [&](const auto& one) { return one.second.user == user; });
    }
    TRY(impl_->submit_drops(std::move(ended), Refusal::revoked).get());
    return impl_->write([&](store::Database& database) -> Result<void> {
        store::Statement* tokens = TRY(database.cached("update token set refusal = ? where user = ?"));
        TRY(tokens->bind(1, static_cast<std::int64_t>(Refusal::revoked)).bind(2, user).run());
        return run_for(database, "delete from link where user = ?", user);
    });
}

namespace {

constexpr const char* tables_of_users[] = {"session", "token",         "link",       "password",
                                           "totp",    "recovery_code", "idempotency"};

Result<std::vector<std::int64_t>> known_users(store::Database& database) {
    std::string sql;
    for (const std::string table : tables_of_users)
        sql += (sql.empty() ? "select user from " : " union select user from ") + table;
    std::vector<std::int64_t> users;
    store::Statement* query = TRY(database.cached(sql));
    for (;;) {
        const auto row = TRY(query->step());
        if (!row) return users;
        if (row->integer(0) != 0) users.push_back(row->integer(0));  // 0: setup links
    }
}

Result<void> delete_user(store::Database& database, std::int64_t user) {
    TRY(run_for(database,
                "delete from session_token where session in (select id from session where user = ?)", user));
    for (const std::string table : tables_of_users)
        TRY(run_for(database, "delete from " + table + " where user = ?", user));
    return {};
}

}  // namespace

// Rewriting the file takes what deleting leaves between the rows.
Result<void> AccessStore::Impl::forget_users(const std::vector<std::int64_t>& users) {
    const auto is_one = [&](std::int64_t user) { return std::ranges::find(users, user) != users.end(); };
    {
        const std::lock_guard lock(memory);
        std::erase_if(sessions, [&](const auto& one) { return is_one(one.second.bearer.user); });
        std::erase_if(session_tokens,
                      [&](const auto& one) { return !sessions.contains(one.second.session); });
        std::erase_if(tokens, [&](const auto& one) { return is_one(one.second.line.user); });
        std::erase_if(token_ids, [&](const auto& one) { return !tokens.contains(one.second); });
        std::erase_if(pending, [&](const auto& one) { return is_one(one.second.user); });
        for (const std::int64_t user : users) passwords.erase(user);
    }
    TRY(write([&](store::Database& database) -> Result<void> {
        for (const std::int64_t user : users) TRY(delete_user(database, user));
        return {};
    }));
    return writer->run_between([](store::Database& database) -> Result<void> {
        TRY(database.rewrite());
        return database.truncate_wal();
    });
}

Result<void> AccessStore::forget_answers() {
    TRY(impl_->write([](store::Database& database) -> Result<void> {
        return database.execute("update idempotency set type = '', body = '' where body is not null");
    }));
    return impl_->writer->run_between([](store::Database& database) -> Result<void> {
        TRY(database.rewrite());
        return database.truncate_wal();
    });
}

Result<void> AccessStore::forget_user(std::int64_t user) { return impl_->forget_users({user}); }

// Users who were erased or retired, by whatever way. A directory without users is one that was not read yet.
Result<void> AccessStore::Impl::forget_gone() {
    std::shared_ptr<const Directory> now_there;
    {
        const std::lock_guard lock(memory);
        now_there = directory;
    }
    if (now_there == looked_through || now_there->all().empty()) return {};
    std::vector<std::int64_t> gone;
    TRY(write([&](store::Database& database) -> Result<void> {
        gone = TRY(known_users(database));
        return {};
    }));
    std::erase_if(gone, [&](std::int64_t user) { return now_there->find(user) != nullptr; });
    if (!gone.empty()) TRY(forget_users(gone));
    looked_through = now_there;
    return {};
}

}  // namespace maru::identity
