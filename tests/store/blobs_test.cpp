#include "store/blobs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "temporary_folder.hpp"

namespace maru::store {
namespace {

namespace fs = std::filesystem;

void counting(std::span<std::uint8_t> out) {
    static std::uint8_t next = 0;
    for (std::uint8_t& byte : out) byte = next++;
}

class BlobsTest : public testing::Test {
protected:
    std::vector<fs::path> files() {
        std::vector<fs::path> found;
        for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
            if (entry.is_regular_file()) found.push_back(entry.path());
        return found;
    }
    TemporaryFolder folder;
    Blobs blobs{folder / "blobs", Bytes(32, 5), counting};
};

const std::string pledge = "秘密保持誓約書 株式会社 例 山田 花子";

TEST_F(BlobsTest, GivesBackTheSameBytes) {
    const Hash name = *blobs.put(as_bytes(pledge));
    EXPECT_TRUE(blobs.contains(name));
    EXPECT_TRUE(std::ranges::equal(*blobs.get(name), as_bytes(pledge)));
    EXPECT_TRUE(blobs.get(*blobs.put({}))->empty());
}

TEST_F(BlobsTest, StoresTheSameBytesOnceAndLeavesNoDrafts) {
    EXPECT_EQ(*blobs.put(as_bytes(pledge)), *blobs.put(as_bytes(pledge)));
    EXPECT_EQ(files().size(), 1u);
}

TEST_F(BlobsTest, KeepsNothingReadableOnDisk) {
    ASSERT_TRUE(blobs.put(as_bytes(pledge)));
    std::ifstream stream(files().front(), std::ios::binary);
    const std::string stored((std::istreambuf_iterator<char>(stream)), {});
    EXPECT_THAT(stored, testing::Not(testing::HasSubstr("花子")));
}

TEST_F(BlobsTest, SaysThatAnAttachmentIsMissing) {
    EXPECT_EQ(blobs.get(Hash{}).error().kind, ErrorKind::not_found);
}

TEST_F(BlobsTest, NoticesDamageAndExchange) {
    const Hash first = *blobs.put(as_bytes("一"));
    const fs::path first_file = files().front();
    const Hash second = *blobs.put(as_bytes("二"));
    for (const fs::path& file : files())
        if (file != first_file) fs::copy_file(first_file, file, fs::copy_options::overwrite_existing);
    EXPECT_EQ(blobs.get(second).error().kind, ErrorKind::corrupt);  // sealed with our key, but other bytes
    fs::resize_file(first_file, 10);
    EXPECT_EQ(blobs.get(first).error().kind, ErrorKind::corrupt);
}

TEST_F(BlobsTest, AnotherKeyOpensNothing) {
    const Hash name = *blobs.put(as_bytes(pledge));
    EXPECT_EQ(Blobs(folder / "blobs", Bytes(32, 6), counting).get(name).error().kind, ErrorKind::corrupt);
}

TEST_F(BlobsTest, AFolderThatCannotBeMadeIsAnError) {
    std::ofstream(folder / "file") << "x";
    EXPECT_EQ(Blobs(folder / "file", Bytes(32, 5), counting).put(as_bytes("x")).error().kind,
              ErrorKind::unavailable);
}

}  // namespace
}  // namespace maru::store
