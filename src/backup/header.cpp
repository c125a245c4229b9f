#include "backup/header.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "crypto/hash.hpp"

namespace maru::backup {

namespace json = boost::json;

namespace {

constexpr std::string_view family = "maru-backup/";
constexpr std::size_t key_id_bytes = 8;

std::unexpected<Error> no_backup() {
    return fail(ErrorKind::invalid,
                {"maru のバックアップではありません（先頭が maru-backup/1 ではありません）。",
                 "no backup of maru (it does not begin with maru-backup/1)"});
}

std::unexpected<Error> newer_format() {
    return fail(ErrorKind::invalid, {"新しい版の maru が作ったバックアップです。maru を更新してください。",
                                     "made by a newer maru; update maru"});
}

std::unexpected<Error> damaged(const char* part) {
    return fail(ErrorKind::corrupt,
                {std::string("見出しが壊れています（") + part + "）。別のバックアップを使ってください。",
                 std::string("its header is damaged (") + part + "); use another backup"});
}

std::string text_at(const json::object& object, const char* name) {
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

Result<Header> header_of(std::string_view line) {
    boost::system::error_code error;
    const json::value parsed = json::parse(line, error);
    if (error || !parsed.is_object()) return damaged("JSON");
    const json::object& object = parsed.as_object();
    Header header;
    header.origin = text_at(object, "origin");
    const json::value* entries = object.if_contains("entries");
    if (entries == nullptr || !entries->is_int64() || entries->as_int64() < 0) return damaged("entries");
    header.entries = entries->as_int64();
    const auto root = parse_base64(text_at(object, "root"));
    if (!root || root->size() != header.root.size()) return damaged("root");
    std::ranges::copy(*root, header.root.begin());
    const auto time = parse_instant(text_at(object, "time"));
    if (!time) return damaged("time");
    header.time = *time;
    header.definitions = text_at(object, "definitions");
    header.program = text_at(object, "program");
    header.key = text_at(object, "key");
    return header;
}

}  // namespace

std::string to_text(const Header& header) {
    const json::object object{{"origin", header.origin},
                              {"entries", header.entries},
                              {"root", base64(header.root)},
                              {"time", format_instant_milliseconds(header.time)},
                              {"definitions", header.definitions},
                              {"program", header.program},
                              {"key", header.key}};
    return std::string(magic) + json::serialize(object) + "\n";
}

Result<ParsedHeader> parse_header(std::string_view beginning) {
    if (!beginning.starts_with(family)) return no_backup();
    if (!beginning.starts_with(magic)) return newer_format();
    const std::size_t end = beginning.find('\n', magic.size());
    if (end == std::string_view::npos || end - magic.size() > longest_header) return damaged("line");
    ParsedHeader out{TRY(header_of(beginning.substr(magic.size(), end - magic.size()))), end + 1};
    // One form only: nothing hides in a header.
    if (to_text(out.header) != beginning.substr(0, out.length)) return damaged("form");
    return out;
}

std::string key_id(const Hash& public_key) {
    return hex(ByteView(crypto::sha256(public_key)).first(key_id_bytes));
}

}  // namespace maru::backup
