#include <algorithm>

#include "access/impl.hpp"

namespace maru::identity {

namespace {

constexpr std::string_view prefix = "maru_";
constexpr std::size_t longest_name = 100;
constexpr auto longest_life = std::chrono::days(366);

Result<void> require_good(std::string_view name, Instant ends, Instant now) {
    if (trim(name).empty() || !is_utf8(name) || code_points(name) > longest_name)
        return fail(ErrorKind::invalid, {"トークンの名前を100文字以内で書いてください。",
                                         "give the token a name of at most 100 characters"});
    if (ends <= now || ends > now + longest_life)
        return fail(ErrorKind::invalid, {"トークンの期限は今より後、1年以内にしてください。",
                                         "the token's end must lie ahead, within a year"});
    return {};
}

std::unexpected<Error> no_token() {
    return fail(ErrorKind::not_found, {"そのトークンはありません。一覧を開き直してください。",
                                       "there is no such token; reload the list"});
}

}  // namespace

Presented AccessStore::check_token(std::string_view token, std::string_view address) {
    if (!token.starts_with(prefix) || token.size() > 100) return {nullptr, Refusal::unknown, ""};
    const Hash hash = secret_hash(token);
    const Instant at = impl_->now();
    const std::lock_guard lock(impl_->memory);
    const auto id = impl_->token_ids.find(hash);
    const auto found = id == impl_->token_ids.end() ? impl_->tokens.end() : impl_->tokens.find(id->second);
    if (found == impl_->tokens.end()) return {nullptr, Refusal::unknown, ""};
    LiveToken& live = found->second;
    if (live.why != Refusal::none) return {nullptr, live.why, ""};
    if (at >= live.line.ends) return {nullptr, Refusal::ended, ""};
    if (!live.bearer.principal) {
        auto blank = std::make_shared<Principal>();
        blank->by = Principal::By::token;
        blank->credential = live.line.id;
        blank->scope = live.line.scope;
        live.bearer.principal = std::move(blank);
    }
    if (!impl_->refresh(live.bearer, at)) return {nullptr, Refusal::user_ended, ""};
    live.line.last_used = at;
    if (live.line.last_address != address) live.line.last_address = cut(address, 64);
    live.changed = true;
    return {live.bearer.principal, Refusal::none, ""};
}

Result<AccessStore::NewToken> AccessStore::make_token(std::int64_t user, std::string_view name,
                                                      TokenScope scope, Instant ends) {
    LiveToken token;
    token.line.made = impl_->now();
    TRY(require_good(name, ends, token.line.made));
    const std::string secret = std::string(prefix) + impl_->random_token();
    const Hash hash = secret_hash(secret);
    token.bearer.user = token.line.user = user;
    token.line.name = trim(name);
    token.line.scope = scope;
    token.line.ends = ends;
    TRY(impl_->write([&](store::Database& database) -> Result<void> {
        store::Statement* row =
            TRY(database.cached("insert into token (user, name, scope, hash, made, ends) values (?, ?, ?, ?, "
                                "?, ?) returning id"));
        row->bind(1, user).bind(2, token.line.name).bind(3, static_cast<std::int64_t>(scope));
        row->bind(4, ByteView(hash)).bind(5, milliseconds_of(token.line.made)).bind(6, milliseconds_of(ends));
        const auto made = TRY(row->step());
        token.line.id = made->integer(0);
        row->reset();
        return {};
    }));
    const std::int64_t id = token.line.id;
    const std::lock_guard lock(impl_->memory);
    impl_->token_ids.emplace(hash, id);
    impl_->tokens.emplace(id, std::move(token));
    return NewToken{id, secret};
}

Result<std::vector<TokenLine>> AccessStore::tokens_of(std::int64_t user) const {
    std::vector<TokenLine> lines;
    const std::lock_guard lock(impl_->memory);
    for (const auto& [id, token] : impl_->tokens)
        if ((user == 0 || token.line.user == user) && token.why == Refusal::none) lines.push_back(token.line);
    std::ranges::sort(lines, {}, &TokenLine::id);
    return lines;
}

Result<void> AccessStore::end_token(std::int64_t token, std::int64_t user) {
    {
        const std::lock_guard lock(impl_->memory);
        const auto found = impl_->tokens.find(token);
        if (found == impl_->tokens.end() || (user != 0 && found->second.line.user != user)) return no_token();
        found->second.why = Refusal::revoked;
    }
    return impl_->write([&](store::Database& database) -> Result<void> {
        store::Statement* row = TRY(database.cached("update token set refusal = ? where id = ?"));
        return row->bind(1, static_cast<std::int64_t>(Refusal::revoked)).bind(2, token).run();
    });
}

}  // namespace maru::identity
