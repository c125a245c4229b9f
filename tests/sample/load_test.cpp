// Loading: referenced records come first, cycles close, and a reference to nothing is named and leaves
// nothing.
#include "tests/sample/small_world.hpp"

namespace maru::sample {
namespace {

class Loading : public SmallWorld {
protected:
    Result<void> load_text(registers::Organisation& into, std::string_view text) const {
        auto records = expanded({text});
        if (!records) return std::unexpected(records.error());
        return load(into, schema, std::move(*records));
    }
    std::int64_t number(const std::string& sql) const {
        auto reader = registers::Organisation::open_reader(folder / "organisation", schema);
        return reader.value().query_integer(sql).value().value_or(-1);
    }
};

TEST_F(Loading, PutsReferencedRecordsFirst) {
    auto into = organisation();
    const auto loaded = load_text(*into, R"(
[[record]]
register = "training"
values = { person = "E001", done_on = "today" }
[[record]]
register = "person"
values = { code = "E001", department = "D1" }
[[record]]
register = "department"
values = { code = "D1" }
)");
    ASSERT_TRUE(loaded) << loaded.error().message.en;
    EXPECT_EQ(number("select count(*) from training t join person p on p.id = t.person join department d on "
                     "d.id = p.department"),
              1);
}

// The head belongs to the department that he heads; his department is required, so the department waits.
TEST_F(Loading, ClosesACycleByASecondVersion) {
    auto into = organisation();
    const auto loaded = load_text(*into, R"(
[[record]]
register = "person"
values = { code = "E001", department = "D1", buddies = ["E002"] }
[[record]]
register = "person"
values = { code = "E002", department = "D1", buddies = ["E001"] }
[[record]]
register = "department"
values = { code = "D1", head = "E001" }
)");
    ASSERT_TRUE(loaded) << loaded.error().message.en;
    EXPECT_EQ(
        number("select count(*) from department d join person p on p.id = d.head and p.department = d.id"),
        1);
    EXPECT_EQ(number("select count(*) from department_history"), 2);
    EXPECT_EQ(number("select count(*) from person"), 2);
    EXPECT_EQ(number("select count(*) from person_buddies"), 2);
}

TEST_F(Loading, UnderstandsOtherSpellingsOfAKey) {
    auto into = organisation();
    const auto loaded = load_text(*into, R"(
[[record]]
register = "department"
values = { code = "D1" }
[[record]]
register = "person"
values = { code = "E001", department = " D1 " }
)");
    ASSERT_TRUE(loaded) << loaded.error().message.en;
    EXPECT_EQ(number("select count(*) from person p join department d on d.id = p.department"), 1);
}

TEST_F(Loading, NamesAReferenceToNothingAndStoresNothing) {
    auto into = organisation();
    const auto loaded = load_text(*into, R"(
[[record]]
register = "department"
values = { code = "D1" }
[[record]]
register = "person"
values = { code = "E001", department = "D7" }
)");
    ASSERT_FALSE(loaded);
    EXPECT_TRUE(loaded.error().message.en.starts_with("records.toml:5 person E001: "))
        << loaded.error().message.en;
    EXPECT_TRUE(loaded.error().message.en.contains("D7"));
    EXPECT_EQ(number("select count(*) from department"), 0);
}

}  // namespace
}  // namespace maru::sample
