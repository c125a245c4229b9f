#include "access/impl.hpp"

namespace maru::identity {

namespace {

constexpr auto shortest_life = std::chrono::seconds(60), longest_life = std::chrono::seconds(7 * 86'400);

std::unexpected<Error> no_link() {
    return fail(ErrorKind::not_found,
                {"このリンクは使用済みか期限切れです。新しいリンクを発行してもらってください。",
                 "the link was used or its end has come; ask for a new one"});
}

Result<std::optional<Link>> read_link(store::Database& database, const Hash& secret, Instant at) {
    store::Statement* query = TRY(
        database.cached("select kind, user, person, made_by, ends from link where hash = ? and ends > ?"));
    const auto row = TRY(query->bind(1, ByteView(secret)).bind(2, milliseconds_of(at)).step());
    std::optional<Link> link;
    if (row) {
        link.emplace();
        link->made.kind = static_cast<LinkKind>(row->integer(0));
        link->made.user = row->integer(1);
        link->made.person = row->integer(2);
        link->made.by = row->integer(3);
        link->ends = instant_of(row->integer(4));
    }
    query->reset();
    return link;
}

// With it goes every other link of the user. not_found when somebody else was quicker.
Result<void> use_up(store::Database& database, const Hash& secret, std::int64_t user) {
    store::Statement* used = TRY(database.cached("delete from link where hash = ?"));
    TRY(used->bind(1, ByteView(secret)).run());
    if (database.changes() != 1) return no_link();
    store::Statement* others = TRY(database.cached("delete from link where user = ? and user <> 0"));
    return others->bind(1, user).run();
}

}  // namespace

Result<std::string> AccessStore::make_link(const NewLink& link) {
    if (link.life < shortest_life || link.life > longest_life)
        return fail(ErrorKind::invalid, {"リンクの期限は1分から7日の間にしてください。",
                                         "a link lives between a minute and seven days"});
    const std::string secret = impl_->random_token();
    const Instant ends = impl_->now() + link.life;
    TRY(impl_->write([&](store::Database& database) -> Result<void> {
        store::Statement* earlier = TRY(database.cached("delete from link where kind = ? and user = ?"));
        TRY(earlier->bind(1, static_cast<std::int64_t>(link.kind)).bind(2, link.user).run());
        store::Statement* row = TRY(database.cached(
            "insert into link (hash, kind, user, person, made_by, ends) values (?, ?, ?, ?, ?, ?)"));
        row->bind(1, ByteView(secret_hash(secret))).bind(2, static_cast<std::int64_t>(link.kind));
        row->bind(3, link.user).bind(4, link.person).bind(5, link.by).bind(6, milliseconds_of(ends));
        return row->run();
    }));
    return secret;
}

Result<Link> AccessStore::look_at_link(std::string_view secret) const {
    const std::lock_guard lock(impl_->reading);
    const auto link = TRY(read_link(impl_->reader, secret_hash(secret.substr(0, 100)), impl_->now()));
    if (!link) return no_link();
    return *link;
}

Result<SignIn> AccessStore::redeem_link(std::string_view secret, std::string_view password,
                                        const Origin& from,
                                        const std::function<Result<std::int64_t>(const Link&)>& make_user) {
    const std::lock_guard one_at_a_time(impl_->redeeming);
    const Hash hash = secret_hash(secret.substr(0, 100));
    const Link link = TRY(look_at_link(secret));
    if (link.made.kind == LinkKind::sign_in) return no_link();
    std::vector<std::string> own{"maru"};
    std::string mail;
    if (const auto user = impl_->user_of(link.made.user)) {
        own = own_words(*user);
        mail = normal_mail(user->mail);
    }
    TRY(impl_->policy(own, password));
    std::int64_t user = link.made.user;
    if (link.made.kind == LinkKind::setup) {
        if (!make_user) return no_link();
        user = TRY(make_user(link));
    } else {
        TRY(impl_->user_of(user));
    }
    TRY(impl_->write([&](store::Database& database) { return use_up(database, hash, user); }));
    TRY(impl_->store_password(user, password));
    TRY(end_sessions(user));
    return impl_->password_passed(user, mail, from);
}

Result<SignIn> AccessStore::redeem_sign_in_link(std::string_view secret, const Origin& from) {
    const Link link = TRY(look_at_link(secret));
    if (link.made.kind != LinkKind::sign_in) return no_link();
    const std::int64_t user = TRY(impl_->user_of(link.made.user)).id;
    TRY(impl_->write([&](store::Database& database) {
        return use_up(database, secret_hash(secret.substr(0, 100)), user);
    }));
    SignIn answer{.outcome = SignIn::Outcome::done, .token = {}, .wait = {}, .user = user};
    answer.token = TRY(impl_->begin_session(user, from, false));
    return answer;
}

}  // namespace maru::identity
