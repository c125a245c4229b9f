// Wrapped text loses nothing, fits, and breaks where people break it.
#include "core/wrapping.hpp"

#include <gtest/gtest.h>

#include <random>

#include "core/text.hpp"

namespace maru {
namespace {

using Lines = std::vector<std::string>;

TEST(Wrapped, BreaksAtSpacesAndBetweenJapaneseCharacters) {
    EXPECT_EQ(wrapped("give the account an owner", 10), (Lines{"give the", "account an", "owner"}));
    EXPECT_EQ(wrapped("期限内に停止していない", 8), (Lines{"期限内に", "停止して", "いない"}));
    EXPECT_EQ(wrapped("退職者E003のアカウント", 8), (Lines{"退職者", "E003のア", "カウント"}));
}

TEST(Wrapped, KeepsPunctuationWithItsWord) {
    EXPECT_EQ(wrapped("登録する。", 8), (Lines{"登録す", "る。"}));
    EXPECT_EQ(wrapped("対象「端末」", 6), (Lines{"対象", "「端", "末」"}));
    EXPECT_EQ(wrapped("サーバーの", 6), (Lines{"サー", "バーの"}));
}

TEST(Wrapped, CutsAWordOnlyWhenItIsLongerThanALine) {
    EXPECT_EQ(wrapped("a0123456789b c", 5), (Lines{"a0123", "45678", "9b c"}));
}

TEST(Wrapped, KeepsLineFeedsAndEmptyText) {
    EXPECT_EQ(wrapped("一\n\n二", 80), (Lines{"一", "", "二"}));
    EXPECT_EQ(wrapped("", 80), Lines{""});
    EXPECT_EQ(wrapped("何も折らない", any_width), Lines{"何も折らない"});
}

TEST(Wrapped, KeepsCombiningMarksOnTheirLetter) {
    EXPECT_EQ(wrapped("か\u3099か\u3099", 2), (Lines{"か\u3099", "か\u3099"}));
}

TEST(Wrapped, LosesNothingButSpacesAtAnyWidth) {
    std::mt19937 random(20261123);
    const std::vector<std::string> parts{"あ", "漢", "a",    "Z",      " ", "、",
                                         "「", "。", "E003", "\u3099", "…", "😀"};
    for (int round = 0; round < 300; ++round) {
        std::string text, letters;
        for (int i = 0; i < 40; ++i) text += parts[random() % parts.size()];
        for (const std::size_t columns : {1U, 2U, 3U, 7U, 20U}) {
            letters.clear();
            for (const std::string& line : wrapped(text, columns)) {
                letters += line;
                EXPECT_LE(display_width(line), std::max<std::size_t>(columns, 2)) << text;
            }
            std::string expected = text;
            std::erase(expected, ' ');
            std::erase(letters, ' ');
            EXPECT_EQ(letters, expected);
        }
    }
}

}  // namespace
}  // namespace maru
