// SQL functions written in C++, for one sqlite3 handle.
#pragma once

#include <sqlite3.h>

#include <string>

#include "store/database.hpp"

namespace maru::store {

enum class Stability { always, one_statement };

struct FunctionDefinition {
    std::string name;
    int arity;
    Stability stability;
    SqlFunction function;
};

// Replaces a function of the same name and arity (-1 = any number of arguments). invalid when the name is
// none.
Result<void> define_function(sqlite3* handle, const FunctionDefinition& definition);

}  // namespace maru::store
