#include "tables/rules.hpp"

#include <fmt/core.h>

#include "core/day.hpp"

namespace maru::registers {

std::string rules_query(const Register& of, const std::vector<Rule>& rules) {
    std::vector<std::string> conditions, fields;
    for (const Rule& rule : rules) conditions.push_back(fmt::format("({})", rule.require));
    for (const Field& field : of.fields)
        if (!field.is_list())
            fields.push_back(fmt::format("?{} as {}", fields.size() + 1, store::quoted(field.name)));
    return fmt::format("select {} from (select {})", join(conditions, ", "), join(fields, ", "));
}

Result<void> define_rule_functions(store::Database& database) {
    return database.define("plus_days", 2, [](std::span<const store::ValueView> v) -> Result<store::Value> {
        const auto* day = std::get_if<std::string_view>(&v[0]);
        const auto* days = std::get_if<std::int64_t>(&v[1]);
        if (!day || !days) return store::Null{};
        return TRY(parse_iso_day(*day)).plus_days(static_cast<int>(*days)).iso();
    });
}

}  // namespace maru::registers
