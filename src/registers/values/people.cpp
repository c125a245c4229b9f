// What a field's value looks like on a page: labels instead of codes, units, thousands separators, Japanese
// time.
#include <fmt/core.h>

#include <algorithm>

#include "core/day.hpp"
#include "registers/values.hpp"
#include "values/numbers.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

using store::Value;

std::string amount(const Field& field, std::int64_t value, Language language) {
    const std::string digits = format_scaled(value, scale_of(field), Grouping::thousands);
    const bool yen = field.currency.empty() || field.currency == "JPY";
    if (!yen) return fmt::format("{} {}", field.currency, digits);
    return language == Language::ja ? digits + "円" : "JPY " + digits;
}

std::string with_unit(const Field& field, std::int64_t value, Language language) {
    std::string digits = format_scaled(value, scale_of(field), Grouping::thousands);
    const std::string& unit = field.unit.in(language);
    if (unit.empty()) return digits;
    return language == Language::ja ? digits + unit : digits + " " + unit;
}

std::string number(const Field& field, std::int64_t value, const KeyOf& title_of, Language language) {
    if (field.is_reference())
        return title_of(field.element() == FieldType::person ? "person" : std::string_view(field.to), value);
    if (field.element() == FieldType::boolean)
        return (value == 0 ? Text{"いいえ", "no"} : Text{"はい", "yes"}).in(language);
    return field.element() == FieldType::money ? amount(field, value, language)
                                               : with_unit(field, value, language);
}

std::string japanese_time(const std::string& text) {
    const auto instant = parse_instant(text);
    if (!instant) return text;
    const std::string local = format_instant(*instant + std::chrono::hours(9));
    return fmt::format("{} {} +09:00", local.substr(0, 10), local.substr(11, 5));
}

std::string words(const Field& field, const std::string& text, Language language) {
    if (field.element() == FieldType::instant) return japanese_time(text);
    if (field.element() != FieldType::choice) return text;
    const auto choice = std::ranges::find(field.choices, text, &Choice::code);
    return choice == field.choices.end() ? text : choice->label.in(language);
}

std::string scalar(const Field& field, const Value& value, const KeyOf& title_of, Language language) {
    if (const auto* const integer = std::get_if<std::int64_t>(&value))
        return number(field, *integer, title_of, language);
    if (const auto* const text = std::get_if<std::string>(&value)) return words(field, *text, language);
    if (const auto* const bytes = std::get_if<Bytes>(&value)) return hex(*bytes);
    return "";
}

}  // namespace

std::string format_for_people(const Field& field, const FieldValue& value, const KeyOf& title_of,
                              Language language) {
    if (const auto* const one = std::get_if<Value>(&value)) return scalar(field, *one, title_of, language);
    std::vector<std::string> items;
    for (const Value& item : std::get<std::vector<Value>>(value))
        items.push_back(scalar(field, item, title_of, language));
    return join(items, language == Language::ja ? "、" : ", ");
}

}  // namespace maru::registers
