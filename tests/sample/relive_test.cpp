// An organisation whose records were told in the course of a year: each when its dates say, signed every
// month, and in the end the same.
#include "ledger/log.hpp"
#include "tests/sample/small_world.hpp"

namespace maru::sample {
namespace {

class Reliving : public SmallWorld {
protected:
    Reliving() {
        write("registers/device", device);
        auto loaded = registers::Schema::load(folder / "registers");
        if (!loaded) ADD_FAILURE() << loaded.error().message.en;
        schema = std::move(loaded.value());
    }

    Result<void> relive_text(std::string_view text) {
        auto records = expanded({text});
        if (!records) return std::unexpected(records.error());
        TellingClock clock([] { return now; });
        const registers::Environment environment{clock.as_clock(), crypto::random_bytes};
        return registers::Organisation::create(
            folder / "organisation", schema, environment,
            [&](registers::Organisation& made) { return relive(made, schema, std::move(*records), clock); });
    }

    store::Database reader() const {
        return std::move(registers::Organisation::open_reader(folder / "organisation", schema).value());
    }

    // "day field;day field": when each version was entered, and what it says.
    std::string told(const std::string& register_name, const std::string& field, std::int64_t id = 1) {
        auto database = reader();
        std::string out;
        for (const auto& version : registers::history(database, *schema.find(register_name), id).value()) {
            const Instant at = ledger::time_of(database, version.from_index).value();
            const registers::Register& of = *schema.find(register_name);
            const auto place = static_cast<std::size_t>(of.field(field) - of.fields.data());
            const registers::KeyOf no_key;
            out += (out.empty() ? "" : ";") + local_day(at, japan_offset).iso() + " " +
                   registers::format_written(*of.field(field), version.values[place], no_key);
        }
        return out;
    }

    static constexpr Instant now =
        std::chrono::sys_days(today.sys_days()) + std::chrono::hours(3);  // noon in Japan

private:
    static constexpr std::string_view device = R"(
number = 7
label = { ja = "機器", en = "Devices" }
help = { ja = "機器です。", en = "Devices." }
key = ["code"]
title = "code"
write = ["hr"]
[[field]]
number = 1
name = "code"
type = "text"
label = { ja = "番号", en = "Code" }
required = true
[[field]]
number = 2
name = "in_use_from"
type = "date"
when = "start"
label = { ja = "使用開始日", en = "In use from" }
required = true
[[field]]
number = 3
name = "seen_on"
type = "date"
when = "past"
label = { ja = "最終確認日", en = "Seen on" }
[[field]]
number = 4
name = "owner"
type = "person"
label = { ja = "利用者", en = "Owner" }
)";
};

TEST_F(Reliving, TellsEachPartOfARecordOnItsDay) {
    const auto done = relive_text(R"(
[[record]]
register = "device"
values = { code = "D1", in_use_from = "2026-03-02", seen_on = "2026-10-05" }
)");
    ASSERT_TRUE(done) << done.error().message.en;
    EXPECT_EQ(told("device", "seen_on"), "2026-03-02 ;2026-10-05 2026-10-05");
}

TEST_F(Reliving, TellsWhatIsOlderThanAYearOrHasNoDateFirst) {
    const auto done = relive_text(R"(
[[record]]
register = "department"
values = { code = "営業部" }
[[record]]
register = "device"
values = { code = "D1", in_use_from = "2019-04-01" }
)");
    ASSERT_TRUE(done) << done.error().message.en;
    EXPECT_EQ(told("department", "code"), "2025-11-25 営業部");
    EXPECT_EQ(told("device", "in_use_from", 2), "2025-11-25 2019-04-01");
}

TEST_F(Reliving, TellsNothingBeforeWhatItRefersTo) {
    const auto done = relive_text(R"(
[[record]]
register = "device"
values = { code = "D1", in_use_from = "2025-12-01", owner = "E001" }
[[record]]
register = "person"
values = { code = "E001", name = "田中 恵", department = "営業部" }
[[record]]
register = "department"
values = { code = "営業部", head = "E001" }
)");
    ASSERT_TRUE(done) << done.error().message.en;
    EXPECT_EQ(reader()
                  .query_integer("select count(*) from device d join person p on p.id = d.owner join "
                                 "department o on o.id = p.department and o.head = p.id")
                  .value(),
              1);
}

TEST_F(Reliving, TellsADateAgainAndAgainUntilItsLast) {
    const auto done = relive_text(R"(
[[record]]
register = "device"
values = { code = "D1", in_use_from = "2026-03-02", seen_on = "2026-10-30" }
[[again]]
register = "device"
field = "seen_on"
days = 30
from = "2026-08-20"
to = "2026-08-20"
)");
    ASSERT_TRUE(done) << done.error().message.en;
    EXPECT_EQ(told("device", "seen_on"),
              "2026-03-02 ;2026-08-31 2026-08-31;2026-09-30 2026-09-30;2026-10-30 2026-10-30");
}

TEST_F(Reliving, SignsEveryMonthAndNamesWhoToldIt) {
    const auto done = relive_text(R"(
told_by = "E001"
[[record]]
register = "department"
values = { code = "営業部" }
[[record]]
register = "person"
values = { code = "E001", name = "田中 恵", department = "営業部" }
[[record]]
register = "device"
values = { code = "D1", in_use_from = "2026-03-02", seen_on = "2026-10-30" }
)");
    ASSERT_TRUE(done) << done.error().message.en;
    auto database = reader();
    EXPECT_EQ(database.query_integer("select count(*) from checkpoint").value(), 3);
    EXPECT_EQ(ledger::entry_at(database, 3).value().actor, "person:2");
    EXPECT_TRUE(ledger::recompute(database));
}

// What is refused on its day is tried again later; on the last day it is an error that names the record.
TEST_F(Reliving, NamesARecordThatIsRefusedToTheEnd) {
    const auto done = relive_text(R"(
[[record]]
register = "device"
values = { code = "D1", in_use_from = "2026-03-02", owner = "E009" }
)");
    ASSERT_FALSE(done);
    EXPECT_TRUE(done.error().message.en.contains("records.toml:2 device D1: ")) << done.error().message.en;
    EXPECT_FALSE(std::filesystem::exists(folder / "organisation" / "maru.db"));
}

}  // namespace
}  // namespace maru::sample
