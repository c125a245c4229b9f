// What has to be run again between two steps of a walk.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "registers/past.hpp"
#include "store/database.hpp"

namespace maru::checks {

// Registers whose tables a query reads; all of them when it cannot be told.
std::set<std::string> registers_read(const std::string& sql, const registers::Schema& schema,
                                     store::Database& reader);

// The registers that a check reads, with the way from a changed record to the subjects whose rows it touches.
struct Readings {
    std::map<std::string, std::optional<std::string>> paths;  // checks/paths.hpp
    std::set<std::string>
        whole;  // registers after whose change every row may be another: of items, of stages

    static Readings of(const Check& check, const registers::Schema& schema, store::Database& reader);
};

// The changed records by register; `everything` when an entry is about a register that the schema does not
// know.
struct Changed {
    std::map<std::string, std::set<std::int64_t>> records;
    bool everything = false;

    static Changed of(std::span<const registers::ChangedBy> changes);
};

// Rows of a check that are to be run again.
struct Touch {
    bool whole = false;
    std::set<std::string> subjects;
    bool nothing() const { return !whole && subjects.empty(); }
};

// So many are looked at one by one; of more, the check is run as a whole.
struct Most {
    std::int64_t records = 0, subjects = 0;
};

// Subjects on the reader's state; call it on the states before and after, with the same touch.
Result<void> touch(Touch& touch, const Readings& readings, const Changed& changed, const Most& most,
                   store::Database& reader);

}  // namespace maru::checks
