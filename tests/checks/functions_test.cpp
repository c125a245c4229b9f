#include "checks/functions.hpp"

#include <gtest/gtest.h>

namespace maru::checks {
namespace {

class Functions : public testing::Test {
protected:
    void SetUp() override {
        inputs_->today = Day(2026, 11, 23);
        inputs_->settings["leaver_days"] = 3;
        ASSERT_TRUE(define_functions(database_, inputs_));
    }

    // The value as text; "null" for null; the English message when it fails.
    std::string answer(const std::string& expression) {
        auto statement = database_.prepare("select " + expression);
        if (!statement) return statement.error().message.en;
        const auto row = statement->step();
        if (!row) return row.error().message.en;
        return (*row)->is_null(0) ? "null" : std::string((*row)->text(0));
    }

    store::Database database_ = store::Database::in_memory().value();
    std::shared_ptr<FunctionInputs> inputs_ = std::make_shared<FunctionInputs>();
};

TEST_F(Functions, MoveDays) {
    EXPECT_EQ(answer("plus_days('2026-11-23', 10)"), "2026-12-03");
    EXPECT_EQ(answer("plus_days('2026-03-01', -1)"), "2026-02-28");
    EXPECT_EQ(answer("plus_months('2026-01-31', 1)"), "2026-02-28");
    EXPECT_EQ(answer("plus_months('2026-03-31', -1)"), "2026-02-28");
    EXPECT_EQ(answer("end_of_month_next_year('2027-02-03')"), "2028-02-29");
    EXPECT_EQ(answer("plus_business_days('2026-11-20', 1)"), "2026-11-23");
}

TEST_F(Functions, ForeverStaysForever) {
    EXPECT_EQ(answer("forever()"), "9999-12-31");
    EXPECT_EQ(answer("plus_days(forever(), -1)"), "9999-12-31");
    EXPECT_EQ(answer("plus_months(forever(), 1)"), "9999-12-31");
    EXPECT_EQ(answer("end_of_month_next_year(forever())"), "9999-12-31");
    EXPECT_EQ(answer("plus_business_days(forever(), 3)"), "9999-12-31");
    EXPECT_EQ(answer("plus_days('9999-12-30', 400)"), "9999-12-31");
    EXPECT_EQ(answer("plus_days('0001-01-05', -400)"), "0001-01-01");
}

TEST_F(Functions, NullInNullOut) {
    for (const auto* call : {"plus_days(null, 1)", "plus_days('2026-01-01', null)", "plus_months(null, 1)",
                             "plus_business_days(null, 1)", "end_of_month_next_year(null)", "day(null)",
                             "earliest('2026-01-01', null)", "latest(null, null)"}) {
        EXPECT_EQ(answer(call), "null") << call;
    }
}

TEST_F(Functions, EarliestIsNullWithOneNullAndLatestIgnoresNulls) {
    EXPECT_EQ(answer("earliest('2026-03-01', '2026-01-01', '2026-02-01')"), "2026-01-01");
    EXPECT_EQ(answer("latest('2026-03-01', null, '2026-04-01', '2026-02-01')"), "2026-04-01");
    EXPECT_EQ(answer("latest(null, '2026-02-01')"), "2026-02-01");
}

TEST_F(Functions, DayOfAnInstantIsTheLocalOne) {
    EXPECT_EQ(answer("day('2026-11-22T15:00:00Z')"), "2026-11-23");
    EXPECT_EQ(answer("day('2026-11-22T14:59:59Z')"), "2026-11-22");
}

TEST_F(Functions, InputsAreReadAnewByEveryStatement) {
    EXPECT_EQ(answer("today()"), "2026-11-23");
    EXPECT_EQ(answer("item()"), "null");
    EXPECT_EQ(answer("organisation_start()"), "null");
    inputs_->today = Day(2027, 1, 1);
    inputs_->item = "ipa-12";
    inputs_->organisation_start = Day(2024, 4, 1);
    EXPECT_EQ(answer("today()"), "2027-01-01");
    EXPECT_EQ(answer("item()"), "ipa-12");
    EXPECT_EQ(answer("organisation_start()"), "2024-04-01");
    EXPECT_EQ(answer("setting('leaver_days') + 1"), "4");
}

TEST_F(Functions, WrongInputIsAnErrorThatNamesFunctionAndValue) {
    EXPECT_NE(answer("plus_days('2026-02-30', 1)").find("plus_days(): \"2026-02-30\""), std::string::npos);
    EXPECT_NE(answer("plus_days('2026-02-01', 'x')").find("\"x\""), std::string::npos);
    EXPECT_NE(answer("setting('leaver_dyas')").find("\"leaver_dyas\""), std::string::npos);
    EXPECT_NE(answer("day('2026-11-22')").find("day()"), std::string::npos);
    EXPECT_NE(answer("earliest('2026-11-22', 'soon')").find("\"soon\""), std::string::npos);
}

}  // namespace
}  // namespace maru::checks
