#include "backup/bucket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/store/temporary_folder.hpp"

namespace maru::backup {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const Instant noon = parse_instant("2026-11-23T03:00:00.123Z").value();

TEST(Bucket, the_time_of_a_backup_is_in_its_name) {
    EXPECT_EQ(time_of(file_name("example.jp/株式会社見本", noon)), noon);
    for (const char* other : {"", "x.maru-backup", "20261123T030000123Z", "a-20261323T030000123Z.maru-backup",
                              "a-20261123X030000123Z.maru-backup", "a-2026112３T030000Z.maru-backup"})
        EXPECT_FALSE(time_of(other)) << other;
}

TEST(Bucket, a_backup_is_split_into_its_place_and_its_name) {
    EXPECT_EQ(split_place("s3://b/日次/x.maru-backup").place, "s3://b/日次/");
    EXPECT_EQ(split_place("s3://b/日次/x.maru-backup").name, "x.maru-backup");
    EXPECT_EQ(split_place("x.maru-backup").place, ".");
}

class Credentials : public testing::Test {
protected:
    std::string outcome(const std::string& text, fs::perms allowed = fs::perms::owner_read) {
        const fs::path file = folder_ / "credentials";
        fs::remove(file);
        std::ofstream(file) << text;
        fs::permissions(file, allowed);
        const auto place = open_bucket("s3://himitsu-backups/日次", {"https://s3.example.jp", "", file});
        return place ? (*place)->path_of("x") : place.error().message.en;
    }

private:
    store::TemporaryFolder folder_;
};

TEST_F(Credentials, are_those_of_the_default_section) {
    const std::string good = "aws_access_key_id = K\r\naws_secret_access_key=S=/+\n";
    EXPECT_EQ(outcome(good), "s3://himitsu-backups/日次/x");
    EXPECT_EQ(outcome("# comment\n[other]\naws_access_key_id=X\n[default]\n" + good),
              "s3://himitsu-backups/日次/x");
    for (const std::string& bad : {std::string(), "[other]\n" + good, std::string("aws_access_key_id = K\n"),
                                   std::string("=\n==\n[\0default]\n", 15)})
        EXPECT_THAT(outcome(bad),
                    HasSubstr("it needs the lines aws_access_key_id and aws_secret_access_key"));
}

TEST_F(Credentials, that_others_may_read_are_not_used) {
    EXPECT_THAT(outcome("aws_access_key_id=K\naws_secret_access_key=S\n",
                        fs::perms::owner_read | fs::perms::group_read),
                HasSubstr("chmod 600"));
}

TEST(Bucket, what_is_no_bucket_is_refused) {
    for (const char* written : {"s3://", "s3://ab", "s3:///x", "s3://Upper", "s3://a_b", "s3://日本"})
        EXPECT_THAT(open_bucket(written, {}).error().message.en, HasSubstr("is no bucket")) << written;
}

}  // namespace
}  // namespace maru::backup
