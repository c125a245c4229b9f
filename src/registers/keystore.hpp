// Keys of an organisation, kept apart from its database so that destroying one erases what it bound (design
// 4, docs/formats/erasure.md). A person's key is random; the key of a record about nobody is derived from the
// organisation's key and the record's id.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "core/result.hpp"

namespace maru::registers {

// What is left of a person's key for one field of one version: the salt of a value that stays, or the
// commitment of one that was erased. One of them is there.
struct Opening {
    std::int64_t record = 0;
    std::int64_t version = 0;
    int field = 0;
    std::optional<Hash> salt;
    std::optional<Hash> commitment;
};

using Nonce = std::array<std::uint8_t, 16>;

// An erasure that was begun, durable before anything is changed (registers/erasure_order.hpp).
struct ErasureJournal {
    Nonce nonce{};
    std::string order;
    std::vector<Hash> blobs;  // attachments to destroy
};

class Keystore {
public:
    // Creates or opens `folder`/keys.db (owner-only permissions).
    static Result<Keystore> open(const std::filesystem::path& folder, Random random);
    // For looking only; makes and changes nothing. not_found when there is none.
    static Result<Keystore> open_reader(const std::filesystem::path& folder);
    Keystore(Keystore&&) noexcept;
    Keystore& operator=(Keystore&&) noexcept;
    ~Keystore();

    // The person's key, made on first use and durable from the next flush(). An erased person has none:
    // forbidden.
    Result<Hash> subject_key(std::int64_t person);
    // The same without making one; none when nothing was sealed for the person or the key is destroyed.
    Result<std::optional<Hash>> existing_key(std::int64_t person);
    Hash record_key(
        std::int64_t record) const;  // HMAC-SHA-256(organisation's key, "maru-record-v1" || id, 8 bytes BE)
    Hash blob_key() const;           // HMAC-SHA-256(organisation's key, "maru-blob-v1")
    Hash list_key() const;           // HMAC-SHA-256(organisation's key, "maru-erasures-v1")
    // Makes what subject_key() and add_opening() created since the last call durable; called before the
    // database commits.
    Result<void> flush();

    // The entry by which the person was erased last, from begin_erasure() on.
    std::optional<std::int64_t> erased_by(std::int64_t person) const;
    Result<std::optional<Opening>> opening(std::int64_t record, std::int64_t version, int field);

    // An erasure step by step: the intention; what must stay of the key; after the database has committed the
    // destruction, which leaves `listed` (a line of the list of erasures); at last the end of the journal.
    // Each is durable when it returns, and may be repeated.
    Result<void> write_journal(const ErasureJournal& journal);
    Result<std::vector<ErasureJournal>> journals();
    void begin_erasure(std::int64_t person, std::int64_t entry);
    void add_opening(std::int64_t person, const Opening& opening);
    void cancel_erasure(std::int64_t person);  // after a roll back
    Result<void> destroy_key(std::int64_t person, std::int64_t entry, Instant at);
    Result<void> list_erasure(const Nonce& nonce, const std::string& listed);
    Result<std::vector<std::string>> erasures();  // lines, in the order of their making
    Result<void> end_journal(const Nonce& nonce);
    // Rewrites keys.db and empties its write-ahead log, so that nothing destroyed is left in its files.
    Result<void> wipe();

private:
    struct Impl;
    explicit Keystore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::registers
