// Which passwords are good enough: at least 12 characters or hard to guess (zxcvbn score 3 or 4), none of the
// user's own names, not all too easy. No rules about kinds of characters, no expiry (NIST SP
// 800-63B 5.1.1.2).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text.hpp"

namespace maru::identity {

struct PasswordOpinion {
    bool accepted = false;
    int score = 0;             // 0 (guessed at once) … 4 (very hard to guess), zxcvbn's scale
    std::vector<Text> advice;  // what is wrong and what to do; may be filled for accepted ones, too
};

// `own`: what an attacker knows of the user (mail, name, organisation): passwords that hold it are refused.
// Milliseconds for long passwords; compared and stored after NFKC, 256 bytes at most.
PasswordOpinion judge_password(std::string_view password, const std::vector<std::string>& own);

}  // namespace maru::identity
