#include "sqlite/open.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <mutex>
#include <system_error>

#include "sqlite/errors.hpp"

namespace maru::store {

namespace {

namespace fs = std::filesystem;

constexpr int savepoint_journal_bytes = 16 << 20;
constexpr int lock_wait_ms = 5000;

// A savepoint copies every page that it changes to a statement journal. From 64 KB on (the default) that is a
// temporary file per command, which was the largest cost of a put; it can only be set before SQLite starts.
void configure_library() {
    static std::once_flag once;
    std::call_once(once, [] {
        sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, savepoint_journal_bytes);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);  // its counters are a lock that all threads share
        sqlite3_initialize();
    });
}

// Double-quoted text that names no column must be an error, not a string: a misspelt column would be a
// constant.
void harden(sqlite3* handle) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_busy_timeout(handle, lock_wait_ms);
}

int open_flags(OpenMode mode) {
    constexpr int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
        case OpenMode::create: return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        case OpenMode::read_write: return common | SQLITE_OPEN_READWRITE;
        case OpenMode::read_only: return common | SQLITE_OPEN_READONLY;
    }
    return common;
}

Result<std::unique_ptr<Connection>> open_handle(const std::string& name, int flags) {
    configure_library();
    auto connection = std::make_unique<Connection>();
    const int outcome = sqlite3_open_v2(name.c_str(), &connection->handle, flags, nullptr);
    if (outcome != SQLITE_OK) return std::unexpected(error_of(connection->handle, outcome));
    harden(connection->handle);
    return connection;
}

// Sizes are limits, not reservations: a small organisation uses what it needs. Reading through mmap is left
// to readers, because a failing disk is an error code in read() and a signal in mapped memory.
constexpr const char* common_settings =
    "pragma synchronous = full; pragma secure_delete = on; pragma temp_store = memory; pragma foreign_keys = "
    "off;"
    "pragma cache_size = -65536;";
constexpr const char* reader_settings = "pragma mmap_size = 2147418112;";

std::unexpected<Error> no_write_ahead_log(const fs::path& file) {
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{}: WAL（先行書き込みログ）を使えません。ローカルディスクに置いてください。",
                     file.string()),
         fmt::format("{}: no write-ahead log possible here; keep the file on a local disk", file.string())});
}

std::unexpected<Error> read_only_file(const fs::path& file) {
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{}: 読み取り専用のため書き込めません。ファイルとフォルダの権限を確かめてください。",
                     file.string()),
         fmt::format("{}: read-only, cannot write; check the permissions of the file and its folder",
                     file.string())});
}

Result<void> start_write_ahead_log(Connection& connection, const fs::path& file) {
    std::string_view sql = "pragma journal_mode = wal";
    Statement statement = TRY(connection.prepare(sql, 0));
    const std::optional<Row> mode = TRY(statement.step());
    if (!mode || mode->text(0) != "wal") return no_write_ahead_log(file);
    return {};
}

// SQLite opens lazily; reading the schema finds what is damaged, locked or no database at all.
Result<void> read_schema(Connection& connection) {
    return connection.execute("select count(*) from sqlite_schema");
}

// The file can be read as immutable: nobody can be writing it, and no log holds later changes.
bool on_read_only_medium(const fs::path& file) {
    std::error_code ignored;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const auto log_size = fs::file_size(file.string() + "-wal", ignored);
    const bool no_log = ignored || log_size == 0;
    return no_log && ::faccessat(AT_FDCWD, folder.c_str(), W_OK, AT_EACCESS) != 0 &&
           ::faccessat(AT_FDCWD, file.c_str(), R_OK, AT_EACCESS) == 0;
}

std::string immutable_uri(const fs::path& file) {
    std::string uri = "file:";
    for (const char c : fs::absolute(file).string()) {
        if (c == '%' || c == '?' || c == '#')
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            uri += c;
    }
    return uri + "?immutable=1";
}

Result<std::unique_ptr<Connection>> open_reader(const fs::path& file) {
    const int flags = open_flags(OpenMode::read_only);
    std::unique_ptr<Connection> connection = TRY(open_handle(file.string(), flags));
    if (const Result<void> readable = read_schema(*connection); !readable) {
        const bool needs_log = (sqlite3_errcode(connection->handle) & 0xff) == SQLITE_CANTOPEN ||
                               readable.error().kind == ErrorKind::unavailable;
        if (!needs_log || !on_read_only_medium(file)) return std::unexpected(readable.error());
        connection = TRY(open_handle(immutable_uri(file), flags | SQLITE_OPEN_URI));
        TRY(read_schema(*connection));
    }
    TRY(connection->execute(common_settings));
    TRY(connection->execute(reader_settings));
    return connection;
}

Result<std::unique_ptr<Connection>> open_writer(const fs::path& file, OpenMode mode) {
    std::unique_ptr<Connection> connection = TRY(open_handle(file.string(), open_flags(mode)));
    TRY(read_schema(*connection));
    // SQLite falls back to read-only without a word when it may not write the file.
    if (sqlite3_db_readonly(connection->handle, "main") == 1) return read_only_file(file);
    TRY(start_write_ahead_log(*connection, file));
    TRY(connection->execute(common_settings));
    return connection;
}

std::unexpected<Error> missing_file(const fs::path& file) {
    return fail(ErrorKind::not_found,
                {fmt::format("{}: ファイルがありません。場所を確かめてください。", file.string()),
                 fmt::format("{}: no such file; check the path", file.string())});
}

}  // namespace

Result<std::unique_ptr<Connection>> open_file(const fs::path& file, OpenMode mode) {
    std::error_code ignored;
    if (mode != OpenMode::create && !fs::exists(file, ignored) && !ignored) return missing_file(file);
    return mode == OpenMode::read_only ? open_reader(file) : open_writer(file, mode);
}

Result<std::unique_ptr<Connection>> open_memory() {
    std::unique_ptr<Connection> connection = TRY(open_handle(":memory:", open_flags(OpenMode::create)));
    TRY(connection->execute(common_settings));
    return connection;
}

}  // namespace maru::store
