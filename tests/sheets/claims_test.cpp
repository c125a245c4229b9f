// A published sheet is matched by its questions, never by position, and written back byte for byte.
#include "sheets/claims.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "sheets/remark_lint.hpp"
#include "sheets/render.hpp"

namespace maru::sheets {
namespace {

const std::filesystem::path source = MARU_SOURCE_DIR;

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::vector<std::string>> cells_of(const std::string& tsv) {
    std::vector<std::vector<std::string>> rows;
    for (const std::string& line : split(tsv, '\n')) rows.push_back(split(line, '\t'));
    return rows;
}

class PublishedSheet : public testing::Test {
protected:
    void SetUp() override {
        auto schema = registers::Schema::load(source / "catalog/registers");
        ASSERT_TRUE(schema) << schema.error().message.en;
        auto library = checks::Library::load(source / "catalog", *schema);
        ASSERT_TRUE(library) << library.error().message.en;
        auto loaded = load_sheet(source / "catalog", "ipa-52", *library);
        ASSERT_TRUE(loaded) << loaded.error().message.en;
        sheet = *loaded;
    }
    Sheet sheet;
    const std::string seed = bytes_of(source / "tests/data/check-sheet.tsv");
};

TEST_F(PublishedSheet, HasTheSeedsQuestionsAndOptionalMyNumberRows) {
    EXPECT_EQ(sheet.rows(Sheet::Rows::published).size(), 52U);
    EXPECT_EQ(sheet.rows(Sheet::Rows::all).size(), 55U);
    const auto rows = match_published(sheet, cells_of(seed));
    ASSERT_TRUE(rows) << rows.error().message.en;
    EXPECT_EQ(rows->size(), 52U);
}

TEST_F(PublishedSheet, IsWrittenBackByteForByte) {
    const auto rows = match_published(sheet, cells_of(seed));
    ASSERT_TRUE(rows);
    SheetReport report;
    report.sheet = &sheet;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        ItemReport item;
        item.item = sheet.rows(Sheet::Rows::published)[i];
        EXPECT_EQ((*rows)[i].item, item.item->code);
        item.claim.mark = Mark::full;
        item.remark = (*rows)[i].remark;
        report.items.push_back(item);
    }
    EXPECT_EQ(render_delimited(report, Layout::published, Language::ja, '\t'), seed);
}

TEST_F(PublishedSheet, IsMatchedByTextWhenRowsMoveAndMarksVary) {
    auto cells = cells_of(seed);
    std::swap(cells[5], cells[40]);
    cells[7][2] = "◯";
    cells[8][2] = "〇";
    cells[9][2] = "△";
    const auto rows = match_published(sheet, cells);
    ASSERT_TRUE(rows) << rows.error().message.en;
    EXPECT_EQ((*rows)[2].item, "ipa-38");  // where the 38th question now stands
    EXPECT_EQ((*rows)[4].mark, "full");
    EXPECT_EQ((*rows)[5].mark, "full");
    EXPECT_EQ((*rows)[6].mark, "partial");
}

TEST_F(PublishedSheet, RefusesAnUnknownQuestionADoubleAndAStrangeMarkByLine) {
    auto cells = cells_of(seed);
    cells[10][1] = "知らない設問ですか？";
    EXPECT_TRUE(match_published(sheet, cells).error().message.en.starts_with("line 11:"));
    cells = cells_of(seed);
    cells[11] = cells[10];
    EXPECT_TRUE(match_published(sheet, cells).error().message.en.starts_with("line 12:"));
    cells = cells_of(seed);
    cells[12][2] = "はい";
    EXPECT_TRUE(match_published(sheet, cells).error().message.ja.contains("はい"));
}

TEST_F(PublishedSheet, LintFindsTextsThatAreUsedTwice) {
    const auto rows = match_published(sheet, cells_of(seed));
    ASSERT_TRUE(rows);
    Claims claims;
    for (const auto& row : *rows) claims[row.item].remark = row.remark;
    std::vector<std::vector<int>> repeats;
    for (const auto& finding : lint_remarks(sheet, {}, claims))
        if (finding.kind == RemarkFinding::Kind::repeated_text) {
            repeats.push_back({finding.item->number});
            repeats.back().insert(repeats.back().end(), finding.also.begin(), finding.also.end());
        }
    EXPECT_NE(std::ranges::find(repeats, std::vector{18, 26, 41}), repeats.end());
    EXPECT_NE(std::ranges::find(repeats, std::vector{15, 17}), repeats.end());
}

// What an answer should speak to and does not: the published sheet as an auditor reads it.
TEST_F(PublishedSheet, LintTiesEverySentenceAndFindsWhatIsNotAnswered) {
    const auto rows = match_published(sheet, cells_of(seed));
    ASSERT_TRUE(rows);
    Claims claims;
    for (const auto& row : *rows) claims[row.item].remark = row.remark;
    const auto terms = load_remark_terms(source / "catalog", sheet);
    ASSERT_TRUE(terms) << terms.error().message.en;
    std::set<int> unanswered;
    for (const auto& finding : lint_remarks(sheet, *terms, claims)) {
        EXPECT_NE(finding.kind, RemarkFinding::Kind::untied_sentence)
            << finding.item->code << ": " << finding.text;
        if (finding.kind == RemarkFinding::Kind::unanswered_part) unanswered.insert(finding.item->number);
    }
    EXPECT_EQ(unanswered.size(), 26U);
}

TEST(RemarkSentences, EndAtStopsLineFeedsAndBeforeAddresses) {
    using Sentences = std::vector<std::string>;
    EXPECT_EQ(sentences_of("一つ目。二つ目！三つ目？四つ目\n\n五つ目"),
              (Sentences{"一つ目。", "二つ目！", "三つ目？", "四つ目", "五つ目"}));
    EXPECT_EQ(sentences_of("方針を公開しています。 https://example.jp/a.b?c=d"),
              (Sentences{"方針を公開しています。", "https://example.jp/a.b?c=d"}));
    EXPECT_EQ(sentences_of("Version 1.2 is used. Why? Because."),
              (Sentences{"Version 1.2 is used.", "Why?", "Because."}));
    EXPECT_EQ(sentences_of(" 　\n"), Sentences{});
}

// One item whose only tie has these terms.
std::vector<RemarkFinding> untied(const std::string& remark, const Terms& terms) {
    Sheet sheet;
    sheet.items.emplace_back();
    sheet.items[0].code = "x-1";
    RemarkTerms known;
    known["x-1"].ties.push_back({"a-check", terms});
    Claims claims;
    claims["x-1"].remark = remark;
    return lint_remarks(sheet, known, claims);
}

TEST(RemarkTies, CompareAfterNormalisationAndFindEnglishWordsAtTheirStart) {
    EXPECT_EQ(untied("ＷＥＢで公開", {{"web"}, {}}).size(), 0U);
    EXPECT_EQ(untied("We keep sets.", {{}, {"Set"}}).size(), 0U);
    EXPECT_EQ(untied("Our assets.", {{}, {"set"}}).size(), 1U);
    EXPECT_EQ(untied("Assets and a set.", {{}, {"set"}}).size(), 0U);
}

}  // namespace
}  // namespace maru::sheets
