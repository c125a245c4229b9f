// The SQL functions of checks (docs/formats/check.md), defined on a connection.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "checks/calendar.hpp"
#include "core/day.hpp"
#include "core/result.hpp"
#include "store/database.hpp"

namespace maru::checks {

// What the functions answer from. Change it only while no statement that uses them is running.
struct FunctionInputs {
    Day today;
    Day stage;         // the day from which the rows of this run count; today but for later stages
    std::string item;  // item() is null when empty
    Calendar calendar{Holidays{}, {}};
    std::map<std::string, std::int64_t, std::less<>> settings;
    std::optional<Day> organisation_start;
    std::chrono::minutes utc_offset = japan_offset;  // for day(instant)
};

// Defines them all; the connection shares the inputs. Calls with a wrong type, a text that is no day or an
// unknown setting make the statement fail with an error that names the function and the value.
Result<void> define_functions(store::Database& database, const std::shared_ptr<const FunctionInputs>& inputs);

// Names of the functions defined here, sorted.
std::span<const std::string_view> function_names();

}  // namespace maru::checks
