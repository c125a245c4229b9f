// One JSON object as written fields: nothing is lost on the way, and what cannot be a field is refused by
// name.
#include "cli/json_fields.hpp"

#include <gtest/gtest.h>

#include "registers/lists.hpp"

namespace maru::cli {
namespace {

using registers::WrittenFields;

WrittenFields fields_of(std::string_view json) {
    auto fields = parse_json_fields(json);
    EXPECT_TRUE(fields) << fields.error().message.en;
    return fields ? *fields : WrittenFields{};
}

std::string message_of(std::string_view json) {
    const auto fields = parse_json_fields(json);
    return fields ? "no error" : fields.error().message.en;
}

TEST(JsonFields, TakesStringsBooleansAndNulls) {
    EXPECT_EQ(
        fields_of(R"({"name": "山田 花子", "privileged": true, "remote": false, "left_on": null})"),
        (WrittenFields{{"name", "山田 花子"}, {"privileged", "true"}, {"remote", "false"}, {"left_on", ""}}));
    EXPECT_EQ(fields_of(R"({"name": "\u5c71\u7530 \ud83c\udf38\n\"x\""})").at("name"), "山田 🌸\n\"x\"");
    EXPECT_TRUE(fields_of(" {} \n").empty());
}

TEST(JsonFields, KeepsNumbersAsTheyAreWritten) {
    const auto fields = fields_of(
        R"({"a": 12, "b": -0.10, "c": 123456789012345678901234567890, "d": 7.50, "e": 1e400, "f": 9223372036854775807})");
    EXPECT_EQ(fields.at("a"), "12");
    EXPECT_EQ(fields.at("b"), "-0.10");
    EXPECT_EQ(fields.at("c"), "123456789012345678901234567890");
    EXPECT_EQ(fields.at("d"), "7.50");
    EXPECT_EQ(fields.at("e"), "1e400");
    EXPECT_EQ(fields.at("f"), "9223372036854775807");
}

TEST(JsonFields, ListsAreReadBackItemByItem) {
    const auto fields = fields_of(R"({"topics": ["a;b", "c\\d", "二行\n目", 3, true], "none": []})");
    EXPECT_EQ(registers::items_of(fields.at("topics")),
              (std::vector<std::string>{"a;b", "c\\d", "二行\n目", "3", "true"}));
    EXPECT_EQ(fields.at("none"), "");
}

// Longer than any buffer of the parser, so strings arrive in parts.
TEST(JsonFields, KeepsLongStringsWhole) {
    const std::string text(200'000, 'x');
    EXPECT_EQ(fields_of("{\"note\": \"" + text + "\\u3042\"}").at("note"), text + "あ");
}

TEST(JsonFields, RefusesWhatIsNoObject) {
    for (const char* json : {"[1]", "[{}]", "\"x\"", "12", "null"})
        EXPECT_TRUE(message_of(json).contains("write one object")) << json << ": " << message_of(json);
}

TEST(JsonFields, RefusesByName) {
    EXPECT_TRUE(message_of(R"({"code": "E1", "code": "E2"})").contains("code appears twice"));
    EXPECT_TRUE(message_of(R"({"code": {"a": 1}})").contains("code: a value cannot be an object"));
    EXPECT_TRUE(message_of(R"({"code": [{"a": 1}]})").contains("code: a value cannot be an object"));
    EXPECT_TRUE(message_of(R"({"code": [["a"]]})").contains("code: an array inside an array"));
}

TEST(JsonFields, RefusesBrokenTextByPosition) {
    for (const char* json :
         {"", "{", "{\"a\"", "{\"a\": 1,}", "{a: 1}", "{\"a\": NaN}", "{\"a\": 01}", "{\"a\": \"\xff\"}"})
        EXPECT_TRUE(message_of(json).contains("at byte")) << json << ": " << message_of(json);
    EXPECT_TRUE(message_of("{\"a\": 1} x").contains("more text"));
}

}  // namespace
}  // namespace maru::cli
