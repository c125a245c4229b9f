#include "evaluation/terms.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

namespace maru::checks {

namespace {

constexpr std::array<std::pair<std::string_view, int TermColumns::*>, 11> meanings = {{
    {"subject", &TermColumns::subject},
    {"label", &TermColumns::label},
    {"owner", &TermColumns::owner},
    {"valid_until", &TermColumns::valid_until},
    {"reason", &TermColumns::reason},
    {"unknown", &TermColumns::unknown},
    {"starts_on", &TermColumns::starts_on},
    {"ends_on", &TermColumns::ends_on},
    {"event_on", &TermColumns::event_on},
    {"miss", &TermColumns::miss},
    {"mirror_scope", &TermColumns::mirror_scope},
}};

constexpr std::array<std::string_view, 7> term_names = {"valid_until", "unknown", "starts_on",   "ends_on",
                                                        "event_on",    "miss",    "mirror_scope"};

bool is_one(const store::Row& row, int column) { return column >= 0 && row.integer(column) == 1; }

}  // namespace

std::vector<std::string> column_names(const store::Statement& statement) {
    std::vector<std::string> names;
    for (int i = 0; i < statement.columns(); ++i) names.push_back(statement.column_name(i));
    return names;
}

TermColumns term_columns(const std::vector<std::string>& names) {
    TermColumns out;
    for (const auto& [name, member] : meanings) {
        const auto found = std::ranges::find(names, name);
        if (found != names.end()) out.*member = static_cast<int>(found - names.begin());
    }
    return out;
}

bool has_exceptions(const RunContext& context) { return context.exceptions.any(context.check.name); }

std::string lite_sql(const Check& check, const std::vector<std::string>& names) {
    std::string columns = "subject";
    for (const auto name : term_names) {
        if (std::ranges::find(names, name) == names.end()) continue;
        columns += fmt::format(", {}", name);
    }
    return fmt::format("select {} from (\n{}\n)", columns, check.sql);
}

std::string full_sql(const Check& check) { return fmt::format("select * from (\n{}\n)", check.sql); }

std::string one_subject(const std::string& sql) { return sql + " where subject = ?1"; }

Result<void> TermsReader::read_days(RowTerms& terms, const store::Row& row) const {
    if (!row.is_null(columns_.valid_until)) {
        terms.valid_until = TRY(day_column(row, columns_.valid_until, "valid_until", first_day()));
    }
    if (columns_.starts_on >= 0) {
        terms.starts_on = TRY(day_column(row, columns_.starts_on, "starts_on", terms.starts_on));
    }
    if (columns_.ends_on >= 0)
        terms.ends_on = TRY(day_column(row, columns_.ends_on, "ends_on", terms.ends_on));
    return {};
}

Result<void> TermsReader::narrow_to_window(RowTerms& terms, const store::Row& row) const {
    if (columns_.event_on < 0 || row.is_null(columns_.event_on) || context_.check.window == 0) return {};
    const Day event = TRY(day_column(row, columns_.event_on, "event_on", forever()));
    terms.starts_on = std::max(terms.starts_on, event);
    terms.ends_on = std::min(terms.ends_on, event.plus_days(context_.check.window));
    const auto start = context_.inputs.organisation_start;
    if (start && event < *start) terms.ends_on = first_day();  // never counted
    return {};
}

Result<RowTerms> TermsReader::read(const store::Row& row) {
    RowTerms terms;
    TRY(read_days(terms, row));
    TRY(narrow_to_window(terms, row));
    terms.starts_on = std::max(terms.starts_on, context_.stage.from);
    terms.ends_on = std::min(terms.ends_on, context_.stage.until);
    terms.unknown = is_one(row, columns_.unknown);
    terms.known_from = context_.inputs.organisation_start.value_or(first_day());
    terms.miss = context_.check.tolerance > 0 && is_one(row, columns_.miss);
    if (lists_ == Lists::told && !context_.check.mirrors.empty()) {
        terms.mirror_until = mirrors_.until(
            columns_.mirror_scope >= 0 ? row.maybe_integer(columns_.mirror_scope) : std::nullopt);
    }
    if (has_exceptions_) {
        const auto days = context_.exceptions.of(context_.check.name, context_.item,
                                                 row.text(columns_.subject), context_.inputs.today);
        terms.exempt_from = days.from;
        terms.exempt_until = days.until;
    }
    return terms;
}

}  // namespace maru::checks
