#include "timeline/shelf.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "sheets/codes.hpp"
#include "store/migrations.hpp"

namespace maru::sheets {

namespace {

namespace fs = std::filesystem;

// Raise it when the same definitions and records begin to give other verdicts.
constexpr int way_of_judging = 1;

constexpr std::array<store::Migration, 1> tables{{{1, R"sql(
    create table timeline (id integer primary key, sheet text not null, definitions text not null, unique (sheet, definitions));
    create table stretch (timeline integer not null, from_day text not null, holds_until text not null,
        entries integer not null, leaf blob not null, primary key (timeline, from_day)) without rowid;
    create table change (timeline integer not null, day text not null, item text not null, mark text not null,
        remark text not null, satisfied integer not null, due integer not null, expired integer not null,
        missing integer not null, unknown integer not null, exempt integer not null, misses integer not null,
        primary key (timeline, day, item)) without rowid;
)sql"}}};

constexpr std::chrono::milliseconds short_wait{200};

Result<store::Database> open_for_writing(const fs::path& file) {
    auto database = TRY(store::Database::open(file, store::OpenMode::create));
    database.set_lock_wait(short_wait);
    TRY(database.execute("pragma synchronous = normal"));
    TRY(store::migrate(database, tables));
    return database;
}

void throw_away(const fs::path& file) {
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(file.string() + ending, ignored);
}

bool is_useless(const Error& error) {
    return error.kind == ErrorKind::corrupt || error.kind == ErrorKind::invalid ||
           error.kind == ErrorKind::internal;
}

std::optional<store::Database> open_file(const fs::path& file) {
    auto database = open_for_writing(file);
    if (!database && is_useless(database.error())) {
        throw_away(file);
        database = open_for_writing(file);
    }
    if (!database) database = store::Database::open(file, store::OpenMode::read_only);
    return database ? std::optional(std::move(*database)) : std::nullopt;
}

std::unexpected<Error> unreadable() {
    return fail(ErrorKind::corrupt,
                {"derived.db の内容が読めません。削除すれば作り直されます。",
                 "derived.db holds something unreadable; remove it and it will be made again"});
}

Result<Change> change_in(const store::Row& row) {
    const auto mark = mark_of(row.text(2));
    const auto remark = remark_mark_of(row.text(3));
    if (!mark || !remark) return unreadable();
    return Change{TRY(parse_iso_day(row.text(0))),
                  {*mark,
                   *remark,
                   {.satisfied = row.integer(4),
                    .due = row.integer(5),
                    .expired = row.integer(6),
                    .missing = row.integer(7),
                    .unknown = row.integer(8),
                    .exempt = row.integer(9),
                    .misses = row.integer(10)}}};
}

Result<Stretch> stretch_in(const store::Row& row) {
    Stretch out{TRY(parse_iso_day(row.text(0))), TRY(parse_iso_day(row.text(1))), row.integer(2), {}};
    const ByteView leaf = row.blob(3);
    if (leaf.size() != out.last_leaf.size()) return unreadable();
    std::ranges::copy(leaf, out.last_leaf.begin());
    return out;
}

Result<void> insert(store::Statement& statement, std::int64_t timeline, const std::string& item,
                    const Change& change) {
    const checks::Counts& counts = change.verdict.asked;
    statement.bind(1, timeline)
        .bind(2, change.day.iso())
        .bind(3, item)
        .bind(4, code_of(change.verdict.mark))
        .bind(5, code_of(change.verdict.remark))
        .bind(6, counts.satisfied)
        .bind(7, counts.due)
        .bind(8, counts.expired)
        .bind(9, counts.missing)
        .bind(10, counts.unknown)
        .bind(11, counts.exempt)
        .bind(12, counts.misses);
    return statement.run();
}

Result<void> insert(store::Statement& statement, std::int64_t timeline, const Stretch& stretch) {
    statement.bind(1, timeline)
        .bind(2, stretch.from.iso())
        .bind(3, stretch.holds_until.iso())
        .bind(4, stretch.entries)
        .bind(5, ByteView(stretch.last_leaf));
    return statement.run();
}

}  // namespace

Shelf::Shelf(fs::path file, std::string sheet, std::string definitions)
    : file_(std::move(file)),
      database_(open_file(file_)),
      sheet_(std::move(sheet)),
      definitions_(std::move(definitions)) {}

Shelf Shelf::open(const fs::path& organisation, std::string sheet, std::string definitions) {
    definitions += fmt::format(" {}", way_of_judging);
    return {organisation / "derived.db", std::move(sheet), std::move(definitions)};
}

Result<std::optional<std::int64_t>> Shelf::find() {
    auto statement = TRY(database_->prepare("select id from timeline where sheet = ?1 and definitions = ?2"));
    statement.bind(1, sheet_).bind(2, definitions_);
    const auto row = TRY(statement.step());
    return row ? std::optional(row->integer(0)) : std::nullopt;
}

// How far the file's timeline goes.
Result<std::string> Shelf::state(std::int64_t timeline) {
    auto statement =
        TRY(database_->prepare("select from_day, holds_until, entries from stretch where timeline = ?1 order "
                               "by from_day desc limit 1"));
    statement.bind(1, timeline);
    const auto row = TRY(statement.step());
    return row ? fmt::format("{} {} {}", row->text(0), row->text(1), row->integer(2)) : std::string();
}

Result<Courses> Shelf::try_load() {
    Courses out;
    TRY(database_->execute("begin"));
    const auto timeline = TRY(find());
    if (timeline) {
        known_state_ = TRY(state(*timeline));
        auto stretches =
            TRY(database_->prepare("select from_day, holds_until, entries, leaf from stretch where timeline "
                                   "= ?1 order by from_day"));
        stretches.bind(1, *timeline);
        while (const auto row = TRY(stretches.step())) out.stretches.push_back(TRY(stretch_in(*row)));
        auto changes =
            TRY(database_->prepare("select day, item, mark, remark, satisfied, due, expired, missing, "
                                   "unknown, exempt, misses from change "
                                   "where timeline = ?1 order by day"));
        changes.bind(1, *timeline);
        while (const auto row = TRY(changes.step()))
            out.items[std::string(row->text(1))].push_back(TRY(change_in(*row)));
    }
    TRY(database_->execute("commit"));
    return out;
}

Courses Shelf::load() {
    if (!database_) return {};
    auto courses = try_load();
    if (courses) return std::move(*courses);
    database_.reset();
    if (!is_useless(courses.error())) return {};  // another process may be using it
    throw_away(file_);
    database_ = open_file(file_);
    return {};
}

// Timelines of other definitions are not needed any more.
Result<std::int64_t> Shelf::find_or_make() {
    if (const auto found = TRY(find())) return *found;
    for (const char* table : {"stretch", "change"}) {
        auto others = TRY(database_->prepare(fmt::format(
            "delete from {} where timeline in (select id from timeline where sheet = ?1)", table)));
        TRY(others.bind(1, sheet_).run());
    }
    auto remove = TRY(database_->prepare("delete from timeline where sheet = ?1"));
    TRY(remove.bind(1, sheet_).run());
    auto make = TRY(database_->prepare("insert into timeline (sheet, definitions) values (?1, ?2)"));
    TRY(make.bind(1, sheet_).bind(2, definitions_).run());
    return TRY(find()).value();
}

Result<void> Shelf::remove_from(std::int64_t timeline, Day since) {
    for (const char* sql : {"delete from stretch where timeline = ?1 and from_day >= ?2",
                            "delete from change where timeline = ?1 and day >= ?2"}) {
        auto statement = TRY(database_->prepare(sql));
        TRY(statement.bind(1, timeline).bind(2, since.iso()).run());
    }
    return {};
}

Result<void> Shelf::try_save(const Courses& courses, Day since) {
    auto transaction = TRY(store::Transaction::begin(*database_));
    const std::int64_t timeline = TRY(find_or_make());
    if (TRY(state(timeline)) != known_state_) return {};
    TRY(remove_from(timeline, since));
    auto stretch = TRY(database_->prepare("insert into stretch values (?1, ?2, ?3, ?4, ?5)"));
    for (const Stretch& one : courses.stretches)
        if (one.from >= since) TRY(insert(stretch, timeline, one));
    auto change = TRY(
        database_->prepare("insert into change values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"));
    for (const auto& [item, changes] : courses.items)
        for (const Change& one : changes)
            if (one.day >= since) TRY(insert(change, timeline, item, one));
    const std::string now = TRY(state(timeline));
    TRY(transaction.commit());
    known_state_ = now;
    return {};
}

void Shelf::save(const Courses& courses, Day since) {
    if (!database_) return;
    if (const auto saved = try_save(courses, since); !saved) database_.reset();
}

}  // namespace maru::sheets
