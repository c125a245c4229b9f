#include "checks/examples.hpp"

#include "world.hpp"

namespace maru::checks {
namespace {

class Examples : public World {
protected:
    void SetUp() override {
        add_check("left",
                  "select p.id as subject, p.name as label, p.id as owner, p.left_on as valid_until, case "
                  "when p.left_on is null then 'none' else 'some' end "
                  "as reason from person p where p.joined_on is not null");
        check().reasons = {{"none", {"なし", "none"}}, {"some", {"あり", "some"}}};
        check().example = {
            today, "", {{"person", {{"taro", {{"joined_on", "2026-01-01"}, {"left_on", "2026-12-01"}}}}}}};
        check().breaks = {
            {"none", "taro", "missing", std::nullopt, {{"person", {{"taro", {{"left_on", ""}}}}}}, {}},
            {"some", "taro", "expired", Day(2027, 1, 1), {}, {}}};
    }
    Check& check() { return library.checks.at("left"); }
    std::string problems() {
        std::string out;
        for (const auto& problem : run_examples(library, catalog_schema())) out += problem.message.en + "\n";
        return out;
    }
};

TEST_F(Examples, GoodOnesHaveNoProblem) { EXPECT_EQ(problems(), ""); }

TEST_F(Examples, EachReasonNeedsABreak) {
    check().breaks.pop_back();
    EXPECT_NE(problems().find("[reasons] some: no break shows this reason"), std::string::npos);
    check().sql =
        "select p.id as subject, p.name as label, p.id as owner, case when p.left_on is null then null else "
        "forever() end as valid_until, "
        "case when p.left_on is null then 'none' else 'some' end as reason from person p";
    EXPECT_EQ(problems(), "") << "what lasts for ever cannot break";
}

TEST_F(Examples, TheExampleMustHoldAndHaveARow) {
    check().example.records["person"]["taro"]["left_on"] = "2026-01-02";
    EXPECT_NE(problems().find("[example]: row"), std::string::npos);
    check().example.records["person"]["taro"].erase("joined_on");
    EXPECT_NE(problems().find("[example]: no row in the population"), std::string::npos);
}

TEST_F(Examples, ABreakMustShowItsReasonAndState) {
    check().breaks[0].state = "expired";
    EXPECT_NE(problems().find("taro is missing with none (until -), expected expired"), std::string::npos);
    check().breaks[0] = {"none", "taro", "missing", std::nullopt, {}, {"person.jiro"}};
    EXPECT_NE(problems().find("remove: the example has no person.jiro"), std::string::npos);
    check().breaks[0] = {"none", "taro", "missing", std::nullopt, {}, {"person.taro"}};
    EXPECT_NE(problems().find("there is no record person.taro"), std::string::npos);
}

TEST_F(Examples, AWrongFieldOrReferenceIsNamed) {
    check().example.records["person"]["taro"]["lfet_on"] = "2026-01-02";
    EXPECT_NE(problems().find("person.taro: there is no field lfet_on"), std::string::npos);
    check().example.records["person"]["taro"].erase("lfet_on");
    check().example.records["person"]["taro"]["manager"] = "hanako";
    EXPECT_NE(problems().find("hanako"), std::string::npos);
}

TEST_F(Examples, AnOffenderNeedsAnOwner) {
    auto& sql = check().sql;
    sql.replace(sql.find("p.id as owner"), 13, "p.manager as owner");
    EXPECT_NE(problems().find("has no owner"), std::string::npos);
}

// A query that decides by today() tells nothing about later days.
TEST_F(Examples, TheForwardLawIsChecked) {
    check().sql =
        "select p.id as subject, p.name as label, p.id as owner, case when today() <= p.left_on then "
        "forever() end as valid_until, "
        "case when p.left_on is null then 'none' else 'some' end as reason from person p";
    EXPECT_NE(problems().find("forward law: rows of 2026-11-24 on 2026-12-24"), std::string::npos);
}

}  // namespace
}  // namespace maru::checks
