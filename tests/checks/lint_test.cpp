#include "checks/lint.hpp"

#include <algorithm>

#include "world.hpp"

namespace maru::checks {
namespace {

class Lint : public World {
protected:
    void SetUp() override {
        for (const auto* name : {"days"})
            library.settings[name] = {.name = name, .value = 3, .min = 0, .max = 9, .label = {}, .unit = {}};
    }
    // The problems of one check, joined.
    std::string problems(const std::string& sql, const std::string& lines = "subject = \"person\"") {
        library.checks.clear();
        add_check("some-check", sql, lines);
        std::string out;
        for (const auto& problem : lint(library, catalog_schema())) {
            if (problem.check == "some-check")
                out += (problem.kind == LintKind::slow ? "slow: " : "") + problem.message.en + "\n";
        }
        return out;
    }
    // A well-formed check with one expression or condition put in.
    std::string with(const std::string& expression) {
        return problems(
            "select p.id as subject, p.name as label, p.manager as owner, forever() as valid_until, 'r' as "
            "reason, " +
            expression + " as x from person p");
    }
    std::string where(const std::string& condition) {
        return problems(
            "select p.id as subject, p.name as label, p.manager as owner, forever() as valid_until, 'r' as "
            "reason from person p where " +
            condition);
    }
};

TEST_F(Lint, APortableCheckHasNone) {
    EXPECT_EQ(with("coalesce((select max(t.done_on) from training t where t.person = p.id and t.passed = 1), "
                   "plus_days(p.joined_on, setting('days')))"),
              "");
    EXPECT_EQ(where("p.employment in ('employee', 'director') and p.left_on is null and p.name <> "
                    "'ifnull(max(1,2)) like \"x\"'"),
              "");
    EXPECT_EQ(
        where("exists (select 1 from account a where a.person = p.id order by a.created_on, a.id limit 1)"),
        "");
}

TEST_F(Lint, SqlitesOwnDialectIsRefused) {
    for (const auto* expression :
         {"ifnull(p.name, '')", "max(p.joined_on, p.left_on)", "group_concat(p.name)",
          "strftime('%Y', p.joined_on)", "date('now')", "json('1')", "p.name glob 'x'", "p.name like 'x'",
          "p.rowid", "true", "p.name == 'x'", "iif(1 = 1, 1, 2)", "substr(p.name, 1, 1)", "hex(p.name)"}) {
        EXPECT_NE(with(expression), "") << expression;
    }
    for (const auto* condition :
         {"p.id is 1", "p.joined_on > '2026-01-01' order by p.id", "1 = 1 limit 5",
          "p.id in (select a.person from account a order by a.id)", "\"p\".\"name\" = 'x'",
          "p.id in (select a.person from account a order by a.id limit -1)"}) {
        EXPECT_NE(where(condition), "") << condition;
    }
}

TEST_F(Lint, TypesMustMatch) {
    EXPECT_NE(where("p.works_remotely = 'yes'"), "");
    EXPECT_NE(where("p.works_remotely = 2"), "");
    EXPECT_NE(where("p.employment = 'nobody'"), "");
    EXPECT_NE(where("p.id = 5"), "");
    EXPECT_NE(where("p.code = 5"), "");
    EXPECT_NE(where("p.joined_on + 3 > '2026-01-01'"), "");
    EXPECT_NE(where("exists (select 1 from account a where a.service = p.id)"), "")
        << "a service is no person";
    EXPECT_EQ(where("p.works_remotely = 1 and p.employment in ('employee', 'director')"), "");
}

TEST_F(Lint, NamesMustExist) {
    EXPECT_NE(with("p.no_such_column"), "");
    EXPECT_NE(with("setting('dyas')").find("dyas"), std::string::npos);
    EXPECT_NE(
        problems(
            "select p.id as subject, p.name as label, null as owner, forever() as valid_until from person p")
            .find("reason"),
        std::string::npos);
    EXPECT_NE(problems("select p.id as subject, p.name as name, null as owner, forever() as valid_until, 'r' "
                       "as reason from person p")
                  .find("label"),
              std::string::npos);
    const std::string sql =
        "select p.id as subject, p.name as label, null as owner, forever() as valid_until, 'r' as reason "
        "from person p";
    EXPECT_NE(problems(sql, "subject = \"person\"\nmirrors = [\"acount\"]").find("acount"),
              std::string::npos);
    EXPECT_NE(problems(sql, "subject = \"person\"\nwhen_empty = \"declared\"\nscope = \"moon\"").find("moon"),
              std::string::npos);
}

TEST_F(Lint, ColumnsAndKeysGoTogether) {
    const std::string sql =
        "select p.id as subject, p.name as label, null as owner, forever() as valid_until, 'r' as reason";
    EXPECT_NE(problems(sql + ", p.joined_on as event_on from person p"), "");
    EXPECT_EQ(problems(sql + ", p.joined_on as event_on from person p", "subject = \"person\"\nwindow = 30"),
              "");
    EXPECT_NE(problems(sql + " from person p", "subject = \"person\"\nwindow = 30"), "");
    EXPECT_NE(problems(sql + " from person p", "subject = \"person\"\ntolerance = 5"), "");
    EXPECT_NE(problems(sql + ", 1 as miss from person p"), "");
}

TEST_F(Lint, WalkingATableForEveryRowIsSlow) {
    EXPECT_NE(with("(select count(*) from account a where a.traceable_by = p.name)").find("slow: "),
              std::string::npos);
    EXPECT_EQ(with("(select max(t.done_on) from training t where t.person = p.id and t.course in (select "
                   "c.id from course c where c.audience = 'manager'))"),
              "")
        << "what does not depend on the row is done once";
}

TEST_F(Lint, AScopeTopicThatNoDataContradictsIsWrong) {
    library.scopes["office"] = {"office", {}, {}};
    library.scopes["paper"] = {"paper", {}, {"select a.id as subject from asset a"}};
    std::string found;
    for (const auto& problem : lint(library, catalog_schema()))
        found += problem.check + ": " + problem.message.en + "\n";
    EXPECT_NE(found.find("office: contradicted_by is missing"), std::string::npos);
    EXPECT_NE(found.find("paper: column label is missing"), std::string::npos);
}

TEST_F(Lint, DerivedReadsNameColumnsAndPath) {
    add_check("some-check",
              "select p.id as subject, p.name as label, null as owner, (select max(t.done_on) from training "
              "t where t.person = p.id) as valid_until, "
              "'r' as reason from person p");
    EXPECT_EQ(reads_tsv(derived_reads(library, catalog_schema()).value()),
              "check\tregister\tcolumns\tpath\n"
              "some-check\tperson\tid name\tselect t0.id from person t0 where t0.id = ?1\n"
              "some-check\ttraining\tdone_on person\tselect t0.person from training t0 where t0.id = ?1\n");
}

}  // namespace
}  // namespace maru::checks
