#include "notices/templates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace maru::notices {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace fs = std::filesystem;

fs::path catalog() { return fs::path(MARU_SOURCE_DIR) / "catalog"; }

// A copy of the catalog's texts that a test may spoil.
class Texts : public testing::Test {
protected:
    Texts() {
        fs::create_directories(copy);
        fs::copy(catalog() / "notices", copy / "notices", fs::copy_options::recursive);
    }
    ~Texts() override { fs::remove_all(copy); }
    void write(const std::string& name, const std::string& text) {
        std::ofstream(copy / "notices" / name, std::ios::binary) << text;
    }
    std::vector<std::string> problems() {
        std::vector<std::string> out;
        for (const Text& problem : lint_templates(copy)) out.push_back(problem.en);
        return out;
    }
    const fs::path copy = fs::temp_directory_path() / ("maru-texts-" + std::to_string(::getpid()));
};

TEST_F(Texts, of_the_catalog_are_right) {
    EXPECT_THAT(problems(), IsEmpty());
    EXPECT_TRUE(Templates::load(catalog()));
}

TEST_F(Texts, with_placeholders_that_nothing_fills_are_found) {
    write("ja/reminder.txt", "Subject: {what}\n\n{nmae} さん\n");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("ja/reminder.txt: {nmae} is not known")));
    EXPECT_FALSE(Templates::load(copy));
}

TEST_F(Texts, that_are_missing_in_one_language_are_found) {
    fs::remove(copy / "notices/en/flip.txt");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("en/flip.txt: cannot be read")));
}

TEST_F(Texts, that_never_show_their_list_are_found) {
    write("en/escalation.txt", "Subject: x\nRow: {label}\n\nDear {name}\n");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("lacks {tasks}")));
    write("en/escalation.txt", "Subject: x\n\nDear {name} {tasks}\n");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("\"Row:\"")));
}

TEST_F(Texts, that_nobody_uses_are_found) {
    write("ja/other.txt", "Subject: x\n\nx\n");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("ja/other.txt: there is no such notice")));
}

TEST_F(Texts, without_their_form_are_found) {
    for (const char* text : {"", "Subject: x\n", "x\n", "Subject: x\nBcc: y@example.jp\n\nx\n",
                             "Subject: \xff\n\nx\n", "\n\nSubject: x\n\nx\n"}) {
        write("en/reminder.txt", text);
        EXPECT_EQ(problems().size(), 1U) << text;
    }
}

TEST(Templates, fill_lists_and_leave_out_paragraphs_without_any) {
    const auto templates = Templates::load(catalog()).value();
    const Rows open{{{"new", "【新】"},
                     {"when", "期限 2026-11-24"},
                     {"label", "PC-17"},
                     {"reason", "{todo} が古い"},
                     {"todo", "更新する"},
                     {"items", "24"},
                     {"link", "https://maru.example.jp/x"}},
                    {{"", "ほか 3 件"}}};
    const auto text =
        templates.render("digest", Language::ja,
                         {{"name", "山田"}, {"count", "4"}, {"day", "2026-11-24"}, {"open_count", "4"}},
                         {{"open", open}, {"soon", {}}, {"nobodys", {}}});
    EXPECT_EQ(text.subject, "【maru】対応事項 4 件（2026-11-24）");
    EXPECT_THAT(text.body, HasSubstr("山田 さん"));
    EXPECT_THAT(text.body,
                HasSubstr("・【新】PC-17 — {todo} が古い\n  → 更新する（期限 2026-11-24、項目 24）\n"
                          "  https://maru.example.jp/x\nほか 3 件\n\n"));
    EXPECT_THAT(text.body, Not(HasSubstr("7日以内")));
    EXPECT_THAT(text.body, Not(HasSubstr("担当者がいない")));
}

TEST(Templates, keep_subjects_on_one_line) {
    const auto templates = Templates::load(catalog()).value();
    const auto text =
        templates.render("reminder", Language::en, {{"what", "a\r\nBcc: x@example.com"}, {"due", "now"}});
    EXPECT_EQ(text.subject, "[maru] Reminder: a  Bcc: x@example.com (due now)");
}

}  // namespace
}  // namespace maru::notices
