#include "notices/templates.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "store/files.hpp"

namespace maru::notices {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 64 * 1024;
constexpr std::array languages{std::pair{Language::ja, "ja"}, std::pair{Language::en, "en"}};

std::unexpected<Error> wrong(const fs::path& file, const std::string& ja, const std::string& en) {
    const std::string name = file.parent_path().filename().string() + "/" + file.filename().string();
    return fail(ErrorKind::invalid, {name + ": " + ja, name + ": " + en});
}

fs::path file_of(const fs::path& catalog, std::string_view language, std::string_view kind) {
    return catalog / "notices" / language / (std::string(kind) + ".txt");
}

std::vector<std::string> placeholders_in(std::string_view text) {
    std::vector<std::string> out;
    fill(text, [&](std::string_view name, std::string_view) {
        out.emplace_back(name);
        return std::string();
    });
    return out;
}

bool holds(const std::vector<std::string_view>& known, std::string_view name) {
    return std::ranges::find(known, name) != known.end();
}

// The first placeholder of a text that nothing fills.
std::optional<std::string> unknown_in(std::string_view text, const std::vector<std::string_view>& known,
                                      const std::vector<std::string_view>& lists = {}) {
    for (const std::string& name : placeholders_in(text))
        if (!holds(known, name) && !holds(lists, name)) return name;
    return std::nullopt;
}

Result<void> check(const Template& text, const NoticeKind& kind, const fs::path& file) {
    for (const auto& unknown : {unknown_in(text.subject, kind.values), unknown_in(text.row, kind.row_values),
                                unknown_in(text.body, kind.values, kind.lists)})
        if (unknown)
            return wrong(file, "{" + *unknown + "} はここでは使えません。つづりを確かめてください。",
                         "{" + *unknown + "} is not known here; look at its spelling");
    const auto shown = placeholders_in(text.body);
    for (const std::string_view list : kind.lists)
        if (std::ranges::find(shown, list) == shown.end())
            return wrong(file, fmt::format("本文に {{{}}} がありません。書き足してください。", list),
                         fmt::format("the body lacks {{{}}}; add it", list));
    if (!kind.lists.empty() && text.row.empty())
        return wrong(file, "「Row:」がありません。一覧の1行の書き方を書いてください。",
                     "there is no \"Row:\"; write how one line of a list looks");
    return {};
}

Result<Template> read_template(const fs::path& catalog, std::string_view language, const NoticeKind& kind) {
    const fs::path file = file_of(catalog, language, kind.name);
    const auto bytes = store::read_file(file, largest_file);
    if (!bytes)
        return wrong(file, "読めません。文面のファイルを置いてください。",
                     "cannot be read; put the text there");
    auto text = TRY(
        parse_template(std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()), file));
    TRY(check(text, kind, file));
    return text;
}

std::string filled(std::string_view text, const Values& values) {
    return fill(text, [&](std::string_view name, std::string_view as_written) {
        const auto found = values.find(name);
        return found == values.end() ? std::string(as_written) : found->second;
    });
}

std::string without_last_feed(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

std::vector<std::string> paragraphs(std::string_view body) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (at < body.size()) {
        const std::size_t end = std::min(body.find("\n\n", at), body.size());
        out.emplace_back(body.substr(at, end - at));
        at = std::min(end + 2, body.size());
    }
    return out;
}

// A subject is one line, whatever it is filled with.
std::string one_line(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    std::ranges::replace(text, '\r', ' ');
    return text;
}

void lint_foreign_files(const fs::path& folder, const std::string& language, std::vector<Text>& problems) {
    std::set<std::string> known;
    for (const NoticeKind& kind : notice_kinds()) known.insert(std::string(kind.name) + ".txt");
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!known.contains(name))
            problems.push_back(
                {language + "/" + name + ": この名前の通知はありません。名前を確かめてください。",
                 language + "/" + name + ": there is no such notice; look at the name"});
    }
}

}  // namespace

