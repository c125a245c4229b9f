#include "wording/json.hpp"

namespace maru::sheets {

namespace json = boost::json;

namespace {

// Boost.JSON prints on one line only.
void indent(const json::value& value, std::string& out, const std::string& margin) {
    const std::string inner = margin + "  ";
    const auto list = [&](auto begin, auto end, char open, char close, auto print) {
        out += open;
        for (auto at = begin; at != end; ++at) {
            out += (at == begin ? "\n" : ",\n") + inner;
            print(*at);
        }
        out += (begin == end ? "" : "\n" + margin) + close;
    };
    if (const auto* array = value.if_array())
        list(array->begin(), array->end(), '[', ']',
             [&](const json::value& each) { indent(each, out, inner); });
    else if (const auto* object = value.if_object())
        list(object->begin(), object->end(), '{', '}', [&](const json::key_value_pair& each) {
            out += json::serialize(json::string(each.key())) + ": ";
            indent(each.value(), out, inner);
        });
    else
        out += json::serialize(value);
}

}  // namespace

json::value day_or_null(const std::optional<Day>& day) {
    return day ? json::value(day->iso()) : json::value(nullptr);
}

json::object both(const Text& text) { return {{"ja", text.ja}, {"en", text.en}}; }

json::object counts_json(const checks::Counts& counts) {
    return {{"satisfied", counts.satisfied}, {"due", counts.due},         {"expired", counts.expired},
            {"missing", counts.missing},     {"unknown", counts.unknown}, {"exempt", counts.exempt},
            {"total", counts.total()}};
}

std::string pretty(const json::value& value) {
    std::string out;
    indent(value, out, "");
    return out + "\n";
}

}  // namespace maru::sheets
