// Erasing people from what waits to go out (docs/formats/erasure.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace maru::notices {

// Removes every message to the person and every one in which one of the words (name, mail address, code:
// those that the erasure takes away) stands, the calendar feed, and the person's number from the remembered
// tasks; then rewrites outbox.db, so that no byte of it is left in its files. Nothing happens when there is
// no outbox. To be called before an erasure is carried out and once more after it. Returns how many messages
// went.
Result<std::int64_t> forget_person(const std::filesystem::path& folder, std::int64_t person,
                                   const std::vector<std::string>& words);

}  // namespace maru::notices
