// The harness can fail: what is demanded and not there is found.
#include "text_conversation.hpp"

#include <gtest/gtest.h>

namespace maru::conversation {
namespace {

std::string why(std::string_view demanded, std::string_view value) {
    Names names{{"known", "7"}};
    return differs(boost::json::parse(demanded), boost::json::parse(value), names).value_or("");
}

TEST(Demands, HoldWhereTheAnswerHasMore) {
    EXPECT_EQ(why(R"({"a": 1})", R"({"a": 1, "b": 2})"), "");
    EXPECT_EQ(why(R"([1, "..."])", R"([1, 2, 3])"), "");
    EXPECT_EQ(why(R"({"a": "2026-...", "b": "...", "c": "[absent]"
})",
                  R"({"a": "2026-11-23", "b": {}})"),
              "");
    EXPECT_EQ(why(R"({"a": "${new}", "b": "${new}", "c": "${known}"})", R"({"a": 5, "b": 5, "c": 7})"), "");
}

TEST(Demands, NameThePlaceWhereTheyFail) {
    EXPECT_EQ(why(R"({"a": [{"b": 1}]})", R"({"a": [{"b": 2}]})"), "a.0.b: is 2, not 1");
    EXPECT_EQ(why(R"({"a": 1})", R"({"b": 1})"), "a: is not there");
    EXPECT_EQ(why(R"({"a": "[absent]"
})",
                  R"({"a": 1})"),
              "a: is there: 1");
    EXPECT_EQ(why(R"([1])", R"([1, 2])"), ": 2 items, not 1: [1,2]");
    EXPECT_EQ(why(R"({"a": "x...z"})", R"({"a": "xy"})"), "a: is xy, not x...z");
    EXPECT_EQ(why(R"({"a": "${known}"})", R"({"a": 8})"), "a: is 8, not 7");
}

TEST(Conversations, AreReadTurnByTurn) {
    const auto turns = read_conversation(
        "# says\n> member PUT /x\n> If-Match: \"v1\"\n> {\"a\":\n> 1}\n< 200\n< ETag: \"v2\"\n{\"a\": 1}\n~ "
        "text\n\n@ "
        "2026-12-01T00:00:00Z\n> nobody GET /y\n< 401\n");
    ASSERT_TRUE(turns);
    ASSERT_EQ(turns->size(), 2U);
    const Turn& first = turns->front();
    EXPECT_EQ(first.line, 2);
    EXPECT_EQ(first.headers.size(), 1U);
    EXPECT_EQ(first.body, "{\"a\":\n1}\n");
    EXPECT_EQ(first.demanded_headers.front().second, "\"v2\"");
    EXPECT_EQ(first.demanded, "{\"a\": 1}\n");
    EXPECT_EQ(first.texts.front(), "text");
    EXPECT_EQ(turns->back().clock, "2026-12-01T00:00:00Z");
    EXPECT_EQ(turns->back().status, 401);
    EXPECT_FALSE(read_conversation("> member GET /x\n"));
    EXPECT_FALSE(read_conversation("< 200\n"));
}

}  // namespace
}  // namespace maru::conversation
