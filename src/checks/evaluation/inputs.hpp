// What an evaluation reads from registers besides the checks: settings, calendar, exceptions and scope
// statements. A register that does not exist counts as empty.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/check.hpp"
#include "checks/functions.hpp"
#include "store/database.hpp"

namespace maru::checks {

// Registers on which every row may depend without its SQL reading them: settings, business days, the
// organisation's start; and exceptions, which leave the terms of a row alone.
inline constexpr std::array<std::string_view, 4> in_every_row = {"setting_value", "company_holiday",
                                                                 "organisation", "exception"};
inline constexpr std::span<const std::string_view> in_every_rows_terms = std::span(in_every_row).first<3>();

// Walks a query's rows.
Result<void> each_row(store::Database& reader, std::string_view sql,
                      const std::function<Result<void>(const store::Row&)>& visit);

// A day of a column; null or "" is `otherwise`. The error names the column and the text.
Result<Day> day_column(const store::Row& row, int column, std::string_view name, Day otherwise);

Result<FunctionInputs> read_inputs(store::Database& reader, const Library& library,
                                   const registers::Schema& schema, Day today);

struct DayRange {
    Day from;
    Day until;
};

// Approved exceptions by check, item ("" = every item) and subject.
class Exceptions {
public:
    static Result<Exceptions> read(store::Database& reader, const registers::Schema& schema,
                                   const FunctionInputs& inputs);
    bool any(const std::string& check) const { return by_check_.contains(check); }
    // The stretch of exempt days that holds today or comes next; an empty one when there is none.
    DayRange of(const std::string& check, const std::string& item, std::string_view subject, Day today) const;
    // The last day until which `of` says of every day what it says today.
    Day same_until(Day today) const;

private:
    struct Entry {
        std::string item;
        std::string subject;
        DayRange days;
    };
    std::map<std::string, std::vector<Entry>> by_check_;
};

struct ScopeState {
    std::optional<std::pair<Day, Day>> declared_none;
    std::vector<std::string> contradictions;
};

// Topics whose newest approved statement says that there is nothing.
struct Scopes {
    std::map<std::string, ScopeState> by_topic;
    Day same_until = forever();  // from the next day on another statement or another stretch of days may hold
};
Result<Scopes> read_scopes(store::Database& reader, const Library& library, const registers::Schema& schema,
                           const FunctionInputs& inputs);

}  // namespace maru::checks
