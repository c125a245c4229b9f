#include <arpa/inet.h>
#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <optional>

#include "values/scalars.hpp"

namespace maru::registers {

namespace {

enum class LineFeeds { refused, kept };

// C0 without the line feed where it may stay, DEL and C1.
bool has_control(std::string_view text, LineFeeds line_feeds) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\n' && line_feeds == LineFeeds::kept) continue;
        if (byte < 0x20 || byte == 0x7F) return true;
        const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (c1) return true;
    }
    return false;
}

std::string with_line_feeds(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r')
            out += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n')
            out += '\n';
    }
    return out;
}

bool every_code_point(std::string_view text, bool (*accepts)(char32_t)) {
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t code = 0;
        const utf8proc_ssize_t size = utf8proc_iterate(at, left, &code);
        if (size <= 0 || !accepts(static_cast<char32_t>(code))) return false;
        at += size;
        left -= size;
    }
    return true;
}

bool is_kana(char32_t c) {
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x3099 && c <= 0x30FE) || (c >= 0xFF65 && c <= 0xFF9F) ||
           c == ' ' || c == 0x3000 || c == 0xFF1D || c == '=';
}

bool is_alnum(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }
bool is_hex(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return text;
}

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c & ~0x20);
    return text;
}

std::string compatible(std::string_view text) { return std::string(trim(normalize_compatibility(text))); }

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// One label of a host name; letters outside ASCII are left to the name system.
bool is_host_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label,
                               [](char c) { return is_alnum(c) || c == '-' || c == '_' || !is_ascii(c); });
}

bool is_host(std::string_view host) {
    const std::vector<std::string> labels = split(host, '.');
    return host.size() <= 253 && std::ranges::all_of(labels, is_host_label);
}

Result<std::string> furigana(std::string_view written) {
    if (every_code_point(written, is_kana)) return std::string(written);
    return unusable({"ふりがなは、かなだけで書いてください。", "kana only"});
}

Result<std::string> phone(std::string_view written) {
    std::string number = compatible(written);
    for (const std::string_view hyphen : {"\u2010", "\u2212", "\u30FC", "\u2013", "\u2015"})
        replace_all(number, hyphen, "-");
    const auto digits = std::ranges::count_if(number, [](char c) { return c >= '0' && c <= '9'; });
    const bool plain =
        number.find_first_not_of("0123456789+-() ") == std::string::npos && number.rfind('+') + 1 <= 1;
    if (plain && digits >= 3 && digits <= 15) return number;
    return unusable(
        {"電話番号を 03-1234-5678 のように書いてください。", "a telephone number such as 03-1234-5678"});
}

Result<std::string> hostname(std::string_view written) {
    std::string host = compatible(written);
    if (is_host(host) && std::ranges::all_of(host, is_ascii)) return host;
    return unusable({"ホスト名を英数字・ハイフン・ピリオドで書いてください（例: pc-001.example.jp）。",
                     "a host name of letters, digits, hyphens and dots, such as pc-001.example.jp"});
}

// The address as inet_ntop writes it (RFC 5952), "" when it is none.
std::string canonical_address(int family, const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (inet_pton(family, text.c_str(), address.data()) != 1) return "";
    return inet_ntop(family, address.data(), out.data(), out.size());
}

Result<std::string> ip(std::string_view written) {
    const std::string text = compatible(written);
    const std::size_t slash = text.find('/');
    const int family = text.find(':') == std::string::npos ? AF_INET : AF_INET6;
    std::string address = canonical_address(family, text.substr(0, slash));
    const std::string prefix = slash == std::string::npos ? "0" : text.substr(slash + 1);
    const bool sane = !prefix.empty() && prefix.size() <= 3 &&
                      prefix.find_first_not_of("0123456789") == std::string::npos &&
                      std::stoi(prefix) <= (family == AF_INET ? 32 : 128);
    if (!address.empty() && sane)
        return slash == std::string::npos ? address : address + "/" + std::to_string(std::stoi(prefix));
    return unusable({"IPアドレスを 192.0.2.10 のように書いてください。",
                     "an IP address such as 192.0.2.10 or 2001:db8::1"});
}

Result<std::string> code(std::string_view written) {
    std::string text = compatible(written);
    if (text.find(' ') == std::string::npos) return text;
    return unusable({"番号・記号の途中に空白は使えません。", "a code without spaces"});
}

// ISO 3166-1 alpha-2, officially assigned.
constexpr std::string_view countries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV "
    "BW BY BZ CA CC CD "
    "CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF "
    "GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU "
    "MV MW MX MY MZ NA "
    "NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB "
    "SC SD SE SG SH SI "
    "SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY "
    "UZ VA VC VE VG VI "
    "VN VU WF WS YE YT ZA ZM ZW ";

Result<std::string> country(std::string_view written) {
    std::string text = upper(compatible(written));
    if (text.size() == 2 && text.find(' ') == std::string::npos &&
        countries.find(text + " ") != std::string_view::npos)
        return text;
    return unusable({"国名を JP、US のような2文字の国コード（ISO 3166-1）で書いてください。",
                     "a country code of two letters (ISO 3166-1), such as JP or US"});
}

using Reader = Result<std::string> (*)(std::string_view);
struct NamedReader {
    std::string_view format;
    Reader read;
};
constexpr std::array<NamedReader, 6> formats{{{"furigana", furigana},
                                              {"phone", phone},
                                              {"hostname", hostname},
                                              {"ip", ip},
                                              {"code", code},
                                              {"country", country}}};

