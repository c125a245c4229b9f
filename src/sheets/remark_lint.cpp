#include "sheets/remark_lint.hpp"

#include <algorithm>

#include "files/toml.hpp"

namespace maru::sheets {

namespace {

bool linked(const Item& item, std::string_view check) {
    return std::ranges::any_of(item.links, [&](const Link& link) {
        return std::ranges::find(link.checks, check, &checks::CheckKey::check) != link.checks.end();
    });
}

Result<Tie> read_tie(const toml::table& table, const Item& item, const std::string& where) {
    Tie tie{table["check"].value_or(std::string()),
            {TRY(strings_of(table, "ja", where)), TRY(strings_of(table, "en", where))}};
    if (!linked(item, tie.check))
        return wrong(where, "点検 " + tie.check + " はこの設問に結び付いていません。",
                     "the check " + tie.check + " is not linked from this item.");
    if (tie.terms.ja.empty())
        return wrong(where, tie.check + " に ja の語がありません。", tie.check + " needs terms in ja.");
    return tie;
}

Result<QuestionPart> read_part(const toml::table& table, const std::string& where) {
    QuestionPart part{{table["ja"].value_or(std::string()), table["en"].value_or(std::string())},
                      {TRY(strings_of(table, "terms_ja", where)), TRY(strings_of(table, "terms_en", where))}};
    if (part.label.ja.empty() || part.label.en.empty())
        return wrong(where, "parts には ja と en が必要です。", "a part needs ja and en.");
    if (part.terms.ja.empty())
        return wrong(where, part.label.ja + " に terms_ja がありません。",
                     part.label.en + " needs terms_ja.");
    return part;
}

Result<ItemTerms> read_item(const toml::table& table, const Item& item, const std::string& where) {
    ItemTerms terms;
    for (const toml::table* tie : TRY(tables_of(table, "ties", where)))
        terms.ties.push_back(TRY(read_tie(*tie, item, where)));
    for (const toml::table* part : TRY(tables_of(table, "parts", where)))
        terms.parts.push_back(TRY(read_part(*part, where)));
    return terms;
}

// NFKC and lower case; English terms are ASCII.
std::string folded(std::string_view text) {
    std::string out = normalize_compatibility(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool is_word_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// "set" is in "sets", not in "assets".
bool begins_a_word(std::string_view text, std::string_view term) {
    for (std::size_t at = text.find(term); at != std::string_view::npos; at = text.find(term, at + 1))
        if (at == 0 || !is_word_character(text[at - 1])) return true;
    return false;
}

bool mentions(std::string_view written, const Terms& terms) {
    const std::string text = folded(written);
    return std::ranges::any_of(terms.ja, [&](const auto& term) { return text.contains(folded(term)); }) ||
           std::ranges::any_of(terms.en, [&](const auto& term) { return begins_a_word(text, folded(term)); });
}

bool begins_an_address(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://");
}

// Bytes of the mark that ends a sentence at the start of `rest`; 0 when none does.
std::size_t end_mark(std::string_view rest) {
    for (const std::string_view mark : {"。", "！", "？", "\n"})
        if (rest.starts_with(mark)) return mark.size();
    const bool latin = rest.starts_with('.') || rest.starts_with('!') || rest.starts_with('?');
    return latin && rest.size() > 1 && std::string_view(" \t\r\n").contains(rest[1]) ? 1 : 0;
}

void lint_item(const Item& item, const ItemTerms& terms, const std::string& remark,
               std::vector<RemarkFinding>& found) {
    for (const std::string& sentence : sentences_of(remark))
        if (std::ranges::none_of(terms.ties, [&](const Tie& tie) { return mentions(sentence, tie.terms); }))
            found.push_back({RemarkFinding::Kind::untied_sentence, &item, sentence, {}, {}});
    for (const QuestionPart& part : terms.parts)
        if (!mentions(remark, part.terms))
            found.push_back({RemarkFinding::Kind::unanswered_part, &item, part.label.ja, part.label, {}});
}

void lint_repeats(const Sheet& sheet, const Claims& claims, std::vector<RemarkFinding>& found) {
    std::map<std::string, std::vector<const Item*>> by_text;
    for (const Item& item : sheet.items)
        if (const auto claim = claims.find(item.code); claim != claims.end() && !claim->second.remark.empty())
            by_text[claim->second.remark].push_back(&item);
    for (const auto& [text, items] : by_text) {
        if (items.size() < 2) continue;
        RemarkFinding finding{RemarkFinding::Kind::repeated_text, items.front(), text, {}, {}};
        for (std::size_t i = 1; i < items.size(); ++i) finding.also.push_back(items[i]->number);
        found.push_back(std::move(finding));
    }
}

}  // namespace

Result<RemarkTerms> load_remark_terms(const std::filesystem::path& catalog, const Sheet& sheet) {
    const std::filesystem::path file = catalog / "sheets" / sheet.name / "remarks.toml";
    RemarkTerms terms;
    if (!std::filesystem::exists(file)) return terms;
    const toml::table table = TRY(parse_file(file));
    for (const auto& [code, node] : table) {
        const std::string where = file.string() + " [" + std::string(code.str()) + "]";
        const Item* item = sheet.item(code.str());
        if (item == nullptr || !node.is_table())
            return wrong(where, "この設問はシートにありません。", "the sheet has no such item.");
        terms[item->code] = TRY(read_item(*node.as_table(), *item, where));
    }
    return terms;
}

std::vector<RemarkFinding> lint_remarks(const Sheet& sheet, const RemarkTerms& terms, const Claims& claims) {
    std::vector<RemarkFinding> found;
    static const ItemTerms none;
    for (const Item& item : sheet.items) {
        const auto claim = claims.find(item.code);
        if (claim == claims.end() || claim->second.remark.empty()) continue;
        const auto known = terms.find(item.code);
        lint_item(item, known == terms.end() ? none : known->second, claim->second.remark, found);
    }
    lint_repeats(sheet, claims, found);
    return found;
}

std::vector<std::string> sentences_of(std::string_view remark) {
    std::vector<std::string> sentences;
    std::size_t start = 0;
    const auto cut = [&](std::size_t end) {
        const std::string_view sentence = trim(remark.substr(start, end - start));
        if (!sentence.empty()) sentences.emplace_back(sentence);
        start = end;
    };
    for (std::size_t at = 0; at < remark.size(); ++at) {
        const std::string_view rest = remark.substr(at);
        if (begins_an_address(rest)) cut(at);
        if (const std::size_t mark = end_mark(rest); mark > 0) cut(at + mark);
    }
    cut(remark.size());
    return sentences;
}

}  // namespace maru::sheets
