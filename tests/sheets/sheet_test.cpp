// Sheet files are read strictly: whatever is of the wrong kind is named, never passed over.
#include "sheets/sheet.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "sheets/remark_lint.hpp"
#include "tests/store/temporary_folder.hpp"

namespace maru::sheets {
namespace {

namespace fs = std::filesystem;

class SheetFile : public testing::Test {
protected:
    SheetFile() {
        fs::create_directories(folder / "sheets/small");
        library.checks["a-check"].sql = "select 1";
        library.checks["b-check"].sql = "select item()";
        library.checks["b-check"].uses_item = true;
    }

    Result<Sheet> load(const std::string& text) const {
        std::ofstream(folder / "sheets/small/sheet.toml") << "label = { ja = \"小\", en = \"small\" }\n"
                                                          << text;
        return load_sheet(folder.path(), "small", library);
    }
    std::string message_of(const std::string& text) const {
        const auto sheet = load(text);
        return sheet ? "no error" : sheet.error().message.en;
    }
    static std::string item(const std::string& links, const std::string& number = "1") {
        return "[[item]]\nnumber = " + number + "\ncode = \"x-" + number +
               "\"\narea = 1\nprinted_area = 1\nquestion = { ja = \"問\", en = \"Question\" }\nlinks = " +
               links + "\n";
    }

    store::TemporaryFolder folder;
    checks::Library library;
    const std::string area = "[[area]]\nnumber = 1\nlabel = { ja = \"分類\", en = \"Area\" }\n";
    const std::string good_link = "[{ check = \"a-check\", level = \"asked\" }]";
};

TEST_F(SheetFile, GivesTheItemOnlyToChecksThatAskForIt) {
    const auto sheet = load(area + item("[{ any_of = [\"a-check\", \"b-check\"], level = \"asked\" }]"));
    ASSERT_TRUE(sheet) << sheet.error().message.en;
    const std::vector<checks::CheckKey> expected{{"a-check", ""}, {"b-check", "x-1"}};
    EXPECT_EQ(sheet->keys(Sheet::Rows::all), expected);
    EXPECT_TRUE(sheet->items[0].links[0].any_of());
}

TEST_F(SheetFile, NamesWhatIsWrong) {
    EXPECT_TRUE(message_of(area).contains("has no items"));
    EXPECT_TRUE(message_of(area + item("[]")).contains("item 1: names no checks"));
    EXPECT_TRUE(
        message_of(area + item("[{ check = \"c-check\", level = \"asked\" }]")).contains("no check c-check"));
    EXPECT_TRUE(message_of(area + item("[{ check = \"a-check\", level = \"must\" }]"))
                    .contains("asked, claimed or extra"));
    EXPECT_TRUE(
        message_of(area + item("[{ any_of = [\"a-check\"], level = \"asked\" }]")).contains("two or more"));
    EXPECT_TRUE(message_of(area + item("[{ check = \"a-check\", level = \"asked\", scope = \"x\" }]"))
                    .contains("scope x"));
    EXPECT_TRUE(message_of(item(good_link)).contains("area that is not in the file"));
    EXPECT_TRUE(message_of(area + area + item(good_link)).contains("area 1 appears twice"));
    EXPECT_TRUE(message_of(area + item(good_link) + item(good_link)).contains("x-1 appears twice"));
}

TEST_F(SheetFile, RefusesValuesOfAnotherKind) {
    EXPECT_TRUE(message_of("area = 1\n").contains("area is an array of tables"));
    EXPECT_TRUE(message_of("item = [1]\n" + area).contains("item is an array of tables"));
    EXPECT_TRUE(message_of(area + item("\"a-check\"")).contains("links is an array of tables"));
    EXPECT_TRUE(
        message_of(area + item("[{ any_of = [\"a-check\", 3], level = \"asked\" }]")).contains("any_of"));
    EXPECT_TRUE(message_of(area + "[[item]]\nnumber = 0\n").contains("number needs a whole number"));
    EXPECT_TRUE(message_of("[[area\n").contains("sheet.toml:2"));
}

TEST_F(SheetFile, RefusesLeadingLinesThatNoFileHas) {
    std::ofstream(folder / "sheets/small/published.toml") << "leading_lines = -1\n";
    EXPECT_TRUE(message_of(area + item(good_link)).contains("leading_lines"));
}

TEST_F(SheetFile, NamesTheSheetsThatThereAre) {
    ASSERT_TRUE(load(area + item(good_link)));
    const auto missing = load_sheet(folder.path(), "nist", library);
    ASSERT_FALSE(missing);
    EXPECT_TRUE(missing.error().message.en.contains("nist"));
    EXPECT_TRUE(missing.error().message.en.contains("small"));
}

TEST_F(SheetFile, RemarkTermsMustBelongToALinkedCheck) {
    const auto sheet = load(area + item(good_link));
    ASSERT_TRUE(sheet);
    const auto terms = [&](const std::string& text) {
        std::ofstream(folder / "sheets/small/remarks.toml") << text;
        const auto loaded = load_remark_terms(folder.path(), *sheet);
        return loaded ? "no error" : loaded.error().message.en;
    };
    EXPECT_EQ(terms("[x-1]\nties = [{ check = \"a-check\", ja = [\"語\"], en = [\"word\"] }]\n"), "no error");
    EXPECT_TRUE(terms("[x-1]\nties = [{ check = \"b-check\", ja = [\"語\"] }]\n").contains("not linked"));
    EXPECT_TRUE(terms("[x-1]\nties = [{ check = \"a-check\", ja = [\"\"] }]\n").contains("ja"));
    EXPECT_TRUE(terms("[x-1]\nties = [{ check = \"a-check\", en = [\"word\"] }]\n").contains("terms in ja"));
    EXPECT_TRUE(terms("[x-9]\n").contains("no such item"));
}

}  // namespace
}  // namespace maru::sheets
