// The entries of a period, as a list for people.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/day.hpp"
#include "ledger/log.hpp"
#include "store/database.hpp"

namespace maru::packs {

struct ListedEntry {
    std::int64_t index = 0;
    ledger::Entry entry;
};
struct EntryDay {
    Day day;  // in Japan
    std::int64_t count = 0;
    std::map<std::string, std::int64_t> by_register;  // "" of none
    std::vector<ListedEntry> entries;                 // the first ones
};
struct Period {
    std::int64_t first = 0, end = 0;  // indexes of its entries
    std::vector<EntryDay> days;       // those with entries
};

// At most so many entries are listed per day and altogether; all are counted.
struct ListLimits {
    std::size_t per_day = 500;
    std::size_t altogether = 5000;
};
Result<Period> entries_between(store::Database& reader, Day from, Day to, const ListLimits& limits = {});

}  // namespace maru::packs
