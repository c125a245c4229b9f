// The verdict of an item on a day: a pure function of its checks' populations (design 3).
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "checks/evaluation.hpp"
#include "sheets/sheet.hpp"

namespace maru::sheets {

enum class Mark { full, partial, none, unknown, not_applicable };  // ○ △ × ? －
enum class RemarkMark { earned, not_earned, nothing_claimed };     // of the claimed checks

std::string_view symbol(Mark mark);
Text name_of(Mark mark);
Text name_of(RemarkMark mark);
Text name_of(checks::CheckState state);

// First and last day on which something is declared, inclusive.
using Period = std::pair<Day, Day>;

struct LinkInput {
    const Link* link = nullptr;
    std::vector<const checks::CheckResult*> members;
    std::optional<Period> declared_none;  // of link->scope
};

struct ItemInput {
    std::vector<LinkInput> links;
    std::optional<Period> excluded;    // an approved exclusion (適用除外)
    std::int64_t exempt_percent = 10;  // more exempt rows than this make △
};

struct LinkOutcome {
    checks::CheckState state = checks::CheckState::unknown;
    checks::Counts counts;
    const checks::CheckResult* chosen =
        nullptr;  // the member that speaks for the link; null when not applicable by scope
};

struct Verdict {
    Mark mark = Mark::unknown;
    RemarkMark remark = RemarkMark::nothing_claimed;
    checks::Counts asked;  // over the asked checks that apply
    bool operator==(const Verdict&) const = default;
};

// The next day on which something changes if nobody acts.
struct Flip {
    Day day;
    Verdict verdict;
};

LinkOutcome outcome_on(const LinkInput& input, Day day);
Verdict verdict_on(const ItemInput& input, Day day);

struct Flips {
    std::optional<Flip> mark;     // next other mark
    std::optional<Flip> remark;   // next other remark mark
    std::optional<Flip> numbers;  // next other numbers (at the latest the day of the mark)
};
// Looks ahead from `day` up to and including `horizon`.
Flips flips_after(const ItemInput& input, Day day, Day horizon);

// Every day after `day`, up to and including `horizon`, on which the verdict is another one than on the day
// before.
std::vector<Flip> course_after(const ItemInput& input, Day day, Day horizon);

}  // namespace maru::sheets
