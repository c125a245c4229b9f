#include "table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

namespace maru::bench {

namespace {

std::string number(double value, const std::string& unit) {
    if (value >= 1000) return fmt::format("{:.0f} {}", value, unit);
    return fmt::format("{:.3g} {}", value, unit);
}

std::string target_of(const Line& line) {
    if (line.target == 0) return "-";
    return (line.better == Better::lower ? "≤ " : "≥ ") + number(line.target, line.unit);
}

std::string outcome_of(const Line& line) {
    if (line.target == 0) return line.note;
    const double ratio = line.measured / line.target;
    const std::string words = fmt::format("{} ({:.2f} of the target)", line.met() ? "ok" : "MISSED", ratio);
    return line.note.empty() ? words : words + "; " + line.note;
}

std::string row(const Line& line) {
    return fmt::format("| {} | {} | {} | {} |\n", line.what, number(line.measured, line.unit),
                       target_of(line), outcome_of(line));
}

}  // namespace

void Table::add(const Line& line) {
    fmt::print(stderr, "{}", row(line));
    lines_.push_back(line);
}

bool Table::print() const {
    fmt::print("| what | measured | target | outcome |\n|---|---|---|---|\n");
    for (const Line& line : lines_) fmt::print("{}", row(line));
    std::fflush(stdout);
    return std::ranges::all_of(lines_, &Line::met);
}

}  // namespace maru::bench
