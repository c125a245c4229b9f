// The envelope of an entry (docs/formats/entry.md).
#include <fmt/core.h>

#include "envelope/time.hpp"
#include "ledger/log.hpp"

namespace maru::ledger {

namespace {

// The escapes of RFC 8785 section 3.2.2.2: as few as JSON allows, so that equal entries have equal bytes.
void add_escaped(std::string& out, char c) {
    switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\t': out += "\\t"; break;
        case '\n': out += "\\n"; break;
        case '\f': out += "\\f"; break;
        case '\r': out += "\\r"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                out += fmt::format("\\u{:04x}", static_cast<int>(c));
            else
                out += c;
    }
}

void add_text(std::string& out, std::string_view key, std::string_view value) {
    out += fmt::format(",\"{}\":\"", key);
    for (const char c : value) add_escaped(out, c);
    out += '"';
}

void add_text_unless_empty(std::string& out, std::string_view key, std::string_view value) {
    if (!value.empty()) add_text(out, key, value);
}

void add_number(std::string& out, std::string_view key, std::int64_t value) {
    out += fmt::format(",\"{}\":{}", key, value);
}

constexpr std::string_view head = "{\"v\":1,\"at\":\"";

}  // namespace

std::string encode(const Entry& entry) {
    std::string out(head);
    out += format_instant_milliseconds(entry.at) + '"';
    add_text(out, "kind", entry.kind);
    add_text_unless_empty(out, "register", entry.register_name);
    add_text_unless_empty(out, "record", entry.record);
    if (entry.version != 0) add_number(out, "version", entry.version);
    if (entry.previous) add_number(out, "previous", *entry.previous);
    add_text_unless_empty(out, "actor", entry.actor);
    if (entry.commitment) add_text(out, "commitment", hex(*entry.commitment));
    add_text_unless_empty(out, "note", entry.note);
    return out + '}';
}

Result<Instant> time_in(std::string_view body) {
    const std::size_t end = body.starts_with(head) ? body.find('"', head.size()) : std::string_view::npos;
    if (end == std::string_view::npos)
        return fail(ErrorKind::corrupt,
                    {"変更記録の形式が正しくありません。バックアップから復元してください。",
                     "the entry's envelope is malformed; restore the database from a backup"});
    return parse_instant(body.substr(head.size(), end - head.size()));
}

}  // namespace maru::ledger
