// The append-only log of one organisation: tables entry, node, log_state (RFC 6962 tree over the entry bodies).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/day.hpp"
#include "ledger/tree.hpp"
#include "store/database.hpp"
#include "store/migrations.hpp"
#include "store/writer.hpp"

namespace maru::ledger {

// Thin envelope, encoded once and never again (docs/formats/entry.md): one line of JSON with fixed key order, ≤ 4 KiB.
struct Entry {
    std::string kind;                     // "put", "retire", "organisation", …
    std::string register_name;
    std::string record;                   // decimal id, or "tag:<hex>" for records about a person
    std::int64_t version = 0;
    std::string actor;                    // tag of who did it, or "" (the command line of the host)
    Instant at{};
    std::optional<Hash> commitment;
    std::optional<std::int64_t> previous; // index of the entry with the version before
    std::string note;                     // free of personal data
};
std::string encode(const Entry& entry);

struct LogState {
    std::uint64_t size = 0;
    Hash root = empty_root();
};

class Log {
public:
    static std::span<const store::Migration> migrations();

    // Reads log_state and refuses (`corrupt`) when the frontier does not give the stored root.
    static Result<Log> load(store::Database& database);

    // Inside a writer's command: stores body, leaf and completed nodes; returns the entry's index (dense from 0).
    Result<std::int64_t> append(store::Database& database, std::string_view body);
    std::int64_t next_index() const { return static_cast<std::int64_t>(frontier_.size()); }

    // Savepoint and commit discipline (store::WriterHooks).
    void mark();
    void roll_back_to_mark();
    void begin_batch();
    void roll_back_batch();
    Result<void> save_state(store::Database& database);  // before commit

    LogState state() const { return {frontier_.size(), frontier_.root()}; }

private:
    explicit Log(Frontier frontier) : frontier_(std::move(frontier)), mark_(frontier_), batch_(frontier_) {}
    Frontier frontier_;
    Frontier mark_;
    Frontier batch_;
};

// Re-reads every entry, recomputes leaves, nodes and root, and compares with what is stored. Returns the state.
Result<LogState> recompute(store::Database& database);

// Index of the last entry made at or before the instant plus one (= number of entries known then).
Result<std::int64_t> entries_known_at(store::Database& database, Instant instant);

// Time of an entry (from its envelope).
Result<Instant> time_of(store::Database& database, std::int64_t index);

}  // namespace maru::ledger
