// The anchor: the newest checkpoint of a log in a file outside the organisation's folder and its backups, so
// that a database that was put back is noticed (docs/formats/checkpoint.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "ledger/checkpoint.hpp"
#include "store/files.hpp"

namespace maru::ledger {

class Anchor {
public:
    // <folder>/<first 16 bytes of SHA-256(public key) in hex>.checkpoint: copies of one log share it,
    // wherever they lie.
    Anchor(const std::filesystem::path& folder, const VerifierKey& log);
    const std::filesystem::path& file() const { return file_; }

    // nullopt when there is none yet. corrupt when it is no checkpoint that this log signed.
    Result<std::optional<SignedCheckpoint>> read() const;
    // From reading it to writing it, one process at a time. Makes the folder.
    Result<store::FileLock> lock() const;
    // Durable before it returns. The note is one of this log.
    Result<void> write(std::string_view note) const;

private:
    std::filesystem::path file_;
    VerifierKey log_;
};

}  // namespace maru::ledger
