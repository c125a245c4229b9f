#include "notices/webhooks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.hpp"

namespace maru::notices {
namespace {

using testing::IsEmpty;

// The vector that the Standard Webhooks libraries share.
constexpr std::string_view secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

TEST(Signatures, are_those_of_standard_webhooks) {
    EXPECT_EQ(signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}").value(),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Signatures, need_a_key_that_is_one) {
    for (const char* key : {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_!!"}) {
        const auto made = signature(key, "msg_1", 1, "{}");
        ASSERT_FALSE(made) << key;
        EXPECT_EQ(made.error().kind, ErrorKind::invalid);
    }
}

Webhook hook(Webhook::Kind kind, Language language = Language::ja) {
    Webhook out;
    out.id = 7;
    out.code = "W1";
    out.url = "https://example.jp/";
    out.kind = kind;
    out.events = {"verdict_flipped"};
    out.language = language;
    out.active = true;
    return out;
}

Event event() {
    return {"verdict_flipped",
            "flip:2026-11-24",
            *parse_instant("2026-11-24T08:00:00+09:00"),
            {{"item", "ipa-12"}, {"satisfied", 3}},
            {"項目12 <○ → △> & 他", "item 12"}};
}

TEST(Events, are_standard_webhooks_for_programs) {
    const auto drafts = drafts_of(event(), {hook(Webhook::Kind::program)});
    ASSERT_EQ(drafts.size(), 1U);
    EXPECT_EQ(
        drafts[0].body,
        R"({"type":"verdict.flipped","timestamp":"2026-11-23T23:00:00Z","data":{"item":"ipa-12","satisfied":3}})");
    EXPECT_EQ(drafts[0].key, "webhook:7:flip:2026-11-24");
    EXPECT_EQ(drafts[0].subject, "verdict.flipped");
}

TEST(Events, are_slacks_json_for_chats_in_their_language) {
    EXPECT_EQ(drafts_of(event(), {hook(Webhook::Kind::chat)}).at(0).body,
              R"({"text":"項目12 &lt;○ → △&gt; &amp; 他"})");
    EXPECT_EQ(drafts_of(event(), {hook(Webhook::Kind::chat, Language::en)}).at(0).body,
              R"({"text":"item 12"})");
}

TEST(Events, go_only_where_they_are_wanted) {
    Webhook off = hook(Webhook::Kind::program);
    off.active = false;
    Webhook other = hook(Webhook::Kind::program);
    other.events = {"daily_summary"};
    EXPECT_THAT(drafts_of(event(), {off, other}), IsEmpty());
    Event for_programs = event();
    for_programs.chat = {};
    EXPECT_THAT(drafts_of(for_programs, {hook(Webhook::Kind::chat)}), IsEmpty());
}

}  // namespace
}  // namespace maru::notices
