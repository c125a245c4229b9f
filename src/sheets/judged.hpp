// A sheet that was judged, apart from every connection: all that its verdicts follow from. Immutable, so any
// thread may ask it about its own day and, as rows tell the future, about every later one.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sheets/inputs.hpp"
#include "sheets/report.hpp"

namespace maru::sheets {

class JudgedSheet {
public:
    // All rows of the sheet. Checks whose results the evaluation does not hold are run.
    static Result<std::shared_ptr<const JudgedSheet>> of(store::Database& reader,
                                                         checks::Evaluation& evaluation, const Sheet& sheet,
                                                         std::int64_t entries);
    JudgedSheet(const JudgedSheet&) = delete;

    const Sheet& sheet() const { return *head_.sheet; }
    Day day() const { return head_.day; }
    std::int64_t entries() const { return head_.entries; }
    // Without offenders: those are asked of an evaluation. `day` is not before day().
    SheetReport on(Day day, const std::vector<const Item*>& items, int horizon_days) const;
    ItemReport item_on(const Item& item, Day day, int horizon_days) const;
    // Every day after day(), up to and including `horizon`, on which the item's verdict changes if nobody
    // acts.
    std::vector<Flip> course(const Item& item, Day horizon) const;
    Verdict verdict(const Item& item, Day day) const;
    // None for a check that no item names.
    const checks::CheckResult* result(const checks::CheckKey& key) const;

private:
    JudgedSheet() = default;
    void take(const JudgedItem& item);
    SheetReport head_;  // no items
    std::map<const checks::CheckResult*, std::unique_ptr<const checks::CheckResult>> results_;
    std::map<checks::CheckKey, const checks::CheckResult*> by_key_;
    std::map<const Item*, ItemInput> inputs_;
    Surroundings around_;
};

}  // namespace maru::sheets
