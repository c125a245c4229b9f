// SQL functions written in C++.
#include <sqlite3.h>

#include <array>
#include <span>

#include "sqlite/connection.hpp"
#include "sqlite/errors.hpp"
#include "sqlite/functions.hpp"

namespace maru::store {

namespace {

std::size_t bytes_of(sqlite3_value* value) { return static_cast<std::size_t>(sqlite3_value_bytes(value)); }

ValueView argument(sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
        case SQLITE_NULL: return Null{};
        case SQLITE_INTEGER: return std::int64_t{sqlite3_value_int64(value)};
        case SQLITE_BLOB: {
            const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_value_blob(value));
            return ByteView(bytes, bytes_of(value));
        }
        default: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
            return text == nullptr ? std::string_view() : std::string_view(text, bytes_of(value));
        }
    }
}

void give(sqlite3_context* context, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        sqlite3_result_int64(context, *integer);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
        sqlite3_result_blob64(context, bytes->empty() ? static_cast<const void*>("") : bytes->data(),
                              bytes->size(), SQLITE_TRANSIENT);
    } else {
        sqlite3_result_null(context);
    }
}

void give(sqlite3_context* context, const Error& error) {
    const std::string message = packed(error);
    sqlite3_result_error(context, message.data(), static_cast<int>(message.size()));
}

void answer(sqlite3_context* context, std::span<const ValueView> arguments) {
    const auto& function = *static_cast<const SqlFunction*>(sqlite3_user_data(context));
    const Result<Value> result = function(arguments);
    if (result)
        give(context, *result);
    else
        give(context, result.error());
}

// Called by SQLite, which is C: nothing may be thrown through it.
void call(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
    try {
        constexpr std::size_t few = 4;  // nearly all functions: their arguments need no allocation
        const auto wanted = static_cast<std::size_t>(count);
        std::array<ValueView, few> near;
        std::vector<ValueView> far(wanted > few ? wanted : 0);
        const std::span<ValueView> arguments = wanted > few ? std::span(far) : std::span(near).first(wanted);
        for (std::size_t i = 0; i < wanted; ++i) arguments[i] = argument(values[i]);
        answer(context, arguments);
    } catch (const std::exception&) {
        sqlite3_result_error_nomem(context);
    }
}

void destroy(void* function) { delete static_cast<SqlFunction*>(function); }

}  // namespace

Result<void> define_function(Connection& connection, FunctionDefinition definition) {
    const FunctionKey key(definition.name, definition.arity, definition.stability);
    if (const auto known = connection.functions.find(key); known != connection.functions.end()) {
        *known->second = std::move(definition.function);  // SQLite would prepare every statement again
        return {};
    }
    // Deterministic during one statement lets SQLite call it once instead of once per row. INNOCUOUS: usable
    // in stored triggers and checks although trusted_schema is off; DIRECTONLY: only in queries and temp
    // views.
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC |
                      (definition.stability == Stability::always ? SQLITE_INNOCUOUS : SQLITE_DIRECTONLY);
    auto* function =
        new SqlFunction(std::move(definition.function));  // SQLite calls destroy, also on failure
    const int outcome =
        sqlite3_create_function_v2(connection.handle, definition.name.c_str(), definition.arity, flags,
                                   function, call, nullptr, nullptr, destroy);
    if (outcome != SQLITE_OK) return failed(connection.handle, outcome);
    std::erase_if(connection.functions, [&](const auto& entry) {  // of another stability: just destroyed
        return std::get<0>(entry.first) == definition.name && std::get<1>(entry.first) == definition.arity;
    });
    connection.functions.emplace(key, function);
    return {};
}

}  // namespace maru::store
