#include "packs/disclosure.hpp"

#include <gmock/gmock.h>

#include "fuzz/small_pack.hpp"

namespace {

using namespace maru;
using namespace maru::packs;

std::string changed(const std::string& from, const std::string& to) {
    std::string json = to_json(small::disclosure(5));
    const std::size_t at = json.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return json.replace(at, from.size(), to);
}

TEST(Disclosure, reads_back_what_it_writes) {
    const Disclosure original = small::disclosure(5);
    const auto read = parse_disclosure(to_json(original));
    ASSERT_TRUE(read) << read.error().message.en;
    EXPECT_EQ(*read, original);
    EXPECT_TRUE(check_disclosure(*read));
}

TEST(Disclosure, is_written_as_python_writes_json) {
    EXPECT_THAT(to_json(small::disclosure(5)), testing::StartsWith(R"({
 "format": "maru-disclosure/v1",
 "register": "device",
 "record": "5",
 "version": 1,
 "envelope": "{\"v\":1,)"));
    EXPECT_THAT(to_json(small::disclosure(5)), testing::HasSubstr(R"(   "value": [
    7,
    "第二",
    null
   ],
)"));
}

TEST(Disclosure, has_one_form) {
    EXPECT_FALSE(parse_disclosure(changed("\n \"record\"", "\n  \"record\"")));
    EXPECT_FALSE(parse_disclosure(changed("\"PC-5\",", "\"PC-6\",\n   \"value\": \"PC-5\",")));
    EXPECT_FALSE(parse_disclosure(changed("\"PC-5\"", "\"\\u0050C-5\"")));
    EXPECT_FALSE(parse_disclosure(changed("    7,", "    7.0,")));
    EXPECT_FALSE(parse_disclosure(changed("    7,", "    9223372036854775808,")));
    EXPECT_FALSE(parse_disclosure(changed("\"number\": 2", "\"number\": 1")));
    EXPECT_FALSE(parse_disclosure(changed("disclosure/v1", "disclosure/v2")));
    EXPECT_FALSE(parse_disclosure(to_json(small::disclosure(5)) + "\n"));
    EXPECT_FALSE(parse_disclosure("[]"));
    EXPECT_FALSE(parse_disclosure(std::string(200'000, '[')));
    EXPECT_FALSE(parse_disclosure(std::string(max_disclosure + 1, ' ')));
}

TEST(Disclosure, binds_register_record_version_number_value_and_salt) {
    for (const auto& [from, to] : {std::pair("\"register\": \"device\"", "\"register\": \"person\""),
                                   {"\"record\": \"5\"", "\"record\": \"6\""},
                                   {" \"version\": 1", " \"version\": 2"},
                                   {"\"number\": 3", "\"number\": 4"},
                                   {"\"value\": \"PC-5\"", "\"value\": \"PC-6\""},
                                   {"    null\n", "    0\n"},
                                   {"\"salt\": \"0500", "\"salt\": \"0600"}}) {
        const auto read = parse_disclosure(changed(from, to));
        ASSERT_TRUE(read) << to << ": " << read.error().message.en;
        EXPECT_FALSE(check_disclosure(*read)) << to;
    }
}

TEST(Disclosure, the_name_of_a_field_is_a_name_and_its_own) {
    for (const char* name : {"", "name\\n  field 99 salary = 1\\u001b[2K", "left_on = 2020-01-01 (", "Code",
                             "1code", "氏名", "holder"}) {
        const auto read = parse_disclosure(changed("\"code\"", "\"" + std::string(name) + "\""));
        ASSERT_FALSE(read) << name;
        EXPECT_EQ(read.error().kind, ErrorKind::invalid);
        EXPECT_THAT(read.error().message.en, testing::HasSubstr("\"name\" of field ")) << name;
    }
    EXPECT_TRUE(parse_disclosure(changed("\"code\"", "\"furigana_2\"")));
}

TEST(Disclosure, a_holder_may_withhold_more) {
    Disclosure less = small::disclosure(5);
    DisclosedField& code = less.fields->front();
    const std::string value = registers::canonical(registers::Field{}, code.opening->value);
    code.commitment = ledger::field_commitment({code.number, value}, code.opening->salt);
    code.opening.reset();
    EXPECT_TRUE(check_disclosure(*parse_disclosure(to_json(less))));
    EXPECT_EQ(less.opened(), 1u);
    EXPECT_EQ(less.withheld(), 2u);
}

TEST(Disclosure, without_values_only_the_entry_is_bound) {
    Disclosure closed = small::disclosure(5);
    closed.fields.reset();
    const auto read = parse_disclosure(to_json(closed));
    ASSERT_TRUE(read);
    EXPECT_TRUE(check_disclosure(*read));
    Disclosure none = small::disclosure(5);
    none.fields->clear();
    EXPECT_FALSE(check_disclosure(*parse_disclosure(to_json(none))));
}

}  // namespace
