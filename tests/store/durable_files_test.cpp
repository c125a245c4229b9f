// Files that are complete or not there: what writers of keys, anchors and exported logs rely on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "store/files.hpp"
#include "temporary_folder.hpp"

namespace maru::store {
namespace {

namespace fs = std::filesystem;

class DurableFilesTest : public testing::Test {
protected:
    std::string content(const fs::path& file) {
        const Result<Bytes> bytes = read_file(file, 1 << 20);
        return bytes ? std::string(bytes->begin(), bytes->end()) : "(" + bytes.error().message.en + ")";
    }
    std::size_t files_in(const fs::path& path) {
        return static_cast<std::size_t>(
            std::ranges::count_if(fs::recursive_directory_iterator(path),
                                  [](const auto& entry) { return entry.is_regular_file(); }));
    }
    TemporaryFolder folder;
};

TEST_F(DurableFilesTest, AReplacedFileHasTheNewBytesAndLeavesNoDraft) {
    const fs::path file = folder / "控え";
    ASSERT_TRUE(replace_file(file, as_bytes("一"), Access::owner_only));
    ASSERT_TRUE(replace_file(file, as_bytes("二"), Access::owner_only));
    EXPECT_EQ(content(file), "二");
    EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST_F(DurableFilesTest, KeysAreForTheOwnerOnly) {
    const fs::path file = folder / "key";
    ASSERT_TRUE(replace_file(file, as_bytes("鍵"), Access::owner_only));
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_TRUE(make_folder(folder / "a/b", Access::owner_only));
    EXPECT_EQ(fs::status(folder / "a/b").permissions(), fs::perms::owner_all);
}

TEST_F(DurableFilesTest, AFileThatCannotBeWrittenStaysAsItWas) {
    const fs::path file = folder / "sub/控え";
    EXPECT_EQ(replace_file(file, as_bytes("一"), Access::owner_only).error().kind, ErrorKind::unavailable);
    ASSERT_TRUE(make_folder(folder / "sub", Access::owner_only));
    ASSERT_TRUE(make_folder(file / "nonempty", Access::owner_only));
    EXPECT_EQ(replace_file(file, as_bytes("一"), Access::owner_only).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(files_in(folder.path()), 0u);
}

TEST_F(DurableFilesTest, ReadingSaysMissingAndRefusesWhatNeverEnds) {
    EXPECT_EQ(read_file(folder / "ない", 10).error().kind, ErrorKind::not_found);
    EXPECT_EQ(read_file(folder.path(), 10).error().kind, ErrorKind::invalid);
    const fs::path pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(read_file(pipe, 10).error().kind, ErrorKind::invalid);
    ASSERT_TRUE(replace_file(folder / "大", as_bytes("12345678901"), Access::readable));
    EXPECT_EQ(read_file(folder / "大", 10).error().kind, ErrorKind::invalid);
}

TEST_F(DurableFilesTest, ABatchGivesNamesOnlyWhenAllIsWritten) {
    FileBatch batch;
    ASSERT_TRUE(batch.add(folder / "tile/0/000", as_bytes("一")));
    ASSERT_TRUE(batch.add(folder / "tile/1/000.p/1", as_bytes("二")));
    EXPECT_FALSE(fs::exists(folder / "tile/0/000"));
    ASSERT_TRUE(batch.commit());
    EXPECT_EQ(content(folder / "tile/0/000"), "一");
    EXPECT_EQ(content(folder / "tile/1/000.p/1"), "二");
    EXPECT_EQ(files_in(folder.path()), 2u);
    EXPECT_EQ(batch.size(), 0u);
}

TEST_F(DurableFilesTest, ABatchThatWasInterruptedIsWrittenOver) {
    {
        FileBatch interrupted;
        ASSERT_TRUE(interrupted.add(folder / "000", as_bytes("長い途中の内容")));
    }
    FileBatch batch;
    ASSERT_TRUE(batch.add(folder / "000", as_bytes("全")));
    ASSERT_TRUE(batch.commit());
    EXPECT_EQ(content(folder / "000"), "全");
    EXPECT_EQ(files_in(folder.path()), 1u);
}

}  // namespace
}  // namespace maru::store
