#include "ledger/receipt.hpp"

#include <fmt/core.h>

#include "lines/lines.hpp"

namespace maru::ledger {

namespace {

constexpr std::string_view header = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";

template <class T>
Result<T> on_line(const Lines& lines, Result<T> result) {
    if (!result) return std::unexpected(at_line(lines.number(), std::move(result).error()));
    return result;
}

Result<void> read_header(Lines& lines) {
    if (TRY(lines.next()) == header) return {};
    return fail_at(1, {fmt::format("受領証は「{}」で始まります。", header),
                       fmt::format("a receipt starts with \"{}\"", header)});
}

Result<Bytes> read_extra(const Lines& lines, std::string_view line) {
    Bytes extra = TRY(on_line(lines, parse_base64(line.substr(extra_word.size()))));
    if (!extra.empty()) return extra;
    return fail_at(lines.number(), {"extraの内容がありません。", "nothing after \"extra\""});
}

}  // namespace

std::string to_text(const Receipt& receipt) {
    std::string out = fmt::format("{}\n", header);
    if (!receipt.extra.empty()) out += fmt::format("{}{}\n", extra_word, base64(receipt.extra));
    out += fmt::format("index {}\n", receipt.index);
    for (const Hash& hash : receipt.path) out += base64(hash) + "\n";
    return out + "\n" + receipt.checkpoint;
}

Result<Receipt> parse_receipt(std::string_view text) {
    if (text.size() > max_receipt)
        return fail(ErrorKind::invalid, {fmt::format("受領証は{}バイトまでです。", max_receipt),
                                         fmt::format("a receipt has at most {} bytes", max_receipt)});
    Lines lines(text);
    TRY(read_header(lines));
    Receipt out;
    std::string_view line = TRY(lines.next());
    if (line.starts_with(extra_word)) {
        out.extra = TRY(read_extra(lines, line));
        line = TRY(lines.next());
    }
    out.index = TRY(on_line(lines, parse_numbered("index", line)));
    out.path = TRY(read_proof(lines));
    out.checkpoint = lines.rest();
    if (auto parsed = parse_signed_checkpoint(out.checkpoint); !parsed)
        return std::unexpected(in_checkpoint(std::move(parsed).error()));
    return out;
}

Result<TrustedCheckpoint> verify_receipt(const Receipt& receipt, const Hash& leaf, const Policy& policy) {
    TrustedCheckpoint trusted = TRY(open_checkpoint(receipt.checkpoint, policy));
    TRY(verify_inclusion({receipt.index, trusted.checkpoint.size, leaf, trusted.checkpoint.root},
                         receipt.path));
    return trusted;
}

}  // namespace maru::ledger
