// A value that is read is written in a form that is read back to the same value. The first byte picks the
// field.
#include <array>
#include <string>

#include "registers/values.hpp"
#include "require.hpp"

namespace {

using namespace maru;
using namespace maru::registers;

constexpr std::array formats{"", "furigana", "phone", "hostname", "ip", "code", "country"};
constexpr std::array types{FieldType::text,   FieldType::long_text,   FieldType::integer, FieldType::decimal,
                           FieldType::money,  FieldType::date,        FieldType::instant, FieldType::boolean,
                           FieldType::choice, FieldType::person,      FieldType::file,    FieldType::url,
                           FieldType::mail,   FieldType::mac_address, FieldType::sha256};
constexpr std::array elements{FieldType::text, FieldType::choice, FieldType::person, FieldType::date,
                              FieldType::integer};

Field field_of(std::size_t pick) {
    Field field{.number = 1,
                .name = "entry",
                .label = {"項目", "Entry"},
                .choices = {{"a", {"甲", "First"}}, {"b", {"乙", "Second"}}},
                .scale = 2,
                .currency = "USD"};
    if (pick < types.size())
        field.type = types.at(pick);
    else if (pick < types.size() + formats.size())
        field.format = formats.at(pick - types.size());
    else
        field.type = FieldType::list, field.of = elements.at(pick % elements.size());
    return field;
}

Result<std::int64_t> find(std::string_view, std::string_view written) {
    if (written == "山田" || written == "P;1" || written == "\\")
        return static_cast<std::int64_t>(written.size());
    return fail(ErrorKind::not_found, {"いません。", "nobody"});
}

std::string key(std::string_view, std::int64_t id) { return id == 6 ? "山田" : id == 3 ? "P;1" : "\\"; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const Field field = field_of(data[0] % (types.size() + formats.size() + elements.size()));
    const Result<FieldValue> value = parse_written(field, text_of(data, size).substr(1), find);
    if (!value) {
        require(is_utf8(value.error().message.ja) && is_utf8(value.error().message.en),
                "a refusal is readable");
        require(value.error().message.en.size() < 1000, "a refusal is short");
        return 0;
    }
    const std::string written = format_written(field, *value, key);
    const Result<FieldValue> again = parse_written(field, written, find);
    require(again.has_value(), "what is written is read");
    require(*again == *value, "what is written is read back");
    require(canonical(field, *again) == canonical(field, *value), "equal values have equal canonical bytes");
    require(is_utf8(format_for_people(field, *value, key, Language::ja)), "people can read it");
    return 0;
}
