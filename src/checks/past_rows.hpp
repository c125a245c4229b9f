// Which entry made a row what it is: the row as it would be judged on one day, had the ledger ended earlier.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "checks/evaluation.hpp"
#include "registers/past.hpp"

namespace maru::checks {

class PastRows {
public:
    // Judged on `day`, between the two places of the ledger. Library and schema must outlive this.
    static Result<PastRows> open(const std::filesystem::path& folder, const Library& library,
                                 const registers::Schema& schema, Day day, std::int64_t from,
                                 std::int64_t to);
    PastRows(PastRows&&) noexcept;
    ~PastRows();

    // Index of an entry in [from, to) that gave the row the state and reason that it has with `to` entries; a
    // late one when there are several. An entry about the row's own records goes before one that made a list
    // fresh again. None when the row had state and reason with `from` entries already: then time passed and
    // nothing else.
    Result<std::optional<std::int64_t>> cause(const CheckKey& key, const std::string& subject);
    // Knows all entries of the ledger.
    registers::Entries& entries();

private:
    struct Impl;
    explicit PastRows(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::checks
