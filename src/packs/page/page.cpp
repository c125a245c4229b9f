#include "page/page.hpp"

#include <fmt/core.h>

#include "crypto/hash.hpp"
#include "page/html.hpp"

namespace maru::packs {

namespace {

using html::both;

std::string source_hash(std::string_view text) {
    return fmt::format("'sha256-{}'", base64(crypto::sha256(as_bytes(text))));
}

// Nothing is fetched and nothing but the style and script of this page runs, whatever a record is called.
std::string policy(const PageInput& input) {
    return fmt::format("default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
                       source_hash(input.style), source_hash(input.script));
}

std::string button(std::string_view group, std::string_view value, std::string_view chosen,
                   const std::string& label) {
    return fmt::format("<button type=\"button\" data-{}-to=\"{}\" aria-pressed=\"{}\">{}</button>", group,
                       value, value == chosen, label);
}

// Its script opens the page in the browser's language: the bytes are the same whoever makes the pack.
std::string switches() {
    return "<span class=\"seg\">" + button("lang", "ja", "ja", "日本語") +
           button("lang", "en", "ja", "English") + "</span><span class=\"seg\">" +
           button("theme", "light", "auto", both("明るい", "Light")) +
           button("theme", "dark", "auto", both("暗い", "Dark")) +
           button("theme", "auto", "auto", both("自動", "Auto")) + "</span>";
}

std::string title(const PageInput& input, Language language) {
    const std::string from = input.options.from.iso(), to = input.options.to.iso();
    const std::string& name = input.pack.last.sheet.organisation;
    return language == Language::ja ? fmt::format("{} 監査パック {} – {}", name, from, to)
                                    : fmt::format("{}: audit pack {} – {}", name, from, to);
}

std::string head(const PageInput& input) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"ja\" data-lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
        "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" "
        "content=\"noindex\">\n<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"{}\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
        html::escaped(policy(input)), html::escaped(title(input, Language::ja)), input.style);
}

std::string top() {
    return html::drawings() + "<a class=\"skip\" href=\"#main\">" + both("本文へ", "To the content") +
           "</a>\n<header class=\"top\"><span class=\"brand\"><svg viewBox=\"0 0 24 24\" "
           "aria-hidden=\"true\"><use href=\"#d-full\"/></svg>maru " +
           both("監査パック", "audit pack") + "</span>" + switches() + "</header>\n";
}

// The printed page's footer too.
std::string foot(const PageInput& input) {
    const auto& sheet = input.pack.last.sheet;
    return fmt::format("<p class=\"foot\">{} · {} · {} {} · <span class=\"mono\">{}</span></p>\n",
                       html::escaped(sheet.organisation), sheet.day.iso(), both("記録番号", "ledger entries"),
                       html::grouped(sheet.entries), sheet.root);
}

}  // namespace

std::string page(const PageInput& input) {
    std::string out = head(input) + top() + "<main id=\"main\">\n";
    out += fmt::format("<h1>{}</h1>\n", both(title(input, Language::ja), title(input, Language::en)));
    out += fmt::format("<p class=\"lead\">{} · {}</p>\n", both(input.pack.last.sheet.sheet->label),
                       both(fmt::format("{} 項目", input.options.items.size()),
                            fmt::format("{} items", input.options.items.size())));
    for (const auto part : {page_ends, page_flips, page_items, page_entries, page_disclosed, page_proof})
        out += part(input);
    return out + foot(input) + "</main>\n<script>" + std::string(input.script) +
           "</script>\n</body>\n</html>\n";
}

}  // namespace maru::packs
