// Tile names and bundles: what is read has one written form.
#include "ledger/tile.hpp"
#include "require.hpp"

namespace {

using namespace maru;
using namespace maru::ledger;

void check_bundle(ByteView bytes) {
    BundleReader reader(bytes);
    Bytes again;
    int count = 0;
    while (true) {
        const auto entry = reader.next();
        if (!entry) return;
        if (!*entry) break;
        require(append_entry(again, **entry).has_value(), "an entry that was read can be written");
        ++count;
    }
    require(Bytes(bytes.begin(), bytes.end()) == again, "a bundle has one form");
    require(parse_bundle(bytes, count).has_value(), "a bundle is read at its width");
    require(!parse_bundle(bytes, count + 1).has_value(), "and at no other");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    if (const auto tile = parse_tile_path(text)) {
        require(tile_path(*tile) == text, "a tile has one name");
        require(tile->width >= 1 && tile->width <= full_width, "widths are 1 to 256");
    }
    check_bundle({data, size});
    if (const auto hashes = parse_tile({data, size}, static_cast<int>(size / sizeof(Hash))))
        require(tile_bytes(*hashes) == Bytes(data, data + size), "a tile is its hashes");
    return 0;
}
