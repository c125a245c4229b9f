#include "store/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "sqlite/connection.hpp"
#include "sqlite/errors.hpp"
#include "sqlite/functions.hpp"
#include "sqlite/open.hpp"

namespace maru::store {

namespace {

constexpr int instructions_between_looks = 4000;  // some tens of microseconds
constexpr std::int64_t rewritten_in_memory = 1ll << 30;

int stop_when_late(void* connection) {
    return std::chrono::steady_clock::now() > static_cast<const Connection*>(connection)->deadline ? 1 : 0;
}

// SQLite calls this for every column that a statement uses while it is being prepared.
// NOLINTNEXTLINE(readability-function-size): the six parameters are SQLite's
int note_read(void* reads, int action, const char* table, const char* column, const char*, const char*) {
    if (action == SQLITE_READ && !std::string_view(table).starts_with("sqlite_"))
        static_cast<std::vector<ColumnRead>*>(reads)->push_back({table, column});
    return SQLITE_OK;
}

// In destructors: a rollback that fails has nobody to tell, and the next statement on the connection will say
// so.
void undo(Database& database, std::string_view sql) {
    [[maybe_unused]] const Result<void> done = database.execute(sql);
}

std::unexpected<Error> text_too_long() {
    return fail(ErrorKind::invalid,
                {"SQL が長すぎます。短くしてください。", "the SQL is too long; shorten it"});
}

}  // namespace

Result<Statement> Connection::prepare(std::string_view& sql, unsigned flags) {
    if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return text_too_long();
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    const int outcome =
        sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()), flags, &raw, &rest);
    if (outcome != SQLITE_OK) return failed(handle, outcome);
    sql.remove_prefix(static_cast<std::size_t>(rest - sql.data()));
    return Statement(raw, this);
}

Result<void> Connection::execute(std::string_view sql) {
    while (!sql.empty()) TRY(TRY(prepare(sql, 0)).run());
    return {};
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, OpenMode mode) {
    return Database(TRY(open_file(file, mode)));
}

Result<Database> Database::in_memory() { return Database(TRY(open_memory())); }

Result<Statement> Database::prepare(std::string_view sql) { return connection_->prepare(sql, 0); }

Result<void> Database::execute(std::string_view sql) { return connection_->execute(sql); }

Result<Statement*> Database::cached(std::string_view sql) {
    auto found = connection_->cache.find(sql);
    if (found == connection_->cache.end()) {
        std::string_view rest = sql;
        Statement statement = TRY(connection_->prepare(rest, SQLITE_PREPARE_PERSISTENT));
        found = connection_->cache.emplace(sql, std::move(statement)).first;
    }
    found->second.reset();
    return &found->second;
}

Result<std::optional<std::int64_t>> Database::query_integer(std::string_view sql) {
    Statement statement = TRY(prepare(sql));
    const std::optional<Row> row = TRY(statement.step());
    return row ? row->maybe_integer(0) : std::nullopt;
}

std::int64_t Database::changes() const { return sqlite3_changes64(connection_->handle); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_->handle) == 0; }

Result<void> Database::define(std::string_view name, int arity, SqlFunction function) {
    return define_function(*connection_, {std::string(name), arity, Stability::always, std::move(function)});
}

Result<void> Database::define_volatile(std::string_view name, int arity, SqlFunction function) {
    return define_function(*connection_,
                           {std::string(name), arity, Stability::one_statement, std::move(function)});
}

void Database::set_time_limit(std::chrono::milliseconds limit) {
    connection_->time_limit = limit;
    const bool limited = limit.count() > 0;
    sqlite3_progress_handler(connection_->handle, limited ? instructions_between_looks : 0,
                             limited ? stop_when_late : nullptr, connection_.get());
}

void Database::set_lock_wait(std::chrono::milliseconds wait) {
    sqlite3_busy_timeout(connection_->handle, static_cast<int>(wait.count()));
}

Result<std::vector<ColumnRead>> Database::reads(std::string_view sql) {
    std::vector<ColumnRead> reads;
    sqlite3_set_authorizer(connection_->handle, note_read, &reads);
    const Result<Statement> prepared = prepare(sql);
    sqlite3_set_authorizer(connection_->handle, nullptr, nullptr);
    if (!prepared) return std::unexpected(prepared.error());
    std::ranges::sort(reads);
    const auto repeated = std::ranges::unique(reads);
    reads.erase(repeated.begin(), repeated.end());
    return reads;
}

Result<std::vector<std::string>> Database::query_plan(std::string_view sql) {
    Statement statement = TRY(prepare("explain query plan " + std::string(sql)));
    std::vector<std::string> lines;
    while (const std::optional<Row> row = TRY(statement.step())) lines.emplace_back(row->text(3));
    return lines;
}

Result<void> Database::truncate_wal() {
    Statement statement = TRY(prepare("pragma wal_checkpoint(truncate)"));
    const std::optional<Row> row = TRY(statement.step());
    if (row && row->integer(0) != 0) return failed(nullptr, SQLITE_BUSY);
    return {};
}

// A small file is rebuilt in memory, a large one in SQLite's folder for temporary files: what is left by
// then.
Result<void> Database::rewrite() {
    const std::int64_t pages = TRY(query_integer("pragma page_count")).value_or(0);
    const std::int64_t size = TRY(query_integer("pragma page_size")).value_or(0);
    if (pages * size <= rewritten_in_memory) return execute("vacuum");
    TRY(execute("pragma temp_store = file"));
    const Result<void> done = execute("vacuum");
    TRY(execute("pragma temp_store = memory"));
    return done;
}

Result<Transaction> Transaction::begin(Database& database) {
    Statement* statement = TRY(database.cached("begin immediate"));
    TRY(statement->run());
    return Transaction(&database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
    // After some errors SQLite has rolled back already; then there is nothing to do.
    if (database_ != nullptr && database_->in_transaction()) undo(*database_, "rollback");
}

Result<void> Transaction::commit() {
    Statement* statement = TRY(database_->cached("commit"));
    TRY(statement->run());  // on an error the destructor rolls back
    database_ = nullptr;
    return {};
}

Result<Savepoint> Savepoint::begin(Database& database) {
    Statement* statement = TRY(database.cached("savepoint maru"));
    TRY(statement->run());
    return Savepoint(&database);
}

Savepoint::Savepoint(Savepoint&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Savepoint::~Savepoint() {
    if (database_ != nullptr && database_->in_transaction())
        undo(*database_, "rollback to maru; release maru");
}

Result<void> Savepoint::release() {
    Statement* statement = TRY(database_->cached("release maru"));
    TRY(statement->run());
    database_ = nullptr;
    return {};
}

std::string quoted(std::string_view identifier) {
    std::string out = "\"";
    for (const char c : identifier) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace maru::store
