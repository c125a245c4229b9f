// Reading the state at any ledger index: a random sequence of puts and retirements against a model in memory.
#include "sample_registers.hpp"

namespace maru::registers {
namespace {

using State = std::map<std::int64_t, WrittenFields>;  // current records of one register

class AsOfTest : public OrganisationTest {
protected:
    State state_of(store::Database& database, std::string_view name) {
        State out;
        const auto done = each_record(database, of(name), [&](const Record& record) -> Result<void> {
            out[record.id] = written(database, name, record);
            return {};
        });
        EXPECT_TRUE(done) << done.error().message.en;
        return out;
    }
    std::size_t pick(std::size_t below) { return random_() % below; }
    void put_something();
    void retire_something();
    void step() { pick(6) == 0 ? retire_something() : put_something(); }

    std::mt19937 random_{42};
    State people_, devices_;
    std::vector<std::pair<State, State>> known_;  // by number of entries
};

void AsOfTest::put_something() {
    static const std::vector<std::string> names{"", "ノートPC", "サーバー", "携帯電話"};
    static const std::vector<std::string> tags{"", "重要", "重要;貸出", "貸出;重要;予備"};
    if (pick(3) == 0) {
        const WrittenFields fields{{"code", "E" + std::to_string(pick(6))},
                                   {"name", "従業者" + std::to_string(pick(4))}};
        const Change change = put("person", fields);
        for (const auto& [name, value] : fields) people_[change.id][name] = value;
        return;
    }
    WrittenFields fields{
        {"code", "PC-" + std::to_string(pick(8))}, {"name", names[pick(4)]}, {"tags", tags[pick(4)]}};
    if (!people_.empty())
        fields["holder"] =
            std::next(people_.begin(), static_cast<long>(pick(people_.size())))->second["code"];
    const Change change = put("device", fields);
    for (const auto& [name, value] : fields) devices_[change.id][name] = value;
}

void AsOfTest::retire_something() {
    State& state = pick(2) == 0 ? people_ : devices_;
    if (state.empty()) return;
    const auto at = std::next(state.begin(), static_cast<long>(pick(state.size())));
    const bool used = &state == &people_ && std::ranges::any_of(devices_, [&](const auto& device) {
        const auto holder = device.second.find("holder");
        return holder != device.second.end() && holder->second == at->second["code"];
    });
    const auto outcome = retire(&state == &people_ ? "person" : "device", at->first);
    EXPECT_EQ(outcome.has_value(), !used);
    if (outcome) state.erase(at);
}

// Only the fields that the model knows; the others are empty.
void expect_equal(const State& seen, const State& expected, std::size_t entries) {
    ASSERT_EQ(seen.size(), expected.size()) << "entries known: " << entries;
    for (const auto& [id, fields] : expected) {
        ASSERT_TRUE(seen.contains(id)) << "entries known: " << entries;
        for (const auto& [name, value] : seen.at(id)) {
            const auto at = fields.find(name);
            EXPECT_EQ(value, at == fields.end() ? "" : at->second)
                << name << " with " << entries << " entries";
        }
    }
}

TEST_F(AsOfTest, EveryIndexShowsExactlyWhatWasKnownThen) {
    known_.emplace_back(people_, devices_);
    while (known_.size() <= 120) {
        const auto before = organisation_->ledger_state().size;
        step();
        if (organisation_->ledger_state().size > before) known_.emplace_back(people_, devices_);
    }
    for (std::size_t n = 0; n < known_.size(); ++n) {
        auto database = reader(static_cast<std::int64_t>(n));
        expect_equal(state_of(database, "person"), known_[n].first, n);
        expect_equal(state_of(database, "device"), known_[n].second, n);
        EXPECT_EQ(database.query_integer("select as_of()").value(), static_cast<std::int64_t>(n));
    }
    auto everything = reader();
    expect_equal(state_of(everything, "device"), devices_, known_.size());
    EXPECT_TRUE(ledger::recompute(everything));
}

TEST_F(AsOfTest, HistoryAsOfEndsThere) {
    const Change device = put("device", {{"code", "PC-1"}, {"tags", "a"}});
    put("device", {{"code", "PC-1"}, {"tags", "b"}});
    ASSERT_TRUE(retire("device", device.id));
    auto then = reader(1);
    const auto versions = history(then, of("device"), device.id).value();
    ASSERT_EQ(versions.size(), 1u);
    EXPECT_EQ(versions[0].to_index, std::nullopt);
    EXPECT_EQ(written(then, "device", versions[0])["tags"], "a");
}

TEST_F(AsOfTest, MoreEntriesThanThereAreIsAnError) {
    put("device", {{"code", "PC-1"}});
    for (const std::int64_t entries : {std::int64_t(-1), std::int64_t(2)}) {
        const auto database = Organisation::open_reader(home(), *schema_, {entries});
        ASSERT_FALSE(database);
        EXPECT_EQ(database.error().kind, ErrorKind::invalid);
    }
}

TEST_F(AsOfTest, AReaderKeepsItsStateWhileOthersWrite) {
    auto database = reader();
    put("device", {{"code", "PC-1"}});
    EXPECT_EQ(database.query_integer("select count(*) from device").value(), 0);
    EXPECT_EQ(reader().query_integer("select count(*) from device").value(), 1);
    ASSERT_TRUE(Organisation::catch_up(database));
    EXPECT_EQ(database.query_integer("select count(*) from device").value(), 1);
}

}  // namespace
}  // namespace maru::registers
