#include "sheets/codes.hpp"

#include <array>

namespace maru::sheets {

namespace {

constexpr std::array all_marks{Mark::full, Mark::partial, Mark::none, Mark::unknown, Mark::not_applicable};
constexpr std::array all_remarks{RemarkMark::earned, RemarkMark::not_earned, RemarkMark::nothing_claimed};

}  // namespace

std::string_view code_of(Mark mark) {
    switch (mark) {
        case Mark::full: return "full";
        case Mark::partial: return "partial";
        case Mark::none: return "none";
        case Mark::unknown: return "unknown";
        case Mark::not_applicable: return "not_applicable";
    }
    return "unknown";
}

std::string_view code_of(RemarkMark mark) {
    switch (mark) {
        case RemarkMark::earned: return "earned";
        case RemarkMark::not_earned: return "not_earned";
        case RemarkMark::nothing_claimed: return "nothing_claimed";
    }
    return "";
}

std::string_view code_of(checks::RowState state) {
    switch (state) {
        case checks::RowState::satisfied: return "satisfied";
        case checks::RowState::due: return "due";
        case checks::RowState::expired: return "expired";
        case checks::RowState::missing: return "missing";
        case checks::RowState::unknown: return "unknown";
        case checks::RowState::exempt: return "exempt";
        case checks::RowState::absent: return "absent";
    }
    return "";
}

std::string_view code_of(Level level) {
    switch (level) {
        case Level::asked: return "asked";
        case Level::claimed: return "claimed";
        case Level::extra: return "extra";
    }
    return "";
}

std::string_view code_of(checks::CheckState state) {
    switch (state) {
        case checks::CheckState::satisfied: return "satisfied";
        case checks::CheckState::broken: return "broken";
        case checks::CheckState::not_applicable: return "not_applicable";
        case checks::CheckState::no_occasion: return "no_occasion";
        case checks::CheckState::unknown: return "unknown";
        case checks::CheckState::error: return "error";
    }
    return "";
}

std::optional<Mark> mark_of(std::string_view code) {
    for (const Mark mark : all_marks)
        if (code_of(mark) == code) return mark;
    return std::nullopt;
}

std::optional<RemarkMark> remark_mark_of(std::string_view code) {
    for (const RemarkMark mark : all_remarks)
        if (code_of(mark) == code) return mark;
    return std::nullopt;
}

}  // namespace maru::sheets
