// Signs what is durable, and only that: one checkpoint at a time, in the steps of docs/formats/checkpoint.md.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/day.hpp"
#include "ledger/anchor.hpp"
#include "ledger/fork.hpp"
#include "ledger/note.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "ledger/tree.hpp"
#include "store/database.hpp"
#include "store/writer.hpp"

namespace maru::ledger {

// What a round has done when it calls CheckpointerOptions::reached.
enum class CheckpointStep { read, verified, guarded, signed_note, stored, anchored };

struct CheckpointerOptions {
    std::optional<Anchor> anchor;  // none: only the table protects against a fork
    Clock clock = system_now;
    // Runs a command of the one writer and returns when it is durable, so that checkpoints share its commits.
    std::function<Result<void>(store::Command)> write;
    std::function<void(CheckpointStep)> reached = [](CheckpointStep) {};  // for tests that stop here
};

class Checkpointer {
public:
    // `reader`: a read-only connection of its own.
    Checkpointer(store::Database reader, SigningKey key, CheckpointerOptions options);

    // Signs the committed size unless it is signed, and brings the anchor up to date. Returns the newest
    // checkpoint. corrupt: the entries do not give the stored root; unavailable with the explanation of a
    // fork; nothing is signed then. Safe to call from any thread, one at a time.
    Result<StoredCheckpoint> run();

private:
    struct Tail;
    Result<Tail> read_tail();
    Result<void> roll_forward(Tail& tail);
    Result<std::optional<Checkpoint>> guard();
    Result<StoredCheckpoint> sign(const Tail& tail);

    store::Database reader_;
    SigningKey key_;
    CheckpointerOptions options_;
    std::mutex mutex_;
    std::optional<Frontier> signed_;  // of the newest checkpoint, once it was verified
    std::string anchored_;            // the note that the anchor has for certain
};

}  // namespace maru::ledger
