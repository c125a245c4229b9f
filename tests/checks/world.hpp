// A small organisation in memory for the tests of this room: real registers, checks written in the test.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.hpp"
#include "checks/evaluation.hpp"
#include "checks/examples.hpp"
#include "store/database.hpp"

namespace maru::checks {

inline std::filesystem::path catalog_folder() { return std::filesystem::path(MARU_SOURCE_DIR) / "catalog"; }

inline const registers::Schema& catalog_schema() {
    static const registers::Schema schema = [] {
        auto loaded = registers::Schema::load(catalog_folder() / "registers");
        if (!loaded) ADD_FAILURE() << loaded.error().message.en;
        return loaded ? std::move(*loaded) : registers::Schema();
    }();
    return schema;
}

class World : public testing::Test {
protected:
    World() {
        library.holidays = Holidays::load(catalog_folder() / "calendars/jp.toml").value();
        library.settings["scope_statement_days"] = {
            .name = "scope_statement_days", .value = 365, .min = 1, .max = 366, .label = {}, .unit = {}};
    }

    // A check with the given lines before the SQL and one reason "r".
    void add_check(const std::string& name, const std::string& sql,
                   const std::string& lines = "subject = \"person\"") {
        const std::string text =
            "title = { ja = \"題\", en = \"title\" }\nwhy = { ja = \"理由\", en = \"why\" }\n"
            "todo = { ja = \"直す\", en = \"mend\" }\n" +
            lines + "\nsql = '''\n" + sql +
            "\n'''\n[reasons]\nr = { ja = \"{label} の件\", en = \"about {label}\" }\n";
        auto check = parse_check(text, name + ".toml", With::definitions);
        ASSERT_TRUE(check) << check.error().message.en;
        library.checks.insert_or_assign(name, std::move(*check));
    }

    void run(std::string_view sql) {
        const auto done = database.execute(sql);
        ASSERT_TRUE(done) << done.error().message.en;
    }

    void person(int id, const std::string& name, const std::string& more = "",
                const std::string& values = "") {
        run("insert into person (id, version, from_index, code, name" + more + ") values (" +
            std::to_string(id) + ", 1, 1, 'E" + std::to_string(id) + "', '" + name + "'" + values + ")");
    }

    Evaluation evaluate(Day day, EvaluationOptions options = {}) {
        options.today = day;
        auto evaluation = Evaluation::open(database, library, catalog_schema(), options);
        if (!evaluation) ADD_FAILURE() << evaluation.error().message.en;
        return std::move(evaluation).value();
    }

    CheckState state(const std::string& check, Day day) {
        return evaluate(day).run({check, ""}).state_on(day);
    }

    Library library;
    store::Database database = catalog_database(catalog_schema()).value();
    const Day today = Day(2026, 11, 24);
};

}  // namespace maru::checks
