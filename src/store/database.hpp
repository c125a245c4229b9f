// A thin store over SQLite: Database, Statement, Row, Transaction. 64-bit integers, blobs with NUL, nulls and
// errors are exact. The only room that sees sqlite3 (and libpq when it comes). Not thread safe: one Database
// per thread.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "store/value.hpp"

namespace maru::store {

struct Connection;  // the sqlite3 handle and what belongs to it

enum class OpenMode { create, read_write, read_only };

// A column of a result row; borrowed until the next step.
class Row {
public:
    int columns() const;
    bool is_null(int column) const;
    std::int64_t integer(int column) const;   // 0 for null
    std::string_view text(int column) const;  // "" for null
    ByteView blob(int column) const;          // empty for null
    std::optional<std::int64_t> maybe_integer(int column) const;
    std::optional<std::string> maybe_text(int column) const;
    Value value(int column) const;  // a real number as its text

private:
    friend class Statement;
    explicit Row(void* statement) : statement_(statement) {}
    void* statement_;
};

// A prepared statement. Parameters are numbered from 1. Ready for another run at its end, after an error, by
// reset() or by the next bind. A query left in the middle keeps its snapshot: walk it to the end or reset it.
// A bind that fails (no such parameter) is remembered and returned by the next step.
class Statement {
public:
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    ~Statement();

    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, std::string_view value);
    Statement& bind(int parameter, ByteView value);
    Statement& bind(int parameter, Null);
    // Exactly a Value: strings and bytes must not become one on the way.
    template <std::same_as<Value> AnyValue>
    Statement& bind(int parameter, const AnyValue& value) {
        return bind_value(parameter, value);
    }
    void reset();  // ready for another run; keeps bindings

    // The next row or nullopt at the end. Errors: unavailable (busy, interrupted, disk full), conflict
    // (unique), invalid, corrupt.
    Result<std::optional<Row>> step();
    Result<void> run();  // steps to the end and resets
    int columns() const;
    std::string column_name(int column) const;

private:
    friend struct Connection;
    Statement(void* statement, Connection* connection) : statement_(statement), connection_(connection) {}
    Statement& bind_value(int parameter, const Value& value);
    int step_limited();
    void prepare_to_bind();
    void note(int bind_outcome);
    void* statement_;
    Connection* connection_;
    std::chrono::nanoseconds spent_{};  // of its time limit, in this run
    int bind_error_ = 0;
    bool started_ = false;
};

struct ColumnRead {
    std::string table;
    std::string column;
    auto operator<=>(const ColumnRead&) const = default;
};

using SqlFunction = std::function<Result<Value>(std::span<const ValueView>)>;

class Database {
public:
    // Opens with WAL, synchronous=FULL, secure_delete=ON, temp_store=MEMORY and the savepoint journal in
    // memory (SQLITE_CONFIG_STMTJRNL_SPILL). `create` makes a missing file. `read_only` opens the file
    // read-only (temp views work); when the folder is not writable either and there is no write-ahead log,
    // the file is read as immutable (a CD, an auditor's copy). Text in double quotes is always an identifier,
    // never a string. Errors name the file: not_found (missing), unavailable (locked, read-only), corrupt
    // (damaged, no database).
    static Result<Database> open(const std::filesystem::path& file, OpenMode mode);
    static Result<Database> in_memory();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    Result<Statement> prepare(std::string_view sql);
    Result<void> execute(std::string_view sql);       // one or more statements without parameters
    Result<Statement*> cached(std::string_view sql);  // prepared once per text, reset before it is handed out
    Result<std::optional<std::int64_t>> query_integer(std::string_view sql);
    std::int64_t changes() const;  // rows that the last insert, update or delete changed
    bool in_transaction() const;   // false once an error (disk full, interrupted write) has rolled it back

    // A deterministic function for SQL; arity -1 = any. An Error that it returns becomes the statement's
    // error, unchanged.
    Result<void> define(std::string_view name, int arity, SqlFunction function);
    // As `define`, for functions whose value changes between statements but not during one (today(),
    // setting(), as_of()): as fast, usable in queries and temp views, refused in the stored schema.
    Result<void> define_volatile(std::string_view name, int arity, SqlFunction function);

    // Statements that compute longer in one run fail with `unavailable`; zero = no limit. The caller's time
    // between rows is free.
    void set_time_limit(std::chrono::milliseconds limit);
    // How long to wait for another process's lock before failing with `unavailable` (5 s unless set).
    void set_lock_wait(std::chrono::milliseconds wait);

    // Which columns of which tables a query reads (SQLite's authoriser).
    Result<std::vector<ColumnRead>> reads(std::string_view sql);
    // EXPLAIN QUERY PLAN, one line per node.
    Result<std::vector<std::string>> query_plan(std::string_view sql);

    // Empties the write-ahead log after copying it into the file. unavailable while a reader still needs it.
    Result<void> truncate_wal();
    // VACUUM: every page is written anew from the rows that there are, so that nothing deleted is left
    // between them (secure_delete does not reach what splitting pages leaves behind). Outside of
    // transactions.
    Result<void> rewrite();

private:
    explicit Database(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

// BEGIN IMMEDIATE … COMMIT; rolls back when destroyed uncommitted.
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&&) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<void> commit();

private:
    explicit Transaction(Database* database) : database_(database) {}
    Database* database_;
};

// SAVEPOINT … RELEASE; rolls back to it when destroyed unreleased.
class Savepoint {
public:
    static Result<Savepoint> begin(Database& database);
    Savepoint(Savepoint&&) noexcept;
    Savepoint& operator=(Savepoint&&) = delete;
    ~Savepoint();
    Result<void> release();

private:
    explicit Savepoint(Database* database) : database_(database) {}
    Database* database_;
};

// `"name"` with quotes doubled.
std::string quoted(std::string_view identifier);

}  // namespace maru::store
