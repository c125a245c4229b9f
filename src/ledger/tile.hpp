// Tiles and entry bundles of c2sp.org/tlog-tiles: their names, which of them a tree has, and their bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace maru::ledger {

inline constexpr int full_width = 256;     // hashes of a full tile, entries of a full bundle
inline constexpr int max_tile_level = 63;  // in names; a tree below 2^63 entries has tiles up to level 7
inline constexpr std::size_t max_entry = 65535;  // bytes
inline constexpr std::size_t max_tile = 8192;
inline constexpr std::size_t max_bundle = full_width * (max_entry + 2);

enum class Content { hashes, entries };

// Element i of the tile of hashes (level, index) is the root over entries
// [(256 index + i) 256^level, (256 index + i + 1) 256^level); a bundle holds the entries of the tile of level
// 0 with its index.
struct Tile {
    Content content = Content::hashes;
    int level = 0;  // 0 for bundles
    std::uint64_t index = 0;
    int width = full_width;  // 1 … 256; less than 256: partial
    bool operator==(const Tile&) const = default;
};

Tile full(Tile tile);  // the same tile with 256 elements

// "tile/1/x001/234.p/5", "tile/entries/000". Parsing accepts only what printing gives.
std::string tile_path(const Tile& tile);
Result<Tile> parse_tile_path(std::string_view path);

// Which tiles a tree of `size` entries has.
std::uint64_t hashes_at(std::uint64_t size, int level);            // ⌊size / 256^level⌋
std::uint64_t tiles_at(std::uint64_t size, int level);             // full ones and at most one partial
Tile tile_at(std::uint64_t size, int level, std::uint64_t index);  // index < tiles_at(size, level)
Tile bundle_at(std::uint64_t size, std::uint64_t index);           // index < tiles_at(size, 0)
// Whether a tree of `size` entries has the tile, or had it as a partial one when it was smaller.
bool had_tile(std::uint64_t size, const Tile& tile);
// All bundles, then all tiles from level 0 upwards; stops at the first error.
Result<void> for_each_tile(std::uint64_t size, const std::function<Result<void>(const Tile&)>& visit);

// Bytes of a tile of hashes. Parsing: invalid when they are not exactly `width` hashes.
Bytes tile_bytes(std::span<const Hash> hashes);
Result<std::vector<Hash>> parse_tile(ByteView bytes, int width);

// A bundle is a sequence of (length, two bytes big-endian; entry). invalid above max_entry.
Result<void> append_entry(Bytes& bundle, ByteView entry);

// Reads a bundle entry by entry; nullopt at its end, invalid when it breaks off inside an entry.
class BundleReader {
public:
    explicit BundleReader(ByteView bundle) : rest_(bundle) {}
    Result<std::optional<ByteView>> next();

private:
    ByteView rest_;
    int entry_ = 0;
};

// Views into `bundle`; invalid when these are not exactly `width` entries.
Result<std::vector<ByteView>> parse_bundle(ByteView bundle, int width);

}  // namespace maru::ledger
