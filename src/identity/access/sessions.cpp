#include <algorithm>

#include "access/impl.hpp"

namespace maru::identity {

namespace {

constexpr std::size_t longest_device = 200, longest_address = 64, longest_secret = 100;

std::unexpected<Error> no_session() {
    return fail(ErrorKind::not_found, {"そのセッションはありません。一覧を開き直してください。",
                                       "there is no such session; reload the list"});
}

}  // namespace

Text sentence_of(Refusal why) {
    switch (why) {
        case Refusal::none: return {"", ""};
        case Refusal::unknown: return {"サインインしてください。", "sign in"};
        case Refusal::ended:
            return {"期限が切れました。もう一度サインインするか、新しいトークンを作ってください。",
                    "its end has come; sign in again or make a new token"};
        case Refusal::idle:
            return {"しばらく使われなかったためサインアウトしました。もう一度サインインしてください。",
                    "signed out after a long time without use; sign in again"};
        case Refusal::revoked:
            return {"取り消されました。もう一度サインインするか、新しいトークンを作ってください。",
                    "it was revoked; sign in again or make a new token"};
        case Refusal::stolen:
            return {
                "このセッションの古い Cookie "
                "が使われたため、安全のため終了しました。もう一度サインインし、心当たりが"
                "なければ情報セキュリティ管理者に知らせてください。",
                "the session was ended because an old cookie of it was used; sign in again, and tell the "
                "security manager unless you know why"};
        case Refusal::user_ended:
            return {"この利用者は停止中か、利用期間の外です。情報セキュリティ管理者に相談してください。",
                    "the user is disabled or outside its period; ask the security manager"};
    }
    return {};
}

bool AccessStore::Impl::is_active(std::int64_t user, Instant at) const {
    const User* found = directory->find(user);
    return found && found->is_active(local_day(at, options.offset));
}

Refusal AccessStore::Impl::refusal_of(const LiveSession& session, Instant at) const {
    if (session.why != Refusal::none) return session.why;
    if (at >= session.line.began + options.session_life) return Refusal::ended;
    if (at >= session.line.last_used + options.session_idle) return Refusal::idle;
    return Refusal::none;
}

// False when the user is nobody (any more). Credential, scope and second factor stay as they were set.
bool AccessStore::Impl::refresh(Bearer& bearer, Instant at) {
    if (!is_active(bearer.user, at)) return false;
    if (bearer.made_from == directory.get() && bearer.principal) return true;
    auto made = std::make_shared<Principal>(directory->principal(*directory->find(bearer.user)));
    if (bearer.principal) {
        made->by = bearer.principal->by;
        made->credential = bearer.principal->credential;
        made->scope = bearer.principal->scope;
        made->second_factor = bearer.principal->second_factor;
    }
    bearer.principal = std::move(made);
    bearer.made_from = directory.get();
    return true;
}

void AccessStore::Impl::drop_session(LiveSession& session, Refusal why) {
    session.why = why;
    session.next_token.clear();
}

std::vector<std::int64_t> AccessStore::Impl::drop_sessions(std::int64_t user, std::int64_t except) {
    std::vector<std::int64_t> dropped;
    for (auto& [id, session] : sessions) {
        if (session.bearer.user != user || id == except || session.why != Refusal::none) continue;
        drop_session(session, Refusal::revoked);
        dropped.push_back(id);
    }
    return dropped;
}

std::future<Result<void>> AccessStore::Impl::submit_drops(std::vector<std::int64_t> ids, Refusal why) {
    return writer->submit([ids = std::move(ids), why](store::Database& database) -> Result<void> {
        store::Statement* statement = TRY(database.cached("update session set refusal = ? where id = ?"));
        for (const std::int64_t id : ids)
            TRY(statement->bind(1, static_cast<std::int64_t>(why)).bind(2, id).run());
        return {};
    });
}

Presented AccessStore::Impl::present(LiveSession& session, std::string_view address, Instant at) {
    if (const Refusal why = refusal_of(session, at); why != Refusal::none) return {nullptr, why, ""};
    if (!session.bearer.principal) {
        auto blank = std::make_shared<Principal>();
        blank->by = Principal::By::session;
        blank->credential = session.line.id;
        blank->second_factor = session.line.second_factor;
        session.bearer.principal = std::move(blank);
        session.bearer.made_from = nullptr;
    }
    if (!refresh(session.bearer, at)) return {nullptr, Refusal::user_ended, ""};
    session.line.last_used = std::max(session.line.last_used, at);
    if (session.line.origin.address != address) session.line.origin.address = cut(address, longest_address);
    session.changed = true;
    return {session.bearer.principal, Refusal::none, ""};
}

// A new cookie every day. The old one stays good until a minute after the new one was used, so that nobody is
// signed out by an answer that was lost; when it comes back later, somebody else has it.
Presented AccessStore::check_session(std::string_view token, std::string_view address) {
    if (token.empty() || token.size() > longest_secret) return {nullptr, Refusal::unknown, ""};
    const Hash hash = secret_hash(token);
    const Instant at = impl_->now();
    const std::lock_guard lock(impl_->memory);
    const auto found = impl_->session_tokens.find(hash);
    if (found == impl_->session_tokens.end()) return {nullptr, Refusal::unknown, ""};
    const auto of = impl_->sessions.find(found->second.session);
    if (of == impl_->sessions.end()) return {nullptr, Refusal::unknown, ""};
    LiveSession& session = of->second;
    if (found->second.replaced && at > *found->second.replaced && session.why == Refusal::none) {
        impl_->drop_session(session, Refusal::stolen);
        impl_->submit_drops({session.line.id}, Refusal::stolen);
    }
    Presented presented = impl_->present(session, address, at);
    if (!presented || found->second.replaced) return presented;
    if (!session.next_token.empty() && token == session.next_token) {
        impl_->settle_rotation(session, hash, at);
    } else if (at >= session.token_made + impl_->options.session_rotation) {
        if (session.next_token.empty()) impl_->prepare_rotation(session);
        presented.new_token = session.next_token;
    }
    return presented;
}

void AccessStore::Impl::prepare_rotation(LiveSession& session) {
    session.next_token = random_token();
    const Hash hash = secret_hash(session.next_token);
    const std::int64_t id = session.line.id;
    session_tokens.emplace(hash, SessionToken{id, {}});
    writer->submit([hash, id](store::Database& database) -> Result<void> {
        store::Statement* statement =
            TRY(database.cached("insert into session_token (hash, session) values (?, ?)"));
        return statement->bind(1, ByteView(hash)).bind(2, id).run();
    });
}

void AccessStore::Impl::settle_rotation(LiveSession& session, const Hash& used, Instant at) {
    const Instant until = at + options.rotation_overlap;
    const std::int64_t id = session.line.id;
    session.next_token.clear();
    session.token_made = at;
    for (auto& [hash, token] : session_tokens)
        if (token.session == id && hash != used && !token.replaced) token.replaced = until;
    writer->submit([used, id, until, at](store::Database& database) -> Result<void> {
        store::Statement* replace = TRY(database.cached(
            "update session_token set replaced = ? where session = ? and hash <> ? and replaced is null"));
        TRY(replace->bind(1, milliseconds_of(until)).bind(2, id).bind(3, ByteView(used)).run());
        store::Statement* made = TRY(database.cached("update session set token_made = ? where id = ?"));
        return made->bind(1, milliseconds_of(at)).bind(2, id).run();
    });
}

Result<std::string> AccessStore::Impl::begin_session(std::int64_t user, const Origin& from,
                                                     bool second_factor) {
    LiveSession session;
    const std::string token = random_token();
    const Hash hash = secret_hash(token);
    session.bearer.user = user;
    session.token_made = session.line.began = session.line.last_used = now();
    session.line.origin = {cut(from.address, longest_address), cut(from.device, longest_device)};
    session.line.second_factor = second_factor;
    TRY(write([&](store::Database& database) -> Result<void> {
        store::Statement* row = TRY(
            database.cached("insert into session (user, began, last_used, address, device, second_factor, "
                            "token_made) values (?1, ?2, ?2, ?3, ?4, ?5, ?2) returning id"));
        row->bind(1, user).bind(2, milliseconds_of(session.line.began));
        row->bind(3, session.line.origin.address).bind(4, session.line.origin.device);
        row->bind(5, std::int64_t{second_factor});
        const auto made = TRY(row->step());
        session.line.id = made->integer(0);
        row->reset();
        store::Statement* secret =
            TRY(database.cached("insert into session_token (hash, session) values (?, ?)"));
        return secret->bind(1, ByteView(hash)).bind(2, session.line.id).run();
    }));
    const std::lock_guard lock(memory);
    session_tokens.emplace(hash, SessionToken{session.line.id, {}});
    sessions.emplace(session.line.id, std::move(session));
    return token;
}

Result<std::vector<SessionLine>> AccessStore::sessions_of(std::int64_t user) const {
    std::vector<SessionLine> lines;
    const Instant at = impl_->now();
    const std::lock_guard lock(impl_->memory);
    for (const auto& [id, session] : impl_->sessions) {
        if (session.bearer.user != user || impl_->refusal_of(session, at) != Refusal::none) continue;
        lines.push_back(session.line);
        lines.back().ends = std::min(session.line.began + impl_->options.session_life,
                                     session.line.last_used + impl_->options.session_idle);
    }
    std::ranges::sort(lines, [](const SessionLine& a, const SessionLine& b) {
        return std::pair(b.last_used, b.id) < std::pair(a.last_used, a.id);
    });
    return lines;
}

Result<void> AccessStore::end_session(std::int64_t user, std::int64_t session) {
    {
        const std::lock_guard lock(impl_->memory);
        const auto found = impl_->sessions.find(session);
        if (found == impl_->sessions.end() || found->second.bearer.user != user) return no_session();
        if (found->second.why == Refusal::none) impl_->drop_session(found->second, Refusal::revoked);
    }
    return impl_->submit_drops({session}, Refusal::revoked).get();
}

Result<int> AccessStore::end_sessions(std::int64_t user, std::int64_t except) {
    std::vector<std::int64_t> ended;
    {
        const std::lock_guard lock(impl_->memory);
        ended = impl_->drop_sessions(user, except);
    }
    const int count = static_cast<int>(ended.size());
    if (count > 0) TRY(impl_->submit_drops(std::move(ended), Refusal::revoked).get());
    return count;
}

Result<void> AccessStore::Impl::write_last_uses() {
    struct Use {
        std::int64_t id;
        Instant at;
        std::string address;
    };
    std::vector<Use> session_uses, token_uses;
    {
        const std::lock_guard lock(memory);
        for (auto& [id, session] : sessions)
            if (std::exchange(session.changed, false))
                session_uses.push_back({id, session.line.last_used, session.line.origin.address});
        for (auto& [id, token] : tokens)
            if (std::exchange(token.changed, false))
                token_uses.push_back({id, *token.line.last_used, token.line.last_address});
    }
    if (session_uses.empty() && token_uses.empty()) return {};
    const auto update = [](store::Database& database, std::string_view sql,
                           const std::vector<Use>& uses) -> Result<void> {
        store::Statement* statement = TRY(database.cached(sql));
        for (const Use& use : uses)
            TRY(statement->bind(1, milliseconds_of(use.at)).bind(2, use.address).bind(3, use.id).run());
        return {};
    };
    return write([&](store::Database& database) -> Result<void> {
        TRY(update(database, "update session set last_used = ?, address = ? where id = ?", session_uses));
        return update(database, "update token set last_used = ?, address = ? where id = ?", token_uses);
    });
}

}  // namespace maru::identity
