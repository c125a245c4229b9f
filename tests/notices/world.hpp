// A small organisation on the disk: real registers, one check over departments (whose heads must renew them
// until `ended_on`), a sheet with one item.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "checks/check.hpp"
#include "crypto/hash.hpp"
#include "notices/day.hpp"
#include "notices/feed.hpp"
#include "notices/forget.hpp"
#include "notices/outbox.hpp"
#include "notices/webhooks.hpp"
#include "registers/organisation.hpp"

namespace maru::notices {

inline std::filesystem::path catalog_folder() { return std::filesystem::path(MARU_SOURCE_DIR) / "catalog"; }

inline const registers::Schema& catalog_schema() {
    static const registers::Schema schema = registers::Schema::load(catalog_folder() / "registers").value();
    return schema;
}

inline const Templates& catalog_texts() {
    static const Templates templates = Templates::load(catalog_folder()).value();
    return templates;
}

class World : public testing::Test {
protected:
    World() {
        std::filesystem::create_directories(folder.parent_path());
        std::filesystem::remove_all(folder);
        library.version = "test";
        library.holidays = checks::Holidays::load(catalog_folder() / "calendars/jp.toml").value();
        for (const auto& [name, value] : {std::pair{"scope_statement_days", 365},
                                          {"exempt_percent", 10},
                                          {"publish_grace", 14},
                                          {"escalation_days", 7}})
            library.settings[name] = {
                .name = name, .value = value, .min = 0, .max = 366, .label = {}, .unit = {}};
        add_check();
        sheet.name = "small";
        sheet.areas = {{.number = 1, .label = {}}};
        sheet.items = {{.number = 1,
                        .code = "s-1",
                        .area = 1,
                        .printed_area = 1,
                        .question = {"部門は更新されているか", "are departments renewed?"}}};
        sheet.items[0].links = {{.checks = {{"renewed", ""}}, .scope = ""}};
        settings.mail = MailSettings{{.url = "smtp://localhost"}, {"maru", "maru@mihon.example.jp"}};
        settings.base_url = "https://maru.example.jp/o/mihon";
        people();
    }
    ~World() override { std::filesystem::remove_all(folder); }

    using Fields = registers::WrittenFields;
    void put(const std::string& name, const Fields& fields) {
        const auto done =
            organisation->put({.register_name = name, .id = {}, .expected_version = {}, .fields = fields});
        ASSERT_TRUE(done) << done.error().message.en;
    }
    void department(const std::string& code, const std::string& name, const std::string& head,
                    const std::string& until) {
        put("department", {{"code", code}, {"name", name}, {"head", head}, {"ended_on", until}});
    }
    void morning(Day day) { now = Instant(day.sys_days()) - japan_offset + std::chrono::hours(8); }

    DayOutcome run(Day day) {
        morning(day);
        const auto done = run_day(
            {folder, catalog_schema(), library, sheet, catalog_texts(), settings, crypto::random_bytes}, now);
        if (!done) ADD_FAILURE() << done.error().message.en;
        return done.value_or(DayOutcome{});
    }
    // What was queued since the last call, by key.
    std::map<std::string, Draft> queued() {
        std::map<std::string, Draft> out;
        auto outbox = Outbox::open(folder, crypto::random_bytes).value();
        for (const Message& message : outbox.messages().value())
            if (seen_.insert(message.draft.key).second) out[message.draft.key] = message.draft;
        return out;
    }
    std::int64_t id_of(const std::string& code) {
        auto reader = registers::Organisation::open_reader(folder, catalog_schema()).value();
        return registers::resolve(reader, catalog_schema(), *catalog_schema().find("person"), code).value();
    }
    std::string key(const std::string& kind, Day day, const std::string& code) {
        return kind + ":" + day.iso() + ":" + std::to_string(id_of(code));
    }

    const std::filesystem::path folder = std::filesystem::temp_directory_path() /
                                         ("maru-notices-" + std::to_string(::getpid())) / "organisation";
    Instant now = *parse_instant("2026-11-16T08:00:00+09:00");
    checks::Library library;
    sheets::Sheet sheet;
    Settings settings;
    std::unique_ptr<registers::Organisation> organisation;

private:
    void add_check() {
        auto check = checks::parse_check(
            "title = { ja = \"部門\", en = \"departments\" }\nwhy = { ja = \"理由\", en = \"why\" }\n"
            "todo = { ja = \"更新する\", en = \"renew it\" }\nsubject = \"department\"\nwhen_empty = "
            "\"satisfied\"\n"
            "sql = '''\nselect d.id as subject, d.name as label, d.head as owner, d.ended_on as valid_until, "
            "'old' as "
            "reason from department d\n'''\n[reasons]\nold = { ja = \"{label} の期限\", en = \"{label} is "
            "old\" }\n",
            "renewed.toml", checks::With::definitions);
        ASSERT_TRUE(check) << check.error().message.en;
        library.checks.insert_or_assign("renewed", std::move(*check));
    }
    void people() {
        registers::Environment environment;
        environment.clock = [this] { return now; };
        environment.random = crypto::random_bytes;
        ASSERT_TRUE(registers::Organisation::create(folder, catalog_schema(), environment));
        organisation = registers::Organisation::open(folder, catalog_schema(), environment).value();
        put("organisation",
            {{"name", "株式会社見本"}, {"started_on", "2020-04-01"}, {"fiscal_year_start_month", "4"}});
        person("E002", "佐藤 花子", "");
        person("E001", "山田 太郎", "E002");
        person("E003", "鈴木 美咲", "E002");
        put("appointment", {{"role", "security_manager"}, {"person", "E003"}, {"from_day", "2020-04-01"}});
        put("appointment", {{"role", "top_management"}, {"person", "E002"}, {"from_day", "2020-04-01"}});
    }
    void person(const std::string& code, const std::string& name, const std::string& manager) {
        put("person", {{"code", code},
                       {"name", name},
                       {"employment", "employee"},
                       {"joined_on", "2020-04-01"},
                       {"manager", manager},
                       {"mail", code + "@mihon.example.jp"}});
    }
    std::set<std::string> seen_;
};

}  // namespace maru::notices
