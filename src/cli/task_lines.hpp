// Tasks as people read them.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"

namespace maru::cli {

struct TaskLine {
    std::string due, owner;
    std::vector<int> items;
    int minutes = 0;
    std::string label, what;  // the record; why, and what to do
};
void print_tasks(const Session& session, const std::vector<TaskLine>& tasks, const std::string& until);

}  // namespace maru::cli
