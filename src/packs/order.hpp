// A pack as somebody orders it: two days of an organisation, judged, signed for and packed.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "checks/check.hpp"
#include "packs/pack.hpp"
#include "sheets/moments.hpp"
#include "sheets/sheet.hpp"

namespace maru::packs {

// The first and the last day, each with what was known at its end.
struct Period {
    sheets::Moment from, to;
};

// By what names the days were asked for ("--from", "from"), and when.
struct AskedPeriod {
    sheets::Asked from, to;
};

// invalid: days of the future, exchanged, or without an entry between them. The period may begin before the
// ledger does: nothing was known then.
Result<Period> period_of(store::Database& reader, const AskedPeriod& asked, Day from, Day to);

struct PackSource {
    std::filesystem::path catalog;
    std::filesystem::path organisation;  // its folder
    std::filesystem::path anchors;       // as registers::AsOf
    const registers::Schema& schema;
    const checks::Library& library;
    Random random;
};

struct PackOrder {
    const sheets::Sheet& sheet;
    Period period;
    PackOptions options;  // with the period's days
};

struct MadePack {
    PackSummary summary;
    bool lacks_witnesses = false;  // those of policy.txt have not cosigned this state yet
};

// Errors, besides write_pack's: unavailable = entries of the period are not signed yet, try again in a
// moment; not_found = nothing was ever signed, or the signing key is not here.
Result<MadePack> make_pack(const PackSource& source, const PackOrder& order,
                           const std::filesystem::path& file);

}  // namespace maru::packs
