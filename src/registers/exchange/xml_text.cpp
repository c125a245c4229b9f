#include "exchange/xml_text.hpp"

#include <fmt/core.h>

#include <charconv>

namespace maru::registers {

namespace {

void append_utf8(std::string& out, unsigned code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

// The code of "_xHHHH_" at the start; -1 when there is none or it is half of a surrogate pair.
int escape_at(std::string_view text) {
    if (text.size() < 7 || !text.starts_with("_x") || text[6] != '_') return -1;
    int code = 0;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, code, 16);
    const bool whole = error == std::errc() && end == text.data() + 6 && code >= 0;
    return whole && (code < 0xD800 || code > 0xDFFF) ? code : -1;
}

void append_runs(std::string& out, const pugi::xml_node& node) {
    for (const pugi::xml_node& part : node.children()) {
        const std::string_view name = local_name(part.name());
        if (name == "r") append_runs(out, part);
        if (name == "t") out += part.text().get();
    }
}

}  // namespace

std::string_view local_name(const char* name) {
    const std::string_view whole = name;
    const std::size_t colon = whole.find(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
    for (const pugi::xml_node& one : node.children())
        if (local_name(one.name()) == name) return one;
    return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
    for (const pugi::xml_attribute& one : node.attributes())
        if (local_name(one.name()) == name) return one.value();
    return {};
}

std::string rich_text(const pugi::xml_node& node) {
    std::string out;
    append_runs(out, node);
    return unescape_xstring(out);
}

std::string unescape_xstring(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find("_x"), text.size());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        const int code = escape_at(text);
        if (code >= 0)
            append_utf8(out, static_cast<unsigned>(code));
        else
            out += text.substr(0, 2);
        text.remove_prefix(code >= 0 ? 7 : 2);
    }
    return out;
}

Result<void> parse_xml(pugi::xml_document& document, std::string& text, std::string_view what) {
    const unsigned flags = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_fragment;
    const auto parsed = document.load_buffer_inplace(text.data(), text.size(), flags, pugi::encoding_utf8);
    if (parsed) return {};
    return fail(
        ErrorKind::invalid,
        {fmt::format("xlsx の中の {} が壊れています（{} バイト目）。ファイルを保存し直してください。", what,
                     parsed.offset),
         fmt::format("{} within the xlsx is damaged ({}); save the file again", what, parsed.description())});
}

}  // namespace maru::registers
