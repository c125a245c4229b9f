#include "registers/organisation.hpp"

#include <fmt/core.h>

#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include "crypto/hash.hpp"
#include "erasure/eraser.hpp"
#include "erasure/in_effect.hpp"
#include "ledger/checkpointer.hpp"
#include "ledger/log_key_file.hpp"
#include "organisation/folder.hpp"
#include "organisation/folder_lock.hpp"
#include "organisation/new_folder.hpp"
#include "organisation/signing.hpp"
#include "registers/tables.hpp"
#include "store/files.hpp"
#include "store/migrations.hpp"
#include "tables/rules.hpp"

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

Random random_of(const Environment& environment) {
    return environment.random ? environment.random
                              : [](std::span<std::uint8_t> out) { crypto::random_bytes(out); };
}

ledger::NewLogKey new_log_key(const Folder& folder, const Environment& environment,
                              const std::string& origin) {
    const Random random = random_of(environment);
    if (!origin.empty()) return {origin, random};
    std::error_code ignored;
    const fs::path full = fs::absolute(folder.path, ignored).lexically_normal();
    const fs::path named = full.has_filename() ? full : full.parent_path();
    return {ledger::default_origin(named.filename().string(), random), random};
}

Result<void> fill_new(const Folder& folder, const Schema& schema, const Environment& environment,
                      const std::string& origin) {
    TRY(make_folders(folder));
    TRY(Keystore::open(folder.keys(), random_of(environment)));
    TRY(store::replace_file(folder.database(), ByteView(), store::Access::owner_only));  // SQLite fills it
    store::Database database = TRY(store::Database::open(folder.database(), store::OpenMode::create));
    TRY(store::migrate(database, migrations()));
    TRY(ledger::ensure_log_key(database, folder.keys(), new_log_key(folder, environment, origin)));
    return derive_tables(database, schema);
}

// A lost keystore must not be replaced by a new one without a word: old commitments would have no key.
Result<void> expect_keys(const Folder& folder, const ledger::LogState& state) {
    std::error_code ignored;
    if (state.size == 0 || fs::exists(folder.key_file(), ignored)) return {};
    return fail(
        ErrorKind::corrupt,
        {fmt::format("鍵の保管庫 {} がありません。バックアップから戻してください。",
                     folder.key_file().string()),
         fmt::format("the keystore {} is missing; restore it from a backup", folder.key_file().string())});
}

Error in_folder(const Folder& folder, Error error) {
    if (error.message.en.find(folder.path.string()) != std::string::npos) return error;
    return prefixed(folder.path.string(), std::move(error));
}

Result<void> expect_this_version(store::Database& database) {
    const std::int64_t found = TRY(database.query_integer("pragma user_version")).value_or(0);
    const std::int64_t known = migrations().back().number;
    if (found == known) return {};
    if (found > known) return store::migrate(database, migrations());  // refuses, naming both versions
    return fail(ErrorKind::unavailable,
                {fmt::format("データベースの版 {} は古い形式です。maru put "
                             "などの書き込みコマンドを一度実行すると版 {} になります。",
                             found, known),
                 fmt::format("the database has the older version {}; any writing command (maru put …) brings "
                             "it to version {}",
                             found, known)});
}

Result<void> expect_entries(store::Database& database, std::int64_t entries) {
    const std::int64_t size = TRY(database.query_integer("select size from log_state")).value_or(0);
    if (entries >= 0 && entries <= size) return {};
    return fail(ErrorKind::invalid,
                {fmt::format("記録は {} 件です。0 から {} までの件数で指定してください（指定: {}）。", size,
                             size, entries),
                 fmt::format("the ledger has {} entries; ask for a number from 0 to {}, not {}", size, size,
                             entries)});
}

// The snapshot begins with the first read.
Result<void> begin_snapshot(store::Database& reader) {
    TRY(reader.execute("begin"));
    TRY(reader.query_integer("select size from log_state"));
    return {};
}

