// Disclosed records: what is read has one written form, and values that were not recorded are refused.
#include "packs/disclosure.hpp"
#include "require.hpp"
#include "small_pack.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    using namespace maru::packs;
    static const Disclosure honest = small::disclosure(5);
    const std::string_view text = text_of(data, size);
    const auto read = parse_disclosure(text);
    if (!read) return 0;
    require(to_json(*read) == text, "a disclosure has one form");
    if (!check_disclosure(*read) || read->envelope != honest.envelope || !read->fields) return 0;
    for (const DisclosedField& field : *read->fields) {
        if (!field.opening) continue;
        const auto same = std::ranges::find(*honest.fields, field.number, &DisclosedField::number);
        require(same != honest.fields->end(), "only fields that were recorded open");
        if (same->opening) require(field.opening == same->opening, "a field opens to what was recorded");
    }
    return 0;
}
