// Takes the items of a list field out of some versions of a record.
#pragma once

#include "erasure/survey.hpp"

namespace maru::registers {

// Items of the record's versions that are in `record`; an item that other versions have, too, stays for
// those.
Result<void> empty_list(store::Database& database, const About& about, const AboutColumn& column,
                        const AboutRecord& record);

}  // namespace maru::registers
