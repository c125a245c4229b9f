#include "notices/day.hpp"

#include <gmock/gmock.h>

#include "tests/notices/world.hpp"

namespace maru::notices {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;
using testing::Not;
using testing::UnorderedElementsAre;

const Day tuesday(2026, 11, 24);  // the Monday before is a holiday

class DailyJob : public World {};

TEST_F(DailyJob, tells_each_person_once_what_waits_for_them) {
    department("D1", "開発部", "E001", "2026-11-20");
    department("D2", "営業部", "E001", "2026-11-30");
    department("D3", "管理部", "E001", "2026-12-31");
    const DayOutcome done = run(tuesday);
    EXPECT_EQ(done.digest_mails, 1);
    EXPECT_EQ(done.open, 1);
    EXPECT_EQ(done.soon, 1);
    const auto mails = queued();
    ASSERT_THAT(mails, UnorderedElementsAre(Key(key("digest", tuesday, "E001"))));
    const Draft& mail = mails.begin()->second;
    EXPECT_EQ(mail.recipient, "E001@mihon.example.jp");
    EXPECT_EQ(mail.recipient_name, "山田 太郎");
    EXPECT_EQ(mail.subject, "【maru】対応事項 2 件（2026-11-24）");
    EXPECT_THAT(mail.body,
                AllOf(HasSubstr("株式会社見本"),
                      HasSubstr("・開発部 — 開発部 の期限\n  → 更新する（今日から、項目 1）"),
                      HasSubstr("・営業部"), HasSubstr("期限 2026-11-30"), Not(HasSubstr("管理部")),
                      Not(HasSubstr("【新】")), Not(HasSubstr("担当者がいない")),
                      HasSubstr("https://maru.example.jp/o/mihon/registers/department/")));
    EXPECT_EQ(run(tuesday).was, DayOutcome::Was::done_before);
    EXPECT_THAT(queued(), IsEmpty());
}

TEST_F(DailyJob, is_silent_when_there_is_nothing) {
    department("D1", "開発部", "E001", "2027-11-20");
    const DayOutcome done = run(tuesday);
    EXPECT_EQ(done.mails + done.webhook_calls, 0);
    EXPECT_EQ(done.full, 1);
    EXPECT_THAT(queued(), IsEmpty());
}

TEST_F(DailyJob, gives_what_nobody_owns_to_the_security_manager) {
    department("D1", "開発部", "", "2026-11-20");
    put("person", {{"code", "E001"}, {"mail", ""}});
    department("D2", "営業部", "E001", "2026-11-20");
    run(tuesday);
    const auto mails = queued();
    ASSERT_THAT(mails, UnorderedElementsAre(Key(key("digest", tuesday, "E003"))));
    EXPECT_THAT(mails.begin()->second.body,
                AllOf(HasSubstr("担当者がいない"), HasSubstr("開発部"), HasSubstr("営業部")));
}

TEST_F(DailyJob, marks_what_is_new_since_the_last_digest) {
    department("D1", "開発部", "E001", "2026-11-20");
    run(tuesday);
    queued();
    department("D2", "営業部", "E001", "2026-11-20");
    run(Day(2026, 11, 25));
    const auto mails = queued();
    const std::string& body = mails.at(key("digest", Day(2026, 11, 25), "E001")).body;
    EXPECT_THAT(body, AllOf(HasSubstr("・開発部"), HasSubstr("・【新】営業部"), HasSubstr("増えたもの 1 件"),
                            HasSubstr("2026-11-24 から")));
}

TEST_F(DailyJob, lets_people_rest_on_holidays_and_marks_what_came_meanwhile) {
    run(Day(2026, 11, 20));
    department("D1", "開発部", "E001", "2026-11-20");
    for (const Day day : {Day(2026, 11, 21), Day(2026, 11, 22), Day(2026, 11, 23)}) {
        EXPECT_EQ(run(day).digests, DayOutcome::Digests::on_holiday);
        EXPECT_EQ(queued().count(key("digest", day, "E001")), 0U);
    }
    run(tuesday);
    EXPECT_THAT(queued().at(key("digest", tuesday, "E001")).body, HasSubstr("・【新】開発部"));
}

TEST_F(DailyJob, tells_managers_once_of_what_was_left) {
    department("D1", "開発部", "E001", "2026-11-20");
    run(tuesday);
    run(Day(2026, 11, 30));
    EXPECT_EQ(queued().count(key("escalation", Day(2026, 11, 30), "E002")), 0U);
    const Day after_seven(2026, 12, 1);
    EXPECT_EQ(run(after_seven).escalation_mails, 1);
    const Draft mail = queued().at(key("escalation", after_seven, "E002"));
    EXPECT_THAT(mail.body, AllOf(HasSubstr("佐藤 花子 さん"), HasSubstr("山田 太郎: 開発部"),
                                 HasSubstr("2026-11-24 から")));
    EXPECT_EQ(run(Day(2026, 12, 2)).escalation_mails, 0);
    department("D1", "開発部", "E001", "2027-12-31");  // done, and broken again later
    run(Day(2026, 12, 3));
    department("D1", "開発部", "E001", "2026-11-20");
    run(Day(2026, 12, 4));
    EXPECT_EQ(run(Day(2026, 12, 14)).escalation_mails, 1);
}

TEST_F(DailyJob, never_escalates_to_the_owner) {
    department("D1", "開発部", "E002", "2026-11-20");  // has no manager
    run(tuesday);
    run(Day(2026, 12, 1));
    EXPECT_EQ(queued().count(key("escalation", Day(2026, 12, 1), "E003")), 1U);
}

TEST_F(DailyJob, writes_in_the_language_of_the_person) {
    put("app_user", {{"mail", "E001@mihon.example.jp"}, {"person", "E001"}, {"language", "en"}});
    department("D1", "開発部", "E001", "2026-11-20");
    run(tuesday);
    const Draft mail = queued().at(key("digest", tuesday, "E001"));
    EXPECT_EQ(mail.language, Language::en);
    EXPECT_THAT(mail.body,
                AllOf(HasSubstr("Dear 山田 太郎,"), HasSubstr("開発部 is old"), HasSubstr("since today")));
}

TEST_F(DailyJob, does_not_write_to_those_who_left) {
    department("D1", "開発部", "E001", "2026-11-20");
    put("person", {{"code", "E001"}, {"last_working_day", "2026-11-23"}});
    run(tuesday);
    EXPECT_THAT(queued(), UnorderedElementsAre(Key(key("digest", tuesday, "E003"))));
}

TEST_F(DailyJob, without_a_mail_server_queues_no_mail) {
    settings.mail.reset();
    department("D1", "開発部", "E001", "2026-11-20");
    EXPECT_EQ(run(tuesday).digests, DayOutcome::Digests::without_mail);
    EXPECT_THAT(queued(), IsEmpty());
}

TEST_F(DailyJob, tells_which_marks_changed) {
    put("webhook", {{"code", "W1"},
                    {"name", "監視"},
                    {"kind", "program"},
                    {"url", "https://hook.example.jp/x"},
                    {"events", "verdict_flipped"},
                    {"language", "ja"},
                    {"active", "yes"}});
    department("D1", "開発部", "E001", "2026-11-25");
    EXPECT_EQ(run(tuesday).flipped, 0);
    EXPECT_EQ(run(Day(2026, 11, 25)).flipped, 0);
    queued();
    EXPECT_EQ(run(Day(2026, 11, 27)).flipped, 1);  // nobody ran on the 26th
    const auto drafts = queued();
    const Draft& mail = drafts.at(key("flip", Day(2026, 11, 27), "E003"));
    EXPECT_THAT(mail.body, HasSubstr("項目 1 ○ → ×（0/1、2026-11-26 から）部門は更新されているか\n  "
                                     "https://maru.example.jp/o/mihon/sheets/small/1\n"));
    const auto call =
        std::ranges::find(drafts, Kind::webhook, [](const auto& one) { return one.second.kind; });
    ASSERT_NE(call, drafts.end());
    EXPECT_THAT(call->second.body, AllOf(HasSubstr(R"("type":"verdict.flipped")"),
                                         HasSubstr(R"("before":"full","after":"none")"),
                                         HasSubstr(R"("since":"2026-11-26")"), Not(HasSubstr("開発部"))));
    EXPECT_EQ(run(Day(2026, 11, 28)).flipped, 0);
}

TEST_F(DailyJob, asks_for_a_decision_when_a_published_answer_stays_untrue) {
    put("claim", {{"sheet", "small"}, {"item", "s-1"}, {"mark", "full"}, {"approved_on", "2026-11-10"}});
    put("contact", {{"code", "C1"},
                    {"name", "株式会社お得意"},
                    {"kind", "customer"},
                    {"network", "no"},
                    {"incident", "yes"},
                    {"owner", "E003"}});
    department("D1", "開発部", "E001", "2026-11-24");  // ○ until then
    run(tuesday);
    EXPECT_EQ(run(Day(2026, 12, 9)).decisions, 0);  // the fourteenth day of grace
    queued();
    const Day over(2026, 12, 10);
    EXPECT_EQ(run(over).decisions, 1);
    const auto mails = queued();
    EXPECT_EQ(mails.count(key("publish_grace", over, "E002")), 1U);
    EXPECT_THAT(
        mails.at(key("publish_grace", over, "E003")).body,
        AllOf(HasSubstr("項目 1 公表 ○、実態 ×（2026-11-25 から 15 日）"), HasSubstr("・株式会社お得意")));
    EXPECT_EQ(run(Day(2026, 12, 11)).decisions, 0);
    EXPECT_EQ(run(Day(2026, 12, 17)).decisions, 1);
    put("claim", {{"sheet", "small"}, {"item", "s-1"}, {"mark", "none"}, {"approved_on", "2026-12-17"}});
    EXPECT_EQ(run(Day(2026, 12, 24)).decisions, 0);
}

class CalendarFeeds : public World {};

TEST_F(CalendarFeeds, lead_from_a_secret_to_one_person) {
    auto feeds = Feeds::open(folder).value();
    const std::string token = feeds.make(17, now, crypto::random_bytes).value();
    EXPECT_EQ(token.size(), 64U);
    EXPECT_EQ(feeds.find(token).value(), 17);
    EXPECT_EQ(feeds.find("").value(), std::nullopt);
    EXPECT_EQ(feeds.find(std::string(64, '0')).value(), std::nullopt);
    const std::string other = feeds.make(17, now, crypto::random_bytes).value();
    EXPECT_EQ(feeds.find(token).value(), std::nullopt);
    ASSERT_TRUE(feeds.revoke(17));
    EXPECT_EQ(feeds.find(other).value(), std::nullopt);
    const auto residue = registers::find_residue(folder, {token, other}).value();
    EXPECT_TRUE(residue.places.empty());  // only hashes are kept
}

TEST_F(CalendarFeeds, show_what_falls_due_for_that_person) {
    department("D1", "開発部", "E001", "2026-12-09");
    department("D2", "営業部", "E002", "2026-12-09");
    auto reader = registers::Organisation::open_reader(folder, catalog_schema()).value();
    auto evaluation = checks::Evaluation::open(reader, library, catalog_schema(), {.today = tuesday}).value();
    const auto of = [&](const std::string& code) {
        return calendar_of(reader, evaluation, sheet, id_of(code), Language::ja, now).value();
    };
    EXPECT_THAT(of("E001"), AllOf(HasSubstr("BEGIN:VEVENT"), HasSubstr("開発部"), Not(HasSubstr("営業部"))));
    EXPECT_THAT(of("E003"),
                AllOf(HasSubstr("BEGIN:VCALENDAR"), HasSubstr("BEGIN:VTIMEZONE"), Not(HasSubstr("VEVENT"))));
}

class Forgetting : public World {};

TEST_F(Forgetting, leaves_nothing_of_a_person_in_the_outbox) {
    department("D1", "開発部", "E001", "2026-11-20");
    department("D2", "営業部", "E002", "2026-11-20");
    run(tuesday);
    run(Day(2026, 12, 1));  // E002 is told of E001's
    auto feeds = Feeds::open(folder).value();
    const std::string token = feeds.make(id_of("E001"), now, crypto::random_bytes).value();
    const std::vector<std::string> words{"山田 太郎", "E001@mihon.example.jp"};
    const auto places = [&] {
        int count = 0;
        for (const auto& place : registers::find_residue(folder, words).value().places)
            count += place.file.filename().string().starts_with("outbox.db") ? 1 : 0;
        return count;
    };
    EXPECT_GT(places(), 0);
    EXPECT_EQ(forget_person(folder, id_of("E001"), words).value(), 3);  // two digests, one escalation
    EXPECT_EQ(places(), 0);
    EXPECT_EQ(feeds.find(token).value(), std::nullopt);
    EXPECT_EQ(queued().count(key("digest", tuesday, "E002")), 1U);
}

TEST_F(Forgetting, makes_no_outbox_where_there_was_none) {
    EXPECT_EQ(forget_person(folder, 17, {"山田"}).value(), 0);
    EXPECT_FALSE(std::filesystem::exists(folder / "outbox.db"));
}

}  // namespace
}  // namespace maru::notices
