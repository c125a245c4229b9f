// The keys of backups as files: the public one encrypts and may lie on the server, the private one opens and
// should not.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "crypto/sealed_stream.hpp"

namespace maru::backup {

std::string public_text(const Hash& public_key);  // "maru-backup-public:<base64>"

struct KeyFile {
    Hash public_key{};
    std::optional<Hash> private_key;  // none: the file holds the public key only
};
// Lines that begin with # are comments. invalid: neither "maru-backup-public:…" nor "maru-backup-private:…".
Result<KeyFile> parse_key(std::string_view text);
// Errors name the file.
Result<KeyFile> read_key(const std::filesystem::path& file);
// The same, and it must be a private key.
Result<crypto::BoxKeys> read_private_key(const std::filesystem::path& file);

// Makes a private key in a new file for the owner only and returns it. conflict when the file is there.
Result<crypto::BoxKeys> make_key(const std::filesystem::path& file, const Random& random);

}  // namespace maru::backup
