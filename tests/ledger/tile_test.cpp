#include "ledger/tile.hpp"

#include <gtest/gtest.h>

#include <set>

#include "crypto/hash.hpp"
#include "ledger/tile_builder.hpp"
#include "memory_log.hpp"
#include "vectors.hpp"

namespace maru::ledger {
namespace {

struct Named {
    Tile tile;
    std::string path;
};

// Examples of c2sp.org/tlog-tiles and its largest index below 2^63 / 256.
const std::vector<Named> names = {
    {{Content::hashes, 0, 0, 256}, "tile/0/000"},
    {{Content::hashes, 0, 255, 256}, "tile/0/255"},
    {{Content::hashes, 0, 999, 1}, "tile/0/999.p/1"},
    {{Content::hashes, 0, 1000, 256}, "tile/0/x001/000"},
    {{Content::hashes, 1, 1234067, 255}, "tile/1/x001/x234/067.p/255"},
    {{Content::hashes, 63, std::uint64_t{1} << 55, 256}, "tile/63/x036/x028/x797/x018/x963/968"},
    {{Content::entries, 0, 0, 256}, "tile/entries/000"},
    {{Content::entries, 0, 273, 112}, "tile/entries/273.p/112"},
};

TEST(TilePath, IsThatOfTheSpecificationAndReadBack) {
    for (const Named& named : names) {
        EXPECT_EQ(tile_path(named.tile), named.path);
        const auto read = parse_tile_path(named.path);
        ASSERT_TRUE(read) << named.path;
        EXPECT_EQ(*read, named.tile) << named.path;
    }
}

TEST(TilePath, HasNoOtherForm) {
    for (const char* path : {"",
                             "tile",
                             "tile/",
                             "tile/0",
                             "tile/0/",
                             "tile/00/000",
                             "tile/64/000",
                             "tile/-1/000",
                             "tile/x/000",
                             "tile/0/0",
                             "tile/0/0000",
                             "tile/0/x000/001",
                             "tile/0/001/002",
                             "tile/0/x001",
                             "tile/0/x001/",
                             "tile/0/x001/x002",
                             "tile/0/00a",
                             "tile/0/000.p/0",
                             "tile/0/000.p/256",
                             "tile/0/000.p/",
                             "tile/0/000.p/01",
                             "tile/0/000.p/1/2",
                             "tile/0/000.p/1.p/1",
                             "tile/0/000.q/1",
                             "tile/0/000/",
                             "/tile/0/000",
                             "tile/entries/0",
                             "tile/entries/",
                             "tile/Entries/000",
                             "tile/0/x999/x999/x999/x999/x999/x999/999",
                             "tile/8/0/000",
                             "tile/0/ 00"})
        EXPECT_FALSE(parse_tile_path(path)) << path;
    EXPECT_EQ(parse_tile_path("tile/0/1").error().kind, ErrorKind::invalid);
}

std::vector<std::string> paths_of(std::uint64_t size) {
    std::vector<std::string> out;
    EXPECT_TRUE(for_each_tile(size, [&out](const Tile& tile) -> Result<void> {
        out.push_back(tile_path(tile));
        return {};
    }));
    return out;
}

TEST(TilesOfATree, AreThoseOfTheSpecification) {
    EXPECT_EQ(paths_of(0), std::vector<std::string>{});
    EXPECT_EQ(paths_of(1), (std::vector<std::string>{"tile/entries/000.p/1", "tile/0/000.p/1"}));
    EXPECT_EQ(paths_of(256), (std::vector<std::string>{"tile/entries/000", "tile/0/000", "tile/1/000.p/1"}));
    EXPECT_EQ(paths_of(257), (std::vector<std::string>{"tile/entries/000", "tile/entries/001.p/1",
                                                       "tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"}));
    const auto many = paths_of(70000);
    const std::set<std::string> found(many.begin(), many.end());
    EXPECT_EQ(many.size(), 274u + 277u);
    EXPECT_EQ(found.size(), many.size());
    for (const char* path :
         {"tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"})
        EXPECT_TRUE(found.contains(path)) << path;
}

TEST(TilesOfATree, WereTheirsWhenTheyWereSmaller) {
    const auto had = [](std::uint64_t size, const char* path) {
        return had_tile(size, *parse_tile_path(path));
    };
    for (const char* path : {"tile/0/000", "tile/0/001.p/44", "tile/0/001.p/1", "tile/0/000.p/255",
                             "tile/entries/001.p/7", "tile/1/000.p/1"})
        EXPECT_TRUE(had(300, path)) << path;
    for (const char* path : {"tile/0/001", "tile/0/001.p/45", "tile/0/002.p/1", "tile/entries/001.p/45",
                             "tile/1/000.p/2", "tile/2/000.p/1", "tile/63/000"})
        EXPECT_FALSE(had(300, path)) << path;
}

TEST(TilesOfATree, OfTheLargestSizeCanBeCounted) {
    const std::uint64_t size = (std::uint64_t{1} << 63) - 1;
    EXPECT_EQ(tiles_at(size, 0), std::uint64_t{1} << 55);
    EXPECT_EQ(tile_at(size, 0, (std::uint64_t{1} << 55) - 1).width, 255);
    EXPECT_EQ(tiles_at(size, 7), 1u);
    EXPECT_EQ(tile_at(size, 7, 0).width, 127);
    EXPECT_EQ(tiles_at(size, 8), 0u);
    EXPECT_EQ(tiles_at(size, 63), 0u);
}

TEST(LargeLog, HasThePublishedTilesAndBundle) {
    const MemoryLog log = MemoryLog::decimals(70000);
    const auto files = log.files(signing_key("neumann"));
    EXPECT_EQ(files.size(), 274u + 277u + 1u);
    for (const char* path : {"tile/0/000", "tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17",
                             "tile/2/000.p/1", "tile/entries/273.p/112"}) {
        ASSERT_TRUE(files.contains(path)) << path;
        EXPECT_EQ(hex(crypto::sha256(files.at(path))), vector(std::string("sha256/") + path)) << path;
    }
}

TEST(TileBuilder, HasTheRootOfEverySizeAroundTileBorders) {
    const MemoryLog log = MemoryLog::decimals(66000);
    TileBuilder builder([](const Tile&, std::span<const Hash>) -> Result<void> { return {}; });
    EXPECT_EQ(builder.root(), empty_root());
    for (std::uint64_t size = 1; size <= log.size(); ++size) {
        ASSERT_TRUE(builder.append(log.leaf(size - 1)));
        if (size < 520 || (size > 65270 && size % 13 == 0) || size == 65536)
            ASSERT_EQ(builder.root(), *root_of(log.hashes(), {0, size})) << size;
    }
}

TEST(TileBuilder, StopsAtTheFirstErrorOfItsSink) {
    TileBuilder builder([](const Tile&, std::span<const Hash>) -> Result<void> {
        return fail(ErrorKind::unavailable, {"容量不足です。", "disk full"});
    });
    for (int i = 0; i < 255; ++i) EXPECT_TRUE(builder.append(Hash{}));
    EXPECT_EQ(builder.append(Hash{}).error().kind, ErrorKind::unavailable);
}

TEST(TileBytes, AreReadBackAtTheirWidthOnly) {
    const std::vector<Hash> hashes = {leaf_hash(as_bytes("a")), leaf_hash(as_bytes("b"))};
    const Bytes bytes = tile_bytes(hashes);
    EXPECT_EQ(*parse_tile(bytes, 2), hashes);
    EXPECT_FALSE(parse_tile(bytes, 1));
    EXPECT_FALSE(parse_tile(bytes, 3));
    EXPECT_FALSE(parse_tile(ByteView(bytes).first(63), 2));
}

Bytes bundle_of(const std::vector<Bytes>& entries) {
    Bytes out;
    for (const Bytes& entry : entries) EXPECT_TRUE(append_entry(out, entry));
    return out;
}

TEST(Bundle, IsReadBackWithEmptyAndLargestEntries) {
    const std::vector<Bytes> entries = {{}, bytes_of("変更"), Bytes(max_entry, 7), {0}};
    const Bytes bundle = bundle_of(entries);
    EXPECT_EQ(bundle.size(), 2 + 2 + 6 + 2 + max_entry + 2 + 1);
    const auto read = *parse_bundle(bundle, 4);
    for (std::size_t i = 0; i < entries.size(); ++i)
        EXPECT_TRUE(std::ranges::equal(read[i], entries[i])) << i;
}

TEST(Bundle, RefusesEntriesAbove65535Bytes) {
    Bytes bundle;
    EXPECT_EQ(append_entry(bundle, Bytes(max_entry + 1)).error().kind, ErrorKind::invalid);
    EXPECT_TRUE(bundle.empty());
}

TEST(Bundle, BrokenOffOrOfAnotherWidthIsRefused) {
    const Bytes bundle = bundle_of({bytes_of("one"), bytes_of("two")});
    EXPECT_TRUE(parse_bundle(bundle, 2));
    EXPECT_FALSE(parse_bundle(bundle, 1));
    EXPECT_FALSE(parse_bundle(bundle, 3));
    for (std::size_t length = 0; length < bundle.size(); ++length)
        EXPECT_FALSE(parse_bundle(ByteView(bundle).first(length), 2)) << length;
}

}  // namespace
}  // namespace maru::ledger
