// Logs and witnesses for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "ledger/proof.hpp"
#include "tests/ledger/memory_log.hpp"
#include "tests/ledger/vectors.hpp"
#include "tests/store/temporary_folder.hpp"
#include "witness/client.hpp"
#include "witness/witness.hpp"

namespace maru::witness {

inline ledger::SigningKey key_named(const std::string& name, ledger::KeyType type, std::uint8_t seed) {
    crypto::Seed bytes{};
    bytes[0] = seed;
    return {name, type, crypto::Ed25519Key::from_seed(bytes)};
}
inline const ledger::SigningKey log_key = key_named("example.co.jp/maru", ledger::KeyType::ed25519, 1);
inline ledger::SigningKey witness_key(std::uint8_t number = 1) {
    return key_named("witness.example.jp/" + std::to_string(number), ledger::KeyType::cosignature,
                     static_cast<std::uint8_t>(100 + number));
}

inline Clock clock_at(std::int64_t seconds) {
    return [seconds] { return Instant(std::chrono::seconds(seconds)); };
}

inline Witness witness_of(const std::filesystem::path& state, std::uint8_t number = 1) {
    return *Witness::open(state, {witness_key(number), {log_key.verifier()}, clock_at(1'767'139'200)});
}

inline std::string note_of(const ledger::MemoryLog& log, std::uint64_t size) {
    return *sign_checkpoint({log_key.name, size, size == 0 ? ledger::empty_root() : log.root(size), {}},
                            log_key);
}

inline ledger::AddCheckpoint request_of(const ledger::MemoryLog& log, std::uint64_t from, std::uint64_t to) {
    return {from, *ledger::consistency_proof(log.hashes(), from, to), note_of(log, to)};
}

// What a log's operator submits, with the log's first `size` entries.
inline Submitter submitter_of(const ledger::MemoryLog& log, std::uint64_t size) {
    const std::string note = note_of(log, size);
    return {log_key.verifier(), *ledger::parse_signed_checkpoint(note), note,
            [&log, size](std::uint64_t old_size) {
                return ledger::consistency_proof(log.hashes(), old_size, size);
            }};
}

}  // namespace maru::witness
