#include "packs/file_tree.hpp"

#include <gmock/gmock.h>
#include <zip.h>

#include <fstream>

#include "tests/store/temporary_folder.hpp"

namespace {

using namespace maru;
using namespace maru::packs;
namespace fs = std::filesystem;
using testing::HasSubstr;

struct Part {
    std::string name, content;
    zip_uint32_t mode = 0100644;
};

// An archive of parts that we would never write.
void write(const fs::path& file, const std::vector<Part>& parts) {
    zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    ASSERT_NE(archive, nullptr);
    for (const Part& part : parts) {
        zip_source_t* source = zip_source_buffer(archive, part.content.data(), part.content.size(), 0);
        const zip_int64_t index = zip_file_add(archive, part.name.c_str(), source, ZIP_FL_ENC_RAW);
        ASSERT_GE(index, 0) << zip_strerror(archive);
        zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX,
                                         part.mode << 16);
    }
    ASSERT_EQ(zip_close(archive), 0);
}

std::string read_all(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}
void write_all(const fs::path& file, const std::string& content) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

class FileTreeTest : public testing::Test {
protected:
    std::string refusal(const std::vector<Part>& parts, const TreeLimits& limits = {}) {
        write(zip(), parts);
        const auto tree = FileTree::open(zip(), limits);
        return tree ? "" : tree.error().message.en;
    }
    fs::path zip() const { return folder_.path() / "pack.zip"; }
    fs::path folder() const { return folder_.path() / "pack"; }

    store::TemporaryFolder folder_;
};

TEST_F(FileTreeTest, reads_an_archive_and_a_folder_alike) {
    write(zip(), {{"MANIFEST", "m"}, {"log/tile/0/000", std::string(5000, 'x')}, {"log/", "", 040755}});
    write_all(folder() / "MANIFEST", "m");
    write_all(folder() / "log/tile/0/000", std::string(5000, 'x'));
    for (const fs::path& path : {zip(), folder()}) {
        auto tree = FileTree::open(path);
        ASSERT_TRUE(tree) << tree.error().message.en;
        EXPECT_EQ(tree->sizes().size(), 2u);
        EXPECT_EQ(tree->read("log/tile/0/000")->size(), 5000u);
        EXPECT_EQ(tree->read("log/tile/0/001").error().kind, ErrorKind::not_found);
    }
}

TEST_F(FileTreeTest, names_that_lead_out_or_could_be_misread_are_refused) {
    for (const char* name : {"../evil", "a/../../evil", "/etc/passwd", "a//b", "./a", "a\\..\\b", "C:evil",
                             "a b", "a\nb", "ログ", "a/./b", ".", ".."})
        EXPECT_NE(refusal({{name, "x"}}), "") << name;
    EXPECT_THAT(refusal({{"../evil", "x"}}), HasSubstr("../evil: no name for a file of a pack"));
    EXPECT_THAT(refusal({{std::string(201, 'a'), "x"}}), HasSubstr("no name"));
}

TEST_F(FileTreeTest, two_files_that_would_be_one_are_refused) {
    EXPECT_THAT(refusal({{"Index.html", "a"}, {"index.html", "b"}}), HasSubstr("two files of this name"));
}

TEST_F(FileTreeTest, links_and_devices_are_refused) {
    EXPECT_THAT(refusal({{"link", "/etc/passwd", 0120777}}), HasSubstr("link: no regular file"));
    fs::create_directories(folder());
    fs::create_symlink("/etc/passwd", folder() / "link");
    EXPECT_THAT(FileTree::open(folder()).error().message.en, HasSubstr("link: no regular file"));
}

TEST_F(FileTreeTest, a_zip_bomb_is_refused_before_anything_is_unpacked) {
    const TreeLimits limits{.small_enough = 1 << 20};
    EXPECT_THAT(refusal({{"zeros", std::string(4 << 20, '\0')}}, limits), HasSubstr("zip bomb"));
    EXPECT_EQ(refusal({{"zeros", std::string(1 << 19, '\0')}}, limits), "");
}

TEST_F(FileTreeTest, what_is_larger_or_more_than_the_limits_is_refused) {
    EXPECT_THAT(refusal({{"a", "12345"}}, {.file_bytes = 4}), HasSubstr("a: too large"));
    EXPECT_THAT(refusal({{"a", "123"}, {"b", "123"}}, {.all_bytes = 5}), HasSubstr("too large altogether"));
    EXPECT_NE(refusal({{"a", ""}, {"b", ""}}, {.files = 1}), "");
}

TEST_F(FileTreeTest, an_archive_that_is_cut_off_or_changed_is_refused) {
    write(zip(), {{"a", std::string(3000, 'a')}, {"b", "bbbbbbbbbbbb"}});
    const std::string whole = read_all(zip());
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        write_all(zip(), whole.substr(0, size));
        auto tree = FileTree::open(zip());
        EXPECT_FALSE(tree && tree->read("a") && tree->read("b")) << size;
    }
    std::string changed = whole;
    const std::size_t local_header = whole.rfind("PK\x03\x04");
    changed[local_header + 30 + 1] ^= 0x20;  // the first byte behind the header and its name "b"
    write_all(zip(), changed);
    auto tree = FileTree::open(zip());
    ASSERT_TRUE(tree);
    EXPECT_THAT(tree->read("b").error().message.en, HasSubstr("damaged"));
}

TEST_F(FileTreeTest, what_is_not_there_cannot_be_read) {
    EXPECT_EQ(FileTree::open(folder_.path() / "nothing").error().kind, ErrorKind::unavailable);
    write_all(zip(), "no archive");
    EXPECT_EQ(FileTree::open(zip()).error().kind, ErrorKind::corrupt);
}

}  // namespace
