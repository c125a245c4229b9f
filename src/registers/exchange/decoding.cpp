#include "exchange/decoding.hpp"

#include <fmt/core.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>

#include "exchange/messages.hpp"
#include "registers/exchange.hpp"

namespace maru::registers {

namespace {

constexpr std::string_view utf16_little = "\xFF\xFE";
constexpr std::string_view utf16_big = "\xFE\xFF";

struct Conversion {
    std::string text;
    std::optional<std::size_t> stopped_at;  // the first byte that could not be read
};

Result<Conversion> convert(std::string_view bytes, const char* charset) {
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == reinterpret_cast<iconv_t>(-1))  // NOLINT(performance-no-int-to-ptr): POSIX says so
        return fail(
            ErrorKind::unavailable,
            {fmt::format("文字コード {} の変換表がこのシステムにありません。UTF-8 で保存してください。",
                         charset),
             fmt::format("this system cannot read {}; save the file as UTF-8", charset)});
    const auto closer = [](void* open) { iconv_close(open); };
    const std::unique_ptr<void, decltype(closer)> guard(converter, closer);
    Conversion result;
    std::array<char, 65536> buffer{};
    char* in = const_cast<char*>(bytes.data());  // iconv only reads it
    std::size_t left = bytes.size();
    while (left > 0) {
        char* out = buffer.data();
        std::size_t room = buffer.size();
        const std::size_t done = iconv(converter, &in, &left, &out, &room);
        result.text.append(buffer.data(), buffer.size() - room);
        if (done != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
        result.stopped_at = bytes.size() - left;
        break;
    }
    return result;
}

// The length of the well-formed UTF-8 character at the start; 0 when there is none.
std::size_t character_at(std::string_view text) {
    for (std::size_t size = 1; size <= std::min<std::size_t>(4, text.size()); ++size)
        if (is_utf8(text.substr(0, size))) return size;
    return 0;
}

struct Census {
    std::size_t first_broken = std::string_view::npos;
    std::size_t broken = 0;  // bytes that belong to no UTF-8 character
    std::size_t long_bytes =
        0;  // bytes of characters of three bytes and more: in CP932 text they hardly ever arise
};

Census census(std::string_view text) {
    Census result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size =
            static_cast<unsigned char>(text[i]) < 0x80 ? 1 : character_at(text.substr(i));
        if (size >= 3) result.long_bytes += size;
        if (size == 0 && result.broken++ == 0) result.first_broken = i;
        i += std::max<std::size_t>(size, 1);
    }
    return result;
}

Text broken_utf8(unsigned char byte) {
    return {
        fmt::format(
            "UTF-8 として読めないバイト（0x{:02X}）があります。ファイルが壊れていないか確かめてください。",
            byte),
        fmt::format("byte 0x{:02X} is not valid UTF-8; the file may be damaged", byte)};
}

Text no_charset(unsigned char byte) {
    return {
        fmt::format("UTF-8 としても Shift_JIS（CP932）としても読めないバイト（0x{:02X}）があります。UTF-8 "
                    "で保存し直してください。",
                    byte),
        fmt::format(
            "byte 0x{:02X} is valid neither in UTF-8 nor in Shift_JIS (CP932); save the file as UTF-8",
            byte)};
}

Result<std::string> decode_marked(std::string_view bytes, const char* charset) {
    Conversion conversion = TRY(convert(bytes, charset));
    if (!conversion.stopped_at) return std::move(conversion.text);
    return at_row(row_at(conversion.text, conversion.text.size()),
                  {"UTF-16 として読めません。ファイルが途中で切れていないか確かめてください。",
                   "not valid UTF-16; the file may be cut off"});
}

Result<std::string> decode_unmarked(std::string_view bytes) {
    if (is_utf8(bytes)) return std::string(bytes);
    const Census counted = census(bytes);
    const auto byte_at = [&](std::size_t offset) { return static_cast<unsigned char>(bytes[offset]); };
    if (counted.long_bytes > counted.broken)
        return at_row(row_at(bytes, counted.first_broken), broken_utf8(byte_at(counted.first_broken)));
    Conversion conversion = TRY(convert(bytes, "CP932"));
    if (!conversion.stopped_at) return std::move(conversion.text);
    return at_row(row_at(bytes, *conversion.stopped_at), no_charset(byte_at(*conversion.stopped_at)));
}

Result<std::string> decode_any(std::string_view bytes) {
    if (bytes.starts_with(utf16_little)) return decode_marked(bytes.substr(2), "UTF-16LE");
    if (bytes.starts_with(utf16_big)) return decode_marked(bytes.substr(2), "UTF-16BE");
    if (!bytes.starts_with(utf8_bom)) return decode_unmarked(bytes);
    const std::string_view text = bytes.substr(utf8_bom.size());
    if (is_utf8(text)) return std::string(text);
    const std::size_t broken = census(text).first_broken;
    return at_row(row_at(text, broken), broken_utf8(static_cast<unsigned char>(text[broken])));
}

}  // namespace

Result<std::string> decode(std::string_view bytes) {
    std::string text = TRY(decode_any(bytes));
    const std::size_t nul = text.find('\0');
    if (nul == std::string::npos) return text;
    return at_row(row_at(text, nul), {"NUL 文字があります。表のファイルではないか、壊れています。",
                                      "a NUL character; this is no table or the file is damaged"});
}

std::size_t row_at(std::string_view text, std::size_t offset) {
    std::size_t row = 1;
    bool quoted = false;
    for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
        if (text[i] == '"') quoted = !quoted;
        const bool ends =
            text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.size() && text[i + 1] == '\n'));
        if (ends && !quoted) ++row;
    }
    return row;
}

}  // namespace maru::registers
