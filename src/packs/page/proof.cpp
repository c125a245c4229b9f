// How the page's contents can be verified.
#include <fmt/core.h>

#include "page/html.hpp"
#include "page/page.hpp"

namespace maru::packs {

namespace {

using html::both;

std::string term(const std::string& name, const std::string& value) {
    return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, value);
}

std::string mono(std::string_view text) {
    return fmt::format("<span class=\"mono\">{}</span>", html::escaped(text));
}

}  // namespace

std::string page_proof(const PageInput& input) {
    const ledger::Checkpoint& checkpoint = input.pack.checkpoint.checkpoint;
    std::string out =
        "<h2>" + both("検証のしかた", "How to verify") + "</h2>\n<div class=\"card\">\n<p>" +
        both(
            "このページは、組織が自分で計算した結果です。次の鍵を組織から別の経路（契約書、公開ページなど）で"
            "受け取り、"
            "手元の道具で確かめてください。maru を使わない手順も VERIFY.md にあります。",
            "This page is what the organisation computed itself. Get the key below from it by another way (a "
            "contract, its public page) and check with tools of your own. VERIFY.md also has the steps "
            "without maru.") +
        "</p>\n<pre>maru ledger verify . --key keys/log.vkey\nsha256sum --quiet -c MANIFEST</pre>\n<dl>\n";
    out += term(both("記録簿", "Ledger"), mono(checkpoint.origin));
    out += term(both("鍵", "Key"), mono(ledger::to_text(input.pack.key.verifier())));
    out += term(both("署名済みの件数", "Entries signed"),
                html::grouped(static_cast<std::int64_t>(checkpoint.size)));
    out += term(both("ルート", "Root"), mono(base64(checkpoint.root)));
    out +=
        term(both("判定の定義（SHA-256）", "Definitions (SHA-256)"), mono(input.pack.last.sheet.definitions));
    out += term(both("証明した記録", "Records with proof"),
                html::grouped(static_cast<std::int64_t>(input.selection.records.size())));
    out += term(both("添付ファイル", "Attachments"),
                html::grouped(static_cast<std::int64_t>(input.evidence.files.size())));
    return out + "</dl>\n<p class=\"note\">" +
           both(
               "検証で分かること: 記録がこの順で、この内容で記録されたこと。分からないこと: "
               "記録の中身が事実かどうか、"
               "立会人の連署やタイムスタンプがない場合の正確な時刻。",
               "What it proves: that these entries were recorded in this order with these contents. What it "
               "does not: that what they say is true, nor the exact time unless a witness or a time stamp "
               "confirms it.") +
           "</p>\n</div>\n";
}

}  // namespace maru::packs
