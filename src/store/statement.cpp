#include <sqlite3.h>

#include <limits>
#include <utility>

#include "sqlite/connection.hpp"
#include "sqlite/errors.hpp"
#include "store/database.hpp"

namespace maru::store {

namespace {

sqlite3_stmt* handle(void* statement) { return static_cast<sqlite3_stmt*>(statement); }

// Lengths are passed as 64 bits so that SQLite itself refuses what is too large.
int bind_text(sqlite3_stmt* statement, int parameter, std::string_view value) {
    const char* bytes = value.data() == nullptr ? "" : value.data();  // a null pointer would bind NULL
    return sqlite3_bind_text64(statement, parameter, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int bind_blob(sqlite3_stmt* statement, int parameter, ByteView value) {
    if (value.empty()) return sqlite3_bind_zeroblob(statement, parameter, 0);
    return sqlite3_bind_blob64(statement, parameter, value.data(), value.size(), SQLITE_TRANSIENT);
}

}  // namespace

int Row::columns() const { return sqlite3_data_count(handle(statement_)); }

bool Row::is_null(int column) const { return sqlite3_column_type(handle(statement_), column) == SQLITE_NULL; }

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(handle(statement_), column); }

std::string_view Row::text(int column) const {
    const unsigned char* bytes = sqlite3_column_text(handle(statement_), column);
    if (bytes == nullptr) return "";
    return {reinterpret_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(handle(statement_), column))};
}

ByteView Row::blob(int column) const {
    const void* bytes = sqlite3_column_blob(handle(statement_), column);
    if (bytes == nullptr) return {};
    return {static_cast<const std::uint8_t*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(handle(statement_), column))};
}

std::optional<std::int64_t> Row::maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<std::string> Row::maybe_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(std::string(text(column)));
}

Value Row::value(int column) const {
    switch (sqlite3_column_type(handle(statement_), column)) {
        case SQLITE_NULL: return Null{};
        case SQLITE_INTEGER: return integer(column);
        case SQLITE_BLOB: {
            const ByteView bytes = blob(column);
            return Bytes(bytes.begin(), bytes.end());
        }
        default: return std::string(text(column));  // text, and real numbers
    }
}

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)),
      connection_(other.connection_),
      spent_(other.spent_),
      bind_error_(other.bind_error_),
      started_(other.started_) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(statement_, other.statement_);
    std::swap(connection_, other.connection_);
    std::swap(spent_, other.spent_);
    std::swap(bind_error_, other.bind_error_);
    std::swap(started_, other.started_);
    return *this;
}

Statement::~Statement() { sqlite3_finalize(handle(statement_)); }

void Statement::prepare_to_bind() {
    if (started_) reset();
}

void Statement::note(int bind_outcome) {
    if (bind_outcome != SQLITE_OK && bind_error_ == SQLITE_OK) bind_error_ = bind_outcome;
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    prepare_to_bind();
    note(sqlite3_bind_int64(handle(statement_), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view value) {
    prepare_to_bind();
    note(bind_text(handle(statement_), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, ByteView value) {
    prepare_to_bind();
    note(bind_blob(handle(statement_), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, Null) {
    prepare_to_bind();
    note(sqlite3_bind_null(handle(statement_), parameter));
    return *this;
}

Statement& Statement::bind_value(int parameter, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return bind(parameter, *integer);
    if (const auto* text = std::get_if<std::string>(&value)) return bind(parameter, std::string_view(*text));
    if (const auto* bytes = std::get_if<Bytes>(&value)) return bind(parameter, ByteView(*bytes));
    return bind(parameter, Null{});
}

void Statement::reset() {
    sqlite3_reset(handle(statement_));
    spent_ = {};
    started_ = false;
}

// A statement may run inside a function that another statement calls, so the outer deadline is put back.
int Statement::step_limited() {
    if (connection_->time_limit.count() == 0) return sqlite3_step(handle(statement_));
    const auto begin = std::chrono::steady_clock::now();
    const auto outer = std::exchange(connection_->deadline, begin + (connection_->time_limit - spent_));
    const int outcome = sqlite3_step(handle(statement_));
    connection_->deadline = outer;
    spent_ += std::chrono::steady_clock::now() - begin;
    return outcome;
}

Result<std::optional<Row>> Statement::step() {
    if (const int error = std::exchange(bind_error_, SQLITE_OK); error != SQLITE_OK)
        return failed(nullptr, error);
    if (statement_ == nullptr) return std::nullopt;  // an empty SQL text
    started_ = true;
    const int outcome = step_limited();
    if (outcome == SQLITE_ROW) return Row(statement_);
    if (outcome == SQLITE_DONE) {
        reset();
        return std::nullopt;
    }
    Error error = error_of(connection_->handle, outcome);
    reset();
    return std::unexpected(std::move(error));
}

Result<void> Statement::run() {
    while (TRY(step())) {
    }
    return {};
}

int Statement::columns() const { return sqlite3_column_count(handle(statement_)); }

std::string Statement::column_name(int column) const {
    const char* name = sqlite3_column_name(handle(statement_), column);
    return name == nullptr ? "" : name;
}

}  // namespace maru::store
