// What a pack consists of: MANIFEST, the SHA-256 of every other file, and MANIFEST.sig, by which the key of
// the log vouches for it (docs/formats/audit-pack.md).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/note.hpp"

namespace maru::packs {

inline constexpr std::string_view manifest_name = "MANIFEST";
inline constexpr std::string_view signature_name = "MANIFEST.sig";
inline constexpr std::size_t max_manifest = 256 * 1024 * 1024;  // bytes

using Manifest = std::map<std::string, Hash>;  // by name

// One line per file as sha256sum(1) writes it, in the order of the names' bytes.
std::string to_text(const Manifest& manifest);
// invalid (with the line): other forms, names that are none, names out of order.
Result<Manifest> parse_manifest(std::string_view text);

// What the signature is over, besides the log's name.
struct ManifestSeal {
    std::uint64_t size = 0;  // of the log in the pack
    Hash manifest{};         // SHA-256 of MANIFEST
    bool operator==(const ManifestSeal&) const = default;
};
// A signed note; its text cannot be taken for a checkpoint, because the first line is no origin of the key.
std::string sign_manifest(const ManifestSeal& seal, const ledger::SigningKey& key);
// The seal, once one of these keys has signed it. forbidden: no good signature; invalid: malformed.
Result<ManifestSeal> open_seal(std::string_view note, const ledger::VerifierKey& log);

}  // namespace maru::packs
