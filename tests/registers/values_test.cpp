// What people may write into fields, what is stored, and that it comes back as it went in.
#include "registers/values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "core/day.hpp"

namespace maru::registers {
namespace {

using store::Value;
using ::testing::HasSubstr;

Field field_of(FieldType type) {
    return {.number = 1, .name = "entry", .type = type, .label = {"項目", "Entry"}};
}

Field list_of(FieldType of) {
    Field field = field_of(FieldType::list);
    field.of = of;
    return field;
}

Field choice_field() {
    Field field = field_of(FieldType::choice);
    field.choices = {{"laptop", {"ノートPC", "Laptop"}}, {"desktop", {"デスクトップ", "Desktop"}}};
    return field;
}

Field decimal_field(int scale) {
    Field field = field_of(FieldType::decimal);
    field.scale = scale;
    return field;
}

Field money_field(const std::string& currency) {
    Field field = field_of(FieldType::money);
    field.currency = currency;
    return field;
}

Field formatted(const std::string& format) {
    Field field = field_of(FieldType::text);
    field.format = format;
    return field;
}

// Persons are called P1, P2; …
Result<std::int64_t> find(std::string_view register_name, std::string_view written) {
    if (register_name == "person" && written.starts_with('P'))
        return std::stoll(std::string(written.substr(1)));
    return fail(ErrorKind::not_found, {"従業者にいません。", "no such person"});
}

std::string key(std::string_view, std::int64_t id) { return "P" + std::to_string(id); }

Result<FieldValue> parse(const Field& field, std::string_view written) {
    return parse_written(field, written, find);
}

// What is written back for a value, or the English error.
std::string again(const Field& field, std::string_view written) {
    const auto value = parse(field, written);
    return value ? format_written(field, *value, key) : "error: " + value.error().message.en;
}

bool refused(const Field& field, std::string_view written) { return !parse(field, written).has_value(); }

TEST(Values, NumbersAreReadAsJapaneseOfficesWriteThem) {
    const Field field = field_of(FieldType::integer);
    EXPECT_EQ(again(field, "12"), "12");
    EXPECT_EQ(again(field, " １，２００ "), "1200");
    EXPECT_EQ(again(field, "1,234,567"), "1234567");
    EXPECT_EQ(again(field, "－５"), "-5");
    EXPECT_EQ(again(field, "\u22125"), "-5");
    EXPECT_EQ(again(field, "+7"), "7");
    EXPECT_EQ(again(field, "12.0"), "12");
    EXPECT_EQ(again(field, "-9223372036854775808"), "-9223372036854775808");
    EXPECT_EQ(again(field, "9223372036854775807"), "9223372036854775807");
}

TEST(Values, WhatIsNoWholeNumberIsRefused) {
    const Field field = field_of(FieldType::integer);
    for (const char* const text :
         {"9223372036854775808", "-9223372036854775809", "1,2", "12,34", ",123", "1,,000", "1.5", "NaN",
          "inf", "1e3", "0x10", "十二", "-", "+", ".", "1.", "--1", "1 2"})
        EXPECT_TRUE(refused(field, text)) << text;
}

TEST(Values, LimitsAreInStoredUnitsAndNamedInTheError) {
    Field field = decimal_field(1);
    field.min = 0;
    field.max = 100;
    EXPECT_EQ(again(field, "10.0"), "10.0");
    EXPECT_EQ(again(field, "7"), "7.0");
    EXPECT_THAT(again(field, "10.1"), HasSubstr("from 0.0 to 10.0"));
    EXPECT_THAT(again(field, "7.55"), HasSubstr("at most 1 digits after the point"));
    EXPECT_EQ(again(field, "7.50"), "7.5");
}

TEST(Values, ErrorsNameFieldTextAndWhatIsExpectedInBothLanguages) {
    const auto value = parse(field_of(FieldType::integer), "十二");
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().message.ja,
              "項目（entry）の値「十二」は使えません。整数で書いてください（例: 12、1,200）。");
    EXPECT_EQ(value.error().message.en,
              "Entry (entry): “十二” cannot be used; expected a whole number, such as 12 or 1,200");
    EXPECT_THAT(parse(field_of(FieldType::integer), std::string(100'000, 'x')).error().message.en.size(),
                ::testing::Lt(300U));
}

TEST(Values, MoneyKnowsItsCurrency) {
    EXPECT_EQ(again(money_field(""), "1,200,000"), "1200000");
    EXPECT_EQ(again(money_field("JPY"), "¥1200000"), "1200000");
    EXPECT_EQ(again(money_field("JPY"), "￥１，２００，０００"), "1200000");
    EXPECT_EQ(again(money_field("JPY"), "1,200円"), "1200");
    EXPECT_EQ(again(money_field("USD"), "$12.5"), "12.50");
    EXPECT_EQ(std::get<Value>(*parse(money_field("USD"), "12.5")), Value{std::int64_t{1250}});
    EXPECT_TRUE(refused(money_field("JPY"), "120万円"));
    EXPECT_TRUE(refused(money_field("JPY"), "$12"));
    EXPECT_TRUE(refused(money_field("JPY"), "12.5"));
}

TEST(Values, DatesAreReadInTheFormsOfJapaneseOffices) {
    const Field field = field_of(FieldType::date);
    for (const char* const text :
         {"2026-11-23", "2026/11/23", "2026年11月23日", "令和8年11月23日", "R8.11.23", "２０２６／１１／２３",
          "2026/11/23 0:00", "2026-11-23 00:00:00"})
        EXPECT_EQ(again(field, text), "2026-11-23") << text;
    for (const char* const text : {"2026-02-30", "23/11/2026", "11/23", "2026-11-23 9:15", "令和", "46349"})
        EXPECT_TRUE(refused(field, text)) << text;
}

TEST(Values, DatesKeepWithinTheirLimits) {
    Field field = field_of(FieldType::date);
    field.min_day = "2020-01-01";
    field.max_day = "2030-12-31";
    EXPECT_EQ(again(field, "2020/1/1"), "2020-01-01");
    EXPECT_THAT(again(field, "2019-12-31"), HasSubstr("2020-01-01"));
    EXPECT_THAT(again(field, "2031-01-01"), HasSubstr("2030-12-31"));
}

TEST(Values, ADayThatDoesNotExistSaysWhichDaysDo) {
    const Field field = field_of(FieldType::date);
    const auto refused = [&](const char* text) { return parse_written(field, text, {}).error().message; };
    EXPECT_THAT(refused("2026-02-30").ja, HasSubstr("2026年2月は 1～28 日です"));
    EXPECT_THAT(refused("2026-02-30").en, HasSubstr("does not exist"));
    EXPECT_THAT(refused("令和8年13月1日").ja, HasSubstr("月は 1～12 です"));
    EXPECT_THAT(refused("平成40年1月1日").ja, HasSubstr("2028-01-01（令和10年1月1日）"));
    EXPECT_THAT(refused("昨日").ja,
                AllOf(HasSubstr("2026/4/1"), HasSubstr("令和8年4月1日"), HasSubstr("R8.4.1")));
    EXPECT_THAT(parse_written(field_of(FieldType::instant), "2026/2/30 9:15", {}).error().message.ja,
                HasSubstr("2月は 1～28 日です"));
}

TEST(Values, TimesWithoutAnOffsetAreJapanese) {
    const Field field = field_of(FieldType::instant);
    EXPECT_EQ(again(field, "2026-11-23T09:15:00+09:00"), "2026-11-23T00:15:00Z");
    EXPECT_EQ(again(field, "2026-11-23T09:15:00Z"), "2026-11-23T09:15:00Z");
    EXPECT_EQ(again(field, "2026/11/23 9:15"), "2026-11-23T00:15:00Z");
    EXPECT_EQ(again(field, "2026-11-23 08:15:30"), "2026-11-22T23:15:30Z");
    EXPECT_EQ(again(field, "令和8年11月23日 9時15分"), "2026-11-23T00:15:00Z");
    for (const char* const text :
         {"2026/11/23", "9:15", "2026/11/23 24:00", "2026/11/23 9:60", "2026/11/23 9", "0001-01-01 0:00"})
        EXPECT_TRUE(refused(field, text)) << text;
}

TEST(Values, YesAndNoHaveManySpellings) {
    const Field field = field_of(FieldType::boolean);
    for (const char* const text : {"true", "TRUE", "1", "１", "はい", "Yes", "○", "〇", "◯"})
        EXPECT_EQ(again(field, text), "true") << text;
    for (const char* const text : {"false", "0", "いいえ", "NO", "×"})
        EXPECT_EQ(again(field, text), "false") << text;
    for (const char* const text : {"2", "たぶん", "－", "△", "?"}) EXPECT_TRUE(refused(field, text)) << text;
}

TEST(Values, ChoicesAreFoundByCodeOrLabelAndTheErrorListsThem) {
    EXPECT_EQ(again(choice_field(), "laptop"), "laptop");
    EXPECT_EQ(again(choice_field(), "ノートPC"), "laptop");
    EXPECT_EQ(again(choice_field(), "ﾉｰﾄＰＣ"), "laptop");
    EXPECT_EQ(again(choice_field(), "DESKTOP"), "desktop");
    const auto value = parse(choice_field(), "タブレット");
    ASSERT_FALSE(value);
    EXPECT_THAT(value.error().message.ja, HasSubstr("ノートPC（laptop）、デスクトップ（desktop）"));
    EXPECT_THAT(value.error().message.en, HasSubstr("laptop (Laptop), desktop (Desktop)"));
}

TEST(Values, TextKeepsItsCharactersWithoutOuterSpace) {
    const Field field = field_of(FieldType::text);
    EXPECT_EQ(again(field, " ㈱髙島　①号ﾋﾞﾙ　"), "㈱髙島　①号ﾋﾞﾙ");
    EXPECT_EQ(again(field, "=SUM(A1)"), "=SUM(A1)");
    for (const std::string& text : {std::string("a\tb"), std::string("a\nb"), std::string("a\0b", 3),
                                    std::string("\u0085x"), std::string("\x7F")})
        EXPECT_TRUE(refused(field, text)) << text;
    EXPECT_TRUE(refused(field, "\xE3\x81"));
    EXPECT_TRUE(store::is_null(std::get<Value>(*parse(field, " 　 "))));
}

TEST(Values, CharactersThatDeceiveAreRefusedAndInvisibleOnesDropped) {
    for (const FieldType type : {FieldType::text, FieldType::long_text, FieldType::url})
        for (const char* text : {"https://example.jp/\u202Etxt.exe", "\u2066https://example.jp/",
                                 "https://example.jp/\U000E0041"}) {
            const auto value = parse_written(field_of(type), text, {});
            ASSERT_FALSE(value) << text;
            EXPECT_THAT(value.error().message.ja, HasSubstr("U+")) << text;
        }
    const auto plain = [](FieldType type, const char* text) {
        return std::get<std::string>(std::get<store::Value>(parse_written(field_of(type), text, {}).value()));
    };
    EXPECT_EQ(plain(FieldType::text, "\uFEFF山\u200B田\u200E"), "山田");
    EXPECT_EQ(plain(FieldType::date, "2026-04-01\u200B"), "2026-04-01");
    EXPECT_EQ(plain(FieldType::text, "葛\U000E0100 👨\u200D💻"), "葛\U000E0100 👨\u200D💻");
    EXPECT_EQ(plain(FieldType::long_text, "一\u200B二"), "一\u200B二");
}

TEST(Values, LongTextHasLineFeedsOnly) {
    const Field field = field_of(FieldType::long_text);
    EXPECT_EQ(again(field, "一行目\r\n二行目\r三行目\n"), "一行目\n二行目\n三行目\n");
    EXPECT_TRUE(refused(field, "a\tb"));
}

TEST(Values, LengthIsCountedInCharacters) {
    Field field = field_of(FieldType::text);
    field.max_length = 3;
    EXPECT_EQ(again(field, "機密性"), "機密性");
    EXPECT_THAT(again(field, "機密性高"), HasSubstr("at most 3 characters (these are 4)"));
    EXPECT_TRUE(refused(field_of(FieldType::text), std::string(201, 'x')));
    EXPECT_FALSE(refused(field_of(FieldType::long_text), std::string(20'000, 'x')));
}

TEST(Values, FormatsOfTextAreChecked) {
    EXPECT_EQ(again(formatted("furigana"), "ヤマダ　ハナコ"), "ヤマダ　ハナコ");
    EXPECT_TRUE(refused(formatted("furigana"), "山田"));
    EXPECT_EQ(again(formatted("phone"), "０３ー１２３４－５６７８"), "03-1234-5678");
    EXPECT_EQ(again(formatted("phone"), "+81 3-1234-5678"), "+81 3-1234-5678");
    EXPECT_TRUE(refused(formatted("phone"), "電話なし"));
    EXPECT_EQ(again(formatted("hostname"), "pc-001.example.jp"), "pc-001.example.jp");
    EXPECT_TRUE(refused(formatted("hostname"), "-pc.example"));
    EXPECT_EQ(again(formatted("ip"), "2001:DB8:0:0::1"), "2001:db8::1");
    EXPECT_EQ(again(formatted("ip"), "192.0.2.0/24"), "192.0.2.0/24");
    EXPECT_TRUE(refused(formatted("ip"), "192.0.2.256"));
    EXPECT_TRUE(refused(formatted("ip"), "192.0.2.0/33"));
    EXPECT_EQ(again(formatted("code"), " ＰＣ－００１ "), "PC-001");
    EXPECT_TRUE(refused(formatted("code"), "PC 001"));
    EXPECT_EQ(again(formatted("country"), "jp"), "JP");
    EXPECT_TRUE(refused(formatted("country"), "XX"));
    EXPECT_TRUE(refused(formatted("country"), "D A"));
}

TEST(Values, AddressesAreNormalised) {
    EXPECT_EQ(again(field_of(FieldType::mail), " Ｙａｍａｄａ＠Example.JP "), "Yamada@example.jp");
    for (const char* const text : {"yamada", "@example.jp", "a@b@example.jp", "yamada@localhost",
                                   "ya mada@example.jp", "a@example..jp"})
        EXPECT_TRUE(refused(field_of(FieldType::mail), text)) << text;
    EXPECT_TRUE(refused(field_of(FieldType::mail), "a@" + std::string(250, 'x') + ".jp"));
    EXPECT_EQ(again(field_of(FieldType::url), "HTTPS://Example.JP/資料①?a=B#c"),
              "https://example.jp/資料①?a=B#c");
    EXPECT_EQ(again(field_of(FieldType::url), "mailto:soumu@example.jp"), "mailto:soumu@example.jp");
    for (const char* const text :
         {"example.jp", "javascript:alert(1)", "file:///etc/passwd", "http://", "https:///x", "https://a b/",
          "mailto:", "https://user@example.jp/", "http://example.jp:x/"})
        EXPECT_TRUE(refused(field_of(FieldType::url), text)) << text;
    for (const char* const text : {"00-1A-2b-3C-4d-5E", "001a.2b3c.4d5e", "００:1a:2b:3c:4d:5e"})
        EXPECT_EQ(again(field_of(FieldType::mac_address), text), "00:1a:2b:3c:4d:5e");
    EXPECT_TRUE(refused(field_of(FieldType::mac_address), "00:1a:2b:3c:4d"));
}

TEST(Values, HashesHave64Digits) {
    const std::string digits(64, 'A');
    EXPECT_EQ(again(field_of(FieldType::sha256), digits), std::string(64, 'a'));
    EXPECT_EQ(again(field_of(FieldType::file), "sha256:" + digits), std::string(64, 'a'));
    EXPECT_TRUE(refused(field_of(FieldType::sha256), digits + "A"));
    EXPECT_THAT(again(field_of(FieldType::file), "@rules.pdf"), HasSubstr("@path on the command line"));
}

TEST(Values, ReferencesAreFoundAndTheirErrorNamesTheField) {
    EXPECT_EQ(std::get<Value>(*parse(field_of(FieldType::person), " P7 ")), Value{std::int64_t{7}});
    EXPECT_EQ(again(field_of(FieldType::person), "P7"), "P7");
    EXPECT_EQ(again(field_of(FieldType::person), "山田"),
              "error: Entry (entry): “山田” cannot be used; no such person");
    EXPECT_EQ(parse(field_of(FieldType::person), "山田").error().kind, ErrorKind::not_found);
}

TEST(Values, ListsAreSplitAtSemicolonsAndLineFeeds) {
    const Field field = list_of(FieldType::text);
    const auto value = parse(field, "個人情報 ; 図面\n; C:\\共有\\図面;a\\;b;c\\\\");
    ASSERT_TRUE(value);
    EXPECT_EQ(std::get<std::vector<Value>>(*value),
              (std::vector<Value>{{"個人情報"}, {"図面"}, {"C:\\共有\\図面"}, {"a;b"}, {"c\\"}}));
    EXPECT_EQ(std::get<std::vector<Value>>(*parse(field, " ; \n")), std::vector<Value>{});
    EXPECT_EQ(again(list_of(FieldType::person), "P1;P2\nP3"), "P1;P2;P3");
    EXPECT_THAT(again(list_of(FieldType::person), "P1;山田"), HasSubstr("「山田」: no such person"));
}

// Texts of the pieces in which separators, quotes, apostrophes and formulas are made.
std::string random_text(std::mt19937& random) {
    static const std::vector<std::string> pieces{";",  "\\", "\"", "'",  "=", "+", "-", "@",   ",", " ",
                                                 "　", "㈱", "山", "髙", "①", "x", "0", "\\;", "#", "/"};
    std::string text = "あ";
    for (auto size = random() % 8; size > 0; --size) text += pieces[random() % pieces.size()];
    return std::string(trim((random() % 2 == 0 ? pieces[random() % pieces.size()] : "") + text + "い"));
}

Value random_value(const Field& field, std::mt19937& random) {
    const auto number = static_cast<std::int64_t>(random()) - (std::int64_t{1} << 31);
    switch (field.element()) {
        case FieldType::text: return random_text(random);
        case FieldType::long_text: return random_text(random) + "\n" + random_text(random);
        case FieldType::integer:
        case FieldType::decimal:
        case FieldType::money: return number;
        case FieldType::date: return Day(1970, 1, 1).plus_days(static_cast<int>(random() % 40'000)).iso();
        case FieldType::instant: return format_instant(Instant(std::chrono::seconds(random())));
        case FieldType::boolean: return static_cast<std::int64_t>(random() % 2);
        case FieldType::choice: return field.choices[random() % field.choices.size()].code;
        case FieldType::reference:
        case FieldType::person: return static_cast<std::int64_t>(random() % 1000);
        case FieldType::url: return "https://example.jp/" + std::to_string(random());
        case FieldType::mail: return "user" + std::to_string(random()) + "@example.jp";
        case FieldType::mac_address: return "00:1a:2b:3c:4d:5e";
        case FieldType::file:
        case FieldType::sha256: return std::string(64, "0123456789abcdef"[random() % 16]);
        case FieldType::list: break;
    }
    return store::Null{};
}

std::vector<Field> every_kind_of_field() {
    std::vector<Field> fields{choice_field(), decimal_field(1), decimal_field(3), money_field("JPY"),
                              money_field("USD")};
    for (const FieldType type : {FieldType::text, FieldType::long_text, FieldType::integer, FieldType::date,
                                 FieldType::instant, FieldType::boolean, FieldType::person, FieldType::file,
                                 FieldType::url, FieldType::mail, FieldType::mac_address, FieldType::sha256})
        fields.push_back(field_of(type));
    for (const FieldType of : {FieldType::text, FieldType::person, FieldType::date, FieldType::integer})
        fields.push_back(list_of(of));
    Field choices = choice_field();
    choices.type = FieldType::list;
    choices.of = FieldType::choice;
    fields.push_back(choices);
    return fields;
}

TEST(Values, EveryValueComesBackFromItsWrittenForm) {
    std::mt19937 random(20261123);  // NOLINT: the same values every time
    for (const Field& field : every_kind_of_field()) {
        for (int round = 0; round < 200; ++round) {
            FieldValue value = random_value(field, random);
            if (field.is_list()) {
                std::vector<Value> items;
                for (auto size = random() % 5; size > 0; --size) items.push_back(random_value(field, random));
                value = items;
            }
            const std::string written = format_written(field, value, key);
            const auto back = parse(field, written);
            ASSERT_TRUE(back) << written << ": " << back.error().message.en;
            ASSERT_EQ(*back, value) << written;
        }
    }
}

TEST(Values, NothingIsWrittenAsNothing) {
    for (const Field& field : every_kind_of_field()) {
        const auto value = parse(field, "");
        ASSERT_TRUE(value);
        EXPECT_EQ(format_written(field, *value, key), "");
        EXPECT_EQ(format_for_people(field, *value, key, Language::ja), "");
    }
}

TEST(Values, PeopleSeeLabelsSeparatorsAndJapaneseTime) {
    EXPECT_EQ(format_for_people(choice_field(), Value{"laptop"}, key, Language::ja), "ノートPC");
    EXPECT_EQ(format_for_people(field_of(FieldType::boolean), Value{std::int64_t{1}}, key, Language::ja),
              "はい");
    EXPECT_EQ(format_for_people(field_of(FieldType::boolean), Value{std::int64_t{0}}, key, Language::en),
              "no");
    EXPECT_EQ(format_for_people(money_field("JPY"), Value{std::int64_t{-1200000}}, key, Language::ja),
              "-1,200,000円");
    EXPECT_EQ(format_for_people(money_field("USD"), Value{std::int64_t{123456}}, key, Language::en),
              "USD 1,234.56");
    Field months = field_of(FieldType::integer);
    months.unit = {"か月", "months"};
    EXPECT_EQ(format_for_people(months, Value{std::int64_t{12}}, key, Language::ja), "12か月");
    EXPECT_EQ(format_for_people(months, Value{std::int64_t{12}}, key, Language::en), "12 months");
    EXPECT_EQ(
        format_for_people(field_of(FieldType::instant), Value{"2026-11-23T00:15:00Z"}, key, Language::ja),
        "2026-11-23 09:15 +09:00");
    EXPECT_EQ(format_for_people(list_of(FieldType::person),
                                std::vector<Value>{{std::int64_t{1}}, {std::int64_t{2}}}, key, Language::ja),
              "P1、P2");
}

TEST(Values, CanonicalBytesAreThoseOfTheFormatDocument) {
    using namespace std::string_literals;
    const Field text = field_of(FieldType::text);
    EXPECT_EQ(canonical(text, Value{store::Null{}}), "\0"s);
    EXPECT_EQ(canonical(text, Value{std::int64_t{-2}}), "\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE"s);
    EXPECT_EQ(canonical(text, Value{std::int64_t{258}}), "\x01\0\0\0\0\0\0\x01\x02"s);
    EXPECT_EQ(canonical(text, Value{"PC-001"}), "\x02PC-001"s);
    EXPECT_EQ(canonical(text, Value{Bytes{1, 0, 255}}), "\x03\x01\0\xFF"s);
    EXPECT_EQ(canonical(list_of(FieldType::text), std::vector<Value>{{"a"}}),
              "\x04\0\0\0\0\0\0\0\x02\x02"s + "a");
    EXPECT_EQ(canonical(list_of(FieldType::text), Value{store::Null{}}), "\x04");
}

TEST(Values, DifferentValuesHaveDifferentCanonicalBytes) {
    const Field field = list_of(FieldType::text);
    const std::vector<FieldValue> values{Value{""},
                                         Value{"0"},
                                         Value{std::int64_t{0}},
                                         Value{Bytes{}},
                                         Value{Bytes{'0'}},
                                         std::vector<Value>{},
                                         std::vector<Value>{{""}},
                                         std::vector<Value>{{"a"}, {"b"}},
                                         std::vector<Value>{{"ab"}},
                                         std::vector<Value>{{"ab"}, {""}},
                                         std::vector<Value>{{store::Null{}}},
                                         std::vector<Value>{{std::string("a\0\0\0\0\0\0\0\2\2b", 11)}}};
    std::set<std::string> bytes;
    for (const FieldValue& value : values) bytes.insert(canonical(field, value));
    EXPECT_EQ(bytes.size(), values.size());
}

}  // namespace
}  // namespace maru::registers
