#include "lines/lines.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace maru::ledger {

Error at_line(std::size_t line, Error error) {
    error.message.ja.insert(0, fmt::format("{}行目: ", line));
    error.message.en.insert(0, fmt::format("line {}: ", line));
    return error;
}

std::unexpected<Error> fail_at(std::size_t line, const Text& message) {
    return std::unexpected(at_line(line, {ErrorKind::invalid, message}));
}

Result<std::string_view> Lines::next() {
    ++number_;
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos)
        return fail_at(number_,
                       {rest_.empty() ? "ここで途切れています。" : "行の終わりに改行がありません。",
                        rest_.empty() ? "the text breaks off here" : "the line does not end in a newline"});
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
    if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > max_size) return std::nullopt;
    return value;
}

Result<Hash> parse_hash(std::string_view text) {
    const Bytes bytes = TRY(parse_base64(text));
    Hash hash{};
    if (bytes.size() != hash.size())
        return fail(ErrorKind::invalid,
                    {fmt::format("ハッシュは32バイトですが、{}バイトあります。", bytes.size()),
                     fmt::format("a hash has 32 bytes, this has {}", bytes.size())});
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

Result<Proof> read_proof(Lines& lines) {
    Proof proof;
    while (true) {
        const std::string_view line = TRY(lines.next());
        if (line.empty()) return proof;
        auto hash = parse_hash(line);
        if (!hash) return std::unexpected(at_line(lines.number(), std::move(hash).error()));
        if (proof.size() == max_proof)
            return fail_at(lines.number(), {fmt::format("証明のハッシュは{}個までです。", max_proof),
                                            fmt::format("a proof has at most {} hashes", max_proof)});
        proof.push_back(*hash);
    }
}

Error in_checkpoint(Error error) {
    error.message.ja.insert(0, "チェックポイント: ");
    error.message.en.insert(0, "checkpoint: ");
    return error;
}

Result<std::uint64_t> parse_numbered(std::string_view word, std::string_view line) {
    if (line.size() > word.size() && line.starts_with(word) && line[word.size()] == ' ')
        if (const auto value = parse_decimal(line.substr(word.size() + 1))) return *value;
    return fail(ErrorKind::invalid,
                {fmt::format("「{} 」と、先頭に0のない10進数（2^63未満）が必要です。", word),
                 fmt::format("expected \"{} \" and a decimal below 2^63 without leading zeros", word)});
}

}  // namespace maru::ledger
