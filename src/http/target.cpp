#include "http/target.hpp"

#include <algorithm>
#include <cstdint>

#include "http/ascii.hpp"

namespace maru::http {

namespace {

constexpr std::size_t most_parameters = 256;
constexpr auto npos = std::string_view::npos;

std::unexpected<Error> wrong(const char* ja, const char* en) {
    return fail(ErrorKind::invalid, {std::string("要求の URL が正しくありません: ") + ja,
                                     std::string("the URL of the request is wrong: ") + en});
}

std::unexpected<Error> wrong_percent() {
    return wrong("「%」の後には 16 進数字が 2 つ必要です。", "two hexadecimal digits must follow each %");
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = lowered(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// The byte that "%XY" at `at` stands for, or -1.
int escaped_byte(std::string_view text, std::size_t at) {
    if (at + 2 >= text.size()) return -1;
    const int high = digit(text[at + 1]), low = digit(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

Result<void> check_segments(std::string_view path) {
    std::size_t begin = 1;
    while (begin < path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view segment = path.substr(begin, end - begin);
        if (segment.empty()) return wrong("空の区切りがあります。", "it has an empty segment");
        if (segment == "." || segment == "..")
            return wrong("「.」「..」は使えません。", ". and .. are not taken");
        begin = end + 1;
    }
    return {};
}

// No "%2F": a name would become two. No "\", which some programs take for "/".
Result<void> append_path_byte(std::string& path, int byte, bool escaped) {
    if (byte < 0) return wrong_percent();
    const char c = static_cast<char>(byte);
    if (is_control(c)) return wrong("制御文字があります。", "it has a control character");
    if (c == '\\' || (escaped && c == '/'))
        return wrong("名前に「/」「\\」は使えません。", "names cannot hold / or \\");
    path += c;
    return {};
}

Result<std::string> decode_path(std::string_view written) {
    std::string path;
    path.reserve(written.size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        const bool escaped = written[i] == '%';
        TRY(append_path_byte(
            path, escaped ? escaped_byte(written, i) : static_cast<unsigned char>(written[i]), escaped));
        if (escaped) i += 2;
    }
    TRY(check_segments(path));
    if (!is_utf8(path)) return wrong("UTF-8 ではありません。", "it is not UTF-8");
    return path;
}

Result<std::string> decode_component(std::string_view written) {
    std::string text;
    text.reserve(written.size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        const bool escaped = written[i] == '%';
        const int byte = escaped ? escaped_byte(written, i) : static_cast<unsigned char>(written[i]);
        if (byte < 0) return wrong_percent();
        if (byte == 0) return wrong("NUL があります。", "it has a NUL");
        text += written[i] == '+' ? ' ' : static_cast<char>(byte);
        if (escaped) i += 2;
    }
    if (!is_utf8(text)) return wrong("UTF-8 ではありません。", "it is not UTF-8");
    return text;
}

// Cuts "http://authority" off, if it is there.
std::string cut_authority(std::string_view& written) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!same_name(written.substr(0, scheme.size()), scheme)) continue;
        const std::size_t end = std::min(written.find_first_of("/?", scheme.size()), written.size());
        const std::string_view authority = written.substr(scheme.size(), end - scheme.size());
        written.remove_prefix(end);
        if (!written.starts_with('/')) return "";
        return std::string(authority);
    }
    return "";
}

bool is_unreserved(char c) {
    const char lower = lowered(c);
    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

std::string encoded(std::string_view text, std::string_view kept) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c) || kept.contains(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

}  // namespace

Result<Query> parse_query(std::string_view written) {
    Query query;
    while (!written.empty()) {
        const std::size_t end = std::min(written.find('&'), written.size());
        const std::string_view pair = written.substr(0, end);
        written.remove_prefix(std::min(end + 1, written.size()));
        if (pair.empty()) continue;
        if (query.size() == most_parameters)
            return wrong("引数が 256 個を超えています。", "it has more than 256 parameters");
        const std::size_t equals = pair.find('=');
        std::string name = TRY(decode_component(pair.substr(0, equals)));
        std::string value = equals == npos ? "" : TRY(decode_component(pair.substr(equals + 1)));
        query.emplace_back(std::move(name), std::move(value));
    }
    return query;
}

Result<Target> parse_target(std::string_view written) {
    Target target;
    target.authority = cut_authority(written);
    if (!written.starts_with('/')) return wrong("「/」で始めてください。", "it must begin with /");
    if (written.contains('#')) return wrong("「#」は使えません。", "it has a #");
    const std::size_t mark = written.find('?');
    target.path = TRY(decode_path(written.substr(0, mark)));
    if (mark != npos) target.query = TRY(parse_query(written.substr(mark + 1)));
    return target;
}

std::string encode_component(std::string_view text) { return encoded(text, ""); }
std::string encode_path(std::string_view path) { return encoded(path, "/"); }

}  // namespace maru::http
