// What is remembered of past days is what judging each of them from scratch says, however the ledger grew and
// however often it was extended.
#include "sheets/timeline.hpp"

#include <unistd.h>

#include <random>

#include "crypto/hash.hpp"
#include "ledger/log.hpp"
#include "sample_organisation.hpp"
#include "sheets/inputs.hpp"
#include "tests/store/temporary_folder.hpp"

namespace maru::sample {
namespace {

namespace fs = std::filesystem;
using registers::Register;
using registers::WrittenFields;
using sheets::Timeline;
using sheets::Verdict;

// A copy of the sample whose clock is set, changed at random: fields emptied, taken from another record,
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
        for (const Register& of : schema().all()) {
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
        const Register& of = pick_register();
        const std::int64_t id = pick(ids_[&of]);
        if (random_() % 12 == 0) return organisation->retire(of.name, id, {}, "試験").has_value();
        const registers::Field& field = of.fields[random_() % of.fields.size()];
        const auto done = organisation->put({of.name, id, {}, {{field.name, value(of, field)}}, false});
        return done && done->kind == registers::Change::Kind::changed;
    }

    // What the day says of itself, from nothing but the records known at its end.
    std::map<std::string, Verdict> from_scratch(Day day) const {
        auto reader = registers::Organisation::open_reader(folder, schema()).value();
        const Instant end =
            Instant(day.plus_days(1).sys_days() - std::chrono::hours(9)) - std::chrono::milliseconds(1);
        const std::int64_t known = ledger::entries_known_at(reader, end).value();
        auto then = registers::Organisation::open_reader(folder, schema(), {known}).value();
        auto evaluation = checks::Evaluation::open(then, library(), schema(), {.today = day}).value();
        std::map<std::string, Verdict> out;
        const auto items = sheets::judged_items(then, evaluation, sheet(), sheets::Sheet::Rows::all).value();
        for (const auto& [item, input] : items) out[item->code] = sheets::verdict_on(input, day);
        return out;
    }

    Timeline timeline() const { return Timeline::open({folder, library(), schema(), sheet()}).value(); }

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
    const Register& pick_register() {
        static const std::vector<std::string> surroundings{"exception",     "exclusion",   "scope_statement",
                                                           "mirrored_list", "list_import", "setting_value",
                                                           "organisation",  "clause"};
        for (;;) {
            const Register* of = random_() % 2 == 0 ? schema().find(pick(surroundings))
                                                    : &schema().all()[random_() % schema().all().size()];
            if (of && ids_.contains(of)) return *of;
        }
    }

    std::string value(const Register& of, const registers::Field& field) {
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
    std::map<const Register*, std::vector<std::int64_t>> ids_;
};

std::string text(const Verdict& verdict) {
    return std::string(sheets::symbol(verdict.mark)) + " " + sheets::name_of(verdict.remark).en + " " +
           std::to_string(verdict.asked.good()) + "/" + std::to_string(verdict.asked.total()) + "+" +
           std::to_string(verdict.asked.exempt);
}

void expect_day(const Lived& lived, const Timeline& timeline, Day day) {
    for (const auto& [code, expected] : lived.from_scratch(day)) {
        const auto remembered = timeline.on(*lived.sheet().item(code), day);
        ASSERT_TRUE(remembered) << code << " on " << day.iso();
        EXPECT_EQ(*remembered, expected)
            << code << " on " << day.iso() << ": " << text(*remembered) << " instead of " << text(expected);
    }
}

void expect_same(const Timeline& a, const Timeline& b, Day until) {
    ASSERT_EQ(a.first_day(), b.first_day());
    for (const sheets::Item& item : Lived::sheet().items)
        for (Day day = *a.first_day(); day <= until; day = day.plus_days(1))
            ASSERT_EQ(a.on(item, day), b.on(item, day)) << item.code << " on " << day.iso();
}

TEST(RememberedDays, AreThoseOfJudgingEachDayFromScratch) {
    Lived lived;
    Day day = today;
    int changes = 0;
    for (int i = 0; i < 14; ++i) {  // busy days, then a quiet month and a half, then one more day
        day = i == 13 ? day.plus_days(50) : day.plus_days(1 + i % 2);
        lived.at(day, 8);
        for (int j = 0; j < 12; ++j) changes += lived.change() ? 1 : 0;
        if (i % 4 != 0) continue;
        lived.at(day, 20);  // the day was asked about before its last entry
        ASSERT_TRUE(lived.timeline().extend(day));
        lived.change();
    }
    EXPECT_GT(changes, 40);
    Timeline remembered = lived.timeline();
    ASSERT_TRUE(remembered.extend(day.plus_days(20)));
    std::set<Day> days;
    for (Day each = today; each < today.plus_days(22); each = each.plus_days(1)) days.insert(each);
    for (const sheets::Item& item : lived.sheet().items)
        for (const sheets::Change& change : remembered.changes(item))
            if (change.day <= day.plus_days(20) && days.size() < 50)
                days.insert({change.day.plus_days(-1), change.day});
    days.erase(days.begin(), days.lower_bound(today));
    for (const Day each : days) expect_day(lived, remembered, each);

    fs::remove(lived.folder / "derived.db");
    Timeline at_once = lived.timeline();
    ASSERT_TRUE(at_once.extend(day.plus_days(20)));
    expect_same(remembered, at_once, day.plus_days(20));
}

}  // namespace
}  // namespace maru::sample
