#include "sqlite/errors.hpp"

#include <fmt/core.h>

#include <optional>

namespace maru::store {

namespace {

constexpr std::string_view packed_mark = "\x1fmaru\x1f";

std::optional<Error> unpacked(std::string_view message) {
    if (!message.starts_with(packed_mark)) return std::nullopt;
    message.remove_prefix(packed_mark.size());
    const std::size_t middle = message.find('\x1f');
    if (middle == std::string_view::npos || middle == 0) return std::nullopt;
    Error error;
    error.kind = static_cast<ErrorKind>(message.front() - 'a');
    error.message = {std::string(message.substr(1, middle - 1)), std::string(message.substr(middle + 1))};
    return error;
}

std::string file_of(sqlite3* handle) {
    const char* name = handle == nullptr ? nullptr : sqlite3_db_filename(handle, "main");
    return name == nullptr || *name == '\0' ? ":memory:" : name;
}

ErrorKind constraint_kind(int extended) {
    const bool unique = extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
                        extended == SQLITE_CONSTRAINT_ROWID;
    return unique ? ErrorKind::conflict : ErrorKind::invalid;
}

struct Advice {
    ErrorKind kind;
    const char* ja;
    const char* en;
};

// What the code means and what to do.
Advice advice_for(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return {ErrorKind::unavailable, "ディスクの空きがありません。空きを作ってからやり直してください",
                    "disk full; free some space and try again"};
        case SQLITE_READONLY:
            return {ErrorKind::unavailable,
                    "読み取り専用のため書き込めません。ファイルとフォルダの権限を確かめてください",
                    "read-only, cannot write; check the permissions of the file and its folder"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorKind::unavailable,
                    "他のプロセスが使用中（ロック中）です。終わるのを待ってやり直してください",
                    "locked by another process; wait until it has finished and try again"};
        case SQLITE_CORRUPT:
            return {ErrorKind::corrupt, "データベースが壊れています。バックアップから復元してください",
                    "the database is damaged; restore it from a backup"};
        case SQLITE_NOTADB:
            return {ErrorKind::corrupt,
                    "データベースのファイルではありません。指定した場所を確かめてください",
                    "this file is no database; check the path"};
        case SQLITE_INTERRUPT:
            return {ErrorKind::unavailable,
                    "制限時間を超えたため中断しました。対象を絞るか、制限時間を延ばしてください",
                    "interrupted by its time limit; ask for less or allow more time"};
        case SQLITE_IOERR:
            return {ErrorKind::unavailable, "ファイルの読み書きに失敗しました。ディスクを確かめてください",
                    "reading or writing the file failed; check the disk"};
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return {ErrorKind::unavailable, "開けません。ファイルとフォルダの有無と権限を確かめてください",
                    "cannot be opened; check that file and folder exist and may be read"};
        case SQLITE_NOMEM:
            return {ErrorKind::unavailable, "メモリが足りません。他のプログラムを終わらせてください",
                    "out of memory; close other programs"};
        case SQLITE_PROTOCOL:
            return {ErrorKind::unavailable, "ロックの取得に失敗しました。やり直してください",
                    "locking failed; try again"};
        case SQLITE_CONSTRAINT:
            return {constraint_kind(code),
                    "データベースの制約に反します。重複や空の値がないか確かめてください",
                    "this violates a constraint of the database; look for doubles and empty values"};
        case SQLITE_TOOBIG:
            return {ErrorKind::invalid, "値が大きすぎます。分けて登録してください",
                    "a value is too large; split it"};
        case SQLITE_AUTH:
            return {ErrorKind::forbidden, "この SQL は許可されていません。読むだけの select にしてください",
                    "this SQL is not allowed; write a select that only reads"};
        case SQLITE_RANGE:
        case SQLITE_MISUSE:
            return {ErrorKind::internal, "プログラムの誤りです。開発元に知らせてください",
                    "a mistake in the program; please report it"};
        default:
            return {ErrorKind::invalid, "SQL を実行できません。SQL を直してください",
                    "the SQL cannot be run; mend it"};
    }
}

// SQLite's English words name a table, column or place in the SQL; for the others the advice has said it all.
bool says_more(int code) {
    switch (code & 0xff) {
        case SQLITE_ERROR:
        case SQLITE_CONSTRAINT:
        case SQLITE_AUTH:
        case SQLITE_RANGE:
        case SQLITE_MISUSE:
        case SQLITE_MISMATCH: return true;
        default: return false;
    }
}

}  // namespace

Error error_of(sqlite3* handle, int code) {
    const std::string words = handle != nullptr && sqlite3_errcode(handle) != SQLITE_OK
                                  ? sqlite3_errmsg(handle)
                                  : sqlite3_errstr(code);
    if (std::optional<Error> inner = unpacked(words)) return *inner;
    const int extended = handle != nullptr && (sqlite3_errcode(handle) & 0xff) == (code & 0xff)
                             ? sqlite3_extended_errcode(handle)
                             : code;
    const Advice advice = advice_for(extended);
    const std::string file = file_of(handle);
    const std::string detail = says_more(extended) ? fmt::format("（{}）", words) : "";
    return {advice.kind,
            {fmt::format("{}: {}{}。", file, advice.ja, detail),
             fmt::format("{}: {} ({})", file, advice.en, words)}};
}

std::unexpected<Error> failed(sqlite3* handle, int code) { return std::unexpected(error_of(handle, code)); }

std::string packed(const Error& error) {
    return fmt::format("{}{}{}\x1f{}", packed_mark, static_cast<char>('a' + static_cast<int>(error.kind)),
                       error.message.ja, error.message.en);
}

}  // namespace maru::store
