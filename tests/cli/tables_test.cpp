// Tables on a terminal line up with Japanese text, and JSON rows keep every value.
#include "cli/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "core/wrapping.hpp"

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

TEST(Aligned, WrapsWhatDoesNotFitAndLosesNothing) {
    EXPECT_EQ(aligned({{"E001", "退職後のアカウントを停止した"}, {"E2", "休職"}}, 20),
              "E001  退職後のアカウ\n"
              "      ントを停止した\n"
              "E2    休職\n");
    EXPECT_EQ(aligned({{"一行目\n二行目", "a\nb"}}, 80), "一行目  a\n二行目  b\n");
}

TEST(Aligned, LetsNarrowColumnsKeepTheirWidth) {
    const std::string text = aligned({{std::string(60, 'x'), "2026-11-23", std::string(60, 'y')}}, 40, 4);
    for (const std::string& line : split(text, '\n')) EXPECT_LE(display_width(line), 40U) << text;
    EXPECT_TRUE(text.contains("2026-11-23"));
    EXPECT_EQ(std::ranges::count(text, 'x'), 60);
    EXPECT_EQ(std::ranges::count(text, 'y'), 60);
    EXPECT_TRUE(text.starts_with("    x"));
}

TEST(Aligned, GivesProgramsOneLineARow) {
    const std::string long_text(500, 'x');
    EXPECT_EQ(aligned({{long_text, "end"}, {"a", "b"}}, any_width),
              long_text + "  end\n" + "a" + std::string(41, ' ') + "b\n");
}

TEST(Aligned, HasNoSpacesAtTheEndsOfLines) {
    EXPECT_EQ(aligned({{"E001", "氏名"}, {"E002", ""}, {"", ""}}, 80), "E001  氏名\nE002\n\n");
}

TEST(SentenceLines, KeepACommandWholeOnALineOfItsOwn) {
    EXPECT_EQ(sentence_lines("確かめて記録してください: maru put list_import list='#1' complete=true", 30, 2),
              "  確かめて記録してください:\n"
              "    maru put list_import list='#1' complete=true\n");
    EXPECT_EQ(sentence_lines("確かめる: maru check", any_width), "確かめる: maru check\n");
    EXPECT_EQ(sentence_lines("確かめる", 30), "確かめる\n");
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
    EXPECT_TRUE(text.contains("maru show person 番号")) << "says where the rest is";
}

TEST(RecordTable, LeavesNothingOutForPrograms) {
    Screen screen;
    screen.session.width = any_width;
    const std::string text =
        record_table(screen.session, people(), rows_of({{"E001", std::string(90, 'x'), "一\n二"}}));
    EXPECT_TRUE(text.contains(std::string(90, 'x') + "  一 ⏎ 二\n1 件\n")) << text;
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
