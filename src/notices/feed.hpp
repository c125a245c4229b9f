// A person's calendar for programs that cannot sign in: a secret address leads to an iCalendar file (RFC
// 5545).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "checks/evaluation.hpp"
#include "core/bytes.hpp"
#include "core/day.hpp"
#include "sheets/sheet.hpp"
#include "store/database.hpp"

namespace maru::notices {

// Tokens of feeds in outbox.db; only their hashes are kept. Not thread safe.
class Feeds {
public:
    static Result<Feeds> open(const std::filesystem::path& folder);
    // A new token of 256 bits, 64 hexadecimal digits; the person's old one is worth nothing from now on.
    Result<std::string> make(std::int64_t person, Instant now, const Random& random);
    // Whose feed it is; none for unknown tokens.
    Result<std::optional<std::int64_t>> find(std::string_view token);
    Result<void> revoke(std::int64_t person);
    Result<bool> has(std::int64_t person);

private:
    explicit Feeds(store::Database database) : database_(std::move(database)) {}
    store::Database database_;
};

// What falls due for a person within half a year, as sheets::forecast says it. Without anything it is a valid
// calendar, too.
Result<std::string> calendar_of(store::Database& reader, checks::Evaluation& evaluation,
                                const sheets::Sheet& sheet, std::int64_t person, Language language,
                                Instant now);

}  // namespace maru::notices
