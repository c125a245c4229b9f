// Errors as values. Result<T> is std::expected<T, Error>; TRY makes the happy path read straight (not inside
// coroutines).
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "core/text.hpp"

namespace maru {

enum class ErrorKind {
    invalid,      // the input is wrong; the message says where and what to do
    not_found,    // nothing has that name or id
    conflict,     // somebody else changed it, or the key exists
    forbidden,    // not allowed to do this
    unavailable,  // locked, read-only, disk full, interrupted by its time limit
    corrupt,      // a file or database is damaged or of a newer version
    internal,     // a broken promise of ours
};

// What went wrong, for a person, in both languages: what, where (file, row, column, field) and what to do.
struct Error {
    ErrorKind kind = ErrorKind::internal;
    Text message;
};

template <class T>
using Result = std::expected<T, Error>;

// return fail(ErrorKind::invalid, {"…ja…", "…en…"});
inline std::unexpected<Error> fail(ErrorKind kind, Text message) {
    return std::unexpected(Error{kind, std::move(message)});
}

// Puts where it happened in front: "person.csv row 12: …".
inline Error prefixed(std::string_view where, Error error) {
    error.message.ja.insert(0, std::string(where) + ": ");
    error.message.en.insert(0, std::string(where) + ": ");
    return error;
}

// What TRY gives; unlike the expected's own operators its value may be ignored.
template <class T>
T value_of(Result<T>&& result) {
    return *std::move(result);
}
inline void value_of(Result<void>&&) {}

}  // namespace maru

#define MARU_JOIN_(a, b) a##b
#define MARU_JOIN(a, b) MARU_JOIN_(a, b)
#define MARU_TRY_(name, expression)                                 \
    __extension__({                                                 \
        auto name = (expression);                                   \
        if (!name) return std::unexpected(std::move(name).error()); \
        ::maru::value_of(std::move(name));                          \
    })
// auto x = TRY(f());  TRY(g());  — returns the error of the enclosing function's Result.
#define TRY(expression) MARU_TRY_(MARU_JOIN(try_result_, __COUNTER__), expression)
