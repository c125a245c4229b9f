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

Doubt about(const MirrorList& list, Day today) {
    return {
        age_of(list),
        {fmt::format("一覧「{}」を取り込み直すか、今も漏れがないことを確かめて、記録してください: maru put "
                     "list_import "
                     "list='#{}' complete_on={} complete=true",
                     list.label, list.subject, today.iso()),
         fmt::format("Import the list \"{}\" anew, or see that it is still complete, and record that: maru "
                     "put list_import list='#{}' complete_on={} complete=true",
                     list.label, list.subject, today.iso())},
        list.subject,
        list.label,
        list.owner};
}

Doubt about_missing_list(const std::string& register_label_ja, const std::string& register_label_en,
                         const std::string& mirror) {
    const std::string command =
        fmt::format("maru put mirrored_list code=L-{0} name={1} mirror={0} method=manual owner=", mirror,
                    register_label_ja);
    return {
        {fmt::format("{}に漏れがないことを示す一覧が登録されておらず、判断できません", register_label_ja),
         fmt::format("no list is registered that shows {} to be complete", register_label_en)},
        {fmt::format(
             "一覧の鮮度管理に一覧を登録し、漏れがないことを確かめた日を記録してください: {}従業者番号",
             command),
         fmt::format("Register the list, then record the day on which it was complete: {}EMPLOYEE", command)},
        "",
        "",
        std::nullopt};
}

}  // namespace

std::shared_ptr<const Doubt> Doubts::about_lists(std::optional<std::int64_t> scope) {
    const auto [found, fresh] = by_scope_.try_emplace(scope);
    if (!fresh) return found->second;
    if (const auto* list = around_.mirrors.stalest(check_.mirrors, scope)) {
        found->second = std::make_shared<Doubt>(about(*list, day_));
        return found->second;
    }
    std::vector<std::string> ja, en;
    for (const auto& mirror : check_.mirrors) {
        const auto* of = around_.schema.find(mirror);
        ja.push_back(of ? of->label.ja : mirror);
        en.push_back(of ? of->label.en : mirror);
    }
    found->second =
        std::make_shared<Doubt>(about_missing_list(join(ja, "・"), join(en, ", "), check_.mirrors.front()));
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
