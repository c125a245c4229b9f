// One organisation: a folder with maru.db, keys/ and blobs/. Opens, creates, writes through one writer, reads
// by snapshots.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "ledger/checkpointer.hpp"
#include "registers/erasure.hpp"
#include "registers/records.hpp"
#include "store/blobs.hpp"
#include "store/writer.hpp"

namespace maru::registers {

struct Environment {
    Clock clock = system_now;
    Random random;                                   // empty: the operating system's generator
    std::chrono::milliseconds lock_patience{5'000};  // how long to wait for another process that writes
    // Where anchors are kept (ledger/anchor.hpp): outside the organisation's folder and its backups. Empty:
    // none.
    std::filesystem::path anchors{};
    std::function<void(ledger::CheckpointStep)> reached = [](ledger::CheckpointStep) {};  // tests stop here
};

// Which state a reader sees.
struct AsOf {
    std::optional<std::int64_t> entries;  // number of entries known; none = everything
    // Environment::anchors: with it, people are hidden whom a copy of the whole folder has brought back
    // (brought_back).
    std::filesystem::path anchors{};
};

// Why and as what a ledger goes on under a new key.
struct LogRenewal {
    std::string origin;  // "" = the old one with "/2", "/3", … behind it
    std::string cause;   // a sentence, free of personal data: it becomes part of the ledger
};

struct Folder;
class FolderLock;
enum class ForkGuard { on, off };

class Organisation {
public:
    // Makes the folder, an empty ledger and its signing key, and does `first_work` with it before anybody
    // else can: all of it or nothing. conflict when the folder holds an organisation or anything else; of
    // several at once one wins; invalid when the origin (the ledger's name for others; "" = derived from the
    // folder's) cannot be one.
    static Result<void> create(const std::filesystem::path& folder, const Schema& schema,
                               const Environment& environment,
                               const std::function<Result<void>(Organisation&)>& first_work = {},
                               const std::string& origin = "");
    // For writing: starts the writer (creates tables and columns of new register files). Waits for another
    // process that writes. Errors name the folder: not an organisation, newer version, locked by another
    // process, read-only, damaged; unavailable with the ways out when the ledger must not be written any more
    // (find_fork).
    static Result<std::unique_ptr<Organisation>> open(const std::filesystem::path& folder,
                                                      const Schema& schema, const Environment& environment);
    ~Organisation();

    // A connection of its own that sees one state from the moment of opening; with as_of, temp views named
    // like the registers shadow the tables (and their histories). What the schema has and an older database
    // has not is empty or null.
    static Result<store::Database> open_reader(const std::filesystem::path& folder, const Schema& schema,
                                               const AsOf& as_of = {});
    // Moves a reader opened without as_of on to the state of now and keeps its prepared statements: a quarter
    // of the cost of opening another. Every query must be at its end or reset.
    static Result<void> catch_up(store::Database& reader);

    // What contradicts the database of an organisation: checkpoints in its tables and in the anchor.
    // Organisation::open refuses then; readers go on and say so.
    static Result<std::optional<ledger::Fork>> find_fork(const std::filesystem::path& folder,
                                                         store::Database& reader,
                                                         const Environment& environment);

    // The last way out of a fork, or of a stolen key: a new key and origin, and an entry (kind "log") that
    // says what the old key had signed, what is left, and why. The old key never signs again; its file is
    // kept as keys/log.key.<id>. Returns the first checkpoint of the new key.
    static Result<ledger::StoredCheckpoint> renew_log(const std::filesystem::path& folder,
                                                      const Schema& schema, const Environment& environment,
                                                      const LogRenewal& renewal);

    Result<Change> put(PutRequest request, const std::string& actor = "");
    Result<Change> retire(const std::string& register_name, std::int64_t id,
                          std::optional<std::int64_t> expected_version, const std::string& reason,
                          const std::string& actor = "");
    // All or nothing; `work` may call registers::put and retire as often as it likes.
    Result<void> exclusively(const std::function<Result<void>(WriteContext&)>& work,
                             const std::string& actor = "");
    // Erases a person (registers/erasure.hpp); waits for the writer. Nothing else is written meanwhile.
    Result<ErasureDone> erase(const ErasureRequest& request, const std::string& actor = "");
    // What opening had to do by itself and somebody must hear of: erasures that were finished or repeated.
    const std::vector<Text>& notices() const;
    std::future<Result<void>> submit(std::function<Result<void>(WriteContext&)> work,
                                     const std::string& actor = "");

    store::Blobs& blobs();
    ledger::LogState ledger_state() const;  // of everything answered so far; waits for the writer

    // Signs what was answered so far (ledger/checkpointer.hpp) unless it is signed; returns the newest
    // checkpoint. From any thread, about every second.
    Result<ledger::StoredCheckpoint> checkpoint();
    const ledger::SigningKey& log_key() const;  // the ledger's; also for the exporter and proofs

private:
    struct Impl;
    static Result<std::unique_ptr<Impl>> open_locked(Folder folder, FolderLock lock, const Schema& schema,
                                                     const Environment& environment, ForkGuard guard);
    explicit Organisation(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::registers
