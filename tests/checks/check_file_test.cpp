#include <unistd.h>

#include <fstream>

#include "world.hpp"

namespace maru::checks {
namespace {

const std::string good = R"(title = { ja = "題", en = "title" }
why = { ja = "理由", en = "why" }
todo = { ja = "直す", en = "mend it" }
subject = "person"
grace = 3
sql = '''
select p.id as subject -- [example] in a comment
[breaks]
'''
[reasons]
r = { ja = "{label}", en = "{label}" }
[example]
today = 2026-11-23
[example.records.person]
taro = { code = "E1", joined_on = 2026-04-01, works_remotely = true }
[example.records.service.s1]
administrators = ["taro", "jiro"]
[[breaks]]
reason = "r"
subject = "taro"
state = "expired"
today = 2027-01-01
put = { person = { taro = { left_on = "" } } }
remove = ["service.s1"]
)";

std::string problem(const std::string& text, With with = With::examples) {
    const auto check = parse_check(text, "catalog/checks/some-check.toml", with);
    return check ? "" : check.error().message.en;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    return text.replace(text.find(what), what.size(), by);
}

TEST(CheckFile, IsReadWithItsExamples) {
    const auto check = parse_check(good, "some-check.toml", With::examples);
    ASSERT_TRUE(check) << check.error().message.en;
    EXPECT_EQ(check->name, "some-check");
    EXPECT_EQ(check->grace, 3);
    EXPECT_EQ(check->reasons.at("r").ja, "{label}");
    EXPECT_EQ(check->example.today, Day(2026, 11, 23));
    EXPECT_EQ(check->example.records.at("person").at("taro").at("joined_on"), "2026-04-01");
    EXPECT_EQ(check->example.records.at("person").at("taro").at("works_remotely"), "true");
    EXPECT_EQ(check->example.records.at("service").at("s1").at("administrators"), "taro;jiro");
    ASSERT_EQ(check->breaks.size(), 1U);
    EXPECT_EQ(check->breaks[0].put.at("person").at("taro").at("left_on"), "");
    EXPECT_EQ(check->breaks[0].today, Day(2027, 1, 1));
}

TEST(CheckFile, WithoutExamplesTheRestIsTheSame) {
    const auto check = parse_check(good, "some-check.toml", With::definitions);
    ASSERT_TRUE(check) << check.error().message.en;
    EXPECT_EQ(check->sql, parse_check(good, "some-check.toml", With::examples)->sql);
    EXPECT_EQ(check->reasons.size(), 1U);
    EXPECT_TRUE(check->breaks.empty());
    EXPECT_EQ(problem(good + "x = \n", With::definitions), "") << "what is skipped is not parsed";
}

TEST(CheckFile, ErrorsNameFileAndKey) {
    EXPECT_EQ(problem(replaced(good, "why = { ja = \"理由\", en = \"why\" }", "why = { ja = \"理由\" }")),
              "some-check.toml why: needs { ja = \"…\", en = \"…\" }, neither of them empty");
    EXPECT_EQ(problem(replaced(good, "grace = 3", "grace = -3")),
              "some-check.toml grace: must be a whole number from 0 to 3650");
    EXPECT_EQ(problem(replaced(good, "grace", "grcae")),
              "some-check.toml grcae: unknown key: check its spelling");
    EXPECT_EQ(problem(replaced(good, "grace = 3", "when_empty = \"declared\"")),
              "some-check.toml scope: goes with when_empty = \"declared\"");
    EXPECT_EQ(problem(replaced(good, "state = \"expired\"", "state = \"late\"")),
              "some-check.toml [[breaks]] 1 state: must be one of missing | expired | unknown");
    EXPECT_EQ(problem(replaced(good, "subject = \"person\"\n", "")), "some-check.toml subject: is missing");
    EXPECT_NE(problem("title = ").find("some-check.toml line 1: not TOML"), std::string::npos);
    EXPECT_NE(problem("title = \"\xff\"").find("not UTF-8"), std::string::npos);
}

class Catalogs : public testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() / ("maru_catalog_" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder / "checks");
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    void write(const std::string& name, const std::string& text) {
        std::ofstream(folder / name, std::ios::binary) << text;
    }
    Result<Library> load() { return Library::load(folder, catalog_schema()); }
    std::filesystem::path folder;
};

TEST_F(Catalogs, AnEmptyOneIsFine) { EXPECT_TRUE(load()); }

TEST_F(Catalogs, TheVersionFollowsEveryDefinition) {
    write("checks/a.toml", good);
    const auto before = load().value().version;
    EXPECT_EQ(before.size(), 64U);
    EXPECT_EQ(load().value().version, before);
    write("settings.toml", "[days]\nvalue = 3\nlabel = { ja = \"日数\", en = \"Days\" }\n");
    const auto with_setting = load().value().version;
    EXPECT_NE(with_setting, before);
    write("checks/a.toml", replaced(good, "2027-01-01", "2027-01-02"));
    EXPECT_NE(load().value().version, with_setting);
}

TEST_F(Catalogs, ASubjectMustBeARegister) {
    write("checks/a.toml", replaced(good, "\"person\"", "\"persom\""));
    const auto library = load();
    ASSERT_FALSE(library);
    EXPECT_EQ(library.error().message.en, "a.toml subject: there is no register persom");
}

TEST_F(Catalogs, TwoChecksOfOneNameAreRefused) {
    std::filesystem::create_directories(folder / "checks/more");
    write("checks/a.toml", good);
    write("checks/more/a.toml", good);
    const auto library = load();
    ASSERT_FALSE(library);
    EXPECT_NE(library.error().message.en.find("another file has the same name"), std::string::npos);
}

TEST_F(Catalogs, SettingsMustLieWithinTheirLimits) {
    write("settings.toml", "[days]\nvalue = 30\nmax = 10\nlabel = { ja = \"日数\", en = \"Days\" }\n");
    const auto library = load();
    ASSERT_FALSE(library);
    EXPECT_EQ(library.error().message.en, "settings.toml [days] value: must be a whole number from 0 to 10");
}

}  // namespace
}  // namespace maru::checks
