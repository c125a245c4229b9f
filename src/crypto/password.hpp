// Passwords: Argon2id (RFC 9106), stored as PHC strings ("$argon2id$v=19$m=32768,t=3,p=1$salt$hash"). Slow on
// purpose.
#pragma once

#include <string>
#include <string_view>

#include "core/bytes.hpp"

namespace maru::crypto {

struct PasswordCost {
    int megabytes = 32;  // of memory while hashing; at least 1
    int passes = 3;
};

// unavailable: that much memory is not to be had.
Result<std::string> hash_password(std::string_view password, const PasswordCost& cost, const Random& random);
// False also for anything that is no such string.
bool verify_password(std::string_view password, const std::string& stored);
// Whether the string was made with another cost.
bool has_other_cost(const std::string& stored, const PasswordCost& cost);
// A string of that cost which no password matches, for users who do not exist.
std::string unmatchable_password(const PasswordCost& cost);

}  // namespace maru::crypto
