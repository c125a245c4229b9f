// Tables on a terminal line up with Japanese text, and JSON rows keep every value.
#include "cli/tables.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace maru::cli {
namespace {

struct Screen {
    std::ostringstream out;
    std::ostringstream progress;
    Session session{{.language = Language::ja}, {}, out, progress, progress};
};

registers::Register people() {
    registers::Register of;
    of.name = "person";
    of.label = {"従業者台帳", "Persons"};
    for (const auto& [name, ja, en] :
         {std::tuple{"code", "番号", "Code"}, {"name", "氏名", "Name"}, {"note", "備考", "Note"}}) {
        of.fields.emplace_back();
        of.fields.back().name = name;
        of.fields.back().label = {ja, en};
    }
    return of;
}

registers::Table rows_of(std::vector<std::vector<std::string>> rows) {
    registers::Table table;
    table.headings = {"code", "name", "note"};
    table.rows = std::move(rows);
    return table;
}

TEST(Aligned, CountsFullWidthCharactersAsTwoColumns) {
    EXPECT_EQ(aligned({{"番号", "氏名"}, {"E001", "山田"}, {"E2", "Sato"}}, 80),
              "番号  氏名\n"
              "E001  山田\n"
              "E2    Sato\n");
}

TEST(Aligned, CutsTheLastCellAtTheEdgeAndShowsFirstLinesOnly) {
    const std::string text = aligned({{"E001", std::string(100, 'x')}}, 40);
    EXPECT_EQ(display_width(text.substr(0, text.find('\n'))), 40U);
    EXPECT_TRUE(text.ends_with("…\n"));
    EXPECT_EQ(aligned({{"一行目\n二行目", "a\nb"}}, 80), "一行目  a\n");
}

TEST(Aligned, NeverLetsOneCellTakeTheWholeLine) {
    const std::string text = aligned({{std::string(500, 'x'), "end"}}, 80);
    EXPECT_TRUE(text.ends_with("  end\n"));
    EXPECT_EQ(display_width(text), 40 + 2 + 3 + 0U);
}

TEST(Aligned, HasNoSpacesAtTheEndsOfLines) {
    EXPECT_EQ(aligned({{"E001", "氏名"}, {"E002", ""}, {"", ""}}, 80), "E001  氏名\nE002\n\n");
}

TEST(RecordTable, ShowsLabelsRowsAndHowMany) {
    Screen screen;
    EXPECT_EQ(record_table(screen.session, people(), rows_of({{"E001", "山田", ""}})),
              "番号  氏名  備考\n"
              "E001  山田\n"
              "1 件\n");
}

TEST(RecordTable, LeavesOutColumnsThatDoNotFit) {
    Screen screen;
    screen.session.width = 20;
    const std::string text =
        record_table(screen.session, people(), rows_of({{"E001", std::string(30, 'x'), "短い"}}));
    EXPECT_TRUE(text.starts_with("番号  備考\n")) << text;
}

TEST(RecordTable, SaysHowToAddTheFirstRecord) {
    Screen screen;
    EXPECT_TRUE(record_table(screen.session, people(), rows_of({})).contains("maru put person"));
    screen.session.common.language = Language::en;
    EXPECT_TRUE(record_table(screen.session, people(), rows_of({})).contains("no records yet"));
}

TEST(JsonRows, AreOneObjectPerLineWithValuesAsWritten) {
    EXPECT_EQ(json_rows(rows_of({{"E001", "山田 \"花子\"", "1\n2"}, {"E002", "", "7.50"}})),
              "[\n"
              "{\"code\":\"E001\",\"name\":\"山田 \\\"花子\\\"\",\"note\":\"1\\n2\"},\n"
              "{\"code\":\"E002\",\"name\":\"\",\"note\":\"7.50\"}\n"
              "]\n");
    EXPECT_EQ(json_rows(rows_of({})), "[\n]\n");
}

}  // namespace
}  // namespace maru::cli
