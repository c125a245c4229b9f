// Who may what, as tables that can be read: roles across, registers and actions down.
#include "identity/permissions.hpp"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace maru::identity {
namespace {

const registers::Schema& catalog() {
    static const auto schema = registers::Schema::load(MARU_SOURCE_DIR "/catalog/registers");
    if (!schema) ADD_FAILURE() << schema.error().message.en;
    return *schema;
}

const registers::Register& of(std::string_view name) {
    const auto* found = catalog().find(name);
    if (!found) ADD_FAILURE() << "no register " << name;
    return *found;
}

const registers::Field& field(std::string_view register_name, std::string_view name) {
    return *of(register_name).field(name);
}

constexpr std::int64_t myself = 7, report = 8, stranger = 9;

Principal with(std::set<Role> roles) {
    Principal who;
    who.user = 70;
    who.person = myself;
    who.roles = std::move(roles);
    if (who.has(Role::manager)) who.reports = {report};
    return who;
}

// Everybody as Directory makes them: members but for the auditor.
const std::vector<std::pair<std::string, std::set<Role>>>& people() {
    using enum Role;
    static const std::vector<std::pair<std::string, std::set<Role>>> all{
        {"top", {member, top_management}},
        {"secm", {member, security_manager}},
        {"office", {member, security_office}},
        {"hr", {member, hr}},
        {"it", {member, it}},
        {"mgr", {member, manager}},
        {"member", {member}},
        {"audit", {auditor}},
        {"admin", {member, system_administrator}}};
    return all;
}

std::string_view word(Reach reach) {
    constexpr std::array words{"-", "own", "team", "all"};
    return words[static_cast<std::size_t>(reach)];
}

std::string register_row(const registers::Register& row, TokenScope scope = TokenScope::admin) {
    std::string line = fmt::format("{:16}", row.name);
    for (const auto& [name, roles] : people()) {
        Principal who = with(roles);
        who.scope = scope;
        const Permissions may(who);
        line += fmt::format(" {:8}", fmt::format("{}/{}", word(may.read(row)), word(may.write(row))));
    }
    return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::string register_table(std::initializer_list<std::string_view> names,
                           TokenScope scope = TokenScope::admin) {
    std::string table = "\n";
    for (const auto name : names) table += register_row(of(name), scope);
    return table;
}

TEST(Permissions, OfRolesOverRegisters) {
    // read/write        top      secm     office   hr       it       mgr      member   audit    admin
    EXPECT_EQ(register_table({"device", "person", "absence", "acknowledgement", "my_number_file",
                              "setting_value", "department", "app_user", "custom_role"}),
              R"(
device           all/-    all/all  all/all  all/-    all/-    all/-    all/-    all/-    all/-
person           all/-    all/-    all/-    all/all  all/-    all/-    all/-    all/-    all/-
absence          all/-    all/-    all/-    all/all  -/-      team/-   -/-      all/-    -/-
acknowledgement  all/own  all/all  all/all  all/own  all/own  all/own  all/own  all/-    all/own
my_number_file   all/-    all/-    -/-      all/all  -/-      -/-      -/-      all/-    -/-
setting_value    all/-    all/all  all/-    all/-    all/-    all/-    all/-    all/-    all/-
department       all/-    all/all  all/all  all/all  all/-    all/-    all/-    all/-    all/-
app_user         all/-    all/-    all/-    own/-    own/-    own/-    own/-    all/-    all/-
custom_role      all/-    all/all  all/-    -/-      -/-      -/-      -/-      all/-    all/-
)");
}

TEST(Permissions, AuditorsAndTopManagementReadEveryRegisterAndAuditorsWriteNone) {
    const Principal audit = with({Role::auditor}), top = with({Role::member, Role::top_management});
    for (const auto& row : catalog().all()) {
        EXPECT_EQ(Permissions(audit).read(row), Reach::all) << row.name;
        EXPECT_EQ(Permissions(top).read(row), Reach::all) << row.name;
        const bool self = std::ranges::find(row.write, "self") != row.write.end();
        if (!self) {
            EXPECT_EQ(Permissions(audit).write(row), Reach::none) << row.name;
        }
    }
}

TEST(Permissions, SecurityManagersMayWhatTheOfficeMay) {
    const Principal office = with({Role::security_office}), manager = with({Role::security_manager});
    for (const auto& row : catalog().all()) {
        EXPECT_LE(Permissions(office).read(row), Permissions(manager).read(row)) << row.name;
        EXPECT_LE(Permissions(office).write(row), Permissions(manager).write(row)) << row.name;
    }
}

TEST(Permissions, OfAReadingTokenWriteNothing) {
    EXPECT_EQ(register_table({"device", "acknowledgement", "app_user"}, TokenScope::read), R"(
device           all/-    all/-    all/-    all/-    all/-    all/-    all/-    all/-    all/-
acknowledgement  all/-    all/-    all/-    all/-    all/-    all/-    all/-    all/-    all/-
app_user         all/-    all/-    all/-    own/-    own/-    own/-    own/-    all/-    all/-
)");
}

TEST(Permissions, OfAWritingTokenLeaveAdministrationAlone) {
    EXPECT_EQ(
        register_table({"device", "app_user", "custom_role", "setting_value", "webhook"}, TokenScope::write),
        R"(
device           all/-    all/all  all/all  all/-    all/-    all/-    all/-    all/-    all/-
app_user         all/-    all/-    all/-    own/-    own/-    own/-    own/-    all/-    all/-
custom_role      all/-    all/-    all/-    -/-      -/-      -/-      -/-      all/-    all/-
setting_value    all/-    all/-    all/-    all/-    all/-    all/-    all/-    all/-    all/-
webhook          all/-    all/-    all/-    -/-      all/-    -/-      -/-      all/-    all/-
)");
}

constexpr std::array actions{
    std::pair{"see_sheets", Action::see_sheets},      std::pair{"see_rows", Action::see_rows},
    std::pair{"claims", Action::change_claims},       std::pair{"approve", Action::approve},
    std::pair{"users", Action::manage_users},         std::pair{"tokens", Action::manage_tokens_of_others},
    std::pair{"accesses", Action::see_access_record}, std::pair{"erase", Action::erase_people},
    std::pair{"packs", Action::export_packs},         std::pair{"back_up", Action::back_up},
    std::pair{"configure", Action::configure},        std::pair{"publish", Action::publish}};

std::string action_table(TokenScope scope) {
    std::string table = "\n";
    for (const auto& [name, action] : actions) {
        std::string line = fmt::format("{:12}", name);
        for (const auto& [column, roles] : people()) {
            Principal who = with(roles);
            who.scope = scope;
            line += fmt::format(" {:6}", Permissions(who).may(action) ? "yes" : "-");
        }
        table += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return table;
}

TEST(Permissions, OfRolesOverActions) {
    //           top    secm   office hr     it     mgr    member audit  admin
    EXPECT_EQ(action_table(TokenScope::admin), R"(
see_sheets   yes    yes    yes    yes    yes    yes    yes    yes    yes
see_rows     yes    yes    yes    yes    yes    -      -      yes    -
claims       -      yes    -      -      -      -      -      -      -
approve      yes    yes    -      -      -      yes    -      -      -
users        -      yes    -      -      -      -      -      -      yes
tokens       -      yes    -      -      -      -      -      -      yes
accesses     yes    yes    -      -      -      -      -      yes    -
erase        -      yes    -      -      -      -      -      -      -
packs        yes    yes    yes    -      -      -      -      yes    -
back_up      -      yes    -      -      -      -      -      -      yes
configure    -      yes    -      -      -      -      -      -      yes
publish      yes    yes    -      -      -      -      -      -      -
)");
}

TEST(Permissions, OfAWritingTokenAdministerNothing) {
    EXPECT_EQ(action_table(TokenScope::write), R"(
see_sheets   yes    yes    yes    yes    yes    yes    yes    yes    yes
see_rows     yes    yes    yes    yes    yes    -      -      yes    -
claims       -      yes    -      -      -      -      -      -      -
approve      yes    yes    -      -      -      yes    -      -      -
users        -      -      -      -      -      -      -      -      -
tokens       -      -      -      -      -      -      -      -      -
accesses     yes    yes    -      -      -      -      -      yes    -
erase        -      -      -      -      -      -      -      -      -
packs        yes    yes    yes    -      -      -      -      yes    -
back_up      -      -      -      -      -      -      -      -      -
configure    -      -      -      -      -      -      -      -      -
publish      yes    yes    -      -      -      -      -      -      -
)");
}

registers::Record record_of(std::string_view register_name, std::int64_t id, std::int64_t person) {
    registers::Record out;
    out.id = id;
    for (const auto& one : of(register_name).fields)
        out.values.emplace_back(one.name == of(register_name).subject ? store::Value(person)
                                                                      : store::Value(store::Null{}));
    return out;
}

TEST(Permissions, ReachOnesOwnRecordsAndThoseOfOnesTeam) {
    const Principal one = with({Role::member}), manager = with({Role::member, Role::manager});
    const Permissions own(one), team(manager);
    EXPECT_TRUE(own.may_write(of("acknowledgement"), record_of("acknowledgement", 1, myself)));
    EXPECT_FALSE(own.may_write(of("acknowledgement"), record_of("acknowledgement", 1, stranger)));
    EXPECT_FALSE(own.may_read(of("absence"), record_of("absence", 1, myself)));
    EXPECT_TRUE(team.may_read(of("absence"), record_of("absence", 1, report)));
    EXPECT_FALSE(team.may_read(of("absence"), record_of("absence", 1, stranger)));
}

TEST(Permissions, GiveAnOutsiderNobodysRecords) {
    Principal outsider = with({Role::auditor});
    outsider.person = 0;
    const Permissions may(outsider);
    EXPECT_FALSE(may.may_write(of("acknowledgement"), record_of("acknowledgement", 1, 0)));
}

// Phone: hr and oneself, whatever the roles.
TEST(Permissions, LetTheFieldsReadersDecide) {
    const registers::Record mine = record_of("person", myself, 0), other = record_of("person", stranger, 0);
    std::string seen;
    for (const auto& [name, roles] : people()) {
        const Principal who = with(roles);
        const Permissions may(who);
        const auto& phone = field("person", "phone");
        seen += fmt::format("{}:{}{}{} ", name, may.sees(of("person"), phone, &other) ? "other" : "-",
                            may.sees(of("person"), phone, &mine) ? "+mine" : "",
                            may.sees(of("person"), phone) ? "+filter" : "");
        EXPECT_TRUE(may.sees(of("person"), field("person", "name"), &other)) << name;
    }
    EXPECT_EQ(seen,
              "top:-+mine secm:-+mine office:-+mine hr:other+mine+filter it:-+mine mgr:-+mine "
              "member:-+mine audit:-+mine admin:-+mine ");
}

TEST(Permissions, CustomRolesAdd) {
    Principal who = with({Role::member});
    who.custom_roles = {"asset_keeper", "gone"};
    const std::map<std::string, std::vector<Grant>> custom{
        {"asset_keeper", {{"device", true}, {"absence", false}}}, {"other", {{"person", true}}}};
    const Permissions may(who, custom);
    EXPECT_EQ(may.write(of("device")), Reach::all);
    EXPECT_EQ(may.read(of("absence")), Reach::all);
    EXPECT_EQ(may.write(of("absence")), Reach::none);
    EXPECT_EQ(may.write(of("person")), Reach::none);
    who.scope = TokenScope::read;
    EXPECT_EQ(may.write(of("device")), Reach::none);
}

TEST(Permissions, AnAuditorOfSomeItemsReadsWhatTheirChecksRead) {
    Principal who = with({Role::auditor});
    who.items = {"8", "11"};
    const Permissions may(who, {}, {"device"});
    EXPECT_TRUE(may.sees_item("8"));
    EXPECT_FALSE(may.sees_item("9"));
    EXPECT_EQ(may.read(of("device")), Reach::all);
    EXPECT_EQ(may.read(of("person")), Reach::none);
    who.items.clear();
    EXPECT_TRUE(may.sees_item("9"));
    EXPECT_EQ(may.read(of("person")), Reach::all);
}

TEST(Permissions, SystemAdministratorsGetNoRightsByWayOfOthers) {
    using enum Role;
    const Principal admin = with({member, system_administrator});
    const Permissions may(admin);
    EXPECT_TRUE(may.may_grant(member));
    EXPECT_TRUE(may.may_grant(system_administrator));
    for (const Role role : {security_manager, security_office, hr, it, auditor, top_management, manager})
        EXPECT_FALSE(may.may_grant(role)) << code_of(role);
    EXPECT_TRUE(may.may_manage({member, manager}));
    EXPECT_FALSE(may.may_manage({member, security_manager}));
    const Principal first = with({member, security_manager});
    EXPECT_TRUE(Permissions(first).may_manage({member, security_manager, manager}));
    EXPECT_FALSE(Permissions(with({member})).may_grant(member));
}

TEST(Grant, NamesARegisterAndARight) {
    const auto grant = parse_grant(catalog(), " device:write ");
    ASSERT_TRUE(grant) << grant.error().message.en;
    EXPECT_EQ(grant->register_name, "device");
    EXPECT_TRUE(grant->write);
    EXPECT_THAT(parse_grant(catalog(), "device:all").error().message.ja, testing::HasSubstr("台帳名:read"));
    EXPECT_THAT(parse_grant(catalog(), "devise:read").error().message.en, testing::HasSubstr("device"));
    EXPECT_FALSE(parse_grant(catalog(), ""));
}

TEST(Role, HasACode) {
    for (const auto& [name, roles] : people())
        for (const Role role : roles) EXPECT_EQ(parse_role(code_of(role)), role);
    EXPECT_FALSE(parse_role("root"));
}

// What people choose from in the register are the roles, but for that of managers, which follows from
// persons.
TEST(Role, OfTheRegisterAreTheProductsRoles) {
    for (const auto& choice : field("app_user", "roles").choices) {
        const auto role = parse_role(choice.code);
        ASSERT_TRUE(role) << choice.code;
        EXPECT_EQ(name_of(*role), choice.label);
    }
    EXPECT_EQ(field("app_user", "roles").choices.size(), people().size() - 1);
}

}  // namespace
}  // namespace maru::identity
