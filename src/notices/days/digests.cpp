// Digests: what waits for each person.
#include <fmt/core.h>

#include "days/context.hpp"
#include "days/links.hpp"

namespace maru::notices {

using sheets::Task;

namespace {

constexpr std::size_t rows_told = 20;  // of each list

struct Pile {
    std::vector<const Task*> open, soon, nobodys;
    std::size_t size() const { return open.size() + soon.size() + nobodys.size(); }
};

TaskKey key_of(const Task& task) { return {task.check->name, task.subject}; }

bool is_new(const DayContext& day, const Task& task) {
    return day.before.digest_day && day.after.tasks.at(key_of(task)).first_seen > *day.before.digest_day;
}

std::string when_text(const DayContext& day, const Task& task, Language language) {
    const auto since = day.after.tasks.at(key_of(task)).open_since;
    const bool japanese = language == Language::ja;
    if (!since) return fmt::format(fmt::runtime(japanese ? "期限 {}" : "due {}"), task.due_on.iso());
    if (*since == day.day) return japanese ? "今日から" : "since today";
    return fmt::format(fmt::runtime(japanese ? "{} から" : "since {}"), since->iso());
}

Rows rows_of(const DayContext& day, const std::vector<const Task*>& tasks, Language language) {
    Rows out;
    for (const Task* task : tasks)
        out.push_back({{"new", is_new(day, *task) ? (language == Language::ja ? "【新】" : "(new) ") : ""},
                       {"when", when_text(day, *task, language)},
                       {"label", task->label},
                       {"reason", task->reason.in(language)},
                       {"todo", task->todo.in(language)},
                       {"items", items_text(task->items)},
                       {"link", task_page(day.base(), day.request.sheet, *task)}});
    return shortened(std::move(out), rows_told, language);
}

std::size_t new_ones(const DayContext& day, const Pile& pile) {
    std::size_t count = 0;
    for (const auto* tasks : {&pile.open, &pile.soon, &pile.nobodys})
        for (const Task* task : *tasks) count += is_new(day, *task) ? 1 : 0;
    return count;
}

void write(DayContext& day, const Recipient& to, const Pile& pile) {
    day.mail(to, "digest",
             {{"count", std::to_string(pile.size())},
              {"new_count", std::to_string(new_ones(day, pile))},
              {"open_count", std::to_string(pile.open.size())},
              {"soon_count", std::to_string(pile.soon.size())},
              {"nobodys_count", std::to_string(pile.nobodys.size())},
              {"link", my_page(day.base())}},
             {{"open", rows_of(day, pile.open, to.language)},
              {"soon", rows_of(day, pile.soon, to.language)},
              {"nobodys", rows_of(day, pile.nobodys, to.language)}});
    ++day.outcome.digest_mails;
}

}  // namespace

bool is_open(const Task& task) { return task.state != checks::RowState::satisfied; }

void remember_tasks(DayContext& day, const std::vector<Task>& tasks) {
    for (const Task& task : tasks) {
        const auto seen = day.before.tasks.find(key_of(task));
        SeenTask now = seen == day.before.tasks.end() ? SeenTask{{}, day.day, {}, {}} : seen->second;
        now.owner = task.owner;
        if (!is_open(task)) {
            now.open_since.reset();
            now.escalated_on.reset();
        } else if (!now.open_since) {
            now.open_since = day.day;
        }
        day.after.tasks[key_of(task)] = now;
        ++(is_open(task) ? day.outcome.open : day.outcome.soon);
    }
}

void write_digests(DayContext& day, const std::vector<Task>& tasks) {
    const auto keepers =
        day.holders({"security_manager", "security_office", "executive_in_charge", "top_management"});
    std::map<const Recipient*, Pile> piles;
    for (const Task& task : tasks) {
        if (const Recipient* owner = day.people.find(task.owner))
            (is_open(task) ? piles[owner].open : piles[owner].soon).push_back(&task);
        else if (!keepers.empty())
            piles[keepers.front()].nobodys.push_back(&task);
        else
            ++day.outcome.unaddressed;
    }
    for (const auto& [to, pile] : piles) write(day, *to, pile);
    day.after.digest_day = day.day;
}

}  // namespace maru::notices
