// Moving along the ledger, and finding what each entry was about.
#include "registers/past.hpp"

#include "sample_registers.hpp"

namespace maru::registers {
namespace {

class PastReaderTest : public OrganisationTest {
protected:
    // A person, who is known by a tag, and devices that come, change and go; what was done by index.
    void SetUp() override {
        OrganisationTest::SetUp();
        done(put("person", {{"code", "E1"}, {"name", "山田"}}));
        for (int i = 0; i < 5; ++i) {
            const std::string code = "PC-" + std::to_string(i);
            done(put("device", {{"code", code}, {"name", "ノートPC"}}));
            done(put("device", {{"code", code}, {"name", "ノートPC"}, {"holder", "E1"}, {"tags", "貸出"}}));
        }
        done(put("person", {{"code", "E2"}, {"name", "鈴木"}}));
        done(retire("device", changes_[3].id).value());
        done(retire("person", changes_[11].id).value());
        done(put("person", {{"code", "E1"}, {"name", "山田 太郎"}}));
    }
    void done(const Change& change) {
        ASSERT_EQ(change.index, std::ssize(changes_));
        changes_.push_back(change);
    }

    std::vector<Change> changes_;
};

TEST_F(PastReaderTest, MovesToAnyIndexAndBack) {
    auto past = PastReader::open(home(), *schema_).value();
    ASSERT_EQ(past.size(), std::ssize(changes_));
    EXPECT_EQ(past.entries(), past.size());
    std::vector<std::int64_t> order;
    for (std::int64_t n = 0; n <= past.size(); ++n) order.push_back(n % 2 == 0 ? n : past.size() - n);
    auto devices = past.reader().prepare("select code, name, holder from device order by id").value();
    for (const std::int64_t n : order) {
        ASSERT_TRUE(past.move_to(n));
        auto fixed = reader(n);
        auto expected = fixed.prepare("select code, name, holder from device order by id").value();
        for (;;) {
            const auto a = devices.step().value();
            const auto b = expected.step().value();
            ASSERT_EQ(a.has_value(), b.has_value()) << n << " entries";
            if (!a) break;
            for (int i = 0; i < 3; ++i) EXPECT_EQ(a->value(i), b->value(i)) << n << " entries";
        }
    }
    EXPECT_EQ(past.move_to(past.size() + 1).error().kind, ErrorKind::invalid);
    EXPECT_EQ(past.move_to(-1).error().kind, ErrorKind::invalid);
}

TEST_F(PastReaderTest, TellsTheRecordOfEveryEntry) {
    auto database = reader();
    auto entries = Entries::open(database, *schema_).value();
    const auto all = entries.changes(0, std::ssize(changes_)).value();
    ASSERT_EQ(all.size(), changes_.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i].index, changes_[i].index);
        ASSERT_TRUE(all[i].of) << i;
        EXPECT_EQ(all[i].of->name, changes_[i].register_name) << i;
        EXPECT_EQ(all[i].id, changes_[i].id) << i;
        EXPECT_EQ(entries.at(changes_[i].index).value().change.id, changes_[i].id) << i;
    }
    EXPECT_EQ(entries.at(12).value().entry.kind, "retire");
    const auto part = entries.changes(4, 6).value();
    ASSERT_EQ(part.size(), 2U);
    EXPECT_EQ(part[0].id, changes_[4].id);
    EXPECT_EQ(entries.registers(11, 13).value()[0].of, &of("person"));
    EXPECT_EQ(entries.at(std::ssize(changes_)).error().kind, ErrorKind::not_found);
}

TEST_F(PastReaderTest, AnEntryOfARegisterThatIsGoneHasNone) {
    use({{"person", std::string(person_register)}});
    auto database = reader();
    auto entries = Entries::open(database, *schema_).value();
    EXPECT_EQ(entries.at(1).value().change.of, nullptr);
    EXPECT_EQ(entries.at(1).value().entry.register_name, "device");
    EXPECT_EQ(entries.changes(0, 3).value().size(), 3U);
}

}  // namespace
}  // namespace maru::registers
