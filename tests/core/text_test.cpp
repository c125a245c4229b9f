#include "core/text.hpp"

#include <gtest/gtest.h>

namespace maru {
namespace {

TEST(Utf8, AcceptsJapaneseAndRefusesWhatTheStandardForbids) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("情報資産管理台帳 ○ 𠮷野家 🔒"));
    EXPECT_FALSE(is_utf8("\x8f\xee\x95\xf1"));  // 情報 in CP932
    EXPECT_FALSE(is_utf8("\xe6\x83"));          // cut in the middle of a character
    EXPECT_FALSE(is_utf8("\xc0\xaf"));          // overlong "/"
    EXPECT_FALSE(is_utf8("\xed\xa0\x80"));      // surrogate
    EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
    EXPECT_FALSE(is_utf8("正しい\xff"));
}

TEST(Utf8, CountsCodePoints) {
    EXPECT_EQ(code_points("機器A𠮷"), 4u);
    EXPECT_EQ(code_points(""), 0u);
}

TEST(DisplayWidth, CountsFullWidthFormsTwice) {
    EXPECT_EQ(display_width("PC-001"), 6u);
    EXPECT_EQ(display_width("機器台帳"), 8u);
    EXPECT_EQ(display_width("ＡＢ１"), 6u);
    EXPECT_EQ(display_width("、。「」"), 8u);
    EXPECT_EQ(display_width("ﾊﾝｶｸ"), 4u);
    EXPECT_EQ(display_width("𠮷"), 2u);
    EXPECT_EQ(display_width("か\u3099"), 2u);  // combining voiced mark
    EXPECT_EQ(display_width("é"), 1u);
    EXPECT_EQ(display_width(""), 0u);
}

TEST(DisplayWidth, IsDefinedForBytesThatAreNoText) { EXPECT_EQ(display_width("a\xff\xfe"), 3u); }

TEST(FitToWidth, KeepsWhatFitsAndMarksWhatWasCut) {
    EXPECT_EQ(fit_to_width("機器台帳", 8), "機器台帳");
    EXPECT_EQ(fit_to_width("機器台帳", 7), "機器台…");
    EXPECT_EQ(fit_to_width("機器台帳", 6), "機器…");  // half a character is never shown
    EXPECT_EQ(fit_to_width("機器台帳", 1), "…");
    EXPECT_EQ(fit_to_width("機器台帳", 0), "");
    EXPECT_EQ(fit_to_width("か\u3099き\u3099く\u3099", 4), "か\u3099…");  // a mark stays with its letter
}

TEST(FitToWidth, NeverExceedsTheColumns) {
    const std::string text = "a機bﾊ\u3099器é";
    for (std::size_t columns = 0; columns < 12; ++columns)
        EXPECT_LE(display_width(fit_to_width(text, columns)), columns);
}

TEST(Normalize, MakesFullWidthAndHalfWidthFormsEqual) {
    EXPECT_EQ(normalize_compatibility("ＰＣ－００１"), "PC-001");
    EXPECT_EQ(normalize_compatibility("ﾊﾞｯｸｱｯﾌﾟ"), "バックアップ");
    EXPECT_EQ(normalize_compatibility("㈱日本"), "(株)日本");
    EXPECT_EQ(normalize_compatibility("か\u3099"), "が");
    EXPECT_EQ(normalize_compatibility("plain"), "plain");
}

TEST(Normalize, KeepsEveryByteOfNul) {
    using std::string_literals::operator""s;
    EXPECT_EQ(normalize_compatibility("あ\0い"s), "あ\0い"s);
}

TEST(Trim, TakesIdeographicSpacesToo) {
    EXPECT_EQ(trim("　 山田 花子\t　\r\n"), "山田 花子");
    EXPECT_EQ(trim("　　"), "");
    EXPECT_EQ(trim(""), "");
}

TEST(SplitAndJoin, AreInverse) {
    EXPECT_EQ(split("a;b;;c", ';'), (std::vector<std::string>{"a", "b", "", "c"}));
    EXPECT_EQ(split("", ';'), (std::vector<std::string>{""}));
    EXPECT_EQ(join({"a", "", "c"}, " / "), "a /  / c");
    EXPECT_EQ(join({}, ","), "");
    EXPECT_EQ(join({"", ""}, ","), ",");
}

TEST(Fill, ReplacesKnownNamesAndKeepsUnknownOnes) {
    const auto lookup = [](std::string_view name, std::string_view written) {
        return name == "service" ? std::string("会計システム") : std::string(written);
    };
    EXPECT_EQ(fill("{service} の {account} が有効", lookup), "会計システム の {account} が有効");
    EXPECT_EQ(fill("閉じていない {service", lookup), "閉じていない {service");
    EXPECT_EQ(fill("", lookup), "");
}

}  // namespace
}  // namespace maru