Result<store::Database> reader_of(const Folder& folder, const Schema& schema, const AsOf& as_of) {
    TRY(expect_organisation(folder));
    store::Database database = TRY(store::Database::open(folder.database(), store::OpenMode::read_only));
    TRY(expect_this_version(database));
    TRY(begin_snapshot(database));
    if (as_of.entries) TRY(expect_entries(database, *as_of.entries));
    const std::vector<std::int64_t> hidden = TRY(brought_back(folder.path, database, as_of.anchors));
    TRY(shadow_tables(database, schema, as_of.entries, hidden));
    return database;
}

// Before anything is changed: a database that was put back must not be written on.
Result<void> refuse_fork(const Folder& folder, store::Database& database, const Environment& environment) {
    const auto fork = TRY(fork_of(folder, database, environment.anchors));
    if (!fork) return {};
    return fail(ErrorKind::unavailable, ledger::explanation(*fork));
}

// What an organisation consists of once its folder is opened for writing.
struct Parts {
    Folder folder;
    FolderLock lock;
    ledger::Log log;
    Ids ids;
    Keystore keys;
    ledger::SigningKey log_key;
    std::optional<ledger::Anchor> anchor;
};

}  // namespace

struct Organisation::Impl {
    Impl(Parts parts, const Schema& registers, Environment given)
        : folder(std::move(parts.folder)),
          lock(std::move(parts.lock)),
          schema(registers),
          statements(schema),
          environment(std::move(given)),
          log(std::move(parts.log)),
          ids(parts.ids),
          keys(std::move(parts.keys)),
          log_key(std::move(parts.log_key)),
          anchor(std::move(parts.anchor)),
          blobs(folder.blobs(), blob_key(), random_of(environment)) {}

    Bytes blob_key() const {
        const Hash key = keys.blob_key();
        return {key.begin(), key.end()};
    }
    store::WriterHooks hooks();
    store::Command command(std::function<Result<void>(WriteContext&)> work, std::string actor);
    Result<void> start_checkpointer();
    Result<void> hand_over(const LogRenewal& renewal);
    Eraser eraser(const std::string& actor);

    Folder folder;
    FolderLock lock;
    Schema schema;  // a copy: the writer's thread outlives nobody's schema
    Statements statements;
    Environment environment;
    ledger::Log log;
    Ids ids;
    Keystore keys;
    ledger::SigningKey log_key;
    std::optional<ledger::Anchor> anchor;
    store::Blobs blobs;
    std::unique_ptr<store::Writer> writer;  // its thread uses everything above
    std::mutex starting;
    std::unique_ptr<ledger::Checkpointer> checkpointer;  // made on first use; writes through the writer
    std::vector<Text> notices;
};

Result<void> Organisation::Impl::start_checkpointer() {
    const std::lock_guard one_at_a_time(starting);
    if (checkpointer) return {};
    ledger::CheckpointerOptions options;
    options.anchor = anchor;
    options.clock = environment.clock;
    options.reached = environment.reached;
    options.write = [this](store::Command storing) { return writer->run(std::move(storing)); };
    auto reader = TRY(store::Database::open(folder.database(), store::OpenMode::read_only));
    checkpointer = std::make_unique<ledger::Checkpointer>(std::move(reader), log_key, std::move(options));
    return {};
}

store::WriterHooks Organisation::Impl::hooks() {
    return {
        .on_begin = [this](store::Database&) -> Result<void> {
            log.begin_batch();
            ids.begin_batch();
            return {};
        },
        .on_command_start =
            [this] {
                log.mark();
                ids.mark();
            },
        .on_command_rolled_back =
            [this] {
                log.roll_back_to_mark();
                ids.roll_back_to_mark();
            },
        .before_commit = [this](store::Database& database) -> Result<void> {
            TRY(keys.flush());
            TRY(ids.save(database));
            return log.save_state(database);
        },
        .on_commit_failed =
            [this] {
                log.roll_back_batch();
                ids.roll_back_batch();
            },
    };
}

store::Command Organisation::Impl::command(std::function<Result<void>(WriteContext&)> work,
                                           std::string actor) {
    return
        [this, work = std::move(work), actor = std::move(actor)](store::Database& database) -> Result<void> {
            WriteContext context{database, schema, statements, log, keys, ids, environment.clock(), actor};
            return work(context);
        };
}

