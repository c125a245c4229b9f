#include "crypto/hash.hpp"
#include "world.hpp"

namespace maru::identity {
namespace {

using Outcome = SignIn::Outcome;
using testing::HasSubstr;

class SignInTest : public IdentityTest {
protected:
    void SetUp() override {
        IdentityTest::SetUp();
        give_password(taro_user_);
    }
    // What the user's authenticator shows now.
    std::string code(const std::string& secret) const {
        return totp_code(parse_base32(secret), totp_step(now_));
    }
    // Enrols the second factor of Taro; gives its secret.
    std::string enrol() {
        auto offer = store_->offer_totp(principal(taro_user_), "丸商事");
        EXPECT_TRUE(offer) << offer.error().message.en;
        auto codes = store_->confirm_totp(principal(taro_user_), code(offer->secret));
        EXPECT_TRUE(codes) << codes.error().message.en;
        recovery_codes_ = *codes;
        now_ += 60s;
        return offer->secret;
    }
    SignIn second(const std::string& token, std::string_view code) {
        auto answer = store_->second_step(token, code, from_);
        EXPECT_TRUE(answer) << answer.error().message.en;
        return answer ? *answer : SignIn{};
    }
    std::vector<std::string> recovery_codes_;
};

TEST_F(SignInTest, TakesTheRightPasswordAlone) {
    EXPECT_EQ(sign_in(" TARO@example.jp ").outcome, Outcome::done);
    EXPECT_EQ(sign_in("taro@example.jp", other_password).outcome, Outcome::refused);
    EXPECT_EQ(sign_in("taro@example.jp", "").outcome, Outcome::refused);
    EXPECT_EQ(sign_in("taro@example.jp", "\xff").outcome, Outcome::refused);
    EXPECT_EQ(sign_in("taro@example.jp", std::string(100'000, 'x')).outcome, Outcome::refused);
}

TEST_F(SignInTest, ComparesPasswordsInOneForm) {
    EXPECT_EQ(sign_in("taro@example.jp", "錨と灯台 ｎｉｎｅ lanterns").outcome, Outcome::done);
}

TEST_F(SignInTest, TellsNobodyWhoHasAnAccount) {
    const SignIn wrong = sign_in("taro@example.jp", other_password), unknown = sign_in("nobody@example.jp"),
                 without = sign_in("hanako@example.jp");
    for (const SignIn& one : {wrong, unknown, without}) {
        EXPECT_EQ(one.outcome, Outcome::refused);
        EXPECT_EQ(one.user, 0);
        EXPECT_EQ(one.token, "");
    }
}

TEST_F(SignInTest, MakesOnesWaitLongerAndLongerAfterTenFailures) {
    for (const auto* mail : {"taro@example.jp", "nobody@example.jp"}) {
        for (int i = 0; i < 10; ++i)
            EXPECT_EQ(sign_in(mail, other_password).outcome, Outcome::refused) << mail << i;
        EXPECT_EQ(sign_in(mail, other_password).wait, 30s) << mail;
        EXPECT_EQ(sign_in(mail).outcome, Outcome::wait) << "not even the right one";
        now_ += 30s;
        EXPECT_EQ(sign_in(mail, other_password).outcome, Outcome::refused);
        EXPECT_EQ(sign_in(mail, other_password).wait, 60s);
        now_ += 45s;
        EXPECT_EQ(sign_in(mail, other_password).wait, 15s) << "waiting is no failure";
        now_ += 15s;
        for (int i = 0; i < 10; ++i) {
            EXPECT_EQ(sign_in(mail, other_password).outcome, Outcome::refused) << i;
            EXPECT_LE(sign_in(mail, other_password).wait, 900s);
            now_ += 900s;
        }
    }
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::done);
    EXPECT_EQ(sign_in("taro@example.jp", other_password).outcome, Outcome::refused) << "forgiven";
}

TEST_F(SignInTest, RemembersFailuresAcrossARestartUnderHashesAlone) {
    for (int i = 0; i < 10; ++i) sign_in("taro@example.jp", other_password);
    start();
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::wait);
    EXPECT_FALSE(dump(home()).contains("taro@"));
    now_ += 25h;
    ASSERT_TRUE(store_->tick(*organisation_));
    EXPECT_EQ(sign_in("taro@example.jp", other_password).outcome, Outcome::refused);
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::done);
}

TEST_F(SignInTest, MakesAnAddressWaitThatTriesManyNames) {
    for (int i = 0; i < 50; ++i) {
        ASSERT_EQ(sign_in("name" + std::to_string(i) + "@example.jp", other_password).outcome,
                  Outcome::refused);
    }
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::wait);
    const auto elsewhere = store_->sign_in("taro@example.jp", good_password, {"198.51.100.1", "Safari"});
    EXPECT_EQ(elsewhere->outcome, Outcome::done);
}

TEST_F(SignInTest, HashesAgainWhenTheCostChanges) {
    store_.reset();
    AccessOptions options;
    options.clock = [this] { return now_; };
    options.password_megabytes = 2;
    options.password_passes = 1;
    store_ = std::move(*AccessStore::open(home(), options));
    refresh();
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::done);
    EXPECT_THAT(dump(home()), HasSubstr("$argon2id$v=19$m=2048,t=1,p=1$"));
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::done);
}

