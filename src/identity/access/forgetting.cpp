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

// Rewriting the file takes what deleting leaves between the rows.
Result<void> AccessStore::forget_user(std::int64_t user) {
    {
        const std::lock_guard lock(impl_->memory);
        std::erase_if(impl_->sessions, [&](const auto& one) { return one.second.bearer.user == user; });
        std::erase_if(impl_->session_tokens,
                      [&](const auto& one) { return !impl_->sessions.contains(one.second.session); });
        std::erase_if(impl_->tokens, [&](const auto& one) { return one.second.line.user == user; });
        std::erase_if(impl_->token_ids, [&](const auto& one) { return !impl_->tokens.contains(one.second); });
        std::erase_if(impl_->pending, [&](const auto& one) { return one.second.user == user; });
        impl_->passwords.erase(user);
    }
    TRY(impl_->write([&](store::Database& database) -> Result<void> {
        TRY(run_for(database,
                    "delete from session_token where session in (select id from session where user = ?)",
                    user));
        for (const auto* table :
             {"session", "token", "link", "password", "totp", "recovery_code", "idempotency"})
            TRY(run_for(database, std::string("delete from ") + table + " where user = ?", user));
        return {};
    }));
    return impl_->writer->run_between([](store::Database& database) -> Result<void> {
        TRY(database.rewrite());
        return database.truncate_wal();
    });
}

}  // namespace maru::identity
