// Keeps the rows of checks and runs again only what a change touches (checks/paths.hpp).
#pragma once

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "checks/evaluation.hpp"

namespace maru::checks {

struct ChangedRecord {
    std::string register_name;
    std::int64_t id = 0;
};

// What changes touch: whole checks, or some subjects of them.
struct Touched {
    std::set<CheckKey> whole;
    std::map<CheckKey, std::set<std::string>> subjects;
};

// Around every change: touched() on the state before it, then update() with an evaluation of the state after
// it. The results are then those of a full run, and the evaluation holds them.
class RowCache {
public:
    RowCache(const Library& library, const registers::Schema& schema, const std::vector<CheckKey>& keys);
    RowCache(RowCache&&) noexcept;
    ~RowCache();

    // Runs every check.
    void fill(Evaluation& evaluation);
    Result<Touched> touched(store::Database& reader, std::span<const ChangedRecord> changes) const;
    // `before`: what touched() said on the state before. On another day than the last time everything runs
    // again.
    Result<void> update(Evaluation& after, store::Database& reader, const Touched& before,
                        std::span<const ChangedRecord> changes);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::checks