std::span<const NoticeKind> notice_kinds() {
    static const std::vector<NoticeKind> kinds{
        {"backup_failed", {"name", "organisation", "day", "place", "problem", "link"}, {}, {}},
        {"digest",
         {"name", "organisation", "day", "count", "open_count", "soon_count", "new_count", "nobodys_count",
          "link"},
         {"new", "when", "label", "reason", "todo", "items", "link"},
         {"open", "soon", "nobodys"}},
        {"escalation",
         {"name", "organisation", "day", "count", "days", "link"},
         {"owner", "since", "label", "reason", "todo", "items", "link"},
         {"tasks"}},
        {"flip",
         {"name", "organisation", "day", "count", "full", "total", "link"},
         {"number", "question", "before", "after", "numbers", "since", "link"},
         {"items"}},
        {"invitation", {"name", "organisation", "inviter", "link", "until"}, {}, {}},
        {"publish_grace",
         {"name", "organisation", "day", "count", "grace", "link"},
         {"number", "question", "claimed", "verdict", "since", "days", "link"},
         {"items", "customers"}},
        {"reminder", {"name", "organisation", "what", "due", "link"}, {}, {}},
        {"request_asked", {"name", "organisation", "asker", "what", "code", "due", "link"}, {}, {}},
        {"request_decided",
         {"name", "organisation", "decider", "what", "code", "decision", "comment", "link"},
         {},
         {}},
        {"reset", {"name", "organisation", "link", "until"}, {}, {}},
        {"summary", {"organisation", "day", "full", "total", "open_count", "soon_count", "link"}, {}, {}},
    };
    return kinds;
}

Result<Template> parse_template(std::string_view text, const fs::path& file) {
    if (!is_utf8(text)) return wrong(file, "UTF-8で保存してください。", "save it as UTF-8");
    Template out;
    std::string* last = nullptr;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = std::min(end + 1, text.size());
        if (line.empty()) break;
        if (line.starts_with("Subject: ") && out.subject.empty()) {
            out.subject = line.substr(9);
            last = nullptr;
        } else if (line.starts_with("Row: ") && out.row.empty()) {
            out.row = line.substr(5);
            last = &out.row;
        } else if (line.starts_with("  ") && last) {
            *last += "\n" + std::string(line);
        } else {
            return wrong(file, "最初の空行までに書けるのは「Subject: …」と「Row: …」だけです。",
                         "before the first empty line only \"Subject: …\" and \"Row: …\" may stand");
        }
    }
    out.body = without_last_feed(std::string(text.substr(at)));
    if (trim(out.subject).empty() || trim(out.body).empty())
        return wrong(file, "「Subject: …」と空行と本文を書いてください。",
                     "write \"Subject: …\", an empty line and the text");
    return out;
}

Result<Templates> Templates::load(const fs::path& catalog) {
    Templates out;
    for (const NoticeKind& kind : notice_kinds())
        for (const auto& [language, folder] : languages)
            out.templates_[{std::string(kind.name), language}] = TRY(read_template(catalog, folder, kind));
    return out;
}

Rendered Templates::render(std::string_view kind, Language language, const Values& values,
                           const std::map<std::string, Rows, std::less<>>& lists) const {
    const auto found = templates_.find(std::pair(std::string(kind), language));
    if (found == templates_.end()) return {};
    const Template& text = found->second;
    Values all = values;
    std::set<std::string, std::less<>> empty;
    for (const auto& [name, rows] : lists) {
        std::string lines;
        for (const Values& row : rows) {
            const auto whole = row.find("");  // a line that is written out already
            lines += (whole == row.end() ? filled(text.row, row) : whole->second) + "\n";
        }
        if (rows.empty()) empty.insert(name);
        all[name] = without_last_feed(lines);
    }
    std::string body;
    for (const std::string& paragraph : paragraphs(text.body)) {
        const auto names = placeholders_in(paragraph);
        if (std::ranges::any_of(names, [&](const std::string& name) { return empty.contains(name); }))
            continue;
        body += filled(paragraph, all) + "\n\n";
    }
    return {one_line(filled(text.subject, all)), without_last_feed(body) + "\n"};
}

Draft mail_to(const Recipient& to, std::string key, Rendered text) {
    Draft draft;
    draft.key = std::move(key);
    draft.person = to.person;
    draft.recipient = to.mail;
    draft.recipient_name = to.name;
    draft.language = to.language;
    draft.subject = std::move(text.subject);
    draft.body = std::move(text.body);
    return draft;
}

std::vector<Text> lint_templates(const fs::path& catalog) {
    std::vector<Text> problems;
    for (const auto& [language, folder] : languages) {
        for (const NoticeKind& kind : notice_kinds())
            if (const auto text = read_template(catalog, folder, kind); !text)
                problems.push_back(text.error().message);
        lint_foreign_files(catalog / "notices" / folder, folder, problems);
    }
    return problems;
}

}  // namespace maru::notices
