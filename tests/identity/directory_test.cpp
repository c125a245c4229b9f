#include "identity/directory.hpp"

#include "world.hpp"

namespace maru::identity {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

class DirectoryTest : public IdentityTest {};

TEST_F(DirectoryTest, MakesEveryUserAMemberAndManagersOfThePeopleBelowThem) {
    put("person", {{"code", "003"}, {"name", "佐藤 次郎"}, {"manager", "002"}});
    refresh();
    const Principal hanako = principal(hanako_user_), taro = principal(taro_user_);
    EXPECT_THAT(hanako.roles, UnorderedElementsAre(Role::member, Role::manager, Role::security_manager,
                                                   Role::system_administrator));
    EXPECT_EQ(hanako.reports.size(), 2u);
    EXPECT_THAT(hanako.reports, Contains(taro_));
    EXPECT_THAT(taro.roles, UnorderedElementsAre(Role::member, Role::manager));
    EXPECT_EQ(hanako.actor(), "person:" + std::to_string(hanako_));
    EXPECT_EQ(hanako.name, "山田 花子");
}

TEST_F(DirectoryTest, EndsACircleOfManagers) {
    put("person", {{"code", "001"}, {"manager", "002"}}, hanako_);
    refresh();
    EXPECT_THAT(principal(hanako_user_).reports, ElementsAre(taro_));
    EXPECT_THAT(principal(taro_user_).reports, ElementsAre(hanako_));
}

TEST_F(DirectoryTest, KnowsAuditorsFromOutsideWhoAreNoMembers) {
    const auto id = put("app_user", {{"mail", "audit@example.com"},
                                     {"name", "監査 三郎"},
                                     {"roles", "auditor"},
                                     {"items", "8; 11"},
                                     {"to_day", "2026-12-31"}})
                        .id;
    refresh();
    const Principal who = principal(id);
    EXPECT_THAT(who.roles, ElementsAre(Role::auditor));
    EXPECT_THAT(who.items, ElementsAre("8", "11"));
    EXPECT_EQ(who.person, 0);
    EXPECT_EQ(who.actor(), "user:" + std::to_string(id));
    const User& user = *store_->directory()->find(id);
    EXPECT_TRUE(user.is_active(Day(2026, 12, 31)));
    EXPECT_FALSE(user.is_active(Day(2027, 1, 1)));
}

TEST_F(DirectoryTest, RefusesAnOutsiderWithoutNameOrEnd) {
    EXPECT_FALSE(try_put("app_user", {{"mail", "x@example.com"}, {"to_day", "2026-12-31"}}));
    EXPECT_FALSE(try_put("app_user", {{"mail", "x@example.com"}, {"name", "監査 三郎"}}));
}

TEST_F(DirectoryTest, EndsUsersWithTheirEmployment) {
    put("person", {{"code", "002"}, {"joined_on", "2020-04-01"}, {"left_on", "2026-11-22"}}, taro_);
    refresh();
    EXPECT_TRUE(store_->directory()->find(taro_user_)->is_active(Day(2026, 11, 22)));
    EXPECT_FALSE(store_->directory()->find(taro_user_)->is_active(Day(2026, 11, 23)));
}

TEST_F(DirectoryTest, ReadsGrantsAndLeavesOutThoseThatNameNothing) {
    put("custom_role",
        {{"code", "keeper"}, {"name", "資産係"}, {"grants", "device:write; gone:read; nonsense"}});
    put("app_user", {{"mail", "taro@example.jp"}, {"custom_roles", "keeper"}}, taro_user_);
    refresh();
    ASSERT_EQ(store_->directory()->grants().at("keeper").size(), 1u);
    const Principal who = principal(taro_user_);
    EXPECT_EQ(Permissions(who, store_->directory()->grants()).write(of("device")), Reach::all);
}

TEST_F(DirectoryTest, FindsMailInWhateverWidthAndCase) {
    EXPECT_EQ(store_->directory()->by_mail(" ＴＡＲＯ@Example.JP ")->id, taro_user_);
    EXPECT_EQ(store_->directory()->by_mail("nobody@example.jp"), nullptr);
    EXPECT_EQ(store_->directory()->by_mail("\xff"), nullptr);
}

}  // namespace
}  // namespace maru::identity