Result<std::string> in_format(const Field& field, std::string_view text) {
    for (const NamedReader& named : formats)
        if (named.format == field.format) return named.read(text);
    return std::string(text);
}

Result<void> check_length(const Field& field, std::string_view written, int otherwise) {
    const auto limit = static_cast<std::size_t>(field.max_length > 0 ? field.max_length : otherwise);
    const std::size_t length = code_points(written);
    if (length <= limit) return {};
    return unusable({fmt::format("{} 文字あります。{} 文字以内で書いてください。", length, limit),
                     fmt::format("at most {} characters (these are {})", limit, length)});
}

Text one_line() {
    return {"改行・タブなどの制御文字は使えません。1行で書いてください。",
            "one line without tabs and other control characters"};
}

std::optional<std::string> normal_url(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.find(' ') != std::string_view::npos || text.size() > 2000)
        return std::nullopt;
    const std::string scheme = lower(std::string(text.substr(0, colon)));
    std::string_view rest = text.substr(colon + 1);
    if (scheme == "mailto") {
        const std::size_t at = rest.find('@');
        const std::string_view host = rest.substr(at + 1, rest.find('?', at) - at - 1);
        if (at == 0 || at == std::string_view::npos || !is_host(host)) return std::nullopt;
        return scheme + ":" + std::string(rest);
    }
    if ((scheme != "http" && scheme != "https") || !rest.starts_with("//")) return std::nullopt;
    rest.remove_prefix(2);
    const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
    const std::string authority = lower(std::string(rest.substr(0, end)));
    const std::size_t port = authority.rfind(':');
    const bool good_port =
        port == std::string::npos || authority.find_first_not_of("0123456789", port + 1) == std::string::npos;
    if (!good_port || !is_host(authority.substr(0, port))) return std::nullopt;
    return scheme + "://" + authority + std::string(rest.substr(end));
}

std::optional<std::string> normal_mail(const std::string& text) {
    const std::size_t at = text.find('@');
    if (at == std::string::npos || at == 0 || at > 64 || text.size() > 254 ||
        text.find('@', at + 1) != std::string::npos)
        return std::nullopt;
    const std::string domain = lower(text.substr(at + 1));
    const bool local_sane = text.find_first_of(" ,;<>()[]\"\\:") == std::string::npos;
    if (!local_sane || domain.find('.') == std::string::npos || !is_host(domain)) return std::nullopt;
    return text.substr(0, at + 1) + domain;
}

}  // namespace

Result<store::Value> parse_text(const Field& field, std::string_view written) {
    const bool lines = field.element() == FieldType::long_text;
    // A key "PC-001 " would be another record than "PC-001", and a reference could not name it.
    const std::string text = lines ? with_line_feeds(written) : std::string(trim(written));
    if (has_control(text, lines ? LineFeeds::kept : LineFeeds::refused)) {
        if (!lines) return unusable(one_line());
        return unusable(
            {"改行以外の制御文字（タブなど）は使えません。", "text without tabs and control characters"});
    }
    TRY(check_length(field, text, lines ? 20'000 : 200));
    std::string value = TRY(in_format(field, text));
    if (value.empty()) return unusable({"文字がありません。", "characters besides white space"});
    return value;
}

Result<store::Value> parse_url(std::string_view written) {
    // As written first: NFKC would change the characters of a path.
    for (const std::string& text : {std::string(trim(written)), compatible(written)})
        if (const auto url = normal_url(text); url && !has_control(text, LineFeeds::refused)) return *url;
    return unusable({"URL を https://example.jp/ のように書いてください（http、https、mailto）。",
                     "a URL with a host, such as https://example.jp/ (http, https or mailto)"});
}

Result<store::Value> parse_mail(std::string_view written) {
    const std::string text = compatible(written);
    if (const auto mail = normal_mail(text); mail && !has_control(text, LineFeeds::refused)) return *mail;
    return unusable({"メールアドレスを yamada@example.jp のように書いてください。",
                     "a mail address such as yamada@example.jp"});
}

Result<store::Value> parse_mac(std::string_view written) {
    std::string digits = lower(compatible(written));
    std::erase_if(digits, [](char c) { return c == ':' || c == '-' || c == '.'; });
    if (digits.size() != 12 || !std::ranges::all_of(digits, is_hex))
        return unusable({"MACアドレスを 00:11:22:aa:bb:cc のように書いてください。",
                         "a MAC address such as 00:11:22:aa:bb:cc"});
    for (std::size_t at = 10; at > 0; at -= 2) digits.insert(at, ":");
    return digits;
}

Result<store::Value> parse_sha256(const Field& field, std::string_view written) {
    std::string digits = lower(compatible(written));
    if (digits.starts_with("sha256:")) digits.erase(0, 7);
    if (digits.size() == 64 && std::ranges::all_of(digits, is_hex)) return digits;
    if (field.element() == FieldType::file)
        return unusable(
            {"添付ファイルは、コマンドラインで @ファイル名 と書くか、保管済みの "
             "SHA-256（16進64文字）で書いてください。",
             "@path on the command line, or the SHA-256 of a stored file (64 hexadecimal digits)"});
    return unusable({"SHA-256 を16進64文字で書いてください。", "a SHA-256 of 64 hexadecimal digits"});
}

}  // namespace maru::registers
