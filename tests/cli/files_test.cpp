// Files that commands write and read back; what cannot be opened is named.
#include "cli/files.hpp"

#include <gtest/gtest.h>

#include "tests/store/temporary_folder.hpp"

namespace maru::cli {
namespace {

class Files : public testing::Test {
protected:
    store::TemporaryFolder folder;
};

TEST_F(Files, AreReadBackByteForByte) {
    const std::string bytes("\0\xff\r\n丸", 7);
    ASSERT_TRUE(write_file(folder / "a", "longer than what replaces it"));
    ASSERT_TRUE(write_file(folder / "a", bytes));
    const auto read = read_file(folder / "a");
    ASSERT_TRUE(read);
    EXPECT_EQ(std::string(read->begin(), read->end()), bytes);
}

TEST_F(Files, ThatCannotBeOpenedAreNamed) {
    EXPECT_TRUE(write_file(folder / "nowhere/a", "x").error().message.ja.contains("nowhere"));
    EXPECT_EQ(read_file(folder / "nowhere").error().kind, ErrorKind::not_found);
    EXPECT_TRUE(read_file(folder.path()).error().message.en.contains(folder.path().string()));
}

TEST_F(Files, WithContentAreReplacedOnDemandOnly) {
    ASSERT_TRUE(write_file(folder / "a", "x"));
    EXPECT_EQ(expect_writable(folder / "a", Existing::kept).error().kind, ErrorKind::conflict);
    EXPECT_TRUE(expect_writable(folder / "a", Existing::replaced));
    ASSERT_TRUE(write_file(folder / "a", ""));
    EXPECT_TRUE(expect_writable(folder / "a", Existing::kept));
    EXPECT_TRUE(expect_writable(folder / "nowhere", Existing::kept));
    EXPECT_EQ(expect_writable(folder.path(), Existing::replaced).error().kind, ErrorKind::invalid);
}

TEST_F(Files, OfXlsxAreNoPipesOrDevices) {
    EXPECT_FALSE(expect_regular("-"));
    EXPECT_FALSE(expect_regular("/dev/null"));
    EXPECT_TRUE(expect_regular(folder / "a.xlsx"));
}

TEST(FormatOf, IsWhatIsSaidElseWhatTheNameSays) {
    EXPECT_EQ(format_of("tsv", "a.csv"), registers::FileFormat::tsv);
    EXPECT_EQ(format_of("", "a.XLSX"), registers::FileFormat::xlsx);
    EXPECT_EQ(format_of("", "-"), registers::FileFormat::csv);
    EXPECT_FALSE(format_of("", "a.pdf"));
}

}  // namespace
}  // namespace maru::cli
