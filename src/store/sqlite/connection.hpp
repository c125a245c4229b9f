// What Database, Statement and the SQL functions share about one open sqlite3 handle.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>

#include "store/database.hpp"

namespace maru::store {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

enum class Stability { always, one_statement };
using FunctionKey = std::tuple<std::string, int, Stability>;  // name, arity

struct Connection {
    using SteadyTime = std::chrono::steady_clock::time_point;

    sqlite3* handle = nullptr;
    std::chrono::nanoseconds time_limit{};    // zero = none
    SteadyTime deadline = SteadyTime::max();  // of the statement that is running
    std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> cache;
    std::map<FunctionKey, SqlFunction*> functions;  // defined so far; SQLite owns them

    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        cache.clear();
        sqlite3_close_v2(handle);  // waits for statements that outlive the database
    }

    // Prepares the first statement of `sql` and moves `sql` behind it.
    Result<Statement> prepare(std::string_view& sql, unsigned flags);
    Result<void> execute(std::string_view sql);  // all statements of the text
};

}  // namespace maru::store
