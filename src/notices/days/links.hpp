// Addresses of pages that notices point to (web/src/shell/Pages.tsx).
#pragma once

#include <fmt/core.h>

#include <string>

#include "sheets/tasks.hpp"

namespace maru::notices {

inline std::string my_page(const std::string& base) { return base + "/me"; }
inline std::string tasks_page(const std::string& base) { return base + "/tasks"; }
inline std::string sheet_page(const std::string& base, const sheets::Sheet& sheet) {
    return base + "/sheets/" + sheet.name;
}
inline std::string item_page(const std::string& base, const sheets::Sheet& sheet, int number) {
    return fmt::format("{}/sheets/{}/{}", base, sheet.name, number);
}

// The record that the task is about, else the item that it mends.
inline std::string task_page(const std::string& base, const sheets::Sheet& sheet, const sheets::Task& task) {
    const bool is_record = !task.check->subject.empty() && !task.subject.empty() &&
                           task.subject.find_first_not_of("0123456789") == std::string::npos;
    if (is_record) return fmt::format("{}/registers/{}/{}", base, task.check->subject, task.subject);
    return task.items.empty() ? tasks_page(base) : item_page(base, sheet, task.items.front());
}

}  // namespace maru::notices
