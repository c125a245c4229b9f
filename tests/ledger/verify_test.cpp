#include "ledger/verify.hpp"

#include <gtest/gtest.h>

#include "memory_log.hpp"
#include "vectors.hpp"

namespace maru::ledger {
namespace {

const SigningKey key = signing_key("small_log");
const Policy policy = policy_of(key.verifier());

ErrorKind kind_of(const MemoryLog::Files& files) {
    const auto verified = verify_log(source_of(files), policy);
    EXPECT_FALSE(verified);
    return verified ? ErrorKind::internal : verified.error().kind;
}

std::string message_of(const MemoryLog::Files& files) {
    const auto verified = verify_log(source_of(files), policy);
    return verified ? "" : verified.error().message.en;
}

TEST(VerifyLog, AcceptsHonestLogsOfAllSizes) {
    for (const int size : {1, 2, 255, 256, 257, 600, 65535, 65536, 65537}) {
        const auto files = MemoryLog::decimals(size).files(key);
        const auto verified = verify_log(source_of(files), policy);
        ASSERT_TRUE(verified) << size << ": " << verified.error().message.en;
        EXPECT_EQ(verified->size(), static_cast<std::uint64_t>(size));
        EXPECT_EQ(verified->bundles + verified->tiles + 1, files.size());
    }
}

TEST(VerifyLog, ShowsEachEntryOnceInOrder) {
    const MemoryLog log = MemoryLog::decimals(700);
    const auto files = log.files(key);
    std::uint64_t next = 0;
    const auto verified =
        verify_log(source_of(files), policy, [&](std::uint64_t index, ByteView entry) -> Result<void> {
            EXPECT_EQ(index, next++);
            EXPECT_TRUE(std::ranges::equal(entry, log.entry(index)));
            return {};
        });
    EXPECT_TRUE(verified);
    EXPECT_EQ(next, 700u);
}

TEST(VerifyLog, StopsWhenTheVisitorRefusesAnEntry) {
    const auto files = MemoryLog::decimals(3).files(key);
    const auto verified =
        verify_log(source_of(files), policy, [](std::uint64_t index, ByteView) -> Result<void> {
            if (index == 1) return fail(ErrorKind::conflict, {"不一致です。", "mismatch"});
            return {};
        });
    EXPECT_EQ(verified.error().kind, ErrorKind::conflict);
}

TEST(VerifyLog, RefusesNothingToCheckAsSuccess) {
    EXPECT_EQ(kind_of({}), ErrorKind::not_found);
    EXPECT_EQ(kind_of(MemoryLog().files(key)), ErrorKind::not_found);  // honest and signed, but empty
    EXPECT_NE(message_of(MemoryLog().files(key)).find("nothing was checked"), std::string::npos);
    const auto files = MemoryLog::decimals(3).files(key);
    EXPECT_EQ(verify_log(source_of(files), Policy{}).error().kind, ErrorKind::forbidden);
}

TEST(VerifyLog, TakesTheFullTileAndBundleWhereThePartialOneIsGone) {
    const MemoryLog log = MemoryLog::decimals(600), grown = MemoryLog::decimals(70000);
    auto files = log.files(key);
    for (const char* path : {"tile/0/002", "tile/entries/002", "tile/1/000"})
        files[path] = grown.files(key).at(path);
    for (const char* path : {"tile/0/002.p/88", "tile/entries/002.p/88", "tile/1/000.p/2"})
        EXPECT_EQ(files.erase(path), 1u);
    EXPECT_TRUE(verify_log(source_of(files), policy));
    files["tile/0/002"][87 * 32] ^= 1;
    EXPECT_EQ(kind_of(files), ErrorKind::corrupt);
}

TEST(VerifyLog, RefusesEveryChangedCutLongerOrMissingFile) {
    const auto honest = MemoryLog::decimals(600).files(key);
    for (const auto& [path, bytes] : honest) {
        auto files = honest;
        files[path].back() ^= 1;
        EXPECT_FALSE(verify_log(source_of(files), policy)) << path;
        files[path] = bytes;
        files[path].push_back(0);
        EXPECT_FALSE(verify_log(source_of(files), policy)) << path;
        files[path] = bytes;
        files[path].pop_back();
        EXPECT_FALSE(verify_log(source_of(files), policy)) << path;
        files.erase(path);
        const auto missing = verify_log(source_of(files), policy);
        ASSERT_FALSE(missing) << path;
        EXPECT_EQ(missing.error().kind, ErrorKind::not_found) << path;
        EXPECT_EQ(missing.error().message.en.substr(0, path.size()), path);
    }
}

TEST(VerifyLog, RefusesAChangedTileOfEveryLevel) {
    const auto honest = MemoryLog::decimals(66000).files(key);
    for (const std::string path :
         {"tile/0/255", "tile/0/257.p/208", "tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1"}) {
        ASSERT_TRUE(honest.contains(path)) << path;
        auto files = honest;
        files[path][17] ^= 1;
        const std::string said = message_of(files);
        EXPECT_NE(said.find(path + (path.starts_with("tile/0/") ? " do not agree" : " differs")),
                  std::string::npos)
            << said;
    }
}

// Appendix A of our research note: an entry and the matching leaf hash in the tile of level 0.
void forge(MemoryLog::Files& files, std::uint64_t index) {
    const Tile bundle{Content::entries, 0, index / full_width, full_width};
    Bytes& bytes = files.at(tile_path(bundle));
    const auto entries = *parse_bundle(bytes, full_width);
    const auto entry = entries[index % full_width];
    bytes[static_cast<std::size_t>(entry.data() - bytes.data())] ^= 1;
    Bytes& tile = files.at(tile_path({Content::hashes, 0, index / full_width, full_width}));
    std::ranges::copy(leaf_hash(entry), tile.begin() + static_cast<std::ptrdiff_t>(index % full_width * 32));
}

TEST(VerifyLog, RefusesAForgedEntryWithItsLeafHash) {
    for (const int size : {600, 70000}) {
        auto files = MemoryLog::decimals(size).files(key);
        forge(files, 300);
        EXPECT_EQ(kind_of(files), ErrorKind::corrupt);
    }
}

// … and with every tile up to the top: only the signature is left to find it.
TEST(VerifyLog, RefusesAForgedLogWhoseTilesAllFit) {
    std::vector<Bytes> entries;
    for (int i = 0; i < 600; ++i) entries.push_back(bytes_of(i == 300 ? "forged" : std::to_string(i)));
    auto files = MemoryLog(std::move(entries)).files(key);
    files["checkpoint"] = MemoryLog::decimals(600).files(key).at("checkpoint");
    EXPECT_EQ(kind_of(files), ErrorKind::corrupt);
    EXPECT_NE(message_of(files).find("signed root"), std::string::npos);
    files["checkpoint"] =
        MemoryLog::decimals(600)
            .files(*make_signing_key(key.name, KeyType::ed25519, [](auto out) { std::ranges::fill(out, 1); }))
            .at("checkpoint");
    EXPECT_EQ(kind_of(files), ErrorKind::forbidden);
}

TEST(VerifyLog, RefusesReorderedEntries) {
    std::vector<Bytes> entries = {bytes_of("b"), bytes_of("a")};
    auto files = MemoryLog({bytes_of("a"), bytes_of("b")}).files(key);
    files["tile/entries/000.p/2"] = MemoryLog(entries).files(key).at("tile/entries/000.p/2");
    EXPECT_EQ(kind_of(files), ErrorKind::corrupt);
}

TEST(VerifyLog, EndsAtErrorsOfTheSourceThatAreNotMissingFiles) {
    const auto files = MemoryLog::decimals(3).files(key);
    const FileSource broken = [&](const std::string& path) -> Result<Bytes> {
        if (path.starts_with("tile/entries"))
            return fail(ErrorKind::unavailable, {"読めません。", "cannot read"});
        return source_of(files)(path);
    };
    EXPECT_EQ(verify_log(broken, policy).error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace maru::ledger