Result<std::unique_ptr<Organisation::Impl>> Organisation::open_locked(Folder folder, FolderLock lock,
                                                                      const Schema& schema,
                                                                      const Environment& environment,
                                                                      ForkGuard guard) {
    store::Database database = TRY(store::Database::open(folder.database(), store::OpenMode::read_write));
    if (guard == ForkGuard::on) TRY(refuse_fork(folder, database, environment));
    TRY(store::migrate(database, migrations()));
    TRY(derive_tables(database, schema));
    TRY(define_rule_functions(database));
    ledger::Log log = TRY(ledger::Log::load(database));
    TRY(expect_keys(folder, log.state()));
    Keystore keys = TRY(Keystore::open(folder.keys(), random_of(environment)));
    const Ids ids = TRY(Ids::load(database));
    ledger::SigningKey log_key =
        TRY(ledger::ensure_log_key(database, folder.keys(), new_log_key(folder, environment, "")));
    std::optional<ledger::Anchor> anchor = TRY(anchor_of(folder, database, environment.anchors));
    auto impl = std::make_unique<Impl>(Parts{std::move(folder), std::move(lock), std::move(log), ids,
                                             std::move(keys), std::move(log_key), std::move(anchor)},
                                       schema, environment);
    impl->writer = TRY(store::Writer::start(std::move(database), impl->hooks()));
    // A renewal comes first: nothing more is written that could be signed with the old key.
    if (guard == ForkGuard::on) impl->notices = TRY(impl->eraser("").settle());
    return impl;
}

Eraser Organisation::Impl::eraser(const std::string& actor) {
    return Eraser({schema, keys, blobs, *writer, environment.clock, random_of(environment),
                   environment.anchors, [this, actor](std::function<Result<void>(WriteContext&)> work) {
                       return command(std::move(work), actor);
                   }});
}

