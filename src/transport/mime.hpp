// Mail messages as text: RFC 5322 with MIME (RFC 2045, 2046) and encoded words (RFC 2047). Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/day.hpp"
#include "core/result.hpp"

namespace maru::transport {

struct Mailbox {
    std::string name;     // UTF-8, may be ""
    std::string address;  // ASCII addr-spec
};

struct Message {
    Mailbox from, to;
    std::string subject;  // UTF-8, one line
    std::string text;     // UTF-8
    std::string html;     // "" = none; else beside the text (multipart/alternative)
    Language language = Language::ja;
    Instant date{};
    std::string id;                                              // "left@right", without angle brackets
    std::vector<std::pair<std::string, std::string>> headers{};  // further ones, ASCII
};

// With CRLF line ends, no line longer than 998 bytes, ASCII only; says that a program sent it (RFC 3834).
// invalid, naming the field: line breaks or control characters in a header, text that is not UTF-8, an
// address or id that is none.
Result<std::string> mime(const Message& message);

// invalid unless it is one ASCII addr-spec that needs no quoting: no blanks, control characters or angle
// brackets, exactly one "@" with something on both sides.
Result<void> check_address(std::string_view address);

// RFC 2047 section 2: ASCII as it is, else encoded words of at most 75 characters, cut between characters and
// folded.
std::string encoded_words(std::string_view utf8);

}  // namespace maru::transport
