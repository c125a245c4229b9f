#include "verification/sheet_facts.hpp"

#include <boost/json.hpp>

namespace maru::packs {

namespace json = boost::json;

namespace {

std::unexpected<Error> no_sheet() {
    return fail(ErrorKind::invalid,
                {"シートのJSONとして読めません。", "it cannot be read as a sheet in JSON"});
}

const json::string* text_in(const json::object& sheet, std::string_view key) {
    const json::value* value = sheet.if_contains(key);
    return value ? value->if_string() : nullptr;
}

}  // namespace

Result<SheetFacts> read_sheet_facts(std::string_view text) {
    json::error_code error;
    const json::value root = json::parse(text, error);
    const json::object* sheet = error ? nullptr : root.if_object();
    if (sheet == nullptr) return no_sheet();
    const json::string* day = text_in(*sheet, "day");
    const json::string* hash = text_in(*sheet, "root");
    const json::string* definitions = text_in(*sheet, "definitions");
    const json::value* entries = sheet->if_contains("entries");
    if (!day || !hash || !definitions || !entries || !entries->is_int64() || entries->as_int64() < 0)
        return no_sheet();
    const auto parsed = parse_iso_day(*day);
    if (!parsed) return no_sheet();
    return SheetFacts{*parsed, static_cast<std::uint64_t>(entries->as_int64()), std::string(*hash),
                      std::string(*definitions)};
}

}  // namespace maru::packs