TEST_F(SignInTest, AsksForTheCodeOfASecondFactor) {
    const std::string secret = enrol();
    const SignIn first = sign_in("taro@example.jp");
    ASSERT_EQ(first.outcome, Outcome::code_needed);
    EXPECT_FALSE(present(first.token)) << "half a sign-in is no session";
    EXPECT_EQ(second(first.token, "000000").outcome, Outcome::refused);
    EXPECT_EQ(second("", code(secret)).outcome, Outcome::refused);
    const SignIn done = second(first.token, code(secret));
    ASSERT_EQ(done.outcome, Outcome::done);
    EXPECT_TRUE(present(done.token).who->second_factor);
    EXPECT_EQ(second(first.token, code(secret)).outcome, Outcome::refused);
}

TEST_F(SignInTest, TakesACodeOnce) {
    const std::string secret = enrol();
    const std::string shown = code(secret);
    ASSERT_EQ(second(sign_in("taro@example.jp").token, shown).outcome, Outcome::done);
    EXPECT_EQ(second(sign_in("taro@example.jp").token, shown).outcome, Outcome::refused) << "replayed";
    start();
    EXPECT_EQ(second(sign_in("taro@example.jp").token, shown).outcome, Outcome::refused);
    now_ += 30s;
    EXPECT_EQ(second(sign_in("taro@example.jp").token, code(secret)).outcome, Outcome::done);
}

TEST_F(SignInTest, WaitsFiveMinutesForTheCode) {
    const std::string secret = enrol();
    const SignIn first = sign_in("taro@example.jp");
    now_ += 5min;
    EXPECT_EQ(second(first.token, code(secret)).outcome, Outcome::refused);
}

TEST_F(SignInTest, CountsWrongCodesAsFailures) {
    const std::string secret = enrol();
    const SignIn first = sign_in("taro@example.jp");
    for (int i = 0; i < 9; ++i) EXPECT_EQ(second(first.token, "000000").outcome, Outcome::refused);
    EXPECT_EQ(second(first.token, code(secret)).outcome, Outcome::wait);
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::wait) << "the right password does not begin anew";
}

TEST_F(SignInTest, TakesARecoveryCodeOnce) {
    enrol();
    ASSERT_EQ(recovery_codes_.size(), 10u);
    const SignIn done = second(sign_in("taro@example.jp").token, " " + recovery_codes_[3]);
    EXPECT_EQ(done.outcome, Outcome::done);
    EXPECT_EQ(done.recovery_codes_left, 9);
    EXPECT_EQ(second(sign_in("taro@example.jp").token, recovery_codes_[3]).outcome, Outcome::refused);
    EXPECT_FALSE(dump(home()).contains(recovery_codes_[4]));
}

