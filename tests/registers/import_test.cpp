// Tables into registers and out again: all or nothing, every problem named, nothing lost on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "registers/exchange.hpp"

namespace maru::registers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view person_file = R"(
number = 1
label = { ja = "従業者名簿", en = "Persons" }
help = { ja = "従業者です。", en = "People." }
key = ["code"]
title = "name"
subject = "id"
[[field]]
number = 1
name = "code"
type = "text"
format = "code"
label = { ja = "社員番号", en = "Code" }
required = true
[[field]]
number = 2
name = "name"
type = "text"
label = { ja = "氏名", en = "Name" }
required = true
personal = true
[[field]]
number = 3
name = "manager"
type = "person"
label = { ja = "上長", en = "Manager" }
[[field]]
number = 4
name = "joined_on"
type = "date"
label = { ja = "入社日", en = "Joined on" }
[[field]]
number = 5
name = "mentors"
type = "list"
of = "person"
label = { ja = "相談相手", en = "Mentors" }
)";

constexpr std::string_view device_file = R"(
number = 2
label = { ja = "機器管理台帳", en = "Devices" }
help = { ja = "機器です。", en = "Devices." }
key = ["code"]
title = "name"
[[field]]
number = 1
name = "code"
type = "text"
label = { ja = "管理番号", en = "Code" }
required = true
[[field]]
number = 2
name = "name"
type = "text"
label = { ja = "名称", en = "Name" }
[[field]]
number = 3
name = "kind"
type = "choice"
label = { ja = "種類", en = "Kind" }
choices = { laptop = { ja = "ノートPC", en = "Laptop" }, server = { ja = "サーバー", en = "Server" } }
[[field]]
number = 4
name = "units"
type = "integer"
label = { ja = "台数", en = "Units" }
min = 0
[[field]]
number = 5
name = "score"
type = "decimal"
scale = 1
label = { ja = "評点", en = "Score" }
[[field]]
number = 6
name = "price"
type = "money"
label = { ja = "価格", en = "Price" }
[[field]]
number = 7
name = "bought_on"
type = "date"
label = { ja = "購入日", en = "Bought on" }
[[field]]
number = 8
name = "seen_at"
type = "instant"
label = { ja = "確認日時", en = "Seen at" }
[[field]]
number = 9
name = "encrypted"
type = "boolean"
label = { ja = "暗号化", en = "Encrypted" }
[[field]]
number = 10
name = "holder"
type = "person"
label = { ja = "使用者", en = "Holder" }
[[field]]
number = 11
name = "tags"
type = "list"
of = "text"
label = { ja = "札", en = "Tags" }
[[field]]
number = 12
name = "users"
type = "list"
of = "person"
label = { ja = "利用者", en = "Users" }
[[field]]
number = 13
name = "note"
type = "long_text"
label = { ja = "備考", en = "Note" }
[[field]]
number = 14
name = "page"
type = "url"
label = { ja = "ページ", en = "Page" }
[[field]]
number = 15
name = "contact"
type = "mail"
label = { ja = "連絡先", en = "Contact" }
[[field]]
number = 16
name = "mac"
type = "mac_address"
label = { ja = "MACアドレス", en = "MAC address" }
[[field]]
number = 17
name = "image"
type = "sha256"
label = { ja = "イメージ", en = "Image" }
[[rule]]
require = "units is null or price is null or price >= units"
message = { ja = "価格が台数より小さいです", en = "the price is below the units" }
)";

class Import : public ::testing::Test {
protected:
    void SetUp() override {
        std::filesystem::create_directories(folder_ / "registers");
        std::ofstream(folder_ / "registers" / "person.toml") << person_file;
        std::ofstream(folder_ / "registers" / "device.toml") << device_file;
        auto schema = Schema::load(folder_ / "registers");
        ASSERT_TRUE(schema) << schema.error().message.en;
        schema_ = *std::move(schema);
        first_ = organisation("first");
    }
    void TearDown() override {
        first_.reset();
        second_.reset();
        std::filesystem::remove_all(folder_);
    }

    std::unique_ptr<Organisation> organisation(const std::string& name) {
        const Environment environment{.clock = system_now, .random = [](std::span<std::uint8_t> bytes) {
                                          std::ranges::fill(bytes, std::uint8_t{7});
                                      }};
        const auto created = Organisation::create(folder_ / name, schema_, environment);
        EXPECT_TRUE(created) << created.error().message.en;
        auto opened = Organisation::open(folder_ / name, schema_, environment);
        EXPECT_TRUE(opened) << opened.error().message.en;
        return opened ? *std::move(opened) : nullptr;
    }