Organisation::Organisation(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Organisation::~Organisation() = default;

Result<void> Organisation::create(const fs::path& path, const Schema& schema, const Environment& environment,
                                  const std::function<Result<void>(Organisation&)>& first_work,
                                  const std::string& origin) {
    const Folder folder{path};
    const auto make = [&]() -> Result<void> {
        NewFolder made = TRY(NewFolder::claim(folder, environment.lock_patience));
        TRY(fill_new(folder, schema, environment, origin));
        if (first_work) {
            Organisation organisation(
                TRY(open_locked(folder, TRY(made.lock()), schema, environment, ForkGuard::on)));
            TRY(first_work(organisation));
        }
        made.keep();
        return {};
    };
    const Result<void> done = make();
    if (!done) return std::unexpected(in_folder(folder, done.error()));
    return {};
}

Result<std::unique_ptr<Organisation>> Organisation::open(const fs::path& path, const Schema& schema,
                                                         const Environment& environment) {
    const Folder folder{path};
    const auto open_it = [&]() -> Result<std::unique_ptr<Impl>> {
        TRY(expect_organisation(folder));
        FolderLock lock = TRY(FolderLock::take(path, environment.lock_patience));
        return open_locked(folder, std::move(lock), schema, environment, ForkGuard::on);
    };
    Result<std::unique_ptr<Impl>> impl = open_it();
    if (!impl) return std::unexpected(in_folder(folder, impl.error()));
    return std::unique_ptr<Organisation>(new Organisation(std::move(*impl)));
}

Result<store::Database> Organisation::open_reader(const fs::path& path, const Schema& schema,
                                                  const AsOf& as_of) {
    const Folder folder{path};
    Result<store::Database> reader = reader_of(folder, schema, as_of);
    if (!reader) return std::unexpected(in_folder(folder, reader.error()));
    return reader;
}

Result<void> Organisation::catch_up(store::Database& reader) {
    TRY(reader.execute("commit"));
    return begin_snapshot(reader);
}

Result<std::optional<ledger::Fork>> Organisation::find_fork(const fs::path& path, store::Database& reader,
                                                            const Environment& environment) {
    return fork_of(Folder{path}, reader, environment.anchors);
}

Result<void> Organisation::Impl::hand_over(const LogRenewal& renewal) {
    store::Database reader = TRY(store::Database::open(folder.database(), store::OpenMode::read_only));
    const auto fork = TRY(fork_of(folder, reader, environment.anchors));
    const auto newest = TRY(ledger::newest_checkpoint(reader));
    std::optional<ledger::Checkpoint> last;
    if (newest) last = newest->checkpoint;
    const std::vector<ListedErasure> lost = TRY(
        erasures_beyond(TRY(ledger::stored_state(reader)).size, list_file(environment.anchors, keys), keys));
    const std::string origin = renewal.origin.empty() ? next_origin(log_key.name) : renewal.origin;
    const ledger::SigningKey fresh =
        TRY(ledger::prepare_new_key(folder.keys(), {origin, random_of(environment)}));
    std::int64_t index = 0;
    const auto work = [&](WriteContext& context) -> Result<void> {
        ledger::Entry entry;
        entry.kind = "log";
        entry.at = context.now;
        entry.note =
            renewal_note(log_key.verifier(), old_log(fork, last), context.log.state(), renewal.cause);
        index = TRY(context.log.append(context.database, std::move(entry)));
        return ledger::store_log_key(context.database, fresh.verifier(), static_cast<std::uint64_t>(index));
    };
    TRY(writer->run_exclusive(command(work, "")));
    TRY(take_note(lost, index, keys, random_of(environment)));
    return ledger::adopt_new_key(folder.keys());
}

Result<ledger::StoredCheckpoint> Organisation::renew_log(const fs::path& path, const Schema& schema,
                                                         const Environment& environment,
                                                         const LogRenewal& renewal) {
    const Folder folder{path};
    const auto hand_over = [&]() -> Result<void> {
        TRY(expect_organisation(folder));
        FolderLock lock = TRY(FolderLock::take(path, environment.lock_patience));
        return TRY(open_locked(folder, std::move(lock), schema, environment, ForkGuard::off))
            ->hand_over(renewal);
    };
    if (const Result<void> done = hand_over(); !done) return std::unexpected(in_folder(folder, done.error()));
    return TRY(open(path, schema, environment))->checkpoint();
}

Result<Change> Organisation::put(PutRequest request, const std::string& actor) {
    Change change;
    const auto work = [&](WriteContext& context) -> Result<void> {
        change = TRY(registers::put(context, request));
        return {};
    };
    TRY(impl_->writer->run(impl_->command(work, actor)));
    return change;
}

Result<Change> Organisation::retire(const std::string& register_name, std::int64_t id,
                                    std::optional<std::int64_t> expected_version, const std::string& reason,
                                    const std::string& actor) {
    Change change;
    const auto work = [&](WriteContext& context) -> Result<void> {
        change = TRY(registers::retire(context, register_name, id, expected_version, reason));
        return {};
    };
    TRY(impl_->writer->run(impl_->command(work, actor)));
    return change;
}

Result<void> Organisation::exclusively(const std::function<Result<void>(WriteContext&)>& work,
                                       const std::string& actor) {
    return impl_->writer->run_exclusive(impl_->command(work, actor));
}

std::future<Result<void>> Organisation::submit(std::function<Result<void>(WriteContext&)> work,
                                               const std::string& actor) {
    return impl_->writer->submit(impl_->command(std::move(work), actor));
}

Result<ErasureDone> Organisation::erase(const ErasureRequest& request, const std::string& actor) {
    return impl_->eraser(actor).erase(request);
}

const std::vector<Text>& Organisation::notices() const { return impl_->notices; }

store::Blobs& Organisation::blobs() { return impl_->blobs; }

Result<ledger::StoredCheckpoint> Organisation::checkpoint() {
    TRY(impl_->start_checkpointer());
    return impl_->checkpointer->run();
}

const ledger::SigningKey& Organisation::log_key() const { return impl_->log_key; }

ledger::LogState Organisation::ledger_state() const {
    ledger::LogState state;
    const auto look = [&](WriteContext& context) -> Result<void> {
        state = context.log.state();
        return {};
    };
    (void)impl_->writer->run(
        impl_->command(look, ""));  // a look cannot fail; a failed commit leaves the empty state
    return state;
}

}  // namespace maru::registers
