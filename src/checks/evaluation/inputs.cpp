#include "evaluation/inputs.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "sql/iso.hpp"

namespace maru::checks {

namespace {

// A company holiday longer than this is a slip of the pen, not a closure.
constexpr int longest_closure = 366;

Result<void> read_settings(FunctionInputs& inputs, store::Database& reader, const Library& library,
                           const registers::Schema& schema) {
    for (const auto& [name, setting] : library.settings) inputs.settings[name] = setting.value;
    if (!schema.find("setting_value")) return {};
    return each_row(reader, "select s.name, s.value from setting_value s where s.value is not null",
                    [&](const store::Row& row) -> Result<void> {
                        const auto known = library.settings.find(row.text(0));
                        if (known == library.settings.end()) return {};
                        inputs.settings[known->first] =
                            std::clamp(row.integer(1), known->second.min, known->second.max);
                        return {};
                    });
}

Result<std::vector<Day>> read_company_days(store::Database& reader, const registers::Schema& schema) {
    std::vector<Day> days;
    if (!schema.find("company_holiday")) return days;
    TRY(each_row(reader, "select h.from_day, h.to_day from company_holiday h where h.from_day is not null",
                 [&](const store::Row& row) -> Result<void> {
                     const Day from = TRY(day_column(row, 0, "company_holiday.from_day", forever()));
                     const Day to = std::min(TRY(day_column(row, 1, "company_holiday.to_day", from)),
                                             from.plus_days(longest_closure));
                     // Counted, because sums of days stop at forever().
                     for (int n = 0; n <= to.number() - from.number(); ++n) days.push_back(from.plus_days(n));
                     return {};
                 }));
    return days;
}

Result<std::optional<Day>> read_start(store::Database& reader, const registers::Schema& schema) {
    std::optional<Day> start;
    const auto* organisation = schema.find("organisation");
    if (!organisation || !organisation->field("started_on")) return start;
    TRY(each_row(reader, "select min(o.started_on) from organisation o",
                 [&](const store::Row& row) -> Result<void> {
                     if (!row.is_null(0))
                         start = TRY(day_column(row, 0, "organisation.started_on", forever()));
                     return {};
                 }));
    return start;
}

int days_setting(const FunctionInputs& inputs, std::string_view name) {
    const auto found = inputs.settings.find(name);
    return found == inputs.settings.end() ? 365 : static_cast<int>(found->second);
}

// The part of the statement's days, from today's on, on which no record contradicts it.
std::optional<std::pair<Day, Day>> uncontradicted(DayRange statement, std::vector<DayRange> against,
                                                  Day today) {
    std::ranges::sort(against, {}, &DayRange::from);
    const Day first = std::max(statement.from, today);
    Day from = first;
    Day until = statement.until;
    for (const auto& range : against) {
        if (range.until < from || range.until < range.from) continue;
        if (range.from > from) {
            until = std::min(until, range.from.plus_days(-1));
            break;
        }
        if (range.until >= forever()) return std::nullopt;
        from = range.until.plus_days(1);
    }
    if (from > until) return std::nullopt;
    return std::pair(from == first ? statement.from : from, until);
}

struct Against {
    std::vector<DayRange> days;
    std::vector<std::string> labels;  // of those that contradict today
};

Result<void> read_contradictions(Against& out, store::Database& reader, const std::string& query, Day today) {
    store::Statement statement = TRY(reader.prepare(query));
    int label = -1, starts = -1, ends = -1;
    for (int i = 0; i < statement.columns(); ++i) {
        const std::string name = statement.column_name(i);
        if (name == "label") label = i;
        if (name == "starts_on") starts = i;
        if (name == "ends_on") ends = i;
    }
    while (const auto row = TRY(statement.step())) {
        DayRange days{first_day(), forever()};
        if (starts >= 0) days.from = TRY(day_column(*row, starts, "starts_on", days.from));
        if (ends >= 0) days.until = TRY(day_column(*row, ends, "ends_on", days.until));
        out.days.push_back(days);
        if (label >= 0 && days.from <= today && today <= days.until)
            out.labels.emplace_back(row->text(label));
    }
    return {};
}

// A query that fails leaves the statement unbelieved, and says why.
ScopeState judge(store::Database& reader, const ScopeTopic& topic, DayRange statement, Day today) {
    Against against;
    for (const auto& query : topic.contradicted_by) {
        if (const auto read = read_contradictions(against, reader, query, today); !read) {
            return {std::nullopt, {read.error().message.en}};
        }
    }
    std::ranges::sort(against.labels);
    return {uncontradicted(statement, std::move(against.days), today), std::move(against.labels)};
}

}  // namespace

Result<void> each_row(store::Database& reader, std::string_view sql,
                      const std::function<Result<void>(const store::Row&)>& visit) {
    store::Statement statement = TRY(reader.prepare(sql));
    while (const auto row = TRY(statement.step())) TRY(visit(*row));
    return {};
}

Result<Day> day_column(const store::Row& row, int column, std::string_view name, Day otherwise) {
    const std::string_view text = row.text(column);
    if (text.empty()) return otherwise;
    if (const auto day = sql::iso_day(text)) return *day;
    return fail(ErrorKind::invalid,
                {fmt::format("列 {} の「{}」は日付（2026-11-23）ではありません。", name, text),
                 fmt::format("column {}: \"{}\" is no date such as 2026-11-23", name, text)});
}

Result<FunctionInputs> read_inputs(store::Database& reader, const Library& library,
                                   const registers::Schema& schema, Day today) {
    FunctionInputs inputs;
    inputs.today = today;
    inputs.stage = today;
    TRY(read_settings(inputs, reader, library, schema));
    inputs.calendar = Calendar(library.holidays, TRY(read_company_days(reader, schema)));
    inputs.organisation_start = TRY(read_start(reader, schema));
    if (const auto offset = inputs.settings.find("utc_offset_minutes"); offset != inputs.settings.end()) {
        inputs.utc_offset = std::chrono::minutes(offset->second);
    }
    return inputs;
}

Result<Exceptions> Exceptions::read(store::Database& reader, const registers::Schema& schema,
                                    const FunctionInputs& inputs) {
    Exceptions out;
    if (!schema.find("exception")) return out;
    const int longest = days_setting(inputs, "exception_days");
    const std::string_view sql =
        "select e.check_name, e.item, e.subject_record, e.approved_on, e.valid_from, e.valid_until from "
        "exception e "
        "where e.approved_on is not null and e.valid_from is not null and e.valid_until is not null "
        "and e.approved_by is not null and e.approved_by <> e.asked_by and e.approved_by <> e.owner";
    TRY(each_row(reader, sql, [&](const store::Row& row) -> Result<void> {
        DayRange days;
        days.from = std::max(TRY(day_column(row, 3, "exception.approved_on", forever())),
                             TRY(day_column(row, 4, "exception.valid_from", forever())));
        days.until = std::min(TRY(day_column(row, 5, "exception.valid_until", forever())),
                              days.from.plus_days(longest));
        std::string_view subject = row.text(2);
        if (subject.starts_with('#')) subject.remove_prefix(1);
        out.by_check_[std::string(row.text(0))].push_back(
            {std::string(row.text(1)), std::string(subject), days});
        return {};
    }));
    for (auto& [check, entries] : out.by_check_) {
        std::ranges::sort(entries, {}, [](const Entry& entry) { return entry.days.from; });
    }
    return out;
}

DayRange Exceptions::of(const std::string& check, const std::string& item, std::string_view subject,
                        Day today) const {
    DayRange out{forever(), first_day()};
    const auto found = by_check_.find(check);
    if (found == by_check_.end()) return out;
    for (const auto& entry : found->second) {
        if (entry.subject != subject || (!entry.item.empty() && entry.item != item)) continue;
        if (entry.days.until < today || entry.days.until < entry.days.from) continue;
        if (out.until < out.from) {
            out = entry.days;
        } else if (entry.days.from <= out.until.plus_days(1)) {
            out.until = std::max(out.until, entry.days.until);
        }
    }
    return out;
}

Day Exceptions::same_until(Day today) const {
    Day out = forever();
    for (const auto& [check, entries] : by_check_)
        for (const auto& entry : entries)
            if (entry.days.until >= today) out = std::min(out, entry.days.until);
    return out;
}

Result<Scopes> read_scopes(store::Database& reader, const Library& library, const registers::Schema& schema,
                           const FunctionInputs& inputs) {
    Scopes out;
    if (!schema.find("scope_statement")) return out;
    std::map<std::string, std::pair<std::string, Day>> newest;  // topic -> answer, approved on
    TRY(each_row(
        reader,
        "select s.topic, s.answer, s.approved_on from scope_statement s where s.approved_by is not null and "
        "s.approved_on is not null and (s.asked_by is null or s.asked_by <> s.approved_by) "
        "order by s.approved_on, s.id",
        [&](const store::Row& row) -> Result<void> {
            const Day approved = TRY(day_column(row, 2, "scope_statement.approved_on", forever()));
            if (approved > inputs.today) {
                out.same_until = std::min(out.same_until, approved.plus_days(-1));
                return {};
            }
            newest[std::string(row.text(0))] = {std::string(row.text(1)), approved};
            return {};
        }));
    const int days = days_setting(inputs, "scope_statement_days");
    for (const auto& [name, statement] : newest) {
        const auto topic = library.scopes.find(name);
        if (statement.first != "none" || topic == library.scopes.end()) continue;
        const Day from = std::max(statement.second, inputs.organisation_start.value_or(first_day()));
        ScopeState state =
            judge(reader, topic->second, {from, statement.second.plus_days(days)}, inputs.today);
        if (state.declared_none) out.same_until = std::min(out.same_until, state.declared_none->second);
        out.by_topic[name] = std::move(state);
    }
    return out;
}

}  // namespace maru::checks
