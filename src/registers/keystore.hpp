// Keys of an organisation, kept apart from its database so that destroying one erases what it bound (design
// 4). A person's key is random; the key of a record about nobody is derived from the organisation's key and
// the record's id.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::registers {

class Keystore {
public:
    // Creates or opens `folder`/keys.db (owner-only permissions).
    static Result<Keystore> open(const std::filesystem::path& folder, Random random);
    Keystore(Keystore&&) noexcept;
    Keystore& operator=(Keystore&&) noexcept;
    ~Keystore();

    // The person's key, made on first use and durable from the next flush(). An erased person has none:
    // forbidden.
    Result<Hash> subject_key(std::int64_t person);
    Hash record_key(
        std::int64_t record) const;  // HMAC-SHA-256(organisation's key, "maru-record-v1" || id, 8 bytes BE)
    Hash blob_key() const;           // HMAC-SHA-256(organisation's key, "maru-blob-v1")
    // Makes what subject_key() created since the last call durable; called before the database commits.
    Result<void> flush();

private:
    struct Impl;
    explicit Keystore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::registers
