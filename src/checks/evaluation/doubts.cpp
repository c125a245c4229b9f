#include "evaluation/doubts.hpp"

#include <fmt/core.h>

namespace maru::checks {

namespace {

Doubt before(Day start) {
    const std::string day = start.iso();
    return {{fmt::format("{} の運用開始より前のことは分かりません", day),
             fmt::format("nothing is known from before the start on {}", day)},
            {"運用開始日より後の日を指定してください。開始日が違うときは、組織情報を直してください。",
             "Ask for a day after the start; if the start is wrong, mend the organisation's record."},
            "",
            "",
            std::nullopt};
}

Text age_of(const MirrorList& list) {
    if (!list.last_day)
        return {fmt::format("一覧「{}」に漏れがないと確認された日がなく、判断できません", list.label),
                fmt::format("the list \"{}\" was never confirmed to be complete", list.label)};
    const std::string last = list.last_day->iso();
    const std::string until = list.until.iso();
    return {fmt::format("一覧「{}」が古く、判断できません（最後の確認 {}、有効は {} まで）", list.label, last,
                        until),
            fmt::format("the list \"{}\" is too old to tell (last confirmed on {}, good until {})",
                        list.label, last, until)};
}

Doubt about(const MirrorList& list) {
    return {age_of(list),
            {fmt::format(
                 "一覧「{}」を取り込み直すか、今も漏れがないことを確かめて、一覧の取込記録（list_import）に"
                 "記録してください。",
                 list.label),
             fmt::format("Import the list \"{}\" anew, or see that it is still complete, and record that in "
                         "list_import.",
                         list.label)},
            list.subject,
            list.label,
            list.owner};
}

Doubt about_missing_list(const std::string& register_label_ja, const std::string& register_label_en) {
    return {{fmt::format("{}に漏れがないことを示す一覧が登録されておらず、判断できません", register_label_ja),
             fmt::format("no list is registered that shows {} to be complete", register_label_en)},
            {"一覧の鮮度管理（mirrored_list）に一覧を登録し、漏れがないことを確かめた日を記録してください。",
             "Register the list in mirrored_list, and record the day on which it was complete."},
            "",
            "",
            std::nullopt};
}

}  // namespace

std::shared_ptr<const Doubt> Doubts::about_lists(std::optional<std::int64_t> scope) {
    const auto [found, fresh] = by_scope_.try_emplace(scope);
    if (!fresh) return found->second;
    if (const auto* list = around_.mirrors.stalest(check_.mirrors, scope)) {
        found->second = std::make_shared<Doubt>(about(*list));
        return found->second;
    }
    std::vector<std::string> ja, en;
    for (const auto& mirror : check_.mirrors) {
        const auto* of = around_.schema.find(mirror);
        ja.push_back(of ? of->label.ja : mirror);
        en.push_back(of ? of->label.en : mirror);
    }
    found->second = std::make_shared<Doubt>(about_missing_list(join(ja, "・"), join(en, ", ")));
    return found->second;
}

std::shared_ptr<const Doubt> Doubts::of(const RowTerms& terms, std::optional<std::int64_t> mirror_scope) {
    if (state_on(terms, check_.grace, day_) != RowState::unknown) return nullptr;
    if (day_ < terms.known_from) return of_none();
    return terms.unknown ? nullptr : about_lists(mirror_scope);
}

std::shared_ptr<const Doubt> Doubts::of_none() {
    if (day_ < around_.known_from) {
        if (!before_) before_ = std::make_shared<Doubt>(before(around_.known_from));
        return before_;
    }
    const bool stale = !check_.mirrors.empty() && around_.mirrors.until(check_.mirrors, std::nullopt) < day_;
    return stale ? about_lists(std::nullopt) : nullptr;
}

}  // namespace maru::checks
