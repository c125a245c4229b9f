// xlsx files: made by another writer and read back, made by ours and read back, damaged, hostile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <array>
#include <fstream>
#include <map>

#include "registers/exchange.hpp"

namespace maru::registers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A file that goes away with the test.
class TemporaryFile {
public:
    TemporaryFile()
        : path_(std::filesystem::path(::testing::TempDir()) /
                ("maru-" + std::to_string(getpid()) + "-" + std::to_string(++made_) + ".xlsx")) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { std::filesystem::remove(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    static inline int made_ = 0;
    std::filesystem::path path_;
};

Result<Table> read(const std::filesystem::path& file, const ReadLimits& limits = {}) {
    return read_table(file, FileFormat::xlsx, limits);
}

using Parts = std::map<std::string, std::string>;

// An xlsx of hand-written parts.
void pack(const std::filesystem::path& file, const Parts& parts) {
    zip_t* const archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    ASSERT_NE(archive, nullptr);
    for (const auto& [name, text] : parts)
        ASSERT_GE(
            zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0),
            0);
    ASSERT_EQ(zip_close(archive), 0);
}

constexpr std::string_view relation =
    R"(<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>)";

std::string relations(const std::vector<std::array<std::string, 3>>& all) {
    std::string text =
        R"(<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    for (const auto& [id, type, target] : all)
        text += fill(relation, [&, at = 0](std::string_view, std::string_view) mutable {
            return std::array{id, type, target}.at(static_cast<std::size_t>(at++));
        });
    return text + "</Relationships>";
}

Parts workbook_of(const std::string& sheet) {
    return {
        {"_rels/.rels", relations({{"r1", "officeDocument", "xl/workbook.xml"}})},
        {"xl/workbook.xml",
         R"(<workbook xmlns:r="x"><sheets><sheet name="名簿" sheetId="7" r:id="r9"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels", relations({{"r9", "worksheet", "/xl/worksheets/sheet1.xml"},
                                                  {"r2", "sharedStrings", "sharedStrings.xml"}})},
        {"xl/sharedStrings.xml",
         R"(<sst><si><t>氏名</t></si><si><r><t>山田</t></r><r><t xml:space="preserve"> 花子</t></r><rPh sb="0" eb="2"><t>ヤマダ</t></rPh></si></sst>)"},
        {"xl/worksheets/sheet1.xml", sheet}};
}

std::string sheet_of(const std::string& rows, const std::string& behind = "") {
    return "<?xml version=\"1.0\"?><worksheet><dimension ref=\"A1:B2\"/><sheetData>" + rows + "</sheetData>" +
           behind + "</worksheet>";
}

Result<Table> read_sheet(const std::string& sheet, const ReadLimits& limits = {}) {
    const TemporaryFile file;
    pack(file.path(), workbook_of(sheet));
    return read(file.path(), limits);
}

lxw_format* format(lxw_workbook* workbook, const char* code) {
    lxw_format* const made = workbook_add_format(workbook);
    format_set_num_format(made, code);
    return made;
}

TEST(Xlsx, ReadsTextNumbersDatesAndBooleansOfAnotherWriter) {
    const TemporaryFile file;
    lxw_workbook* const workbook = workbook_new(file.path().c_str());
    lxw_worksheet* const sheet = workbook_add_worksheet(workbook, "機器");
    const std::array headings{"名称", "台数", "購入日", "和暦", "時刻", "有効", "番号", "評点", "計算"};
    for (std::size_t i = 0; i < headings.size(); ++i)
        worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), headings.at(i), nullptr);
    worksheet_write_string(sheet, 2, 0, "㈱髙島 _x0041_", nullptr);
    worksheet_write_number(sheet, 2, 1, 1200, nullptr);
    worksheet_write_number(sheet, 2, 2, 46349, format(workbook, "yyyy/m/d"));
    worksheet_write_number(sheet, 2, 3, 46349, format(workbook, "[$-411]ggge\"年\"m\"月\"d\"日\""));
    worksheet_write_number(sheet, 2, 4, 46349.385416666664, format(workbook, "yyyy-mm-dd hh:mm"));
    worksheet_write_boolean(sheet, 2, 5, 1, nullptr);
    worksheet_write_number(sheet, 2, 6, 123, format(workbook, "00000"));
    worksheet_write_number(sheet, 2, 7, 7.1, nullptr);
    worksheet_write_formula_num(sheet, 2, 8, "=1/3", nullptr, 1.0 / 3);
    workbook_close(workbook);
    const auto table = read(file.path());
    ASSERT_TRUE(table) << table.error().message.en;
    EXPECT_THAT(table->row_numbers, ElementsAre(3U));
    EXPECT_THAT(table->rows.at(0),
                ElementsAre(::testing::StartsWith("㈱髙島"), "1200", "2026-11-23", "2026-11-23",
                            "2026-11-23 09:15:00", "true", "00123", "7.1", "0.333333333333333"));
}

