#include "tables/rules.hpp"

#include <fmt/core.h>

#include "store/database.hpp"

namespace maru::registers {

std::string rules_query(const Register& of, const std::vector<Rule>& rules) {
    std::vector<std::string> conditions, fields;
    for (const Rule& rule : rules) conditions.push_back(fmt::format("({})", rule.require));
    for (const Field& field : of.fields)
        if (!field.is_list())
            fields.push_back(fmt::format("?{} as {}", fields.size() + 1, store::quoted(field.name)));
    return fmt::format("select {} from (select {})", join(conditions, ", "), join(fields, ", "));
}

}  // namespace maru::registers
