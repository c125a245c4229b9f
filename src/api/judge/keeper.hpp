// The checks of all sheets, brought from one state of the ledger to the next.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "api/catalog.hpp"
#include "checks/cache.hpp"
#include "registers/organisation.hpp"
#include "store/database.hpp"

namespace maru::api {

// Not thread safe: the judge's thread works with it.
class Keeper {
public:
    // The catalog must outlive it. `anchors`: as registers::AsOf.
    Keeper(std::filesystem::path folder, const Catalog& catalog, std::filesystem::path anchors);

    // To the newest state, judged on that day: then evaluation() holds the results of every check. False when
    // it stands there already.
    Result<bool> bring_up(Day today);
    // Lets go of every state; the next one is judged anew.
    void forget();
    // What the next bring_up will do as far as can be told before: run everything anew.
    bool begins_anew(Day today) const { return !place_ || place_->day != today; }

    store::Database& reader() { return *sides_[now_].reader; }
    checks::Evaluation& evaluation() { return *sides_[now_].evaluation; }
    std::int64_t entries() const { return place_ ? place_->entries : 0; }

private:
    // A change is looked at from the state before it and from the one after it.
    struct Side {
        std::optional<store::Database> reader;
        std::optional<checks::Evaluation> evaluation;
    };
    struct Place {
        std::int64_t entries = 0;
        Day day;
    };
    using Changes = std::vector<checks::ChangedRecord>;
    Result<std::int64_t> move_on(Side& side) const;
    Result<void> prepare(Side& side, Day today) const;
    // Nothing when they are too many, or no list of records tells what changed.
    Result<std::optional<Changes>> changes(store::Database& reader, std::int64_t from, std::int64_t to) const;

    std::filesystem::path folder_;
    const Catalog* catalog_;
    std::filesystem::path anchors_;
    checks::RowCache cache_;
    std::array<Side, 2> sides_;
    std::size_t now_ = 0;
    std::optional<Place> place_;  // of sides_[now_]
};

}  // namespace maru::api