TEST(Xlsx, ReadsSharedStringsWithoutTheirPhoneticGuides) {
    const auto table = read_sheet(sheet_of(
        R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>)"));
    ASSERT_TRUE(table) << table.error().message.en;
    EXPECT_THAT(table->headings, ElementsAre("氏名"));
    EXPECT_THAT(table->rows.at(0), ElementsAre("山田 花子"));
}

TEST(Xlsx, ReadsPrefixedNamesMissingPositionsAndInlineText) {
    const auto table = read_sheet(
        "<x:worksheet xmlns:x=\"y\"><x:sheetData><x:row><x:c "
        "t=\"inlineStr\"><x:is><x:t>a&amp;b</x:t></x:is></x:c><x:c><x:v>5</x:v></x:c></x:row>"
        "<x:row/><x:row><x:c t=\"d\"><x:v>2026-11-23T00:00:00</x:v></x:c><x:c "
        "t=\"str\"><x:v>x_x000D_\ny</x:v></x:c></x:row></x:sheetData></x:worksheet>");
    ASSERT_TRUE(table) << table.error().message.en;
    EXPECT_THAT(table->headings, ElementsAre("a&b", "5"));
    EXPECT_THAT(table->rows.at(0), ElementsAre("2026-11-23", "x\r\ny"));
    EXPECT_THAT(table->row_numbers, ElementsAre(3U));
}

TEST(Xlsx, MergedCellsCountForEachOfTheirRows) {
    const auto table = read_sheet(sheet_of(
        R"(<row r="1"><c t="str"><v>部署</v></c><c t="str"><v>氏名</v></c><c t="str"><v>席</v></c></row>
        <row r="2"><c r="A2" t="str"><v>総務部</v></c><c r="B2" t="str"><v>山田</v></c></row>
        <row r="3"><c r="A3"/><c r="B3" t="str"><v>鈴木</v></c></row><row r="4"><c r="B4" t="str"><v>佐藤</v></c></row>)",
        R"(<mergeCells count="1"><mergeCell ref="A2:A3"/><mergeCell ref="B4:C4"/></mergeCells>)"));
    ASSERT_TRUE(table) << table.error().message.en;
    EXPECT_THAT(table->rows, ElementsAre(ElementsAre("総務部", "山田", ""), ElementsAre("総務部", "鈴木", ""),
                                         ElementsAre("", "佐藤", "")));
}

TEST(Xlsx, ErrorValuesAreNamedByCell) {
    const auto table = read_sheet(sheet_of(
        R"(<row r="1"><c t="str"><v>a</v></c></row><row r="7"><c r="C7" t="e"><v>#N/A</v></c></row>)"));
    EXPECT_THAT(table.error().message.en, HasSubstr("row 7: column C holds the error #N/A"));
}

