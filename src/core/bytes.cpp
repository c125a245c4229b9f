#include "core/bytes.hpp"

#include <fmt/core.h>

namespace maru {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

std::unexpected<Error> not_base64() {
    return fail(
        ErrorKind::invalid,
        {"Base64（RFC 4648、末尾の = を含む）として読めません。途中で切れていないか確かめてください。",
         "this is no base64 (RFC 4648, with padding); check that it was copied completely"});
}

// Four digits, of which the last `padding` are "=". Bits that the padding cuts off must be zero, so that
// every byte string has exactly one written form.
bool decode_group(std::string_view group, std::size_t padding, Bytes& out) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const int value = i < 4 - padding ? base64_value(group[i]) : 0;
        if (value < 0) return false;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
    }
    const std::size_t kept = 3 - padding;
    if ((bits & ((1u << (8 * padding)) - 1)) != 0) return false;
    for (std::size_t i = 0; i < kept; ++i) out.push_back(static_cast<std::uint8_t>(bits >> (16 - 8 * i)));
    return true;
}

}  // namespace

ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string hex(ByteView bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out.push_back(hex_digits[byte >> 4]);
        out.push_back(hex_digits[byte & 15]);
    }
    return out;
}

Result<Bytes> parse_hex(std::string_view text) {
    if (text.size() % 2 != 0)
        return fail(ErrorKind::invalid,
                    {"16進数の桁数が奇数です。途中で切れていないか確かめてください。",
                     "odd number of hexadecimal digits; check that it was copied completely"});
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0)
            return fail(ErrorKind::invalid,
                        {fmt::format("{}文字目付近が16進数（0-9、a-f）ではありません。", i + 1),
                         fmt::format("no hexadecimal digit (0-9, a-f) near character {}", i + 1)});
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

std::string base64(ByteView bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t bits = 0;
        for (std::size_t j = 0; j < 3; ++j) bits = bits << 8 | (j < count ? bytes[i + j] : 0u);
        for (std::size_t j = 0; j < 4; ++j)
            out.push_back(j <= count ? base64_digits[(bits >> (18 - 6 * j)) & 63] : '=');
    }
    return out;
}

Result<Bytes> parse_base64(std::string_view text) {
    if (text.size() % 4 != 0) return not_base64();
    Bytes out;
    out.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const std::size_t padding = !last || text[i + 3] != '=' ? 0 : text[i + 2] == '=' ? 2 : 1;
        if (!decode_group(text.substr(i, 4), padding, out)) return not_base64();
    }
    return out;
}

}  // namespace maru
