// An organisation of five people with the product's own catalog, where requests are asked for and decided.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "tests/registers/sample_registers.hpp"
#include "tests/workflow/furniture.hpp"
#include "workflow/desk.hpp"

namespace maru::workflow {

using identity::Principal;
using identity::Role;
using registers::WrittenFields;

inline const registers::Schema& catalog_schema() {
    static const auto schema = registers::Schema::load(MARU_SOURCE_DIR "/catalog/registers").value();
    return schema;
}

// The checks that the tests ask; all of them take three times as long to read.
inline const checks::Library& few_checks() {
    static const auto library = [] {
        const std::filesystem::path catalog = MARU_SOURCE_DIR "/catalog";
        const registers::TemporaryFolder few;
        std::filesystem::create_directory(few.path() / "checks");
        for (const char* name : {"settings.toml", "calendars"})
            std::filesystem::create_symlink(catalog / name, few.path() / name);
        for (const char* name :
             {"personal-devices-permitted", "room-permissions-valid", "privileged-accounts-approved"})
            std::filesystem::create_symlink(catalog / "checks" / (std::string(name) + ".toml"),
                                            few.path() / "checks" / (std::string(name) + ".toml"));
        return checks::Library::load(few.path(), catalog_schema()).value();
    }();
    return library;
}

inline const Kinds& catalog_kinds() {
    static const auto kinds = Kinds::load(MARU_SOURCE_DIR "/catalog", catalog_schema()).value();
    return kinds;
}

class OfficeTest : public ::testing::Test {
protected:
    void SetUp() override {
        now_ = std::make_shared<std::atomic<std::int64_t>>(
            std::chrono::sys_days(std::chrono::year(2026) / 11 / 23).time_since_epoch().count() *
            86'400'000LL);
        registers::Environment environment = registers::fixed_environment();
        environment.clock = [now = now_] { return Instant(std::chrono::milliseconds(now->fetch_add(1000))); };
        ASSERT_TRUE(registers::Organisation::create(home(), catalog_schema(), environment));
        organisation_ = registers::Organisation::open(home(), catalog_schema(), environment).value();
        employ();
        furnish();
    }

    std::filesystem::path home() const { return folder_.path() / "org"; }

    std::int64_t put(const std::string& name, WrittenFields fields) {
        registers::PutRequest request;
        request.register_name = name;
        request.fields = std::move(fields);
        const auto change = organisation_->put(request);
        EXPECT_TRUE(change) << name << ": " << (change ? "" : change.error().message.en);
        return change ? change->id : 0;
    }

    store::Database reader() const {
        return registers::Organisation::open_reader(home(), catalog_schema()).value();
    }

    Day today() const { return local_day(Instant(std::chrono::milliseconds(now_->load())), japan_offset); }
    void pass_days(int days) { now_->fetch_add(days * 86'400'000LL); }

    // A member; reports where they manage somebody.
    Principal as(std::int64_t person, std::set<Role> roles = {}) const {
        Principal who;
        who.user = 1000 + person;
        who.person = person;
        who.roles = std::move(roles);
        who.roles.insert(Role::member);
        if (person == misaki_) who.reports = {ryo_, aya_};
        if (!who.reports.empty()) who.roles.insert(Role::manager);
        return who;
    }

    using Work = std::function<Result<Done>(registers::WriteContext&)>;
    Result<Done> run(const Principal& who, const Work& work) {
        Result<Done> done;
        const auto outcome = organisation_->exclusively(
            [&](registers::WriteContext& context) -> Result<void> {
                done = work(context);
                if (!done) return std::unexpected(done.error());
                return {};
            },
            who.actor());
        if (!outcome) return std::unexpected(outcome.error());
        return done;
    }

    Result<Done> ask(const Principal& who, const Draft& draft) {
        if (auto right = desk_.rehearse(*organisation_, who, draft); !right)
            return std::unexpected(right.error());
        return run(who, [&](auto& context) { return desk_.ask(context, who, draft); });
    }
    // Asked, or the test fails.
    std::int64_t asked(const Principal& who, const Draft& draft) {
        const auto done = ask(who, draft);
        EXPECT_TRUE(done) << (done ? "" : done.error().message.en);
        return done ? done->request : 0;
    }
    Result<Done> approve(const Principal& who, std::int64_t id, const std::string& hash) {
        return run(who, [&](auto& context) { return desk_.approve(context, who, id, hash); });
    }
    // With the hash of what stands now.
    Result<Done> approve(const Principal& who, std::int64_t id) { return approve(who, id, hash_of(id)); }
    Result<Done> change(const Principal& who, std::int64_t id, const WrittenFields& fields) {
        return run(who, [&](auto& context) { return desk_.change(context, who, id, fields); });
    }

    Request request(std::int64_t id) const {
        auto database = reader();
        return find_request(database, catalog_schema(), id).value();
    }
    std::string hash_of(std::int64_t id) const {
        auto database = reader();
        const Request request = find_request(database, catalog_schema(), id).value();
        return content_now(database, catalog_schema(), *catalog_kinds().find(request.kind), request)->hash;
    }
    // A field of a current record as people would write it; references by number.
    std::string value(const std::string& name, std::int64_t id, const std::string& field) const {
        auto database = reader();
        const registers::Register& of = *catalog_schema().find(name);
        const auto record = registers::read(database, of, id).value();
        if (!record) return "(no record)";
        const auto number = [](std::string_view, std::int64_t to) { return "#" + std::to_string(to); };
        return registers::format_written(*of.field(field), values_of(of, *record).at(field), number);
    }
    std::int64_t count(const std::string& name) const {
        auto database = reader();
        return database.query_integer("select count(*) from " + store::quoted(name)).value().value();
    }
    static std::string number(std::int64_t id) { return "#" + std::to_string(id); }

    std::int64_t president_ = 0, misaki_ = 0, ryo_ = 0, aya_ = 0, keiko_ = 0;
    std::int64_t phone_ = 0, zone_ = 0, service_ = 0;
    std::shared_ptr<std::atomic<std::int64_t>> now_;
    registers::TemporaryFolder folder_;
    std::unique_ptr<registers::Organisation> organisation_;
    Desk desk_{catalog_kinds(), catalog_schema(), few_checks()};

private:
    std::int64_t employ(const std::string& code, const std::string& name, WrittenFields more = {}) {
        more["code"] = code;
        more["name"] = name;
        more["employment"] = "employee";
        more["joined_on"] = "2021-04-01";
        return put("person", more);
    }

    void employ() {
        president_ = employ("E001", "佐藤 健");
        misaki_ = employ("E003", "鈴木 美咲", {{"manager", "E001"}});
        ryo_ = employ("E004", "田中 亮", {{"manager", "E003"}});
        aya_ = employ("E010", "加藤 彩", {{"manager", "E003"}});
        keiko_ = employ("E005", "伊藤 恵子", {{"manager", "E001"}});
        put("appointment", {{"role", "top_management"}, {"person", "E001"}, {"from_day", "2021-04-01"}});
        put("appointment", {{"role", "security_manager"},
                            {"person", "E003"},
                            {"deputy", "E004"},
                            {"from_day", "2023-04-01"}});
    }

    void furnish() {
        phone_ = put("device", personal_phone("E010", "E004"));
        zone_ = put("zone", server_room("E005"));
        service_ = put("service", {{"code", "S-GIT"},
                                   {"name", "ソースコード管理"},
                                   {"kind", "saas"},
                                   {"owner", "E005"},
                                   {"holds_secrets", "true"},
                                   {"started_on", "2022-04-01"}});
    }
};

}  // namespace maru::workflow
