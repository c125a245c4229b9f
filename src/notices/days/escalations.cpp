// Escalations: managers are told, once, of what was left for long.
#include "days/context.hpp"
#include "days/links.hpp"

namespace maru::notices {

using sheets::Task;

namespace {

constexpr std::size_t rows_told = 50;

// The owner's manager, else who answers for security; never the owner, who knows.
const Recipient* above(const DayContext& day, const Task& task) {
    const Recipient* owner = day.people.find(task.owner);
    if (owner && owner->manager != owner->person)
        if (const Recipient* manager = day.people.find(owner->manager)) return manager;
    // What nobody owns is in the security manager's digest already.
    const auto others = owner ? day.holders({"security_manager", "executive_in_charge", "top_management"})
                              : day.holders({"executive_in_charge", "top_management"});
    const auto other = std::ranges::find_if(others, [&](const Recipient* one) { return one != owner; });
    return other == others.end() ? nullptr : *other;
}

Rows rows_of(const DayContext& day, const std::vector<const Task*>& tasks, Language language) {
    Rows out;
    for (const Task* task : tasks) {
        const std::string owner = day.people.name_of(task->owner);
        out.push_back({{"owner", !owner.empty()             ? owner
                                 : language == Language::ja ? "担当者なし"
                                                            : "no owner"},
                       {"since", day.after.tasks.at({task->check->name, task->subject}).open_since->iso()},
                       {"label", task->label},
                       {"reason", task->reason.in(language)},
                       {"todo", task->todo.in(language)},
                       {"items", items_text(task->items)},
                       {"link", task_page(day.base(), day.request.sheet, *task)}});
    }
    return shortened(std::move(out), rows_told, language);
}

}  // namespace

void write_escalations(DayContext& day, const std::vector<Task>& tasks) {
    const int days = static_cast<int>(day.evaluation.setting("escalation_days"));
    std::map<const Recipient*, std::vector<const Task*>> piles;
    for (const Task& task : tasks) {
        SeenTask& seen = day.after.tasks.at({task.check->name, task.subject});
        if (!seen.open_since || seen.escalated_on || seen.open_since->plus_days(days) > day.day) continue;
        const Recipient* to = above(day, task);
        if (!to) {
            ++day.outcome.unaddressed;
            continue;
        }
        piles[to].push_back(&task);
        seen.escalated_on = day.day;
    }
    for (const auto& [to, pile] : piles) {
        day.mail(*to, "escalation",
                 {{"count", std::to_string(pile.size())},
                  {"days", std::to_string(days)},
                  {"link", tasks_page(day.base())}},
                 {{"tasks", rows_of(day, pile, to->language)}});
        ++day.outcome.escalation_mails;
    }
}

}  // namespace maru::notices
