#include "sheets/judged.hpp"

#include "core/bytes.hpp"
#include "ledger/log.hpp"

namespace maru::sheets {

// The copy points to results of its own.
void JudgedSheet::take(const JudgedItem& item) {
    ItemInput& input = inputs_[item.item] = item.input;
    for (LinkInput& link : input.links)
        for (std::size_t i = 0; i < link.members.size(); ++i) {
            auto& own = results_[link.members[i]];
            if (!own) own = std::make_unique<const checks::CheckResult>(*link.members[i]);
            link.members[i] = own.get();
            by_key_[link.link->checks[i]] = own.get();
        }
}

Result<std::shared_ptr<const JudgedSheet>> JudgedSheet::of(store::Database& reader,
                                                           checks::Evaluation& evaluation, const Sheet& sheet,
                                                           std::int64_t entries) {
    const std::shared_ptr<JudgedSheet> out(new JudgedSheet);
    out->head_.sheet = &sheet;
    out->head_.day = evaluation.today();
    out->head_.entries = entries;
    out->head_.definitions = evaluation.library().version;
    out->head_.organisation = TRY(organisation_name(reader));
    out->head_.root = base64(TRY(ledger::root_at(reader, entries)));
    out->around_ = TRY(surroundings_of(reader, evaluation, sheet));
    for (const JudgedItem& item : TRY(judged_items(reader, evaluation, sheet, Sheet::Rows::all)))
        out->take(item);
    return out;
}

ItemReport JudgedSheet::item_on(const Item& item, Day day, int horizon_days) const {
    return sheets::item_on({&item, inputs_.at(&item)}, around_, day, horizon_days);
}

SheetReport JudgedSheet::on(Day day, const std::vector<const Item*>& items, int horizon_days) const {
    SheetReport out = head_;
    out.day = day;
    for (const Item* item : items) out.items.push_back(item_on(*item, day, horizon_days));
    return out;
}

std::vector<Flip> JudgedSheet::course(const Item& item, Day horizon) const {
    return course_after(inputs_.at(&item), day(), horizon);
}

Verdict JudgedSheet::verdict(const Item& item, Day day) const { return verdict_on(inputs_.at(&item), day); }

const checks::CheckResult* JudgedSheet::result(const checks::CheckKey& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : found->second;
}

}  // namespace maru::sheets
