// What the parts of the daily job share.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checks/evaluation.hpp"
#include "days/memory.hpp"
#include "notices/day.hpp"
#include "notices/webhooks.hpp"
#include "sheets/tasks.hpp"
#include "sheets/timeline.hpp"

namespace maru::notices {

using Lists = std::map<std::string, Rows, std::less<>>;

struct DayContext {
    const DayRequest& request;
    Instant now;
    Day day;
    store::Database& reader;
    checks::Evaluation& evaluation;
    const People& people;
    const std::vector<Webhook>& hooks;
    const Memory& before;
    std::string organisation;
    Memory after{};
    std::vector<Draft> drafts{};
    DayOutcome outcome{};

    const std::string& base() const { return request.settings.base_url; }
    bool sends_mail() const { return request.settings.mail.has_value(); }
    // Queues a mail; name, organisation and day are filled in.
    void mail(const Recipient& to, std::string_view kind, Values values, const Lists& lists);
    // Queues an event for the webhooks that want it.
    void announce(const Event& event);
    // What a chat is told: the body of a notice, in both languages.
    Text chat(std::string_view kind, const Values& values, const std::map<Language, Lists>& lists) const;
    // Holders of these appointments, each once, the first role's first.
    std::vector<const Recipient*> holders(const std::vector<std::string>& roles) const;
};

// At most `limit` rows, then a line that says how many more there are.
Rows shortened(Rows rows, std::size_t limit, Language language);
std::string items_text(const std::vector<int>& items);

// The parts, in the order in which they run.
void remember_tasks(DayContext& day, const std::vector<sheets::Task>& tasks);
void write_digests(DayContext& day, const std::vector<sheets::Task>& tasks);
void write_escalations(DayContext& day, const std::vector<sheets::Task>& tasks);
void tell_flips(DayContext& day, const sheets::Timeline& timeline);
Result<void> ask_for_decisions(DayContext& day, const sheets::Timeline& timeline);
void tell_summary(DayContext& day);

bool is_open(const sheets::Task& task);

}  // namespace maru::notices
