// Sample files: overlays, repeats and each, and what a mistake in a file says.
#include "tests/sample/small_world.hpp"

namespace maru::sample {
namespace {

const SampleRecord* find(const std::vector<SampleRecord>& records, std::string_view of,
                         std::string_view field, std::string_view value) {
    for (const SampleRecord& record : records)
        if (record.register_name == of && record.fields.contains(field) &&
            record.fields.find(field)->second == value)
            return &record;
    return nullptr;
}

constexpr std::string_view two_people = R"(
[[record]]
register = "person"
values = { code = "E001", name = "山田 花子", department = "D1" }
[[record]]
register = "person"
values = { code = "E002", name = "佐藤 太郎", department = "D2" }
)";

class Expansion : public SmallWorld {
protected:
    std::vector<SampleRecord> records_of(const std::vector<std::string_view>& texts) const {
        auto records = expanded(texts);
        EXPECT_TRUE(records) << records.error().message.en;
        return records ? *records : std::vector<SampleRecord>{};
    }
    std::string message_of(std::string_view text) const {
        const auto records = expanded({text});
        return records ? "no error" : records.error().message.en;
    }
};

TEST_F(Expansion, AnOverlayChangesTheGivenFieldsOfAnEarlierRecord) {
    const auto records = records_of({two_people, R"(
[[record]]
register = "person"
values = { code = "E002", department = "D9" }
[[record]]
register = "person"
values = { code = "E003", name = "", department = "D9" }
)"});
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(find(records, "person", "code", "E001")->fields.at("department"), "D1");
    EXPECT_EQ(find(records, "person", "code", "E002")->fields.at("department"), "D9");
    EXPECT_EQ(find(records, "person", "code", "E002")->fields.at("name"), "佐藤 太郎");
    EXPECT_EQ(find(records, "person", "code", "E003")->fields.at("name"), "");
}

TEST_F(Expansion, ListsKeepSemicolonsAndDateTheirItems) {
    const auto records = records_of({R"(
[[record]]
register = "training"
values = { person = "E001", done_on = "today-1d", topics = ["a;b", "c", "today"] }
)"});
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].fields.at("done_on"), "2026-11-24");
    EXPECT_EQ(records[0].fields.at("topics"), "a\\;b;c;2026-11-25");
}

TEST_F(Expansion, ARepeatGivesOneRecordPerBusinessDayAndTakesTurns) {
    const auto records = records_of({R"(
[[record]]
register = "company_holiday"
values = { from_day = "2026-11-20", to_day = "2026-11-20" }
[[repeat]]
register = "training"
days = "business"
from = "2026-11-18"
to = "2026-11-25"
cycle = { person = ["E001", "E002"] }
values = { done_on = "{day}", ended_at = "{day}T20:15:00+09:00" }
)"});
    ASSERT_EQ(records.size(), 5U);  // the holiday; Wednesday, Thursday, Tuesday, Wednesday
    const std::vector<std::pair<std::string, std::string>> expected{
        {"2026-11-18", "E001"}, {"2026-11-19", "E002"}, {"2026-11-24", "E001"}, {"2026-11-25", "E002"}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(records[i + 1].fields.at("done_on"), expected[i].first);
        EXPECT_EQ(records[i + 1].fields.at("person"), expected[i].second);
        EXPECT_EQ(records[i + 1].fields.at("ended_at"), expected[i].first + "T20:15:00+09:00");
    }
}

TEST_F(Expansion, RepeatsStepByDaysWeeksAndMonths) {
    const auto days = [&](const std::string& step, const std::string& from, const std::string& to) {
        std::vector<std::string> found;
        for (const auto& record :
             records_of({"[[repeat]]\nregister = \"training\"\ndays = \"" + step + "\"\nfrom = \"" + from +
                         "\"\nto = \"" + to + "\"\nvalues = { person = \"E001\", done_on = \"{day}\" }\n"}))
            found.push_back(record.fields.at("done_on"));
        return found;
    };
    using Days = std::vector<std::string>;
    EXPECT_EQ(days("daily", "2026-11-21", "today-2d"), (Days{"2026-11-21", "2026-11-22", "2026-11-23"}));
    EXPECT_EQ(days("weekly", "2026-11-01", "2026-11-21"), (Days{"2026-11-01", "2026-11-08", "2026-11-15"}));
    EXPECT_EQ(days("monthly", "2026-08-31", "today"), (Days{"2026-08-31", "2026-09-30", "2026-10-31"}));
    EXPECT_EQ(days("daily", "2026-11-21", "2026-11-20"), Days{});
    EXPECT_EQ(days("daily", "9999-12-29", "9999-12-31"), (Days{"9999-12-29", "9999-12-30"}));
}

TEST_F(Expansion, EachFollowsTheRecordsThatAreChosen) {
    const auto records = records_of({two_people, R"(
[[each]]
register = "training"
of = "person"
where = { department = ["D2", "D3"] }
values = { person = "{code}", done_on = "today-60d", topics = ["{name} {unknown}"] }
)"});
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[2].fields.at("person"), "E002");
    EXPECT_EQ(records[2].fields.at("done_on"), "2026-09-26");
    EXPECT_EQ(records[2].fields.at("topics"), "佐藤 太郎 {unknown}");
}

TEST_F(Expansion, EachFollowsWhatAnOverlaySaysOfItsSource) {
    constexpr std::string_view each = R"(
[[each]]
register = "training"
of = "person"
where = { department = "D1" }
values = { person = "{code}", done_on = "today" }
)";
    const std::string base = std::string(two_people) + std::string(each);
    const auto records = records_of({base, R"(
[[record]]
register = "person"
values = { code = "E002", department = "D1" }
)"});
    EXPECT_EQ(std::ranges::count(records, "training", &SampleRecord::register_name), 2);
}

TEST_F(Expansion, MistakesNameFileLineAndWhatIsKnown) {
    EXPECT_EQ(message_of("[[recrod]]\n"),
              "records.toml: there is no key recrod; known are: told_by, record, repeat, each, again.");
    EXPECT_TRUE(message_of("\n[[record]]\nregister = \"person\"\nvalue = { code = \"E1\" }\n")
                    .starts_with("records.toml:2: there is no key value"));
    EXPECT_TRUE(
        message_of("[[record]]\nregister = \"persn\"\nvalues = { code = \"E1\" }\n").contains("persn"));
    EXPECT_TRUE(message_of("[[record]]\nregister = \"person\"\n").contains("has no values"));
    EXPECT_TRUE(
        message_of("[[record]]\nregister = \"person\"\nvalues = { name = \"x\" }\n").contains("lacks code"));
    EXPECT_TRUE(message_of("[record]\nregister = \"person\"\n").contains("[[record]]"));
    EXPECT_TRUE(message_of("[[record\n").starts_with("records.toml:1: "));
}

TEST_F(Expansion, MistakesInRepeatsAndEachesAreNotPassedOver) {
    const auto repeat = [&](const std::string& rest) {
        return message_of(
            "[[repeat]]\nregister = \"training\"\nvalues = { person = \"E1\", done_on = \"{day}\" }\n" +
            rest);
    };
    EXPECT_TRUE(repeat("from = \"yesterday\"\nto = \"today\"\n").contains("from and to"));
    EXPECT_TRUE(repeat("from = \"today\"\nto = \"today\"\ndays = \"busines\"\n").contains("business, daily"));
    EXPECT_TRUE(repeat("from = \"today\"\nto = \"9999-12-31\"\n").contains("100 years"));
    EXPECT_TRUE(
        repeat("from = \"today\"\nto = \"today\"\ncycle = { person = [] }\n").contains("cycle: person"));
    EXPECT_TRUE(
        message_of("[[each]]\nregister = \"training\"\nof = \"persons\"\nvalues = { person = \"{code}\" }\n")
            .contains("persons"));
}

TEST_F(Expansion, AFolderWithoutFilesIsNamed) {
    const std::vector<std::filesystem::path> folders{folder / "nowhere"};
    const auto records = expand(folders, schema, holidays, today);
    ASSERT_FALSE(records);
    EXPECT_EQ(records.error().kind, ErrorKind::not_found);
    EXPECT_TRUE(records.error().message.ja.contains("nowhere"));
}

}  // namespace
}  // namespace maru::sample
