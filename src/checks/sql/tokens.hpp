// Words and signs of a check's SQL, as far as lint and path derivation need them. Comments are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maru::checks::sql {

enum class TokenKind { word, quoted, string, number, sign };

struct Token {
    TokenKind kind = TokenKind::sign;
    std::string text;  // words in lower case; strings without their quotes

    bool is(std::string_view word) const {
        return text == word && (kind == TokenKind::word || kind == TokenKind::sign);
    }
};

std::vector<Token> tokens(std::string_view sql);

// Whether the function is called anywhere (not in strings and comments).
bool calls(std::string_view sql, std::string_view function);

}  // namespace maru::checks::sql
