#include "database/open.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "store/migrations.hpp"

namespace maru::notices {

namespace {

constexpr store::Migration steps[] = {{1, R"sql(
create table message (
  id integer primary key, kind text not null, key text not null unique, person integer, webhook integer,
  recipient text not null, recipient_name text not null, language text not null, subject text not null, body text not null,
  public_id text not null, created_at integer not null, next_try integer not null, tries integer not null default 0,
  state text not null default 'waiting', finished_at integer, error_ja text, error_en text);
create index message_due on message (state, next_try);
create index message_person on message (person) where person is not null;
create table webhook_secret (webhook integer primary key, secret text not null);
create table feed (person integer primary key, token_hash blob not null unique, made_at integer not null);
create table last_day (one integer primary key check (one = 1), day text not null, digest_day text);
create table told_item (sheet text not null, item text not null, mark text not null, asked_since text, asked_on text,
  primary key (sheet, item)) without rowid;
create table seen_task (check_name text not null, subject text not null, owner integer, first_seen text not null,
  open_since text, escalated_on text, primary key (check_name, subject)) without rowid;
)sql"},
                                      {2, R"sql(
create table told_request (one integer primary key check (one = 1), entries integer not null);
)sql"}};

// SQLite gives its log the permissions of the file.
void make_private(const std::filesystem::path& file) {
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (made >= 0) ::close(made);
}

}  // namespace

std::filesystem::path database_of(const std::filesystem::path& folder) { return folder / "outbox.db"; }

Result<store::Database> open_database(const std::filesystem::path& folder) {
    make_private(database_of(folder));
    auto database = TRY(store::Database::open(database_of(folder), store::OpenMode::create));
    TRY(store::migrate(database, steps));
    return database;
}

}  // namespace maru::notices
