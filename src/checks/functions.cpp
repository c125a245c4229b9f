#include "checks/functions.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "sql/iso.hpp"

namespace maru::checks {

namespace {

using store::Null;
using store::Value;
using store::ValueView;
using Arguments = std::span<const ValueView>;
using Answer = Result<Value>;

constexpr std::array<std::string_view, 13> names = {"day",
                                                    "earliest",
                                                    "end_of_month_next_year",
                                                    "forever",
                                                    "item",
                                                    "latest",
                                                    "organisation_start",
                                                    "plus_business_days",
                                                    "plus_days",
                                                    "plus_months",
                                                    "setting",
                                                    "stage",
                                                    "today"};

std::string shown(const ValueView& value) {
    if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(*text);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *number);
    return "?";
}

std::unexpected<Error> wrong(std::string_view function, const ValueView& value, std::string_view ja,
                             std::string_view en) {
    return fail(ErrorKind::invalid,
                {fmt::format("{}(): 「{}」は{}ではありません。", function, shown(value), ja),
                 fmt::format("{}(): \"{}\" is no {}", function, shown(value), en)});
}

bool any_null(Arguments values) {
    return std::ranges::any_of(values, [](const ValueView& value) { return store::is_null(value); });
}

Result<Day> day_argument(std::string_view function, const ValueView& value) {
    const auto* text = std::get_if<std::string_view>(&value);
    const auto day = text ? sql::iso_day(*text) : std::nullopt;
    if (!day) return wrong(function, value, "日付", "date");
    return *day;
}

Result<int> count_argument(std::string_view function, const ValueView& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (!number || *number < -10'000'000 || *number > 10'000'000)
        return wrong(function, value, "日数・月数", "number of days or months");
    return static_cast<int>(*number);
}

// forever() stays forever, whatever is taken off.
Day plus_days(Day day, int n) { return day >= forever() ? forever() : day.plus_days(n); }
Day plus_months(Day day, int n) { return day >= forever() ? forever() : day.plus_months(n); }

Day end_of_month_next_year(Day day) {
    return day >= Day(9998, 1, 1) ? forever() : day.end_of_month_next_year();
}

template <class Move>
Answer moved(std::string_view function, Arguments values, Move&& move) {
    if (any_null(values)) return Null{};
    const Day day = TRY(day_argument(function, values[0]));
    return sql::iso_text(move(day, TRY(count_argument(function, values[1]))));
}

Answer day_of_instant(const FunctionInputs& inputs, const ValueView& value) {
    if (store::is_null(value)) return Null{};
    const auto* text = std::get_if<std::string_view>(&value);
    const auto instant = text ? parse_instant(*text) : fail(ErrorKind::invalid, {});
    if (!instant) return wrong("day", value, "日時", "instant");
    return sql::iso_text(local_day(*instant, inputs.utc_offset));
}

// The one of the days that goes first, nulls left out; as text they sort like days.
Result<std::string_view> first_in_order(std::string_view function, Arguments values,
                                        bool (*goes_first)(std::string_view, std::string_view)) {
    std::string_view first;
    for (const auto& value : values) {
        if (store::is_null(value)) continue;
        TRY(day_argument(function, value));
        const auto text = std::get<std::string_view>(value);
        if (first.empty() || goes_first(text, first)) first = text;
    }
    return first;
}

Answer earliest(Arguments values) {
    const auto day = TRY(first_in_order("earliest", values, [](auto a, auto b) { return a < b; }));
    if (any_null(values)) return Null{};
    return std::string(day);
}

Answer latest(Arguments values) {
    const auto day = TRY(first_in_order("latest", values, [](auto a, auto b) { return a > b; }));
    if (day.empty()) return Null{};
    return std::string(day);
}

Answer setting(const FunctionInputs& inputs, const ValueView& value) {
    const auto* name = std::get_if<std::string_view>(&value);
    const auto found = name ? inputs.settings.find(*name) : inputs.settings.end();
    if (found == inputs.settings.end()) return wrong("setting", value, "設定名", "setting");
    return found->second;
}

using Inputs = std::shared_ptr<const FunctionInputs>;

// Their answer depends on the inputs, which change between statements and never during one.
Result<void> define_inputs(store::Database& database, const Inputs& inputs) {
    TRY(database.define_volatile("today", 0,
                                 [inputs](Arguments) -> Answer { return sql::iso_text(inputs->today); }));
    TRY(database.define_volatile("stage", 0,
                                 [inputs](Arguments) -> Answer { return sql::iso_text(inputs->stage); }));
    TRY(database.define_volatile("item", 0, [inputs](Arguments) -> Answer {
        if (inputs->item.empty()) return Null{};
        return inputs->item;
    }));
    TRY(database.define_volatile("organisation_start", 0, [inputs](Arguments) -> Answer {
        if (!inputs->organisation_start) return Null{};
        return sql::iso_text(*inputs->organisation_start);
    }));
    TRY(database.define_volatile("setting", 1, [inputs](Arguments v) { return setting(*inputs, v[0]); }));
    TRY(database.define_volatile("day", 1, [inputs](Arguments v) { return day_of_instant(*inputs, v[0]); }));
    return database.define_volatile("plus_business_days", 2, [inputs](Arguments v) {
        return moved("plus_business_days", v,
                     [&](Day day, int n) { return inputs->calendar.plus_business_days(day, n); });
    });
}

Result<void> define_choices(store::Database& database) {
    for (const int arity : {2, 3, 4}) {
        TRY(database.define("earliest", arity, earliest));
        TRY(database.define("latest", arity, latest));
    }
    return {};
}

}  // namespace

Result<void> define_functions(store::Database& database,
                              const std::shared_ptr<const FunctionInputs>& inputs) {
    TRY(define_inputs(database, inputs));
    TRY(define_choices(database));
    TRY(database.define("forever", 0, [](Arguments) -> Answer { return sql::iso_text(forever()); }));
    TRY(database.define("plus_days", 2, [](Arguments v) { return moved("plus_days", v, plus_days); }));
    TRY(database.define("plus_months", 2, [](Arguments v) { return moved("plus_months", v, plus_months); }));
    return database.define("end_of_month_next_year", 1, [](Arguments v) -> Answer {
        if (any_null(v)) return Null{};
        return sql::iso_text(end_of_month_next_year(TRY(day_argument("end_of_month_next_year", v[0]))));
    });
}

std::span<const std::string_view> function_names() { return names; }

}  // namespace maru::checks
