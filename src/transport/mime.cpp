#include "transport/mime.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/bytes.hpp"

namespace maru::transport {

namespace {

constexpr std::size_t word_bytes = 45;  // base64 makes 60 of them; with =?UTF-8?B? ?= 72
constexpr std::size_t base64_line = 76;
constexpr std::size_t longest_plain_header = 900;

bool is_printable_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

std::unexpected<Error> bad_field(std::string_view field, const Text& what) {
    return fail(ErrorKind::invalid,
                {fmt::format("メールの{}: {}", field, what.ja), fmt::format("mail, {}: {}", field, what.en)});
}

Result<void> check_line(std::string_view field, std::string_view text) {
    if (!is_utf8(text)) return bad_field(field, {"UTF-8ではありません。", "is not UTF-8"});
    if (has_control(text))
        return bad_field(field,
                         {"改行や制御文字は使えません。", "line breaks and control characters are refused"});
    return {};
}

Result<void> check_body(std::string_view field, std::string_view text) {
    if (!is_utf8(text)) return bad_field(field, {"UTF-8ではありません。", "is not UTF-8"});
    if (text.find('\0') != text.npos) return bad_field(field, {"NULは使えません。", "NUL is refused"});
    return {};
}

// Header names are tokens; values that were not checked elsewhere are plain ASCII.
Result<void> check_header(std::string_view name, std::string_view value) {
    const bool is_token = !name.empty() && std::ranges::all_of(name, [](char c) {
        return c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
    if (is_token && is_printable_ascii(value) && value.size() <= longest_plain_header) return {};
    return bad_field("header",
                     {"使えない文字があるか、長すぎます。", "characters that cannot be used, or too long"});
}

// The longest beginning of at most `limit` bytes that ends between two characters.
std::size_t whole_characters(std::string_view utf8, std::size_t limit) {
    if (utf8.size() <= limit) return utf8.size();
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
    return end == 0 ? limit : end;
}

std::string in_lines(const std::string& encoded) {
    std::string out;
    for (std::size_t at = 0; at < encoded.size(); at += base64_line)
        out += encoded.substr(at, base64_line) + "\r\n";
    return out;
}

// Text parts have CRLF line ends before they are encoded (RFC 2045 section 6.8).
std::string with_crlf(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
        out += text[i];
    }
    return out;
}

std::string part(std::string_view type, std::string_view text) {
    return fmt::format("Content-Type: {}; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", type) +
           in_lines(base64(as_bytes(with_crlf(text))));
}

std::string quoted_name(std::string_view name) {
    if (!is_printable_ascii(name)) return encoded_words(name);
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string mailbox(const Mailbox& box) {
    if (box.name.empty()) return "<" + box.address + ">";
    const std::string name = quoted_name(box.name);
    return name + (name.size() > base64_line - 20 ? "\r\n <" : " <") + box.address + ">";
}

// RFC 5322 section 3.3.
std::string date_text(Instant instant) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - day));
    return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000",
                       days[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                       months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

Result<void> check(const Message& message) {
    TRY(check_address(message.from.address));
    TRY(check_address(message.to.address));
    TRY(check_address(message.id));
    TRY(check_line("From", message.from.name));
    TRY(check_line("To", message.to.name));
    TRY(check_line("Subject", message.subject));
    TRY(check_body("text", message.text));
    TRY(check_body("html", message.html));
    for (const auto& [name, value] : message.headers) TRY(check_header(name, value));
    return {};
}

std::string headers_of(const Message& message) {
    std::string out = "Date: " + date_text(message.date) + "\r\nFrom: " + mailbox(message.from) +
                      "\r\nTo: " + mailbox(message.to) + "\r\nMessage-ID: <" + message.id +
                      ">\r\nSubject: " + encoded_words(message.subject) +
                      "\r\nAuto-Submitted: auto-generated\r\nContent-Language: " +
                      (message.language == Language::ja ? "ja" : "en") + "\r\n";
    for (const auto& [name, value] : message.headers)
        out.append(name).append(": ").append(value).append("\r\n");
    return out + "MIME-Version: 1.0\r\n";
}

}  // namespace

Result<void> check_address(std::string_view address) {
    const std::size_t at = address.find('@');
    const bool good = at != address.npos && at > 0 && at + 1 < address.size() && address.size() <= 254 &&
                      address.find('@', at + 1) == address.npos && is_printable_ascii(address) &&
                      address.find_first_of(" <>\"\\,;:()") == address.npos;
    if (good) return {};
    return fail(
        ErrorKind::invalid,
        {fmt::format("「{}」はメールアドレスとして使えません。", has_control(address) ? "" : address),
         fmt::format("\"{}\" cannot be used as a mail address", has_control(address) ? "" : address)});
}

std::string encoded_words(std::string_view utf8) {
    // What looks like an encoded word must not be read as one.
    if (is_printable_ascii(utf8) && utf8.find("=?") == utf8.npos && utf8.size() <= base64_line - 10)
        return std::string(utf8);
    std::string out;
    while (!utf8.empty()) {
        const std::size_t length = whole_characters(utf8, word_bytes);
        out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(as_bytes(utf8.substr(0, length))) +
               "?=";
        utf8.remove_prefix(length);
    }
    return out;
}

Result<std::string> mime(const Message& message) {
    TRY(check(message));
    const std::string headers = headers_of(message);
    if (message.html.empty()) return headers + part("text/plain", message.text);
    // Base64 has no "=_", so no line of a part begins like this (RFC 2046 section 5.1.1).
    const std::string boundary = "=_" + message.id.substr(0, std::min<std::size_t>(message.id.find('@'), 40));
    return headers + fmt::format("Content-Type: multipart/alternative; boundary=\"{}\"\r\n\r\n", boundary) +
           fmt::format("--{0}\r\n{1}\r\n--{0}\r\n{2}\r\n--{0}--\r\n", boundary,
                       part("text/plain", message.text), part("text/html", message.html));
}

}  // namespace maru::transport