    Result<ImportReport> try_import(Organisation& into, const std::string& name, const std::string& csv,
                                    const ImportOptions& options = {}) {
        const Table table = TRY(parse_delimited(csv, ','));
        return import_table(into, schema_, *schema_.find(name), table, options);
    }

    ImportReport import(const std::string& name, const std::string& csv, const ImportOptions& options = {}) {
        auto report = try_import(*first_, name, csv, options);
        EXPECT_TRUE(report) << report.error().message.en;
        return report ? *std::move(report) : ImportReport{};
    }

    std::string export_csv(const std::string& organisation, const std::string& name,
                           Headings headings = Headings::names) {
        auto reader = Organisation::open_reader(folder_ / organisation, schema_);
        EXPECT_TRUE(reader) << reader.error().message.en;
        const auto table = export_table(*reader, schema_, *schema_.find(name), headings);
        EXPECT_TRUE(table) << table.error().message.en;
        return to_delimited(*table, ',');
    }

    std::filesystem::path folder_ =
        std::filesystem::path(::testing::TempDir()) / ("maru-import-" + std::to_string(getpid()));
    Schema schema_;
    std::unique_ptr<Organisation> first_, second_;
};

TEST_F(Import, CreatesChangesAndLeavesUnchanged) {
    const auto created =
        import("person", "社員番号,氏名,入社日\n001,山田 花子,令和8年4月1日\n002,鈴木 一郎,\n");
    EXPECT_EQ(created.rows, 2U);
    EXPECT_EQ(created.created, 2U);
    EXPECT_THAT(created.problems, ::testing::IsEmpty());
    const auto again = import("person", "code,Name\n００１,山田 花子\n002,鈴木 次郎\n");
    EXPECT_EQ(again.unchanged, 1U);
    EXPECT_EQ(again.changed, 1U);
    EXPECT_EQ(export_csv("first", "person"),
              "code,name,manager,joined_on,mentors\r\n001,山田 花子,,2026-04-01,\r\n002,鈴木 次郎,,,\r\n");
}

TEST_F(Import, AnEmptyCellEmptiesAndAMissingColumnKeeps) {
    import("person", "code,name,joined_on\n001,山田,2026-04-01\n");
    import("person", "code,name\n001,山田 花子\n");
    EXPECT_THAT(export_csv("first", "person"), HasSubstr("001,山田 花子,,2026-04-01,"));
    import("person", "code,joined_on\n001,\n");
    EXPECT_THAT(export_csv("first", "person"), HasSubstr("001,山田 花子,,,"));
}

