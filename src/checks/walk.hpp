// Walks along an organisation's ledger and answers checks as they were answered then: known at an index,
// judged on a day.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include "checks/evaluation.hpp"
#include "registers/past.hpp"

namespace maru::checks {

class Walk {
public:
    struct Options {
        std::vector<CheckKey> keys;  // what every step answers
        // Running one subject again costs as much as so many rows of a run over all of them. A run over few
        // rows may still read large tables, so that as many subjects are always run one by one.
        std::int64_t rows_per_subject = 16;
        std::int64_t always_by_subject = 100;
    };
    // Over the ledger as it is now. Library and schema must outlive the walk.
    static Result<Walk> start(const std::filesystem::path& folder, const Library& library,
                              const registers::Schema& schema, Options options);
    Walk(Walk&&) noexcept;
    ~Walk();

    // The answers of all keys where so many entries were known, on that day. Good until the next step, which
    // lies ahead or at the same place: neither number may be smaller than before.
    Result<Evaluation*> step(std::int64_t entries, Day day);
    registers::PastReader& past();

private:
    struct Impl;
    explicit Walk(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::checks
