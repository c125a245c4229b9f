#include "days/context.hpp"

#include <fmt/core.h>

namespace maru::notices {

void DayContext::mail(const Recipient& to, std::string_view kind, Values values, const Lists& lists) {
    values.emplace("name", to.name);
    values.emplace("organisation", organisation);
    values.emplace("day", day.iso());
    drafts.push_back(mail_to(to, fmt::format("{}:{}:{}", kind, day.iso(), to.person),
                             request.templates.render(kind, to.language, values, lists)));
    ++outcome.mails;
}

void DayContext::announce(const Event& event) {
    for (Draft& draft : drafts_of(event, hooks)) {
        drafts.push_back(std::move(draft));
        ++outcome.webhook_calls;
    }
}

Text DayContext::chat(std::string_view kind, const Values& given,
                      const std::map<Language, Lists>& lists) const {
    Values values = given;
    values.emplace("name", organisation);
    values.emplace("organisation", organisation);
    values.emplace("day", day.iso());
    const auto body = [&](Language language) {
        const auto found = lists.find(language);
        return request.templates
            .render(kind, language, values, found == lists.end() ? Lists{} : found->second)
            .body;
    };
    return {body(Language::ja), body(Language::en)};
}

std::vector<const Recipient*> DayContext::holders(const std::vector<std::string>& roles) const {
    std::vector<const Recipient*> out;
    for (const std::string& role : roles)
        for (const Recipient* one : people.holders(role))
            if (std::ranges::find(out, one) == out.end()) out.push_back(one);
    return out;
}

Rows shortened(Rows rows, std::size_t limit, Language language) {
    if (rows.size() <= limit) return rows;
    const std::size_t more = rows.size() - limit;
    rows.resize(limit);
    rows.push_back({{"", language == Language::ja ? fmt::format("ほか {} 件", more)
                                                  : fmt::format("and {} more", more)}});
    return rows;
}

std::string items_text(const std::vector<int>& items) {
    constexpr std::size_t shown = 4;
    std::string out;
    for (std::size_t i = 0; i < std::min(items.size(), shown); ++i)
        out += (i ? ", " : "") + std::to_string(items[i]);
    return items.size() > shown ? out + ", …" : out;
}

}  // namespace maru::notices
