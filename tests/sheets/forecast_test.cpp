// How falling rows are gathered: one fall per day, owner, check and state, due when the first of its rows is.
#include "sheets/forecast.hpp"

#include "tests/checks/world.hpp"

namespace maru::sheets {
namespace {

class Forecasts : public checks::World {
protected:
    void SetUp() override {
        library.settings["exempt_percent"] = {
            .name = "exempt_percent", .value = 10, .min = 0, .max = 100, .label = {}, .unit = {}};
        check("");
        sheet.name = "small";
        sheet.areas = {{.number = 1, .label = {}}};
        sheet.items = {{.number = 1, .code = "s-1", .area = 1, .printed_area = 1, .question = {}}};
        sheet.items[0].links = {{.checks = {{"stays", ""}}, .scope = ""}};
    }

    void check(const std::string& lines) {
        add_check("stays",
                  "select p.id as subject, p.name as label, p.manager as owner, p.left_on as valid_until, "
                  "'r' as reason, p.joined_on as starts_on from person p",
                  "subject = \"person\"\n" + lines);
    }
    void valid(int id, Day until) { person(id, "社員" + std::to_string(id), ", left_on", quoted(until)); }
    void of_manager(int id, int manager, Day until) {
        person(id, "社員" + std::to_string(id), ", manager, left_on",
               ", " + std::to_string(manager) + quoted(until));
    }
    static std::string quoted(Day day) { return ", '" + day.iso() + "'"; }

    Forecast forecast(const ForecastOptions& options = {}) {
        evaluation.emplace(evaluate(today));
        auto made = sheets::forecast(database, *evaluation, sheet, Day(2026, 12, 31), options);
        if (!made) ADD_FAILURE() << made.error().message.en;
        return std::move(made).value();
    }

    Sheet sheet;
    std::optional<checks::Evaluation> evaluation;  // forecasts point into it
};

TEST_F(Forecasts, AreDueWhenTheFirstOfTheirRowsIs) {
    valid(1, Day(2026, 12, 9));
    person(2, "社員2", ", joined_on, left_on", quoted(Day(2026, 12, 10)) + quoted(Day(2026, 11, 30)));
    valid(3, Day(2026, 12, 9));
    const auto falls = forecast().falls;
    ASSERT_EQ(falls.size(), 1U);  // all on the same day: 2 begins on it, and is too old by then
    EXPECT_EQ(falls[0].on, Day(2026, 12, 10));
    EXPECT_EQ(falls[0].count, 3);
    EXPECT_EQ(falls[0].deadline, Day(2026, 11, 30));
    EXPECT_EQ(falls[0].act_by, Day(2026, 11, 30));
}

TEST_F(Forecasts, AskToActOnTheLastBusinessDayBefore) {
    valid(1, Day(2026, 12, 6));  // a Sunday
    const auto falls = forecast().falls;
    ASSERT_EQ(falls.size(), 1U);
    EXPECT_EQ(falls[0].deadline, Day(2026, 12, 6));
    EXPECT_EQ(falls[0].act_by, Day(2026, 12, 4));
}

TEST_F(Forecasts, AskToActTodayWhenOnlyTheGraceIsLeft) {
    check("grace = 10");
    valid(1, Day(2026, 11, 20));
    const auto falls = forecast().falls;
    ASSERT_EQ(falls.size(), 1U);
    EXPECT_EQ(falls[0].on, Day(2026, 12, 1));
    EXPECT_EQ(falls[0].deadline, today);
    EXPECT_EQ(falls[0].act_by, today);
}

TEST_F(Forecasts, KeepOwnersApart) {
    valid(1, Day(2027, 12, 31));
    of_manager(2, 1, Day(2026, 12, 9));
    valid(3, Day(2026, 12, 9));
    EXPECT_EQ(forecast().falls.size(), 2U);
    const auto theirs = forecast({.owner = 1}).falls;
    ASSERT_EQ(theirs.size(), 1U);
    EXPECT_EQ(theirs[0].owner_name, "社員1");
    EXPECT_EQ(theirs[0].rows[0].subject, "2");
}

TEST_F(Forecasts, CountRowsThatTheyDoNotShow) {
    for (int id = 1; id <= 5; ++id) valid(id, Day(2026, 12, 9));
    const auto falls = forecast({.rows_per_fall = 2}).falls;
    ASSERT_EQ(falls.size(), 1U);
    EXPECT_EQ(falls[0].count, 5);
    EXPECT_EQ(falls[0].rows.size(), 2U);
}

TEST_F(Forecasts, LeaveOutWhatHasFallenAndWhatFallsLater) {
    valid(1, Day(2026, 11, 1));
    valid(2, Day(2027, 1, 31));
    const Forecast made = forecast();
    EXPECT_TRUE(made.falls.empty());
    EXPECT_EQ(made.open_today, 1);
    EXPECT_EQ(made.full_today, 0);
}

TEST_F(Forecasts, SayWhichCheckTheyLeaveOut) {
    add_check("stays", "select nothing from nowhere");
    valid(1, Day(2026, 12, 9));
    const Forecast made = forecast();
    EXPECT_TRUE(made.falls.empty());
    ASSERT_EQ(made.failed.size(), 1U);
    EXPECT_EQ(made.failed[0].check->name, "stays");
}

TEST_F(Forecasts, NameTheItemsThatLoseTheirMark) {
    valid(1, Day(2026, 12, 9));
    const Forecast made = forecast();
    EXPECT_EQ(made.full_today, 1);
    ASSERT_EQ(made.items.size(), 1U);
    EXPECT_EQ(made.items[0].on, Day(2026, 12, 10));
    ASSERT_EQ(made.falls.size(), 1U);
    EXPECT_EQ(made.falls[0].losing, std::vector<const Item*>{&sheet.items[0]});
}

}  // namespace
}  // namespace maru::sheets
