// Sheets of the catalog as people read them.
#pragma once

#include "cli/session.hpp"

namespace maru::cli {

// All sheets; the items of one; or items in full: question, checks with level and what they read, scopes.
Result<int> list_sheets(const Session& session, const CatalogCommand& command);

// "誓約書管理台帳（pledge）、…": the registers that the check's SQL reads.
std::string registers_read(const checks::Check& check, const registers::Schema& schema, Language language);

}  // namespace maru::cli
