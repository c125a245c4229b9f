// Files that people bring: CSV and TSV of Japanese offices, and what happens to damaged and hostile ones.
#include "registers/exchange.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <random>

namespace maru::registers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Table read(std::string_view bytes, char separator = ',') {
    auto table = parse_delimited(bytes, separator);
    EXPECT_TRUE(table) << table.error().message.en;
    return table ? *std::move(table) : Table{};
}

std::string error_of(std::string_view bytes, const ReadLimits& limits = {}) {
    const auto table = parse_delimited(bytes, ',', limits);
    return table ? "read" : table.error().message.en;
}

TEST(Delimited, ReadsQuotesLineFeedsAndEmptyCells) {
    const Table table = read("管理番号,備考\r\nPC-001,\"1行目\n2行目, \"\"注意\"\"\"\r\nPC-002,\r\n");
    EXPECT_THAT(table.headings, ElementsAre("管理番号", "備考"));
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_THAT(table.rows[0], ElementsAre("PC-001", "1行目\n2行目, \"注意\""));
    EXPECT_THAT(table.rows[1], ElementsAre("PC-002", ""));
}

TEST(Delimited, RowNumbersAreThoseOfASpreadsheet) {
    const Table table = read("a,b\r\n\"x\ny\",1\r\n\r\n,\r\nz,2");
    EXPECT_THAT(table.row_numbers, ElementsAre(2U, 5U));
    EXPECT_THAT(read("a\rb\r\rc").row_numbers, ElementsAre(2U, 4U));
    EXPECT_THAT(read("\n\na\n\nb\n").row_numbers, ElementsAre(5U));
}

TEST(Delimited, ReadsCp932WithTheCharactersOfWindows) {
    // ㈱髙島①,ｶﾅ～ as Excel saves it: NEC and IBM extensions, half-width kana, wave dash.
    const Table table =
        read("\x96\xBC\x8F\xCC,\x94\xF5\x8Dl\r\n\x87\x8A\xFB\xFC\x93\x87\x87\x40,\xB6\xC5\x81\x60\r\n");
    EXPECT_THAT(table.headings, ElementsAre("名称", "備考"));
    EXPECT_THAT(table.rows.at(0), ElementsAre("㈱髙島①", "ｶﾅ～"));
}

TEST(Delimited, ReadsUtf8WithBomAndUtf16) {
    EXPECT_THAT(read("\xEF\xBB\xBF名称\n表\n").headings, ElementsAre("名称"));
    const Table table =
        read(std::string_view("\xFF\xFE\x0D\x54\t\0\x71\x5C\r\0\n\0\x68\x88\t\0x\0", 18), '\t');
    EXPECT_THAT(table.headings, ElementsAre("名", "山"));
    EXPECT_THAT(table.rows.at(0), ElementsAre("表", "x"));
}

TEST(Delimited, BrokenUtf8IsNamedByRowAndNotReadAsCp932) {
    EXPECT_THAT(error_of("名称\n山田\n鈴\xE6\x9C花子\n"), HasSubstr("row 3: byte 0xE6 is not valid UTF-8"));
    EXPECT_THAT(error_of("\xEF\xBB\xBF\"a\nb\"\n\xFF\n"), HasSubstr("row 2: byte 0xFF is not valid UTF-8"));
    EXPECT_THAT(error_of("a\nb\x81\n"),
                HasSubstr("row 2: byte 0x81 is valid neither in UTF-8 nor in Shift_JIS"));
}

TEST(Delimited, NulCharactersAreRefused) {
    EXPECT_THAT(error_of(std::string_view("a\nb\0c\n", 6)), HasSubstr("row 2: a NUL character"));
}

TEST(Delimited, UnbalancedQuotesAreNamedByRow) {
    EXPECT_THAT(error_of("a,b\n1,2\n3,\"4\n5,6\n"), HasSubstr("row 3: quotation marks do not match"));
    EXPECT_THAT(error_of("a,b\n1,\"2\"3\n"), HasSubstr("row 2: quotation marks do not match"));
}

TEST(Delimited, ShortRowsAreFilledAndLongOnesShow) {
    const Table table = read("a,b,c\n1\n1,2,3,,4,5\n1,2,3,,\n");
    EXPECT_THAT(table.rows[0], ElementsAre("1", "", ""));
    EXPECT_THAT(table.rows[1], ElementsAre("1", "2", "3", "4"));
    EXPECT_THAT(table.rows[2], ElementsAre("1", "2", "3"));
}

