// What everybody says who finds the stored log not to be what it was.
#pragma once

#include <string>

#include "core/result.hpp"

namespace maru::ledger {

inline std::unexpected<Error> damaged_ledger(const std::string& ja, const std::string& en) {
    return fail(ErrorKind::corrupt,
                {"変更記録簿が壊れています: " + ja + "。バックアップから復元してください。",
                 "the ledger is damaged: " + en + "; restore the database from a backup"});
}

}  // namespace maru::ledger
