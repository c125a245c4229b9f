// An organisation with users, and its access store under a clock that the test moves.
#pragma once

#include <fstream>
#include <sstream>

#include "identity/access_store.hpp"
#include "tests/identity/base32.hpp"
#include "tests/registers/sample_registers.hpp"

namespace maru::identity {

using namespace std::chrono_literals;

inline std::string text_of_file(const std::filesystem::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
}

constexpr std::string_view good_password = "錨と灯台 nine lanterns";
constexpr std::string_view other_password = "砂丘の向こう quiet river";

class IdentityTest : public registers::OrganisationTest {
protected:
    void SetUp() override {
        registers::Files files = registers::sample_registers();
        for (const std::string name : {"app_user", "custom_role"})
            files[name] =
                text_of_file(std::filesystem::path(MARU_SOURCE_DIR "/catalog/registers") / (name + ".toml"));
        use(files);
        ASSERT_TRUE(registers::Organisation::create(home(), *schema_, environment_));
        open();
        hanako_ = put("person", {{"code", "001"}, {"name", "山田 花子"}}).id;
        taro_ = put("person", {{"code", "002"}, {"name", "鈴木 太郎"}, {"manager", "001"}}).id;
        hanako_user_ = put("app_user", {{"person", "001"},
                                        {"mail", "hanako@example.jp"},
                                        {"roles", "security_manager; system_administrator"}})
                           .id;
        taro_user_ = put("app_user", {{"person", "002"}, {"mail", "taro@example.jp"}}).id;
        start();
    }

    void start() {
        store_.reset();
        AccessOptions options;
        options.clock = [this] { return now_; };
        options.random = environment_.random;
        options.password_megabytes = 1;
        options.password_passes = 1;
        auto opened = AccessStore::open(home(), options);
        ASSERT_TRUE(opened) << opened.error().message.en;
        store_ = std::move(*opened);
        refresh();
    }

    void refresh() {
        auto database = reader();
        auto directory = Directory::read(database, *schema_);
        ASSERT_TRUE(directory) << directory.error().message.en;
        store_->use(*directory);
    }

    void give_password(std::int64_t user, std::string_view password = good_password) {
        auto link = store_->make_link({.kind = LinkKind::invitation, .user = user});
        ASSERT_TRUE(link) << link.error().message.en;
        auto done = store_->redeem_link(*link, password, from_);
        ASSERT_TRUE(done) << done.error().message.en;
        ASSERT_EQ(done->outcome, SignIn::Outcome::done);
        ASSERT_TRUE(store_->end_sessions(user));
    }

    SignIn sign_in(std::string_view mail, std::string_view password = good_password) {
        auto answer = store_->sign_in(mail, password, from_);
        EXPECT_TRUE(answer) << answer.error().message.en;
        return answer ? *answer : SignIn{};
    }
    std::string session_of(std::string_view mail) { return sign_in(mail).token; }
    Presented present(const std::string& token) { return store_->check_session(token, "192.0.2.1"); }
    Principal principal(std::int64_t user) {
        return store_->directory()->principal(*store_->directory()->find(user));
    }

    Instant now_ = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 9h;
    Origin from_{"192.0.2.1", "Firefox"};
    std::int64_t hanako_ = 0, taro_ = 0, hanako_user_ = 0, taro_user_ = 0;
    std::unique_ptr<AccessStore> store_;
};

// Every byte of the store's files.
inline std::string dump(const std::filesystem::path& folder) {
    std::string all;
    for (const auto* name : {"access.db", "access.db-wal"}) all += text_of_file(folder / name);
    return all;
}

}  // namespace maru::identity