TEST(Delimited, SpacesBelongToTheCell) {
    EXPECT_THAT(read("a, b ,\" c \"\n").headings, ElementsAre("a", " b ", " c "));
}

TEST(Delimited, LimitsStopFilesThatAreTooLarge) {
    const ReadLimits limits{.file_bytes = 400'000, .inflated_bytes = 1000, .cell_bytes = 1000, .cells = 1000};
    EXPECT_THAT(error_of(std::string(400'001, 'x'), limits), HasSubstr("larger than 400000 bytes"));
    EXPECT_THAT(error_of("a,b\n1,\"" + std::string(300'000, 'x'), limits),
                HasSubstr("row 2: the cell in column B is larger than 1000 bytes"));
    EXPECT_THAT(error_of("a,b\n1," + std::string(1001, 'x') + "\n", limits),
                HasSubstr("row 2: the cell in column B"));
    EXPECT_THAT(error_of("a\n" + std::string(300'000, ','), limits),
                HasSubstr("row 2: more than 1000 cells"));
    EXPECT_THAT(error_of("a\n" + std::string(1001, ',') + "\n", limits),
                HasSubstr("row 2: more than 1000 cells"));
}

TEST(Delimited, AnEmptyFileIsAnEmptyTable) {
    EXPECT_TRUE(read("").headings.empty());
    EXPECT_TRUE(read("\r\n,,\r\n").headings.empty());
}

TEST(Delimited, FormulasAreMadeHarmlessAndRestored) {
    const Table table{
        .headings = {"a"},
        .rows = {{"=1+1"}, {"+81-3"}, {"-5"}, {"-2+3"}, {"@x"}, {"'=x"}, {"''+x"}, {"'x"}, {"＝x"}, {"-"}},
        .row_numbers = {}};
    const std::string text = to_delimited(table, ',');
    EXPECT_EQ(text, "a\r\n'=1+1\r\n'+81-3\r\n-5\r\n'-2+3\r\n'@x\r\n''=x\r\n'''+x\r\n'x\r\n'＝x\r\n'-\r\n");
    EXPECT_EQ(read(text).rows, table.rows);
}

TEST(Delimited, WhatIsWrittenIsReadBack) {
    static const std::vector<std::string> pieces{"\"", ",", "\t", ";",  "\n", "\r\n", "'", "=", "+",
                                                 "-",  "@", " ",  "髙", "㈱", "1",    ".", "－"};
    std::mt19937 random(7);  // NOLINT: the same tables every time
    for (int round = 0; round < 500; ++round) {
        Table table{.headings = {"a", "b", "c"}, .rows = {}, .row_numbers = {}};
        for (std::size_t row = 0; row < 4; ++row) {
            std::vector<std::string> cells(3);
            for (std::string& cell : cells)
                for (auto size = random() % 5; size > 0; --size) cell += pieces[random() % pieces.size()];
            cells[random() % 3] += "x";  // a row of blanks would be skipped
            table.rows.push_back(std::move(cells));
        }
        for (const char separator : {',', '\t'})
            ASSERT_EQ(read(to_delimited(table, separator), separator).rows, table.rows);
    }
}

TEST(FileFormats, AreKnownByExtension) {
    EXPECT_EQ(*format_of("名簿.CSV"), FileFormat::csv);
    EXPECT_EQ(*format_of("名簿.txt"), FileFormat::tsv);
    EXPECT_EQ(*format_of("名簿.xlsx"), FileFormat::xlsx);
    EXPECT_THAT(format_of("名簿.xls").error().message.en, HasSubstr("save it as one of these"));
}

TEST(FileFormats, MissingFilesAndFoldersAreNamed) {
    EXPECT_EQ(read_table("/nowhere/名簿.csv", FileFormat::csv).error().message.en,
              "/nowhere/名簿.csv: no such file; check the path");
    EXPECT_THAT(read_table(::testing::TempDir(), FileFormat::csv).error().message.en,
                HasSubstr("this is a folder"));
}

TEST(FileFormats, APipeIsRefusedInsteadOfWaitedFor) {
    const std::string pipe = ::testing::TempDir() + "/maru-" + std::to_string(::getpid()) + ".csv";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const auto table = read_table(pipe, FileFormat::csv);
    EXPECT_EQ(::unlink(pipe.c_str()), 0);
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().kind, ErrorKind::invalid);
}

}  // namespace
}  // namespace maru::registers
