// SQL functions written in C++, for one connection.
#pragma once

#include <string>

#include "sqlite/connection.hpp"

namespace maru::store {

struct FunctionDefinition {
    std::string name;
    int arity;
    Stability stability;
    SqlFunction function;
};

// Replaces a function of the same name and arity (-1 = any number of arguments); prepared statements stay
// good and call the new one. invalid when the name is none.
Result<void> define_function(Connection& connection, FunctionDefinition definition);

}  // namespace maru::store
