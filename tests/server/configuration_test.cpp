#include "server/configuration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace maru::server {
namespace {

using testing::HasSubstr;

Result<Configuration> parse(std::string_view text) { return parse_configuration(text, "/etc/maru.toml"); }

std::string refusal(std::string_view text) {
    const auto read = parse(text);
    return read ? "taken" : read.error().message.en;
}

TEST(Configuration, the_printed_file_names_every_key_and_changes_nothing) {
    for (const Language language : {Language::ja, Language::en}) {
        const std::string printed = documented_configuration(language);
        const std::string uncommented =
            std::regex_replace(printed, std::regex("# ([a-z_]+ = |\\[\\[)"), "$1");
        const auto read = parse(uncommented);
        ASSERT_TRUE(read) << read.error().message.en << uncommented;
        EXPECT_EQ(read->listen, Configuration().listen);
        EXPECT_EQ(read->connections, Configuration().connections);
        EXPECT_EQ(read->daily_minute(), std::chrono::hours(6));
        EXPECT_THAT(printed, HasSubstr("[[organisation]]"));
    }
}

TEST(Configuration, paths_are_relative_to_the_file_and_times_are_of_the_day) {
    const auto read = parse(R"(
[server]
certificate = "tls/chain.pem"
key = "/secret/key.pem"
[notices]
daily_at = "23:59"
[backup]
to = "控え"
key = "backup.pub"
at = "02:30"
[[organisation]]
name = "maru-shoji"
folder = "data/丸商事"
)");
    ASSERT_TRUE(read) << read.error().message.en;
    EXPECT_EQ(read->certificate, "/etc/tls/chain.pem");
    EXPECT_EQ(read->key, "/secret/key.pem");
    EXPECT_EQ(read->daily_minute(), std::chrono::minutes(23 * 60 + 59));
    EXPECT_EQ(read->backup_to, "/etc/控え");
    EXPECT_EQ(read->backup_key, "/etc/backup.pub");
    EXPECT_EQ(read->backup_minute(), std::chrono::minutes(2 * 60 + 30));
    ASSERT_EQ(read->organisations.size(), 1U);
    EXPECT_EQ(read->organisations[0].folder, "/etc/data/丸商事");
}

TEST(Configuration, what_cannot_be_meant_is_refused_with_its_line_and_what_to_write) {
    struct Case {
        std::string_view text, said;
    };
    for (const auto& [text, said] : {
             Case{"[server]\nlisten = 8080", "/etc/maru.toml line 2: listen: write a text in quotes"},
             Case{"[server]\nlistn = \"x\"",
                  "/etc/maru.toml line 2: there is no key listn; there are listen"},
             Case{"[sever]", "/etc/maru.toml line 1: there is no key sever; there are server"},
             Case{"[server]\n\nthreads = 0", "/etc/maru.toml line 3: threads: from 1 to 64"},
             Case{"[server]\ndev_tls = 1", "line 2: dev_tls: write true or false"},
             Case{"[server]\ntrusted_proxies = [1]", "trusted_proxies: write an array of texts"},
             Case{"[server]\ncertificate = \"a.pem\"", "server needs certificate and key, or neither"},
             Case{"[mail]\nurl = \"smtp://mail\"", "mail needs from"},
             Case{"[mail]\ntls = \"perhaps\"", "tls: write one of required, never"},
             Case{"[notices]\ndaily_at = \"6時\"", "daily_at: write it as \"06:00\""},
             Case{"[notices]\ndaily_at = \"24:00\"", "daily_at"},
             Case{"[backup]\nto = \"/mnt/backup\"", "backup needs key, the file with the public key"},
             Case{"[backup]\nat = \"2時\"", "backup at: write it as \"02:00\""},
             Case{"[backup]\nkeep = -1", "line 2: keep: from 0 to 10000"},
             Case{"[[organisation]]\nname = \"a\"", "an [[organisation]] needs a name and a folder"},
             Case{"organisation = 1", "write it as [[organisation]]"},
             Case{"server = 1", "there is no key server"},
             Case{"[server\n", "/etc/maru.toml line 1: not TOML"},
         })
        EXPECT_THAT(refusal(text), HasSubstr(said)) << text;
}

TEST(Configuration, a_file_that_is_not_there_is_named) {
    const auto read = read_configuration("/nowhere/maru.toml");
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message.ja, HasSubstr("/nowhere/maru.toml"));
}

}  // namespace
}  // namespace maru::server
