// The part of a backup that stands in clear (docs/formats/backup.md): whose it is and of when.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/day.hpp"

namespace maru::backup {

inline constexpr std::string_view magic = "maru-backup/1\n";
inline constexpr std::size_t longest_header = 4096;  // bytes of its line

struct Header {
    std::string origin;        // of the ledger
    std::int64_t entries = 0;  // of the ledger
    Hash root{};               // over them
    Instant time{};            // of the snapshot
    std::string definitions;   // version of the catalog that made it, hex
    std::string program;       // version of maru
    std::string key;           // identifier of the public key that it is encrypted to (key_id)
    bool operator==(const Header&) const = default;
};

// Magic and one line of JSON.
std::string to_text(const Header& header);
// What stands at the beginning of a file; `length` is where the encrypted part begins. invalid: no backup, a
// newer format, or a line that is not as to_text() writes it.
struct ParsedHeader {
    Header header;
    std::size_t length = 0;
};
Result<ParsedHeader> parse_header(std::string_view beginning);

// First 8 bytes of SHA-256(public key), hex.
std::string key_id(const Hash& public_key);

}  // namespace maru::backup
