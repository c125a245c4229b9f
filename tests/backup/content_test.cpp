#include "backup/content.hpp"

#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

#include "crypto/hash.hpp"

namespace maru::backup {
namespace {

using testing::HasSubstr;

std::string packed(std::string_view path, std::string_view bytes) {
    const Hash hash = crypto::sha256(as_bytes(bytes));
    return file_line(path, bytes.size()) + std::string(bytes) + std::string(hash.begin(), hash.end());
}

struct Unpacked {
    std::map<std::string, std::string> files;
    Result<void> outcome;
};

Unpacked unpack(std::string_view stream, std::size_t step) {
    Unpacked out;
    std::string at;
    Unpacker unpacker({[&](const std::string& path, std::uint64_t) -> Result<void> {
                           at = path;
                           out.files[path];
                           return {};
                       },
                       [&](ByteView bytes) -> Result<void> {
                           out.files[at].append(bytes.begin(), bytes.end());
                           return {};
                       },
                       []() -> Result<void> { return {}; }});
    out.outcome = [&]() -> Result<void> {
        for (std::string_view rest = stream; !rest.empty(); rest.remove_prefix(std::min(step, rest.size())))
            TRY(unpacker.take(as_bytes(rest.substr(0, step))));
        return unpacker.finish();
    }();
    return out;
}

TEST(BackupContent, FilesComeBackInPiecesOfAnySize) {
    const std::string stream = packed("maru.db", "本文\n二行目") + packed("keys/empty", "") +
                               packed("blobs/ab/abcd", "x") + end_line(3);
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{33}, stream.size()}) {
        const Unpacked got = unpack(stream, step);
        ASSERT_TRUE(got.outcome) << got.outcome.error().message.en;
        EXPECT_EQ((std::map<std::string, std::string>{
                      {"maru.db", "本文\n二行目"}, {"keys/empty", ""}, {"blobs/ab/abcd", "x"}}),
                  got.files);
    }
}

TEST(BackupContent, PathsThatLeadElsewhereAreRefused) {
    for (const std::string& path :
         std::vector<std::string>{"../x", "/etc/passwd", "a/../../x", ".ssh/x", "a//b", "a/", "", "a/b/c/d/e",
                                  "日本", "a b", std::string(300, 'a')}) {
        EXPECT_FALSE(is_safe_path(path)) << path;
        const Unpacked got = unpack(file_line(path, 0), 1000);
        ASSERT_FALSE(got.outcome) << path;
        EXPECT_TRUE(got.files.empty()) << path;
    }
    EXPECT_TRUE(is_safe_path("keys/log.key.0011aabb"));
}

TEST(BackupContent, WhatDoesNotMatchIsRefusedWithTheReason) {
    const std::string good = packed("maru.db", "abc") + end_line(1);
    std::string changed = good;
    changed[changed.find("abc")] = 'A';
    EXPECT_THAT(unpack(changed, 5).outcome.error().message.en, HasSubstr("maru.db inside it is damaged"));
    EXPECT_THAT(unpack(good.substr(0, good.size() - 3), 5).outcome.error().message.en,
                HasSubstr("ends in the middle"));
    for (const std::string& bad :
         {good + "x", packed("a", "b") + end_line(2), std::string("file 01 a\n"), std::string("file -1 a\n"),
          std::string("file 99999999999999999999 a\n"), std::string("dir a\n"), std::string(500, 'f')})
        EXPECT_FALSE(unpack(bad, 3).outcome) << bad;
}

}  // namespace
}  // namespace maru::backup