TEST_F(Import, OneWrongRowAmongTenThousandImportsNothingAndIsNamed) {
    std::string csv = "社員番号,氏名,入社日\n";
    for (int i = 1; i <= 10'000; ++i)
        csv += std::to_string(i) + ",従業者,2026/4/" + (i == 7654 ? "31" : "1") + "\n";
    const auto report = import("person", csv);
    EXPECT_EQ(report.problem_count, 1U);
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_EQ(report.problems[0].row, 7655U);
    EXPECT_EQ(report.problems[0].column, "入社日");
    EXPECT_EQ(report.problems[0].value, "2026/4/31");
    EXPECT_THAT(report.problems[0].reason.ja, HasSubstr("4月は 1～30 日"));
    EXPECT_EQ(report.created, 0U);
    EXPECT_EQ(first_->ledger_state().size, 0U);
    EXPECT_EQ(export_csv("first", "person"), "code,name,manager,joined_on,mentors\r\n");
}

TEST_F(Import, ByteOrderMarksWithinJoinedFilesDoNoHarm) {
    EXPECT_EQ(import("person",
                     "\xEF\xBB\xBF\"\xEF\xBB\xBF"
                     "code\",name\n001,山田\n\xEF\xBB\xBF"
                     "001,山田\n")
                  .problem_count,
              1U)
        << "the second is the first once more";
    EXPECT_EQ(import("person",
                     "\xEF\xBB\xBF\xEF\xBB\xBF"
                     "code,name\n\xEF\xBB\xBF"
                     "001,山田\n")
                  .created,
              1U);
    EXPECT_THAT(export_csv("first", "person"), HasSubstr("\r\n001,山田,"));
}

TEST_F(Import, AllProblemsAreCountedAndTheFirstHundredKept) {
    std::string csv = "code,name,joined_on\n";
    for (int i = 1; i <= 300; ++i) csv += std::to_string(i) + ",,x\n";
    const auto report = import("person", csv);
    EXPECT_EQ(report.problem_count, 600U);
    ASSERT_EQ(report.problems.size(), 100U);
    EXPECT_EQ(report.problems[0].row, 2U);
    EXPECT_EQ(report.problems[0].column, "name");
    EXPECT_EQ(report.problems[1].column, "joined_on");
    EXPECT_EQ(report.problems[99].row, 51U);
}

TEST_F(Import, ARuleOfTheRegisterIsAProblemOfItsRow) {
    const auto report = import("device", "code,units,price\nPC-1,5,3\n");
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_THAT(report.problems[0].reason.en, HasSubstr("the price is below the units"));
    EXPECT_EQ(report.problems[0].row, 2U);
}

TEST_F(Import, TheSameKeyTwiceNamesBothRows) {
    const auto report = import("person", "code,name\n1,山田\n2,鈴木\n１,山田 花子\n");
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_EQ(report.problems[0].row, 4U);
    EXPECT_EQ(report.problems[0].column, "code");
    EXPECT_THAT(report.problems[0].reason.ja, HasSubstr("2行目と同じ記録"));
}

TEST_F(Import, CellsBeyondTheHeadingsAreAProblem) {
    const auto report = import("person", "code,name\n1,山田,花子\n");
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_EQ(report.problems[0].column, "C列");
    EXPECT_EQ(report.problems[0].value, "花子");
}

TEST_F(Import, UnknownDoubledAndMissingHeadingsAreRefused) {
    const auto unknown = try_import(*first_, "person", "社員番合,氏名\n1,山田\n");
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().message.ja,
                HasSubstr("見出し「社員番合」（A列）は「従業者名簿」にありません"));
    EXPECT_THAT(unknown.error().message.ja, HasSubstr("社員番号"));
    EXPECT_THAT(try_import(*first_, "person", "code,氏名,name\n1,a,b\n").error().message.en,
                HasSubstr("mean the same field"));
    EXPECT_THAT(try_import(*first_, "person", "氏名\n山田\n").error().message.en,
                HasSubstr("the column “Code” (code) is missing"));
    EXPECT_THAT(try_import(*first_, "person", "code,,name\n1,x,山田\n").error().message.en,
                HasSubstr("column B has no heading"));
    EXPECT_TRUE(try_import(*first_, "person", "ＣＯＤＥ,氏名,\n1,山田,\n"));
}

TEST_F(Import, RowsMayReferToEachOtherInAnyOrder) {
    const auto report =
        import("person", "code,name,manager,mentors\n3,課員,2,1;2\n2,課長,1,\n1,社長,1,\n5,甲,4,\n4,乙,5,\n");
    EXPECT_EQ(report.problem_count, 0U) << (report.problems.empty() ? "" : report.problems[0].reason.en);
    EXPECT_EQ(report.created, 5U);
    const std::string csv = export_csv("first", "person");
    for (const char* const row :
         {"3,課員,2,,1;2\r\n", "2,課長,1,,\r\n", "1,社長,1,,\r\n", "5,甲,4,,\r\n", "4,乙,5,,\r\n"})
        EXPECT_THAT(csv, HasSubstr(row));
    EXPECT_EQ(first_->ledger_state().size,
              7U);  // two rows that close a circle have two versions
}

TEST_F(Import, AReferenceToNobodyIsNamed) {
    const auto report = import("person", "code,name,manager\n1,山田,99\n");
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_EQ(report.problems[0].column, "manager");
    EXPECT_EQ(report.problems[0].value, "99");
}

TEST_F(Import, ADryRunReportsAndChangesNothing) {
    const auto report = import("person", "code,name\n1,山田\n", {.dry_run = true});
    EXPECT_EQ(report.created, 1U);
    EXPECT_EQ(first_->ledger_state().size, 0U);
    EXPECT_EQ(import("person", "code,name\n1,山田\n").created, 1U);
}

