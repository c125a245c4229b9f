// Rows of the table `message`.
#pragma once

#include "notices/outbox.hpp"
#include "store/database.hpp"

namespace maru::notices {

// Inside or outside of a transaction; false when the key was there.
Result<bool> insert(store::Database& database, const Draft& draft, Instant now, const Random& random);
Message message_in(const store::Row& row);
extern const std::string_view message_columns;

Instant instant_of(std::int64_t milliseconds);
std::int64_t number_of(Instant instant);

}  // namespace maru::notices
