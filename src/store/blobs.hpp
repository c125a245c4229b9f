// Attachments, content addressed by the SHA-256 of their plain bytes, sealed at rest with the organisation's
// blob key.
#pragma once

#include <filesystem>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::store {

class Blobs {
public:
    Blobs(std::filesystem::path folder, Bytes key, Random random);
    // Durable (file and folder synced) before it returns. Storing the same bytes again is free.
    Result<Hash> put(ByteView bytes);
    Result<Bytes> get(const Hash& sha256) const;  // corrupt when the bytes no longer match
    bool contains(const Hash& sha256) const;
    // Overwrites and removes the attachment, durably. Nothing happens when there is none. The file system may
    // keep older copies of the blocks (snapshots, flash memory): they are sealed.
    Result<void> destroy(const Hash& sha256);

private:
    std::filesystem::path path_of(const Hash& sha256) const;
    std::filesystem::path folder_;
    Bytes key_;
    Random random_;
};

}  // namespace maru::store
