#include "lines/names.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "ledger/note.hpp"

namespace maru::ledger {

namespace {

// White_Space of the Unicode Character Database, in UTF-8.
constexpr std::array<std::string_view, 25> spaces = {
    "\t",           "\n",           "\v",           "\f",           "\r",           " ",
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82",
    "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88",
    "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f",
    "\xe3\x80\x80"};

std::unexpected<Error> bad_name(std::string_view name) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("鍵の名前「{}」は使えません。空白と「+」を含まない、空でないUTF-8にしてください。",
                     is_utf8(name) ? name : "?"),
         fmt::format("\"{}\" cannot name a key: it must be UTF-8, not empty, without spaces and \"+\"",
                     is_utf8(name) ? name : "?")});
}

}  // namespace

Result<std::string> require_key_name(std::string_view name) {
    const auto inside = [name](std::string_view part) { return name.find(part) != std::string_view::npos; };
    if (name.empty() || !is_utf8(name) || inside("+") || std::ranges::any_of(spaces, inside))
        return bad_name(name);
    return std::string(name);
}

Result<void> require_own_name(std::string_view name) {
    const auto plain = [](char c) { return c > 0x20 && c < 0x7f && c != '+'; };
    if (!name.empty() && name.size() <= max_key_name && std::ranges::all_of(name, plain)) return {};
    return fail(
        ErrorKind::invalid,
        {fmt::format("鍵の名前は、空白と「+」を含まない半角英数記号1～{}文字にしてください（例: "
                     "example.co.jp/maru）。",
                     max_key_name),
         fmt::format(
             "the name of a key is 1 to {} visible ASCII characters without \"+\", such as example.com/maru",
             max_key_name)});
}

}  // namespace maru::ledger
