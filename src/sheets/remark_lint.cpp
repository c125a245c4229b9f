#include "sheets/remark_lint.hpp"

#include <toml++/toml.h>
#include <algorithm>

namespace maru::sheets {

namespace {

std::unexpected<Error> wrong(const std::string& where, const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid, {where + ": " + ja, where + ": " + en});
}

std::vector<std::string> strings_of(const toml::table& table, std::string_view key) {
    std::vector<std::string> out;
    if (const auto* list = table[key].as_array())
        for (const auto& each : *list) out.push_back(each.value_or(std::string()));
    return out;
}

bool linked(const Item& item, std::string_view check) {
    return std::ranges::any_of(item.links, [&](const Link& link) {
        return std::ranges::find(link.checks, check, &checks::CheckKey::check) != link.checks.end();
    });
}

Result<Tie> read_tie(const toml::table& table, const Item& item, const std::string& where) {
    Tie tie{table["check"].value_or(std::string()), {strings_of(table, "ja"), strings_of(table, "en")}};
    if (!linked(item, tie.check))
        return wrong(where, "点検 " + tie.check + " はこの設問に結び付いていません。",
                     "the check " + tie.check + " is not linked from this item.");
    if (tie.terms.ja.empty())
        return wrong(where, tie.check + " に語がありません。", tie.check + " has no terms.");
    return tie;
}

Result<QuestionPart> read_part(const toml::table& table, const std::string& where) {
    QuestionPart part{{table["ja"].value_or(std::string()), table["en"].value_or(std::string())},
                      {strings_of(table, "terms_ja"), strings_of(table, "terms_en")}};
    if (part.label.ja.empty() || part.label.en.empty())
        return wrong(where, "parts には ja と en が必要です。", "a part needs ja and en.");
    if (part.terms.ja.empty())
        return wrong(where, part.label.ja + " に語がありません。", part.label.en + " has no terms.");
    return part;
}

Result<ItemTerms> read_item(const toml::table& table, const Item& item, const std::string& where) {
    ItemTerms terms;
    if (const auto* ties = table["ties"].as_array())
        for (const auto& tie : *ties)
            if (tie.is_table()) terms.ties.push_back(TRY(read_tie(*tie.as_table(), item, where)));
    if (const auto* parts = table["parts"].as_array())
        for (const auto& part : *parts)
            if (part.is_table()) terms.parts.push_back(TRY(read_part(*part.as_table(), where)));
    return terms;
}

bool mentions(std::string_view text, const Terms& terms) {
    const auto in_text = [&](const std::string& term) { return text.contains(term); };
    return std::ranges::any_of(terms.ja, in_text) || std::ranges::any_of(terms.en, in_text);
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
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        return wrong(file.string() + ":" + std::to_string(error.source().begin.line),
                     "TOMLとして読めません。", std::string(error.description()));
    }
    for (const auto& [code, node] : table) {
        const std::string where = file.string() + " [" + std::string(code.str()) + "]";
        const Item* item = sheet.item(code.str());
        if (item == nullptr || !node.is_table())
            return wrong(where, "設問がありません。", "there is no such item.");
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
    std::string sentence;
    const auto finish = [&] {
        const std::string_view text = trim(sentence);
        const bool address = text.starts_with("http://") || text.starts_with("https://");
        if (!text.empty() && address && !sentences.empty())
            sentences.back() += " " + std::string(text);
        else if (!text.empty())
            sentences.emplace_back(text);
        sentence.clear();
    };
    constexpr std::string_view full_stop = "。";
    for (std::size_t at = 0; at < remark.size();) {
        const bool stop = remark.substr(at).starts_with(full_stop);
        const std::size_t length = stop ? full_stop.size() : 1;
        if (remark[at] != '\n') sentence.append(remark.substr(at, length));
        if (stop || remark[at] == '\n') finish();
        at += length;
    }
    finish();
    return sentences;
}

}  // namespace maru::sheets
