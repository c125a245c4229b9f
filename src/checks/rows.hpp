// Rows of a check and their states on a day (design 3). Pure.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/day.hpp"
#include "core/text.hpp"

namespace maru::checks {

enum class RowState {
    satisfied,
    due,
    expired,
    missing,
    unknown,
    exempt,
    absent
};  // absent: not in the population that day

// What a row's state depends on besides the check: everything is a day, so any later day can be asked.
struct RowTerms {
    std::optional<Day> valid_until;
    Day starts_on{1, 1, 1};
    Day ends_on = forever();
    Day mirror_until = forever();  // last day on which the mirrored list is fresh
    Day exempt_until{1, 1, 1};     // last day of an approved exception, from exempt_from
    Day exempt_from = forever();
    Day known_from{1, 1, 1};  // before it nothing is known: the organisation's start
    bool unknown = false;
    bool miss = false;
    auto operator<=>(const RowTerms&) const = default;
};
RowState state_on(const RowTerms& terms, int grace, Day day);
// The days on which the state of such rows can change; forever() for those that never come.
std::array<Day, 8> turning_days(const RowTerms& terms, int grace);

// The same without what mirrored lists say (mirror_until stays forever), and the scope whose lists the row
// needs: what stays as it is when nothing but lists came in.
struct ScopedTerms {
    RowTerms terms;
    std::optional<std::int64_t> scope;
    bool operator==(const ScopedTerms&) const = default;
};
bool offends(RowState state);  // missing, expired or unknown

// Why a row is unknown although its check says something of it, and what is to be done instead.
struct Doubt {
    Text why, todo;
    std::string list, list_label;  // the mirrored list that is the cause: record id, name
    std::optional<std::int64_t> list_owner;
};

struct Row {
    std::string subject;  // record id in decimal, or a text constant
    std::string label;
    std::optional<std::int64_t> owner;
    std::string reason;  // code
    RowTerms terms;
    std::vector<std::pair<std::string, std::string>> columns;  // for placeholders
    std::shared_ptr<const Doubt> doubt;                        // on the day that was asked for; or null
};

struct Counts {
    std::int64_t satisfied = 0, due = 0, expired = 0, missing = 0, unknown = 0, exempt = 0, misses = 0;
    std::int64_t total() const { return satisfied + due + expired + missing + unknown + exempt; }
    std::int64_t good() const { return satisfied + due; }
    bool operator==(const Counts&) const = default;
};

struct ScopedTermsHash {
    std::size_t operator()(const ScopedTerms& scoped) const;
};
// The same terms as far as days from `today` on can tell: rows that differ only in what is past fall into one
// group. nullopt for a row that is out of the population for good.
std::optional<RowTerms> from_today_on(RowTerms terms, int grace, Day today);

// The population of one check without its objects: how many rows share the same terms. Answers any day from
// `computed_on` on.
struct Population {
    Day computed_on;
    std::vector<std::pair<RowTerms, std::int64_t>> groups;
    Counts on(Day day, int grace, int tolerance) const;
    // Days after `from` on which some group's state changes, ascending, without repeats.
    std::vector<Day> change_days(Day from, int grace) const;
};

enum class CheckState { satisfied, broken, not_applicable, no_occasion, unknown, error };

}  // namespace maru::checks
