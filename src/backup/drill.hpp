// Trying whether a backup can be restored, without touching what is there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "backup/restore.hpp"
#include "checks/check.hpp"
#include "registers/schema.hpp"
#include "sheets/sheet.hpp"

namespace maru::backup {

struct DrillRequest {
    std::filesystem::path file;
    crypto::BoxKeys keys;
    std::filesystem::path organisation;  // the living one
    const registers::Schema& schema;
    const checks::Library& library;
    const sheets::Sheet& sheet;
    Random random;
};

struct DrillReport {
    Restored restored;
    std::int64_t attachments = 0;  // opened, each with its hash
    Day day;                       // on which both sheets were judged: the backup's
    std::int64_t full = 0;         // items with ○
    std::int64_t items = 0;
    double seconds = 0;
    std::int64_t minutes() const;  // begun ones
};

// Restores aside (in the organisation's folder, for the owner only), verifies the ledger entry by entry and
// its signatures, compares its root with the living ledger's at the same index, opens every attachment and
// judges the sheet in both as of that index. The copy is destroyed in any case. Errors are those of extract;
// conflict when the backup is of another organisation; corrupt when something differs, naming it.
Result<DrillReport> drill(const DrillRequest& request);

}  // namespace maru::backup
