// Writes a whole log from its entries in the layout of c2sp.org/tlog-tiles: bundles, tiles, and the
// checkpoint to sign.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/tile_builder.hpp"

namespace maru::ledger {

// Stores a file of the log: "tile/0/000.p/5", "tile/entries/x001/234".
using FileSink = std::function<Result<void>(const std::string& path, ByteView bytes)>;

class LogWriter {
public:
    explicit LogWriter(FileSink sink) : sink_(std::move(sink)) {}
    LogWriter(const LogWriter&) = delete;  // the builder writes through us
    LogWriter& operator=(const LogWriter&) = delete;

    // invalid above max_entry bytes.
    Result<void> append(ByteView entry);
    // Writes what is partial. The file "checkpoint" is the caller's: signed, and stored after all others.
    Result<Checkpoint> finish(std::string_view origin);

private:
    Result<void> write_bundle(int width);

    FileSink sink_;
    Bytes bundle_;
    TileBuilder builder_{[this](const Tile& tile, std::span<const Hash> hashes) {
        return sink_(tile_path(tile), tile_bytes(hashes));
    }};
};

}  // namespace maru::ledger
