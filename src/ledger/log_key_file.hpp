// The log's signing key in a file of its own: keys/log.key, for the owner only, never in the database.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/note.hpp"
#include "store/database.hpp"

namespace maru::ledger {

// "maru.internal/<name, what of it may stand in an origin>-<8 random hex digits>": no other log is called so,
// and nobody can own the domain (reserved for private use).
std::string default_origin(std::string_view name, const Random& random);

// nullopt when there is none. Errors: corrupt when it holds no key, unavailable.
Result<std::optional<SigningKey>> read_key_file(const std::filesystem::path& keys);

struct NewLogKey {
    std::string origin;
    Random random;
};
// The key that signs from now on: the one in the file, which must be the one that the database names. Where
// neither has one (a new organisation, or one from before there were checkpoints) it is made: first the file,
// then the row. corrupt: the file is missing; conflict: it is another log's.
Result<SigningKey> ensure_log_key(store::Database& database, const std::filesystem::path& keys,
                                  const NewLogKey& if_none);

// A renewal's three steps; ensure_log_key() finishes it when it is interrupted after the second.
// 1: the new key in a file beside the old one. 2: the caller commits the key to log_key. 3: the new file
// takes the old one's place, which is kept as log.key.<its id>.
Result<SigningKey> prepare_new_key(const std::filesystem::path& keys, const NewLogKey& wanted);
Result<void> adopt_new_key(const std::filesystem::path& keys);

}  // namespace maru::ledger