TEST_F(SignInTest, EnrolsAndRemovesASecondFactorWithItsCodes) {
    const Principal who = principal(taro_user_);
    EXPECT_EQ(store_->confirm_totp(who, "123456").error().kind, ErrorKind::not_found);
    const auto offer = store_->offer_totp(who, "丸商事");
    EXPECT_FALSE(store_->second_factor_of(taro_user_)->enrolled) << "not before a code was seen";
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::done);
    EXPECT_EQ(store_->confirm_totp(who, "000000").error().kind, ErrorKind::forbidden);
    ASSERT_TRUE(store_->confirm_totp(who, code(offer->secret)));
    EXPECT_TRUE(store_->second_factor_of(taro_user_)->enrolled);
    EXPECT_EQ(store_->offer_totp(who, "丸商事").error().kind, ErrorKind::conflict)
        << "who has found an open screen must not put in his own";
    EXPECT_EQ(store_->remove_totp(who, "000000").error().kind, ErrorKind::forbidden);
    now_ += 30s;
    const auto codes = store_->new_recovery_codes(who, code(offer->secret));
    ASSERT_TRUE(codes);
    EXPECT_EQ(store_->second_factor_of(taro_user_)->recovery_codes_left, 10);
    EXPECT_TRUE(store_->remove_totp(who, codes->front()));
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::done);
}

TEST_F(SignInTest, ChangesAPasswordAndEndsTheOtherSessions) {
    const std::string here = session_of("taro@example.jp"), there = session_of("taro@example.jp");
    const Principal who = *present(here).who;
    EXPECT_EQ(store_->change_password(who, other_password, other_password).error().kind,
              ErrorKind::forbidden);
    const Error weak = store_->change_password(who, good_password, "taro@example.jp 2026").error();
    EXPECT_EQ(weak.kind, ErrorKind::invalid);
    EXPECT_THAT(weak.message.ja, HasSubstr("自分の氏名"));
    ASSERT_TRUE(store_->change_password(who, good_password, other_password));
    EXPECT_TRUE(present(here));
    EXPECT_EQ(present(there).why, Refusal::revoked);
    EXPECT_EQ(sign_in("taro@example.jp").outcome, Outcome::refused);
    EXPECT_EQ(sign_in("taro@example.jp", other_password).outcome, Outcome::done);
}

class LinksTest : public IdentityTest {
protected:
    std::string link(const NewLink& made) {
        auto secret = store_->make_link(made);
        EXPECT_TRUE(secret) << secret.error().message.en;
        return secret.value_or("");
    }
};

TEST_F(LinksTest, SetAPasswordOnce) {
    const std::string secret = link({.kind = LinkKind::invitation, .user = taro_user_, .by = hanako_user_});
    EXPECT_EQ(store_->look_at_link(secret)->made.user, taro_user_);
    EXPECT_EQ(store_->look_at_link(secret)->ends, now_ + 72h);
    EXPECT_EQ(store_->redeem_link(secret, "short", from_).error().kind, ErrorKind::invalid);
    const auto done = store_->redeem_link(secret, good_password, from_);
    ASSERT_TRUE(done) << done.error().message.en;
    EXPECT_EQ(present(done->token).who->user, taro_user_);
    EXPECT_EQ(store_->redeem_link(secret, other_password, from_).error().kind, ErrorKind::not_found);
    EXPECT_FALSE(dump(home()).contains(secret));
}

TEST_F(LinksTest, EndInTimeAndWhenANewerIsMade) {
    const std::string late = link({.kind = LinkKind::reset, .user = taro_user_, .life = 900s});
    now_ += 900s;
    EXPECT_EQ(store_->redeem_link(late, good_password, from_).error().kind, ErrorKind::not_found);
    const std::string old = link({.kind = LinkKind::reset, .user = taro_user_});
    const std::string newer = link({.kind = LinkKind::reset, .user = taro_user_});
    EXPECT_FALSE(store_->look_at_link(old));
    EXPECT_TRUE(store_->look_at_link(newer));
    EXPECT_FALSE(store_->look_at_link(""));
    EXPECT_FALSE(store_->make_link({.user = taro_user_, .life = 24h * 30}));
}

TEST_F(LinksTest, ResetThePasswordButNotTheSecondFactor) {
    give_password(taro_user_);
    const std::string session = session_of("taro@example.jp");
    const auto offer = store_->offer_totp(principal(taro_user_), "丸商事");
    ASSERT_TRUE(
        store_->confirm_totp(principal(taro_user_), totp_code(parse_base32(offer->secret), totp_step(now_))));
    const auto done =
        store_->redeem_link(link({.kind = LinkKind::reset, .user = taro_user_}), other_password, from_);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->outcome, Outcome::code_needed);
    EXPECT_EQ(present(session).why, Refusal::revoked);
}