TEST(Xlsx, WhatWeWriteIsReadBackExactly) {
    const TemporaryFile file;
    const Table table{.headings = {"名称", "備考"},
                      .rows = {{"=1+1", "1行目\n2行目"},
                               {"'x", "007"},
                               {" 前後 ", "_x0041_ &<>\""},
                               {"-5", ""},
                               {std::string(32'767, 'x'), "髙"}},
                      .row_numbers = {}};
    ASSERT_TRUE(write_xlsx(file.path(), {{"機器/台帳", table}, {"空", Table{}}}));
    const auto back = read(file.path());
    ASSERT_TRUE(back) << back.error().message.en;
    EXPECT_EQ(back->headings, table.headings);
    EXPECT_EQ(back->rows, table.rows);
}

TEST(Xlsx, TheSameTableGivesTheSameBytes) {
    const TemporaryFile first, second;
    const Table table{.headings = {"a"}, .rows = {{"1"}}, .row_numbers = {}};
    ASSERT_TRUE(write_xlsx(first.path(), {{"x", table}}));
    ASSERT_TRUE(write_xlsx(second.path(), {{"x", table}}));
    const auto bytes = [](const std::filesystem::path& path) {
        std::ifstream in(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    EXPECT_EQ(bytes(first.path()), bytes(second.path()));
}

TEST(Xlsx, WhatDoesNotFitIsRefusedAndLeavesNoFile) {
    const TemporaryFile file;
    const Table table{.headings = {"a"}, .rows = {{"1"}, {std::string(32'768, 'x')}}, .row_numbers = {}};
    const auto written = write_xlsx(file.path(), {{"x", table}});
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error().message.en, HasSubstr("row 3: column A is longer than the 32767 characters"));
    EXPECT_FALSE(std::filesystem::exists(file.path()));
    EXPECT_FALSE(std::filesystem::exists(file.path().string() + ".partial"));
    EXPECT_FALSE(write_xlsx("/nowhere/x.xlsx", {{"x", Table{}}}));
}

TEST(Xlsx, BombsAreStoppedByWhatComesOutNotByWhatIsDeclared) {
    const ReadLimits limits{.inflated_bytes = 1 << 20, .cell_bytes = 1 << 20};
    const std::string blanks(8 << 20, ' ');
    EXPECT_THAT(read_sheet(sheet_of(blanks), limits).error().message.en,
                HasSubstr("larger than 1048576 bytes when it is unpacked"));
}

TEST(Xlsx, OneSharedStringInManyCellsIsCounted) {
    Parts parts = workbook_of("");
    parts["xl/sharedStrings.xml"] = "<sst><si><t>" + std::string(100'000, 'x') + "</t></si></sst>";
    std::string rows;
    for (int row = 0; row < 100; ++row) rows += R"(<row><c t="s"><v>0</v></c></row>)";
    parts["xl/worksheets/sheet1.xml"] = sheet_of(rows);
    const TemporaryFile file;
    pack(file.path(), parts);
    EXPECT_THAT(read(file.path(), {.inflated_bytes = 1 << 20}).error().message.en,
                HasSubstr("row 11: the content is larger than 1048576 bytes"));
}

TEST(Xlsx, MergesCannotMultiplyTextWithoutEnd) {
    const std::string text(1000, 'x');
    std::string rows = "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row><row><c t=\"str\"><v>" +
                       text + "</v></c><c t=\"str\"><v>1</v></c></row>";
    for (int row = 0; row < 500; ++row) rows += "<row><c/><c t=\"str\"><v>1</v></c></row>";
    const ReadLimits limits{.inflated_bytes = 100'000};
    EXPECT_THAT(read_sheet(sheet_of(rows, R"(<mergeCell ref="A2:A600"/>)"), limits).error().message.en,
                HasSubstr("larger than 100000 bytes"));
}

TEST(Xlsx, LargeCellsAndManyCellsAreRefused) {
    const ReadLimits limits{.cell_bytes = 1000, .cells = 50};
    EXPECT_THAT(
        read_sheet(sheet_of("<row><c t=\"str\"><v>" + std::string(1001, 'x') + "</v></c></row>"), limits)
            .error()
            .message.en,
        HasSubstr("row 1: the cell in column A is larger than 1000 bytes"));
    EXPECT_THAT(read_sheet(sheet_of("<row><c r=\"ZZ1\"><v>1</v></c></row>"), limits).error().message.en,
                HasSubstr("more than 50 cells"));
    EXPECT_THAT(
        read_sheet(sheet_of("<row><c r=\"A1\"><v>" + std::string(100'000, '1') + "</v></c></row>"), limits)
            .error()
            .message.en,
        HasSubstr("larger than 64000 bytes"));
}

TEST(Xlsx, TruncatedAndForeignFilesGetAClearError) {
    const TemporaryFile file;
    pack(file.path(), workbook_of(sheet_of("<row/>")));
    const auto size = std::filesystem::file_size(file.path());
    for (const std::uintmax_t part : {size - 10, size / 2, std::uintmax_t{10}, std::uintmax_t{0}}) {
        std::filesystem::resize_file(file.path(), part);
        const auto table = read(file.path());
        ASSERT_FALSE(table);
        EXPECT_THAT(table.error().message.en, HasSubstr("the xlsx file is damaged or cut off"));
    }
    std::ofstream(file.path(), std::ios::binary) << "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest";
    EXPECT_THAT(read(file.path()).error().message.en,
                HasSubstr("protected by a password or in the old .xls format"));
}

TEST(Xlsx, MissingPartsAndBrokenXmlGetAClearError) {
    EXPECT_THAT(read_sheet("<worksheet></worksheet>").error().message.en,
                HasSubstr("<sheetData> is missing or not closed"));
    EXPECT_THAT(read_sheet("<worksheet><sheetData><row></row>").error().message.en,
                HasSubstr("<sheetData> is missing or not closed"));
    EXPECT_THAT(read_sheet(sheet_of("<row><c></row>")).error().message.en,
                HasSubstr("xl/worksheets/sheet1.xml within the xlsx is damaged"));
    EXPECT_THAT(read_sheet(sheet_of("<row r=\"2\"/><row r=\"2\"/>")).error().message.en,
                HasSubstr("a cell cannot be read"));
    EXPECT_THAT(read_sheet(sheet_of("<row><c t=\"s\"><v>99</v></c></row>")).error().message.en,
                HasSubstr("a cell cannot be read (99)"));
    Parts parts = workbook_of("");
    parts.erase("xl/worksheets/sheet1.xml");
    const TemporaryFile file;
    pack(file.path(), parts);
    EXPECT_THAT(read(file.path()).error().message.en,
                HasSubstr("damaged or cut off (xl/worksheets/sheet1.xml: a part is missing)"));
}

TEST(Xlsx, HiddenSheetsAreSkippedAndTheDateSystemOf1904IsKnown) {
    Parts parts = workbook_of(sheet_of("<row><c s=\"1\"><v>44887</v></c></row>"));
    parts["xl/workbook.xml"] =
        R"(<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="隠し" sheetId="1" state="hidden" r:id="r8"/>
        <sheet name="表" sheetId="2" r:id="r9"/></sheets></workbook>)";
    parts["xl/_rels/workbook.xml.rels"] =
        relations({{"r8", "worksheet", "nowhere.xml"},
                   {"r9", "worksheet", "worksheets/../worksheets/sheet1.xml"},
                   {"r3", "styles", "styles.xml"}});
    parts["xl/styles.xml"] =
        R"(<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="57"/></cellXfs></styleSheet>)";
    const TemporaryFile file;
    pack(file.path(), parts);
    const auto table = read(file.path());
    ASSERT_TRUE(table) << table.error().message.en;
    EXPECT_THAT(table->headings, ElementsAre("2026-11-23"));
}

}  // namespace
}  // namespace maru::registers
