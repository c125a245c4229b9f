#include "diff/side.hpp"

#include "registers/organisation.hpp"

namespace maru::sheets {

Result<store::Database*> Side::reader() {
    if (!reader_)
        reader_ = std::make_unique<store::Database>(
            TRY(registers::Organisation::open_reader(source_.folder, source_.schema, {place_.entries})));
    return reader_.get();
}

Result<checks::Evaluation*> Side::evaluation() {
    if (evaluation_) return evaluation_.get();
    checks::EvaluationOptions options{.today = place_.day};
    options.open_reader = [this] {
        return registers::Organisation::open_reader(source_.folder, source_.schema, {place_.entries});
    };
    evaluation_ = std::make_unique<checks::Evaluation>(
        TRY(checks::Evaluation::open(*TRY(reader()), source_.library, source_.schema, options)));
    return evaluation_.get();
}

Result<std::map<const Item*, Verdict>> Side::verdicts(const std::vector<const Item*>& items) {
    std::map<const Item*, Verdict> out;
    if (remembered_ != nullptr && remembered_->tells(place_)) {
        for (const Item* item : items)
            if (const auto verdict = remembered_->on(*item, place_.day)) out[item] = *verdict;
        return out;
    }
    checks::Evaluation& judge = *TRY(evaluation());
    const Exclusions exclusions = TRY(load_exclusions(*reader_, source_.sheet.name));
    std::vector<checks::CheckKey> keys;
    for (const Item* item : items)
        for (const Link& link : item->links) keys.insert(keys.end(), link.checks.begin(), link.checks.end());
    judge.run_all(keys);
    for (const Item* item : items) out[item] = verdict_on(input_of(*item, judge, exclusions), place_.day);
    return out;
}

}  // namespace maru::sheets