TEST_F(Import, ProgressComesEveryThousandRows) {
    std::string csv = "code,name\n";
    for (int i = 1; i <= 2500; ++i) csv += std::to_string(i) + ",従業者\n";
    std::vector<std::size_t> seen;
    import("person", csv, {.progress = [&](std::size_t done, std::size_t total) {
               EXPECT_EQ(total, 2500U);
               seen.push_back(done);
           }});
    EXPECT_THAT(seen, ElementsAre(1000U, 2000U, 2500U));
}

TEST_F(Import, RecordsAreFoundByIdAndVersion) {
    import("person", "code,name\n1,山田\n");
    std::optional<Change> change;
    ASSERT_TRUE(first_->exclusively([&](WriteContext& context) -> Result<void> {
        change =
            TRY(put(context, {.register_name = "person", .fields = {{"code", "1"}, {"name", "山田 花子"}}}));
        return {};
    }));
    const std::string id = std::to_string(change->id);
    EXPECT_EQ(import("person", "id,version,code\n#" + id + ",2,A1\n").changed, 1U);
    EXPECT_THAT(export_csv("first", "person"), HasSubstr("A1,山田 花子"));
    EXPECT_EQ(import("person", "id,version,code\n" + id + ",2,A2\n").problem_count, 1U);
    EXPECT_THAT(import("person", "id,code\nx,A2\n").problems.at(0).reason.en, HasSubstr("such as #123"));
}

// A device as somebody might write it, with the texts that break careless files.
std::string random_device(int number, std::mt19937& random) {
    static const std::vector<std::string> texts{"=1+1", "-5",    "'=x", "\"引用\"", "a;b", "a\\", "㈱髙島①",
                                                "007",  "+81-3", "'",   "-",        "x,y", "　"};
    const auto text = [&] { return texts[random() % texts.size()]; };
    const auto maybe = [&](const std::string& cell) { return random() % 4 == 0 ? "" : cell; };
    const auto cell = [](std::string value) {
        for (std::size_t at = value.find('"'); at != std::string::npos; at = value.find('"', at + 2))
            value.insert(at, 1, '"');
        return "\"" + value + "\"";
    };
    std::vector<std::string> cells{"D" + std::to_string(number),
                                   maybe(text()),
                                   maybe("ノートPC"),
                                   maybe(std::to_string(random() % 100)),
                                   maybe("7.5"),
                                   maybe("1,234,567"),
                                   maybe("R8.11.23"),
                                   maybe("2026/11/23 9:15"),
                                   maybe("○"),
                                   maybe(std::to_string(1 + random() % 3)),
                                   maybe("x\\;y;" + text() + ";z"),
                                   maybe("1;3"),
                                   maybe(text() + "\n" + text()),
                                   maybe("https://example.jp/?a=" + std::to_string(random())),
                                   maybe("a@example.jp"),
                                   maybe("00-1A-2B-3C-4D-5E"),
                                   maybe(std::string(64, 'F'))};
    for (std::string& one : cells) one = cell(one);
    return join(cells, ",") + "\r\n";
}

TEST_F(Import, WhatIsExportedIsImportedElsewhereWithEveryValue) {
    second_ = organisation("second");
    const std::string people = "code,name,manager\n1,山田 花子,2\n2,鈴木,\n3,=佐藤,1\n";
    ASSERT_EQ(try_import(*second_, "person", people)->created, 3U);
    ASSERT_EQ(try_import(*first_, "person", "code,name\n9,先にいる人\n")->created, 1U);  // so that ids differ
    ASSERT_EQ(try_import(*first_, "person", people)->created, 3U);
    std::mt19937 random(11);  // NOLINT: the same devices every time
    std::string csv =
        "code,name,kind,units,score,price,bought_on,seen_at,encrypted,holder,tags,users,note,page,contact,"
        "mac,image\r\n";
    for (int i = 0; i < 200; ++i) csv += random_device(i, random);
    const auto report = import("device", csv);
    ASSERT_EQ(report.problem_count, 0U) << report.problems[0].column << " " << report.problems[0].value << " "
                                        << report.problems[0].reason.en;
    for (const Headings headings : {Headings::names, Headings::ja, Headings::en})
        ASSERT_EQ(try_import(*second_, "device", export_csv("first", "device", headings))->problem_count, 0U);
    EXPECT_EQ(export_csv("second", "device"), export_csv("first", "device"));
    EXPECT_EQ(import("device", export_csv("second", "device")).unchanged, 200U);
}

}  // namespace
}  // namespace maru::registers
