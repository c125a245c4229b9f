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

Result<void> define_function(sqlite3* handle, const FunctionDefinition& definition);

}  // namespace maru::store
