#include "registers/erasure_order.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "crypto/hash.hpp"

namespace maru::registers {

namespace {

constexpr std::string_view format_name = "maru-erasure-v1";
constexpr std::size_t order_parts = 10;

std::unexpected<Error> broken(std::string_view part) {
    return fail(ErrorKind::corrupt, {fmt::format("消去の記録の {} が読めません。", part),
                                     fmt::format("the record of an erasure has an unreadable {}", part)});
}

// Digits without a sign or leading zeros, so that a line has one way to be written.
Result<std::int64_t> number(std::string_view text, std::string_view part) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || out < 0 || fmt::format("{}", out) != text) return broken(part);
    return out;
}

template <class Array>
Result<Array> bytes(std::string_view text, std::string_view part) {
    const auto read = parse_hex(text);
    Array out{};
    if (!read || read->size() != out.size() || hex(*read) != text) return broken(part);
    std::ranges::copy(*read, out.begin());
    return out;
}

Result<Day> day(std::string_view text, std::string_view part) {
    const auto read = parse_iso_day(text);
    if (!read) return broken(part);
    return *read;
}

// "17:2+3@2028-03-31", "-" for no end.
std::string kept_text(const KeptFields& kept) {
    std::vector<std::string> fields;
    for (const int field : kept.fields) fields.push_back(fmt::format("{}", field));
    return fmt::format("{}:{}@{}", kept.record, join(fields, "+"), kept.until ? kept.until->iso() : "-");
}

Result<KeptFields> parse_kept(std::string_view text) {
    const std::size_t colon = text.find(':'), at = text.find('@');
    if (colon == std::string_view::npos || at == std::string_view::npos || at < colon) return broken("kept");
    KeptFields out;
    out.record = TRY(number(text.substr(0, colon), "kept"));
    for (const std::string& field : split(text.substr(colon + 1, at - colon - 1), '+')) {
        const std::int64_t value = TRY(number(field, "kept"));
        if (value > 1'000'000 || (!out.fields.empty() && value <= out.fields.back())) return broken("kept");
        out.fields.push_back(static_cast<int>(value));
    }
    if (const std::string_view until = text.substr(at + 1); until != "-") out.until = TRY(day(until, "kept"));
    return out;
}

std::string all_kept(const std::vector<KeptFields>& kept) {
    if (kept.empty()) return "-";
    std::vector<std::string> out;
    for (const KeptFields& one : kept) out.push_back(kept_text(one));
    return join(out, ",");
}

Result<std::vector<KeptFields>> parse_all_kept(std::string_view text) {
    std::vector<KeptFields> out;
    if (text == "-") return out;
    for (const std::string& one : split(text, ',')) out.push_back(TRY(parse_kept(one)));
    return out;
}

bool is_plain_line(std::string_view text) {
    return is_utf8(text) && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

Result<ErasureOrder> order_of(const std::vector<std::string>& parts) {
    if (parts.size() != order_parts || parts[0] != format_name) return broken("form");
    ErasureOrder out;
    out.nonce = TRY(bytes<Nonce>(parts[1], "nonce"));
    out.person = TRY(number(parts[2], "person"));
    out.born = TRY(number(parts[3], "born"));
    out.born_leaf = TRY(bytes<Hash>(parts[4], "leaf"));
    out.requested = TRY(day(parts[5], "requested"));
    out.executed = TRY(day(parts[6], "executed"));
    out.kept = TRY(parse_all_kept(parts[7]));
    if (parts[8] != "-") out.replays = TRY(number(parts[8], "replays"));
    out.basis = parts[9];
    if (out.basis.empty() || !is_plain_line(out.basis)) return broken("basis");
    return out;
}

std::string tag_of(std::string_view text, const Hash& key) {
    return hex(crypto::hmac_sha256(key, as_bytes(text)));
}

}  // namespace

std::string to_line(const ErasureOrder& order) {
    return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", format_name, hex(order.nonce), order.person,
                       order.born, hex(order.born_leaf), order.requested.iso(), order.executed.iso(),
                       all_kept(order.kept), order.replays ? fmt::format("{}", *order.replays) : "-",
                       order.basis);
}

Result<ErasureOrder> parse_order(std::string_view line) { return order_of(split(line, '\t')); }

std::string to_line(const ListedErasure& erasure, const Hash& key) {
    const std::string text = fmt::format("{}\t{}", to_line(erasure.order), erasure.entry);
    return fmt::format("{}\t{}", text, tag_of(text, key));
}

Result<ListedErasure> parse_listed(std::string_view line, const Hash& key) {
    std::vector<std::string> parts = split(line, '\t');
    if (parts.size() != order_parts + 2) return broken("form");
    const std::size_t tag = line.rfind('\t');
    if (tag_of(line.substr(0, tag), key) != parts.back()) return broken("tag");
    const std::int64_t entry = TRY(number(parts[order_parts], "entry"));
    parts.resize(order_parts);
    return ListedErasure{TRY(order_of(parts)), entry};
}

}  // namespace maru::registers
