// Reading an envelope back (docs/formats/entry.md): the keys in their order, and nothing that encode() would
// have written otherwise.
#include <algorithm>
#include <charconv>

#include "ledger/log.hpp"

namespace maru::ledger {

namespace {

std::unexpected<Error> malformed() {
    return fail(ErrorKind::corrupt,
                {"変更記録の形式が正しくありません。バックアップから復元してください。",
                 "the entry's envelope is malformed; restore the database from a backup"});
}

constexpr std::string_view escapes = "\"\\btnfr";
constexpr std::string_view escaped = "\"\\\b\t\n\f\r";

class Reader {
public:
    explicit Reader(std::string_view rest) : rest_(rest) {}

    bool take(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    // `,"key":`
    bool key(std::string_view name) {
        std::string_view ahead = rest_;
        if (!skip(ahead, ",\"") || !skip(ahead, name) || !skip(ahead, "\":")) return false;
        rest_ = ahead;
        return true;
    }

    Result<std::string> text() {
        if (!take("\"")) return malformed();
        std::string out;
        while (!rest_.empty() && rest_.front() != '"') out += TRY(character());
        if (!take("\"")) return malformed();
        return out;
    }

    Result<std::int64_t> number() {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{}) return malformed();
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }

    bool at_end() const { return rest_.empty(); }

private:
    static bool skip(std::string_view& text, std::string_view word) {
        if (!text.starts_with(word)) return false;
        text.remove_prefix(word.size());
        return true;
    }

    char first() {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    Result<char> character() {
        const char c = first();
        if (c != '\\') return c;
        if (rest_.empty()) return malformed();
        if (take("u00")) return control();
        const std::size_t known = escapes.find(first());
        if (known == std::string_view::npos) return malformed();
        return escaped[known];
    }

    Result<char> control() {
        unsigned value = 0;
        const auto [end, error] =
            std::from_chars(rest_.data(), rest_.data() + std::min<std::size_t>(2, rest_.size()), value, 16);
        if (error != std::errc{} || end != rest_.data() + 2) return malformed();
        rest_.remove_prefix(2);
        return static_cast<char>(value);
    }

    std::string_view rest_;
};

Result<Hash> hash_in(std::string_view digits) {
    const Result<Bytes> bytes = parse_hex(digits);
    Hash out{};
    if (!bytes || bytes->size() != out.size()) return malformed();
    std::ranges::copy(*bytes, out.begin());
    return out;
}

Result<Entry> read(Reader reader) {
    Entry entry;
    if (!reader.take("{\"v\":1") || !reader.key("at")) return malformed();
    entry.at = TRY(parse_instant(TRY(reader.text())));
    if (!reader.key("kind")) return malformed();
    entry.kind = TRY(reader.text());
    if (reader.key("register")) entry.register_name = TRY(reader.text());
    if (reader.key("record")) entry.record = TRY(reader.text());
    if (reader.key("version")) entry.version = TRY(reader.number());
    if (reader.key("previous")) entry.previous = TRY(reader.number());
    if (reader.key("actor")) entry.actor = TRY(reader.text());
    if (reader.key("commitment")) entry.commitment = TRY(hash_in(TRY(reader.text())));
    if (reader.key("note")) entry.note = TRY(reader.text());
    if (!reader.take("}") || !reader.at_end()) return malformed();
    return entry;
}

}  // namespace

Result<Entry> decode(std::string_view body) {
    Result<Entry> entry = read(Reader(body));
    if (!entry || encode(*entry) != body) return malformed();
    return entry;
}

}  // namespace maru::ledger
