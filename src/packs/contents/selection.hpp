// Which records a pack discloses, and which of their fields: what the checks of its items read.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "packs/pack.hpp"
#include "packs/prover.hpp"

namespace maru::packs {

// A register that the items are judged by.
struct Need {
    const registers::Register* of = nullptr;
    FieldNumbers fields;  // opened
};
// By register number. What checks read, what every verdict depends on (claims, exceptions, settings …), keys,
// and attachments; personal fields only when a check reads them.
Result<std::vector<Need>> needs_of(const checks::Library& library, const registers::Schema& schema,
                                   const std::vector<const sheets::Item*>& items);

struct ChosenRecord {
    const Need* need = nullptr;
    registers::Record record;  // as it was known at the end of the period
    std::string title;         // "" when the field is not opened
};
struct RegisterCount {
    const Need* need = nullptr;
    std::int64_t total = 0;
    std::int64_t disclosed = 0;
};
struct Selection {
    std::vector<ChosenRecord> records;     // by index of their entries
    std::vector<RegisterCount> registers;  // those with records, by number
};
// Offenders of the sheet first, then the newest, at most `limit` per register. `needs` must outlive it.
Result<Selection> select_records(const PackEnd& last, const std::vector<Need>& needs, std::int64_t limit);

}  // namespace maru::packs
