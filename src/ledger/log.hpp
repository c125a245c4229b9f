// The append-only log of one organisation: tables entry, node, log_state (RFC 6962 tree over the entry
// bodies).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/day.hpp"
#include "ledger/tree.hpp"
#include "store/database.hpp"
#include "store/migrations.hpp"
#include "store/writer.hpp"

namespace maru::ledger {

// Thin envelope, encoded once and never again (docs/formats/entry.md): one line of JSON with fixed key order,
// ≤ 4 KiB.
struct Entry {
    std::string kind;  // "put", "retire", "organisation", …
    std::string register_name;
    std::string record;  // decimal id, or "tag:<hex>" for records about a person
    std::int64_t version = 0;
    std::string actor;  // tag of who did it, or "" (the command line of the host)
    Instant at{};
    std::optional<Hash> commitment;
    std::optional<std::int64_t> previous;  // index of the entry with the version before
    std::string note;                      // free of personal data
};
std::string encode(const Entry& entry);
// The entry that was encoded so. corrupt: anything that encode() would not have written.
Result<Entry> decode(std::string_view body);

struct LogState {
    std::uint64_t size = 0;
    Hash root = empty_root();
};

class Log {
public:
    static std::span<const store::Migration> migrations();

    // Reads log_state and refuses (`corrupt`) when the frontier does not give the stored root.
    static Result<Log> load(store::Database& database);

    // Inside a writer's command: encodes the entry, stores body, leaf and completed nodes; returns its index
    // (dense from 0). Times never decrease along the log: an entry earlier than the one before it gets that
    // one's time. invalid when the body would exceed max_body bytes or is no UTF-8.
    Result<std::int64_t> append(store::Database& database, Entry entry);
    static constexpr std::size_t max_body = 4096;
    std::int64_t next_index() const { return static_cast<std::int64_t>(position_.frontier.size()); }

    // Savepoint and commit discipline (store::WriterHooks).
    void mark();
    void roll_back_to_mark();
    void begin_batch();
    void roll_back_batch();
    Result<void> save_state(store::Database& database);  // before commit

    LogState state() const { return {position_.frontier.size(), position_.frontier.root()}; }

private:
    struct Position {
        Frontier frontier;
        Instant last{};  // time of the last entry
    };
    explicit Log(Position position) : position_(position), mark_(position), batch_(std::move(position)) {}
    Position position_;
    Position mark_;
    Position batch_;
    std::vector<Node> completed_;
};

// Size and root as stored; corrupt when the stored frontier does not give the root.
Result<LogState> stored_state(store::Database& database);

// Re-reads every entry, recomputes leaves, nodes and root, and compares with what is stored. Returns the
// state. corrupt: names the first entry or node that differs.
Result<LogState> recompute(store::Database& database);

// Index of the last entry made at or before the instant plus one (= number of entries known then).
Result<std::int64_t> entries_known_at(store::Database& database, Instant instant);

// Root over the first `entries` entries, from their stored leaves and nodes.
Result<Hash> root_at(store::Database& database, std::int64_t entries);

// Time of an entry (of its envelope); not_found beyond the end.
Result<Instant> time_of(store::Database& database, std::int64_t index);
// The whole envelope; not_found beyond the end.
Result<Entry> entry_at(store::Database& database, std::int64_t index);

}  // namespace maru::ledger
