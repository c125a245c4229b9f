// What parse_template takes has its form, and written out again it is read as the same.
#include "notices/templates.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto parsed = notices::parse_template(text, "ja/text.txt");
    if (!parsed) return 0;
    require(is_utf8(text), "only UTF-8 is taken");
    require(parsed->subject.find('\n') == std::string::npos, "a subject is one line");
    require(!parsed->subject.empty() && !parsed->body.empty(), "there is a subject and a text");
    const std::string row = parsed->row.empty() ? "" : "Row: " + parsed->row + "\n";
    const auto again = notices::parse_template(
        "Subject: " + parsed->subject + "\n" + row + "\n" + parsed->body, "ja/text.txt");
    require(again && again->subject == parsed->subject && again->row == parsed->row &&
                again->body == parsed->body,
            "a text is read back");
    return 0;
}
