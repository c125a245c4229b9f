// A copy of the sample organisation that goes on living: its clock is set, its records change at random.
#pragma once

#include <gtest/gtest.h>

#include <random>

#include "crypto/hash.hpp"
#include "ledger/log.hpp"
#include "sample_organisation.hpp"
#include "tests/store/temporary_folder.hpp"

namespace maru::sample {

namespace fs = std::filesystem;

// Fields emptied, taken from another record,
// moved in time; records retired. What an organisation would refuse is left out.
class Lived {
public:
    Lived() {
        auto original =
            store::Database::open(sample_organisation().folder / "maru.db", store::OpenMode::read_only)
                .value();
        EXPECT_TRUE(original.execute("vacuum into '" + (folder / "maru.db").string() + "'"));
        fs::copy(sample_organisation().folder / "keys", folder / "keys", fs::copy_options::recursive);
        organisation =
            registers::Organisation::open(folder, schema(), {[this] { return now; }, crypto::random_bytes})
                .value();
        auto reader = registers::Organisation::open_reader(folder, schema()).value();
        for (const registers::Register& of : schema().all()) {
            EXPECT_TRUE(
                registers::each_record(reader, of, [&](const registers::Record& record) -> Result<void> {
                    ids_[&of].push_back(record.id);
                    return {};
                }));
        }
    }

    static const registers::Schema& schema() { return sample_organisation().schema; }
    static const checks::Library& library() { return sample_organisation().library; }
    static const sheets::Sheet& sheet() { return sample_organisation().sheet; }

    void at(Day day, int hour) { now = Instant(day.sys_days()) + std::chrono::hours(hour - 9); }

    // True when something was recorded.
    bool change() {
        const registers::Register& of = pick_register();
        const std::int64_t id = pick(ids_[&of]);
        if (random_() % 12 == 0) return organisation->retire(of.name, id, {}, "試験").has_value();
        const registers::Field& field = of.fields[random_() % of.fields.size()];
        const auto done = organisation->put({of.name, id, {}, {{field.name, value(of, field)}}, false});
        return done && done->kind == registers::Change::Kind::changed;
    }

    // Entries known at the end of a day, and a reader of just those.
    std::int64_t known_at_end_of(Day day) const {
        auto reader = registers::Organisation::open_reader(folder, schema()).value();
        const Instant end =
            Instant(day.plus_days(1).sys_days() - std::chrono::hours(9)) - std::chrono::milliseconds(1);
        return ledger::entries_known_at(reader, end).value();
    }
    store::Database reader_of(std::int64_t entries) const {
        return registers::Organisation::open_reader(folder, schema(), {entries}).value();
    }

    store::TemporaryFolder temporary;
    fs::path folder = temporary.path();
    std::unique_ptr<registers::Organisation> organisation;
    Instant now{};

private:
    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[random_() % from.size()];
    }

    // Records that say when others count are as likely as all the rest together.
    const registers::Register& pick_register() {
        static const std::vector<std::string> surroundings{"exception",     "exclusion",   "scope_statement",
                                                           "mirrored_list", "list_import", "setting_value",
                                                           "organisation",  "clause"};
        for (;;) {
            const registers::Register* of = random_() % 2 == 0
                                                ? schema().find(pick(surroundings))
                                                : &schema().all()[random_() % schema().all().size()];
            if (of && ids_.contains(of)) return *of;
        }
    }

    std::string value(const registers::Register& of, const registers::Field& field) {
        auto reader = registers::Organisation::open_reader(folder, schema()).value();
        const auto record = registers::read(reader, of, pick(ids_[&of])).value();
        if (!record || random_() % 4 == 0) return "";
        const registers::KeyOf key = [](std::string_view, std::int64_t id) {
            return "#" + std::to_string(id);
        };
        const std::string written = registers::format_written(
            field, record->values[static_cast<std::size_t>(&field - of.fields.data())], key);
        const auto day = parse_iso_day(written);
        return day ? day->plus_days(static_cast<int>(random_() % 240) - 120).iso() : written;
    }

    std::mt19937 random_{20261123};
    std::map<const registers::Register*, std::vector<std::int64_t>> ids_;
};

}  // namespace maru::sample