TEST_F(LinksTest, OfTheFirstRunMakeTheFirstUser) {
    const std::string secret = link({.kind = LinkKind::setup, .person = taro_, .life = 900s});
    EXPECT_FALSE(store_->redeem_link(secret, good_password, from_)) << "somebody must make the user";
    const auto failing = store_->redeem_link(secret, good_password, from_, [](const Link&) {
        return Result<std::int64_t>(fail(ErrorKind::invalid, {"", "no"}));
    });
    EXPECT_FALSE(failing);
    const auto done = store_->redeem_link(secret, good_password, from_, [&](const Link& of) {
        EXPECT_EQ(of.made.person, taro_);
        return Result<std::int64_t>(taro_user_);
    });
    ASSERT_TRUE(done) << done.error().message.en;
    EXPECT_TRUE(present(done->token));
    EXPECT_FALSE(store_->redeem_link(secret, good_password, from_, [&](const Link&) {
        return Result<std::int64_t>(taro_user_);
    })) << "once";
}

TEST_F(LinksTest, OfTheHostSignInWithoutAPassword) {
    const std::string secret = link({.kind = LinkKind::sign_in, .user = hanako_user_, .life = 900s});
    EXPECT_FALSE(store_->redeem_link(secret, good_password, from_)) << "of another kind";
    const auto done = store_->redeem_sign_in_link(secret, from_);
    ASSERT_TRUE(done);
    EXPECT_TRUE(present(done->token));
    EXPECT_FALSE(store_->redeem_sign_in_link(secret, from_));
    const std::string other = link({.kind = LinkKind::reset, .user = hanako_user_});
    EXPECT_FALSE(store_->redeem_sign_in_link(other, from_)) << "a reset is no way round the password";
}

class IdempotencyTest : public IdentityTest {
protected:
    Idempotency begin(std::string_view key, std::string_view request, std::int64_t user = 0) {
        auto answer =
            store_->begin_idempotent(user ? user : taro_user_, key, crypto::sha256(as_bytes(request)));
        EXPECT_TRUE(answer) << answer.error().message.en;
        return answer ? *answer : Idempotency{};
    }
};

TEST_F(IdempotencyTest, GivesTheFirstAnswerAgain) {
    using State = Idempotency::State;
    EXPECT_EQ(begin("k1", "POST a").state, State::fresh);
    EXPECT_EQ(begin("k1", "POST a").state, State::in_progress);
    ASSERT_TRUE(store_->finish_idempotent(taro_user_, "k1", {201, "application/json", "{\"id\":7}"}));
    start();
    const Idempotency again = begin("k1", "POST a");
    EXPECT_EQ(again.state, State::answered);
    EXPECT_EQ(again.answer.status, 201);
    EXPECT_EQ(again.answer.body, "{\"id\":7}");
    EXPECT_EQ(begin("k1", "POST b").state, State::other);
    EXPECT_EQ(begin("k1", "POST a", hanako_user_).state, State::fresh) << "keys are each user's own";
}

TEST_F(IdempotencyTest, LetsGoOfWhatWasNotDoneAndForgetsAfterADay) {
    using State = Idempotency::State;
    EXPECT_EQ(begin("k2", "POST a").state, State::fresh);
    ASSERT_TRUE(store_->abandon_idempotent(taro_user_, "k2"));
    EXPECT_EQ(begin("k2", "POST a").state, State::fresh);
    ASSERT_TRUE(store_->finish_idempotent(taro_user_, "k2", {200, "", ""}));
    ASSERT_TRUE(store_->abandon_idempotent(taro_user_, "k2"));
    EXPECT_EQ(begin("k2", "POST a").state, State::answered) << "an answer stays";
    now_ += 24h + 1s;
    ASSERT_TRUE(store_->tick(*organisation_));
    EXPECT_EQ(begin("k2", "POST a").state, State::fresh);
    EXPECT_FALSE(store_->begin_idempotent(taro_user_, "", {}));
    EXPECT_FALSE(store_->begin_idempotent(taro_user_, std::string(256, 'k'), {}));
}

class ForgettingTest : public IdentityTest {};

