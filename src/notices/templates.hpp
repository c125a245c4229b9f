// The texts of mails and chats as data: catalog/notices/{ja,en}/<name>.txt (docs/formats/notices.md).
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"
#include "notices/outbox.hpp"
#include "notices/people.hpp"

namespace maru::notices {

// What fills the placeholders.
using Values = std::map<std::string, std::string, std::less<>>;
using Rows = std::vector<Values>;

struct Template {
    std::string subject, row, body;
};

// What a notice may say.
struct NoticeKind {
    std::string_view name;
    std::vector<std::string_view> values;      // in subject and body
    std::vector<std::string_view> row_values;  // in the line of a list
    std::vector<std::string_view> lists;       // placeholders of the body that lists fill, one line per row
};
// By name: every text of the product.
std::span<const NoticeKind> notice_kinds();

struct Rendered {
    std::string subject, body;
};

class Templates {
public:
    // Every kind in both languages. Errors name the file, the placeholder and what to do.
    static Result<Templates> load(const std::filesystem::path& catalog);

    // Paragraphs whose list is empty are left out.
    Rendered render(std::string_view kind, Language language, const Values& values,
                    const std::map<std::string, Rows, std::less<>>& lists = {}) const;

private:
    std::map<std::pair<std::string, Language>, Template, std::less<>> templates_;
};

// Mails for what other rooms have to say (invitation, reset, request_asked, request_decided).
Draft mail_to(const Recipient& to, std::string key, Rendered text);

// One file's text; `file` is named in errors. invalid: no "Subject:", an unknown header, not UTF-8.
Result<Template> parse_template(std::string_view text, const std::filesystem::path& file);

// Everything wrong with the texts of a catalog: missing or foreign files, unknown placeholders, lists that
// are never shown.
std::vector<Text> lint_templates(const std::filesystem::path& catalog);

}  // namespace maru::notices
