// SQLite's result codes as errors for people.
#pragma once

#include <sqlite3.h>

#include "core/result.hpp"

namespace maru::store {

// The error of the call that has just failed on this handle; names the database file.
Error error_of(sqlite3* handle, int code);
std::unexpected<Error> failed(sqlite3* handle, int code);

// An Error travels through SQLite as the message of a failed function and comes out of error_of unchanged.
std::string packed(const Error& error);

}  // namespace maru::store