TEST_F(ForgettingTest, TakesEverythingAboutAUserOutOfTheFile) {
    give_password(taro_user_);
    const auto session =
        store_->sign_in("taro@example.jp", good_password, {"203.0.113.77", "太郎のパソコン"});
    ASSERT_TRUE(store_->check_session(session->token, "203.0.113.77"));
    ASSERT_TRUE(store_->make_token(taro_user_, "太郎の自動化", TokenScope::read, now_ + 24h));
    ASSERT_TRUE(store_->tick(*organisation_));
    EXPECT_TRUE(dump(home()).contains("太郎のパソコン"));
    ASSERT_TRUE(store_->forget_user(taro_user_));
    for (const auto* trace : {"太郎", "203.0.113.77", "$argon2id$"})
        EXPECT_FALSE(dump(home()).contains(trace)) << trace;
    EXPECT_EQ(present(session->token).why, Refusal::unknown);
    EXPECT_FALSE(store_->has_password(taro_user_));
}

TEST_F(ForgettingTest, ForgetsWhoWasErased) {
    put("person", {{"code", "002"}, {"joined_on", "2020-04-01"}, {"left_on", "2026-11-22"}}, taro_);
    give_password(hanako_user_);
    give_password(taro_user_);
    ASSERT_TRUE(store_->sign_in("taro@example.jp", good_password, {"203.0.113.77", "太郎のパソコン"}));
    ASSERT_TRUE(store_->tick(*organisation_));
    put("app_user", {{"mail", "taro@example.jp"}, {"disabled", "yes"}}, taro_user_);
    const auto erased = organisation_->erase({.person = taro_, .basis = "本人の請求"});
    ASSERT_TRUE(erased) << erased.error().message.en;
    EXPECT_TRUE(dump(home()).contains("$argon2id$"));
    refresh();
    EXPECT_EQ(store_->directory()->find(taro_user_), nullptr);
    ASSERT_TRUE(store_->tick(*organisation_));
    EXPECT_FALSE(store_->has_password(taro_user_));
    EXPECT_TRUE(store_->has_password(hanako_user_));
    EXPECT_FALSE(dump(home()).contains("203.0.113.77"));
}

TEST_F(ForgettingTest, ForgetsNobodyBeforeTheUsersAreKnown) {
    give_password(taro_user_);
    store_->use(std::make_shared<Directory>());
    ASSERT_TRUE(store_->tick(*organisation_));
    EXPECT_TRUE(store_->has_password(taro_user_));
}

// What is copied without the organisation's keys makes no codes.
TEST_F(SignInTest, SealsTheSecretsOfSecondFactors) {
    const std::string shown = enrol();
    const Bytes secret = parse_base32(shown);
    const std::string bytes(secret.begin(), secret.end());
    EXPECT_FALSE(dump(home()).contains(bytes));
    // One from before they were sealed is sealed when the store is opened, and is good as before.
    store_.reset();
    {
        auto database = store::Database::open(home() / "access.db", store::OpenMode::read_write).value();
        auto row = database.prepare("update totp set secret = ? where user = ?").value();
        ASSERT_TRUE(row.bind(1, ByteView(secret)).bind(2, taro_user_).run());
    }
    ASSERT_TRUE(dump(home()).contains(bytes));
    start();
    EXPECT_FALSE(dump(home()).contains(bytes)) << "nor is it left in the file";
    now_ += 1min;
    EXPECT_EQ(second(sign_in("taro@example.jp").token, code(shown)).outcome, Outcome::done);
    // Under another user it is good for nothing.
    give_password(hanako_user_, other_password);
    store_.reset();
    {
        auto database = store::Database::open(home() / "access.db", store::OpenMode::read_write).value();
        ASSERT_TRUE(database.execute("insert into totp select " + std::to_string(hanako_user_) +
                                     ", 1, secret, 0 from totp where user = " + std::to_string(taro_user_)));
    }
    start();
    now_ += 1min;
    const auto swapped =
        store_->second_step(sign_in("hanako@example.jp", other_password).token, code(shown), from_);
    ASSERT_FALSE(swapped);
    EXPECT_EQ(swapped.error().kind, ErrorKind::corrupt);
}

}  // namespace
}  // namespace maru::identity
