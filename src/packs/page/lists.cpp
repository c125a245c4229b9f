// The entries of the period; what is in the pack and what is withheld.
#include <fmt/core.h>

#include <map>

#include "page/html.hpp"
#include "page/page.hpp"

namespace maru::packs {

namespace {

using html::both;

Text kind_words(const std::string& kind) {
    if (kind == "put") return {"記録", "put"};
    if (kind == "retire") return {"取消", "retire"};
    if (kind == "organisation") return {"組織の作成", "organisation"};
    if (kind == "log") return {"署名鍵の更新", "new signing key"};
    if (kind == "erasure") return {"個人データの消去", "erasure"};
    if (kind == "erasure_replayed") return {"消去の再実行", "erasure repeated"};
    if (kind == "access") return {"閲覧記録の封", "seal of the access record"};
    if (kind == "timestamp") return {"タイムスタンプ", "time stamp"};
    return {kind, kind};
}

// Names that the pack shows: of disclosed records, by index and by id.
struct Titles {
    std::map<std::int64_t, const ChosenRecord*> by_entry;
    std::map<std::string, const ChosenRecord*> by_id;
};

Titles titles_of(const Selection& selection) {
    Titles out;
    for (const ChosenRecord& one : selection.records) {
        out.by_entry[one.record.from_index] = &one;
        out.by_id[std::to_string(one.record.id)] = &one;
    }
    return out;
}

// A tag stands for a person without saying who it is.
std::string record_words(const ListedEntry& listed, const Titles& titles) {
    const auto exact = titles.by_entry.find(listed.index);
    if (exact != titles.by_entry.end() && !exact->second->title.empty())
        return html::escaped(exact->second->title);
    const std::string& record = listed.entry.record;
    const auto same = titles.by_id.find(record);
    if (same != titles.by_id.end() && !same->second->title.empty()) return html::escaped(same->second->title);
    if (record.empty()) return "";
    return fmt::format("<span class=\"mono\">{}</span>", html::escaped(record.substr(0, 12)));
}

std::string register_words(const PageInput& input, const std::string& name) {
    const registers::Register* of = input.pack.schema.find(name);
    return of ? both(of->label) : html::escaped(name);
}

std::string who(const std::string& actor) {
    if (actor.empty()) return both("サーバーのコマンド", "command line of the host");
    return fmt::format("<span class=\"mono\">{}</span>", html::escaped(actor.substr(0, 12)));
}

std::string entry_row(const PageInput& input, const ListedEntry& listed, const Titles& titles) {
    const bool proven = titles.by_entry.contains(listed.index);
    const std::string number = proven ? fmt::format("<a href=\"receipts/{0}.json\">{0}</a>", listed.index)
                                      : fmt::format("{}", listed.index);
    return fmt::format(
        "<tr><td class=\"num\">{}</td><td class=\"nowrap\">{}</td><td>{}</td><td>{}</td><td>{}</td><td "
        "class=\"num\">{}</td><td>{}</td></tr>\n",
        number, html::clock_time(listed.entry.at), both(kind_words(listed.entry.kind)),
        register_words(input, listed.entry.register_name), record_words(listed, titles), listed.entry.version,
        who(listed.entry.actor));
}

std::string counts_line(const PageInput& input, const EntryDay& day) {
    std::string out;
    for (const auto& [name, count] : day.by_register)
        out += fmt::format("{}{} {}", out.empty() ? "" : " · ", register_words(input, name), count);
    return out;
}

std::string entry_day(const PageInput& input, const EntryDay& day, const Titles& titles) {
    std::string rows;
    for (const ListedEntry& listed : day.entries) rows += entry_row(input, listed, titles);
    std::string out = fmt::format(
        "<details class=\"day\"><summary>{} — {}</summary>\n<p class=\"note\">{}</p>\n", html::day(day.day),
        both(fmt::format("{} 件", html::grouped(day.count)),
             fmt::format("{} entries", html::grouped(day.count))),
        counts_line(input, day));
    if (!rows.empty())
        out += "<div class=\"scroll\"><table><thead><tr><th class=\"num\">#</th><th>" + both("時刻", "Time") +
               "</th><th>" + both("操作", "What") + "</th><th>" + both("台帳", "Register") + "</th><th>" +
               both("記録", "Record") + "</th><th class=\"num\">" + both("版", "Version") + "</th><th>" +
               both("記録した人", "Who") + "</th></tr></thead><tbody>\n" + rows + "</tbody></table></div>\n";
    const auto more = day.count - static_cast<std::int64_t>(day.entries.size());
    if (more > 0)
        out += "<p class=\"note\">" +
               both(fmt::format("ほか {} 件は log/ にあります。", html::grouped(more)),
                    fmt::format("{} more are in log/.", html::grouped(more))) +
               "</p>\n";
    return out + "</details>\n";
}

enum class Which { opened, withheld };

std::string field_names(const Need& need, Which which) {
    std::string out;
    for (const registers::Field& field : need.of->fields)
        if (need.fields.contains(field.number) == (which == Which::opened))
            out += (out.empty() ? "" : both("、", ", ")) + both(field.label);
    return out.empty() ? "–" : out;
}

std::string register_row(const RegisterCount& count) {
    const registers::Register& of = *count.need->of;
    return fmt::format("<tr><td>{}</td><td class=\"num\">{} / {}</td><td>{}</td><td>{}</td></tr>\n",
                       both(of.label), html::grouped(count.disclosed), html::grouped(count.total),
                       field_names(*count.need, Which::opened), field_names(*count.need, Which::withheld));
}

std::string left_out(const PageInput& input) {
    std::string out;
    const auto line = [&](std::size_t count, const char* ja, const char* en) {
        if (count == 0) return;
        out += "<p class=\"warn\">" +
               both(fmt::format(fmt::runtime(ja), count), fmt::format(fmt::runtime(en), count)) + "</p>\n";
    };
    line(input.closed,
         "{} "
         "件の記録は、値を開示できません（本人の鍵を消去したか、台帳の項目が変わったため）。記録があったこと"
         "の証明だけを入れました。",
         "{} records cannot be opened any more (the person's key was destroyed, or the register's fields "
         "changed); only the proof that they were recorded is here.");
    line(input.evidence.too_much, "添付ファイル {} 件は、大きさの上限を超えるため入れていません。",
         "{} attachments are left out: they exceed the limit of size.");
    line(input.evidence.missing, "添付ファイル {} 件は、保管場所に見つからないため入れていません。",
         "{} attachments are left out: they are not in the store.");
    return out;
}

}  // namespace

std::string page_entries(const PageInput& input) {
    const Titles titles = titles_of(input.selection);
    std::string out = "<h2>" + both("期間中に記録されたこと", "What was recorded in the period") +
                      "</h2>\n<p class=\"note\">" +
                      both("時刻は日本時間です。番号のリンクは、その記録の証明と開示した値です。",
                           "Times are Japanese. A linked number leads to the proof and the opened values.") +
                      "</p>\n";
    if (input.period.days.empty())
        out += "<p class=\"note\">" +
               both("この期間の記録はありません。", "Nothing was recorded in this period.") + "</p>\n";
    out += "<div class=\"card\">\n";
    for (const EntryDay& day : input.period.days) out += entry_day(input, day, titles);
    return out + "</div>\n";
}

std::string page_disclosed(const PageInput& input) {
    std::string out =
        "<h2>" + both("開示した項目と伏せた項目", "What is disclosed and what is withheld") +
        "</h2>\n<p class=\"note\">" +
        both(
            "記録簿（log/"
            "）は全件の封筒だけで、値も氏名も含みません。値を開示したのは、選んだ項目の点検が読む台帳の、"
            "点検が読む項目・キー・添付ファイルです。個人データの項目は、点検が読むものだけを開示しました。"
            "伏せた値はコミットメントだけがあり、後から一つずつ開示できます（maru ledger receipt）。",
            "The ledger (log/) is complete, but holds envelopes only: no values and no names. Opened are, in "
            "the "
            "registers that the checks of these items read, the fields that they read, keys and attachments; "
            "personal fields only where a check reads them. Of withheld values there is a commitment, with "
            "which "
            "each can be opened later (maru ledger receipt).") +
        "</p>\n" + left_out(input) + "<div class=\"card scroll\"><table><thead><tr><th>" +
        both("台帳", "Register") + "</th><th class=\"num\">" + both("開示 / 全体", "Opened / all") +
        "</th><th>" + both("開示した項目", "Opened fields") + "</th><th>" +
        both("伏せた項目", "Withheld fields") + "</th></tr></thead><tbody>\n";
    for (const RegisterCount& count : input.selection.registers) out += register_row(count);
    return out + "</tbody></table></div>\n";
}

}  // namespace maru::packs
