// Dates of what has been done (`when = "past"`) may not lie ahead, by whatever way they come in.
#include "registers/exchange.hpp"
#include "sample_registers.hpp"

namespace maru::registers {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string check_register(std::string_view more = "when = \"past\"") {
    return R"(
number = 9
label = { ja = "点検簿", en = "Inspections" }
help = { ja = "点検の記録です。", en = "Inspections made." }
key = ["code"]
title = "code"
[[field]]
number = 1
name = "code"
type = "text"
label = { ja = "番号", en = "Code" }
[[field]]
number = 2
name = "checked_on"
type = "date"
label = { ja = "点検日", en = "Checked on" }
)" + std::string(more) +
           R"(
[[field]]
number = 3
name = "seen_at"
type = "instant"
label = { ja = "確認時刻", en = "Seen at" }
)" + std::string(more) +
           R"(
[[field]]
number = 4
name = "note"
type = "text"
label = { ja = "備考", en = "Note" }
[[field]]
number = 5
name = "until"
type = "date"
when = "limit"
label = { ja = "期限", en = "Until" }
)";
}

class PastTest : public OrganisationTest {
protected:
    void SetUp() override {
        OrganisationTest::SetUp();
        with_inspections(check_register());
    }
    void with_inspections(const std::string& text) {
        Files files = sample_registers();
        files["inspection"] = text;
        use(files);
        open();
    }
    // The clock of the next opening.
    void at(const char* instant) {
        environment_.clock = [now = parse_instant(instant).value()] { return now; };
        open();
    }
};

TEST_F(PastTest, TodayIsAcceptedAndTomorrowIsNot) {
    put("inspection", {{"code", "1"}, {"checked_on", "2026-11-23"}, {"until", "2099-03-31"}});
    const Error error = refused("inspection", {{"code", "2"}, {"checked_on", "2026-11-24"}});
    EXPECT_EQ(error.kind, ErrorKind::invalid);
    EXPECT_THAT(error.message.ja, AllOf(HasSubstr("点検日（checked_on）"), HasSubstr("2026-11-24"),
                                        HasSubstr("今日（2026-11-23）"), HasSubstr("今日までの日")));
    EXPECT_THAT(error.message.en, AllOf(HasSubstr("Checked on (checked_on)"), HasSubstr("2026-11-24"),
                                        HasSubstr("today (2026-11-23)")));
}

TEST_F(PastTest, TodayIsTheDayInJapan) {
    at("2026-11-23T14:59:59Z");
    (void)refused("inspection", {{"code", "1"}, {"checked_on", "2026-11-24"}});
    at("2026-11-23T15:00:00Z");
    put("inspection", {{"code", "1"}, {"checked_on", "2026-11-24"}});
    (void)refused("inspection", {{"code", "2"}, {"checked_on", "2026-11-25"}});
}

TEST_F(PastTest, AnInstantOfTodayIsAcceptedWhateverItsOffset) {
    put("inspection", {{"code", "1"}, {"seen_at", "2026-11-23T23:59:00+09:00"}});
    EXPECT_THAT(refused("inspection", {{"code", "2"}, {"seen_at", "2026-11-24T00:00:00+09:00"}}).message.en,
                HasSubstr("Seen at"));
    EXPECT_THAT(refused("inspection", {{"code", "2"}, {"seen_at", "2026-11-23T15:00:00Z"}}).message.en,
                HasSubstr("Seen at"));
}

// Records from before the rule are not locked: all but the wrong date can be changed, and the date be mended.
TEST_F(PastTest, ARecordFromBeforeTheRuleCanBeMended) {
    with_inspections(check_register(""));
    const auto id = put("inspection", {{"code", "1"}, {"checked_on", "2099-04-01"}}).id;
    with_inspections(check_register());
    put("inspection", {{"code", "1"}, {"note", "確認済み"}, {"checked_on", "2099-04-01"}});
    EXPECT_THAT(refused("inspection", {{"code", "1"}, {"checked_on", "2099-05-01"}}).message.en,
                HasSubstr("2099-05-01"));
    put("inspection", {{"code", "1"}, {"checked_on", "2026-11-01"}});
    EXPECT_THAT(now("inspection", id),
                AllOf(Contains(Pair("checked_on", "2026-11-01")), Contains(Pair("note", "確認済み"))));
    ASSERT_TRUE(retire("inspection", id));
    put("inspection", {{"note", "戻した"}}, id);
    EXPECT_THAT(now("inspection", id), Contains(Pair("checked_on", "2026-11-01")));
}

TEST_F(PastTest, AnImportNamesRowColumnAndValue) {
    const Table table{{"番号", "点検日"}, {{"1", "2026/11/22"}, {"2", "令和9年1月5日"}}, {2, 3}};
    const auto report = import_table(*organisation_, *schema_, of("inspection"), table, {});
    ASSERT_TRUE(report) << report.error().message.en;
    ASSERT_EQ(report->problems.size(), 1U);
    EXPECT_EQ(report->problems[0].row, 3U);
    EXPECT_THAT(report->problems[0].reason.ja, HasSubstr("2027-01-05"));
    EXPECT_EQ(organisation_->ledger_state().size, 0) << "one wrong row imports nothing";
}

}  // namespace
}  // namespace maru::registers
