// A witness (c2sp.org/tlog-witness): remembers the largest consistent tree of each log that it watches and
// cosigns only what continues it. Speaks the protocol's bodies; HTTP is in witness/server.hpp.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/day.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/note.hpp"
#include "ledger/witness_protocol.hpp"
#include "store/database.hpp"

namespace maru::witness {

// What the protocol answers: an HTTP status, the body's type and the body.
struct Answer {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
};

struct WitnessOptions {
    ledger::SigningKey key;  // of type cosignature
    std::vector<ledger::VerifierKey>
        logs;  // whose checkpoints it cosigns; several keys of one origin are fine
    Clock clock = system_now;
    // For the operator: a log that signed two histories, a state that cannot be written. One call at a time.
    std::function<void(const Text&)> tell = [](const Text&) {};
};

class Witness {
public:
    // `state` is a SQLite file of the witness's own, made when missing. invalid: keys of another type than
    // their role, no log. Others as store::Database::open.
    static Result<Witness> open(const std::filesystem::path& state, WitnessOptions options);
    Witness(Witness&&) noexcept;
    ~Witness();

    // POST add-checkpoint. What it cosigned is durable before it answers; comparing with what it knew and
    // storing is one step, also between several processes on one state. Any thread.
    Answer add_checkpoint(std::string_view body);
    // GET <hex SHA-256 of the origin>/checkpoint: the note that was cosigned last, with the log's signature,
    // so that a fork can be proven to others. Any thread.
    Answer checkpoint(std::string_view origin_hash);

private:
    struct State;
    explicit Witness(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace maru::witness
