#include "checks/paths.hpp"

#include "world.hpp"

namespace maru::checks {
namespace {

std::map<std::string, std::optional<std::string>> paths(const std::string& sql) {
    Check check;
    check.name = "test";
    check.subject = "person";
    check.sql = sql;
    return paths_to_subject(check, catalog_schema());
}

TEST(Paths, TheSubjectItself) {
    EXPECT_EQ(paths("select p.id as subject from person p").at("person"),
              "select t0.id from person t0 where t0.id = ?1");
}

TEST(Paths, AReferenceToTheSubjectInACorrelatedQuery) {
    const auto found = paths(
        "select p.id as subject, (select max(t.done_on) from training t where t.person = p.id and t.passed = "
        "1) as d from person p");
    EXPECT_EQ(found.at("training"), "select t0.person from training t0 where t0.id = ?1 and t0.passed = 1");
}

// A record that never counts, before or after its change, touches nothing.
TEST(Paths, WhatARecordMustHoldToCountNarrowsThePath) {
    EXPECT_EQ(
        paths("select p.id as subject from person p left join training t on t.person = p.id and t.passed "
              "= 1 and p.employment = 'officer' where p.left_on is null")
            .at("training"),
        "select t0.person from training t0 where t0.id = ?1 and t0.passed = 1");
    EXPECT_EQ(paths("select p.id as subject from person p left join training t on t.person = p.id and "
                    "p.employment = 'officer'")
                  .at("person"),
              "select t0.id from person t0 where t0.id = ?1")
        << "the ON of a LEFT JOIN leaves nobody out";
    EXPECT_EQ(paths("select p.id as subject from person p where p.employment = 'officer' or p.name = 'x'")
                  .at("person"),
              "select t0.id from person t0 where t0.id = ?1");
    EXPECT_EQ(paths("select p.id as subject from person p where p.name = 'O''Hara'").at("person"),
              "select t0.id from person t0 where t0.id = ?1")
        << "quotes are not carried over";
}

TEST(Paths, AChainOfJoins) {
    const auto found = paths(
        "select a.id as subject from account a left join service s on s.id = a.service left join vendor v on "
        "v.id = s.vendor");
    EXPECT_EQ(found.at("service"),
              "select t1.id from service t0, account t1 where t0.id = ?1 and t1.service = t0.id");
    EXPECT_EQ(found.at("vendor"),
              "select t2.id from vendor t0, service t1, account t2 where t0.id = ?1 and t1.vendor = t0.id "
              "and t2.service = t1.id");
}

TEST(Paths, SeveralUsesOfARegisterAreUnited) {
    const auto found =
        paths("select p.id as subject, m.name as boss from person p left join person m on m.id = p.manager");
    EXPECT_EQ(found.at("person"),
              "select t0.id from person t0 where t0.id = ?1 union select t1.id from person t0, person t1 "
              "where t0.id = ?1 and t1.manager = t0.id");
}

// The wider of two uses must not get lost because the narrower one is written with the same words.
TEST(Paths, ANarrowUseDoesNotHideAWideOne) {
    const auto found = paths(
        "select a.id as subject, (select max(b.created_on) from account b where b.service = a.service and "
        "b.person = a.person) as x, "
        "(select max(c.created_on) from account c where c.service = a.service) as y from account a");
    EXPECT_EQ(found.at("account"),
              "select t0.id from account t0 where t0.id = ?1 union "
              "select t1.id from account t0, account t1 where t0.id = ?1 and t1.service = t0.service and "
              "t1.person = t0.person union "
              "select t1.id from account t0, account t1 where t0.id = ?1 and t1.service = t0.service");
}

TEST(Paths, ListTablesBelongToTheirRegister) {
    const auto found = paths(
        "select p.id as subject from person p where exists (select 1 from service_administrators x where "
        "x.value = p.id)");
    EXPECT_EQ(found.at("service"), "select t0.value from service_administrators t0 where t0.record = ?1");
}

TEST(Paths, InsideInTheColumnIsAnEquality) {
    const auto found =
        paths("select p.id as subject from person p where p.id in (select t.person from training t)");
    EXPECT_EQ(found.at("training"), "select t0.person from training t0 where t0.id = ?1");
}

TEST(Paths, NoneWhenTheEqualityIsOptional) {
    EXPECT_EQ(paths("select p.id as subject from person p join training t on t.person = p.id or t.passed = 0")
                  .at("training"),
              std::nullopt);
    EXPECT_EQ(
        paths("select p.id as subject, (select count(*) from training t) as n from person p").at("training"),
        std::nullopt);
    EXPECT_EQ(
        paths("select p.id as subject from person p where p.id not in (select t.person from training t)")
            .at("training"),
        std::nullopt);
    EXPECT_EQ(paths("select p.id as subject, (select count(*) from training t where case when t.person = "
                    "p.id then 1 else 2 end = 2) as n from person p")
                  .at("training"),
              std::nullopt);
}

TEST(Paths, NoneThroughWhatIsNotFollowed) {
    EXPECT_EQ(paths("with w as (select t.person as person from training t) select p.id as subject from "
                    "person p join w on w.person = p.id")
                  .at("training"),
              std::nullopt);
    EXPECT_EQ(
        paths("select p.id as subject, row_number() over (order by p.code) as n from person p").at("person"),
        std::nullopt);
    EXPECT_EQ(
        paths("select x.person as subject from (select t.person as person from training t) x").at("training"),
        std::nullopt);
    EXPECT_EQ(paths("select 'all' as subject from person p").at("person"), std::nullopt);
}

// The ON of a LEFT JOIN binds the joined rows only: a person is there whatever its service is.
TEST(Paths, ALeftJoinBindsOnlyWhatItJoins) {
    const auto found = paths(
        "select a.id as subject from account a left join person p on p.id = a.person "
        "left join service s on s.owner = p.id and s.id = a.service");
    EXPECT_EQ(found.at("person"),
              "select t1.id from person t0, account t1 where t0.id = ?1 and t1.person = t0.id");
    EXPECT_EQ(found.at("service"),
              "select t1.id from service t0, account t1 where t0.id = ?1 and t1.service = t0.id");
    EXPECT_EQ(paths("select a.id as subject from account a join person p on p.name = a.account_name || 'x' "
                    "left join service s on s.owner = p.id and s.id = a.service")
                  .at("person"),
              std::nullopt);
}

TEST(Paths, ARowThatAQueryChoseIsFoundAsThatQueryFindsIt) {
    const auto found = paths(
        "select p.id as subject from person p left join training t on t.id = "
        "(select x.id from training x where x.person = p.id order by x.done_on desc, x.id limit 1) "
        "left join course c on c.id = t.course");
    EXPECT_EQ(found.at("training"),
              "select t1.person from training t0, training t1 where t0.id = ?1 and t1.id = t0.id union "
              "select t0.person from training t0 where t0.id = ?1");
    EXPECT_EQ(found.at("course"),
              "select t2.person from course t0, training t1, training t2 where t0.id = ?1 and t1.course = "
              "t0.id and t2.id = "
              "t1.id");
    EXPECT_EQ(paths("select p.id as subject from person p left join training t on t.id = (select max(x.id) "
                    "from training x)")
                  .at("training"),
              std::nullopt)
        << "chosen among all";
}

TEST(Paths, EachBranchOfAUnionHasItsOwnSubject) {
    const auto found = paths(
        "select p.id as subject, 'a' as kind from person p union all select t.person, 'b' from training t");
    EXPECT_EQ(found.at("training"), "select t0.person from training t0 where t0.id = ?1");
}

TEST(Paths, ASubjectMayBeATextBeforeAColumn) {
    const auto found = paths(
        "select 'device/' || d.code as subject from device d left join fact f on f.device = d.id union all "
        "select 'medium/' || m.code, m.state from medium m");
    EXPECT_EQ(found.at("fact"),
              "select 'device/' || t1.code from fact t0, device t1 where t0.id = ?1 and t1.id = t0.device");
    EXPECT_EQ(found.at("medium"), "select 'medium/' || t0.code from medium t0 where t0.id = ?1");
    EXPECT_EQ(paths("select d.code || '/x' as subject from device d").at("device"), std::nullopt);
}

TEST(Paths, ARowMayBeChosenOnACondition) {
    EXPECT_EQ(
        paths(
            "select p.id as subject from person p left join training t on t.id = case when p.left_on is null "
            "then (select max(x.id) from training x where x.person = p.id) end")
            .at("training"),
        "select t1.person from training t0, training t1 where t0.id = ?1 and t1.id = t0.id union "
        "select t0.person from training t0 where t0.id = ?1");
    EXPECT_EQ(
        paths(
            "select p.id as subject from person p left join training t on t.id = case when p.left_on is null "
            "then (select max(x.id) from training x where x.person = p.id) else 7 end")
            .at("training"),
        std::nullopt);
}

TEST(Paths, EveryDerivedPathRuns) {
    const auto library = Library::load(catalog_folder(), catalog_schema());
    ASSERT_TRUE(library) << library.error().message.en;
    auto database = catalog_database(catalog_schema()).value();
    for (const auto& [name, check] : library->checks) {
        for (const auto& [of, path] : paths_to_subject(check, catalog_schema())) {
            if (path) EXPECT_TRUE(database.prepare(*path)) << name << " " << of << ": " << *path;
        }
    }
}

}  // namespace
}  // namespace maru::checks
