// Why rows are unknown although their check says something of them.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "checks/rows.hpp"
#include "evaluation/runner.hpp"

namespace maru::checks {

// Of one check on one day. Rows by the hundred thousand share few doubts.
class Doubts {
public:
    Doubts(const Surroundings& around, const Check& check, Day day)
        : around_(around), check_(check), day_(day) {}

    // Null where the row's own reason holds.
    std::shared_ptr<const Doubt> of(const RowTerms& terms, std::optional<std::int64_t> mirror_scope);
    // Of an empty population.
    std::shared_ptr<const Doubt> of_none();

private:
    std::shared_ptr<const Doubt> about_lists(std::optional<std::int64_t> scope);
    const Surroundings& around_;
    const Check& check_;
    Day day_;
    std::map<std::optional<std::int64_t>, std::shared_ptr<const Doubt>> by_scope_;
    std::shared_ptr<const Doubt> before_;
};

}  // namespace maru::checks
