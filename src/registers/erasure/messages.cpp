#include "erasure/messages.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "crypto/hash.hpp"
#include "erasure/mentions.hpp"
#include "records/my_number.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t longest_basis = 300;  // characters
constexpr std::size_t key_name_bytes = 8;

bool is_one_line(const std::string& text) {
    return std::ranges::none_of(text,
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

Text joined(const std::vector<Text>& parts, const std::string& separator) {
    Text out;
    for (const Text& part : parts) {
        out.ja += separator + part.ja;
        out.en += separator + part.en;
    }
    return out;
}

}  // namespace

std::unexpected<Error> blocked(const ErasurePlan& plan) {
    Text list;
    for (const RecordNote& one : plan.blockers) {
        list.ja += fmt::format("\n  {} {}: {} → {}", one.of->label.ja, one.key, one.message.ja, one.todo.ja);
        list.en += fmt::format("\n  {} {}: {} → {}", one.of->name, one.key, one.message.en, one.todo.en);
    }
    return fail(ErrorKind::conflict, {fmt::format("まだ消去できません。先に次の {} 件を片付けてください。{}",
                                                  plan.blockers.size(), list.ja),
                                      fmt::format("cannot be erased yet; settle these {} first:{}",
                                                  plan.blockers.size(), list.en)});
}

std::unexpected<Error> nothing_left(const ErasurePlan& plan) {
    std::optional<Day> next;
    for (const Kept& kept : plan.kept)
        if (kept.until && (!next || *kept.until < *next)) next = kept.until;
    const Text rest =
        next ? Text{fmt::format("残りは保存義務のあるもので、最初の期限は {} です。", next->iso()),
                    fmt::format("; the rest must be kept, the first of it until {}", next->iso())}
             : Text{};
    const Text before = plan.erased_by
                            ? Text{fmt::format("変更 {} により消去済みです。", *plan.erased_by),
                                   fmt::format("was erased by entry {}", *plan.erased_by)}
                            : Text{"消去する個人データがありません。", "has no personal data to erase"};
    return fail(ErrorKind::conflict, {fmt::format("従業者 #{}: {}{}", plan.person, before.ja, rest.ja),
                                      fmt::format("person #{}: {}{}", plan.person, before.en, rest.en)});
}

Result<void> check_basis(const std::string& basis, const std::vector<std::string>& words) {
    if (!is_utf8(basis) || trim(basis).empty() || code_points(basis) > longest_basis || !is_one_line(basis))
        return fail(
            ErrorKind::invalid,
            {fmt::format(
                 "根拠（--basis）は1行・{}文字以内で書いてください。例: 本人の請求（個人情報保護法35条）",
                 longest_basis),
             fmt::format(
                 "write the basis (--basis) as one line of at most {} characters, e.g. request of the "
                 "person (APPI art. 35)",
                 longest_basis)});
    if (!stands_in(words, basis) && !holds_my_number(basis)) return {};
    return fail(ErrorKind::invalid,
                {"根拠（--basis）は消せない変更記録簿に残ります。氏名・番号などを除いて書いてください。",
                 "the basis (--basis) goes into the ledger for ever; write it without names and numbers of "
                 "the person"});
}

std::string key_name(const std::optional<Hash>& key) {
    if (!key) return "-";
    const std::vector<ByteView> parts{as_bytes("maru-key-name-v1"), ByteView(*key)};
    return hex(ByteView(crypto::sha256(parts)).first(key_name_bytes));
}

std::string note_of(const ErasureOrder& order, std::int64_t values, const std::string& key) {
    std::size_t kept = 0;
    for (const KeptFields& one : order.kept) kept += one.fields.size();
    return fmt::format("requested={}; executed={}; values={}; kept={}; key={};{} basis={}",
                       order.requested.iso(), order.executed.iso(), values, kept, key,
                       order.replays ? fmt::format(" replays={};", *order.replays) : "", order.basis);
}

Text was_finished(std::int64_t person, std::int64_t entry) {
    return {fmt::format("中断していた従業者 #{} の消去（変更 {}）を終えました。", person, entry),
            fmt::format("the interrupted erasure of person #{} (entry {}) has been finished", person, entry)};
}

Text still_open(std::int64_t person, std::int64_t entry, const std::vector<Text>& open) {
    const Text list = joined(open, "\n  ");
    return {fmt::format("従業者 #{} の消去（変更 {}）はまだ終わっていません。次に書き込むときに続けます。{}",
                        person, entry, list.ja),
            fmt::format(
                "the erasure of person #{} (entry {}) is not finished; the next writing command goes on with "
                "it:{}",
                person, entry, list.en)};
}

Text was_repeated(const ListedErasure& listed, std::int64_t entry, std::int64_t values) {
    return {fmt::format(
                "データか鍵が、従業者 #{} の消去（{}、変更 {}）より前の控えから戻されています。消去をやり直"
                "しました（変更 {}、{} 件の値）。根拠: {}",
                listed.order.person, listed.order.executed.iso(), listed.entry, entry, values,
                listed.order.basis),
            fmt::format("data or keys were put back from a copy older than the erasure of person #{} ({}, "
                        "entry {}). The erasure was repeated (entry {}, {} values). Basis: {}",
                        listed.order.person, listed.order.executed.iso(), listed.entry, entry, values,
                        listed.order.basis)};
}

}  // namespace maru::registers
