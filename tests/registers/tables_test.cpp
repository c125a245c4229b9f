// Register files change; data, history and as-of reading stay.
#include "registers/tables.hpp"

#include "sample_registers.hpp"

namespace maru::registers {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Pair;

class TablesTest : public OrganisationTest {
protected:
    void SetUp() override {
        OrganisationTest::SetUp();
        device_ =
            put("device", {{"code", "PC-001"}, {"name", "ノートPC"}, {"score", "7.5"}, {"tags", "重要;貸出"}})
                .id;
        put("device", {{"code", "PC-001"}, {"name", "改名したPC"}});
    }

    // The device register with one change.
    Files with(std::string_view from, std::string_view to) {
        Files files = sample_registers();
        files["device"] = replaced(files["device"], from, to);
        return files;
    }
    Files with_field(std::string_view field) {
        Files files = sample_registers();
        files["device"] += field;
        return files;
    }
    std::string opening_error() {
        organisation_.reset();
        const auto opened = Organisation::open(home(), *schema_, environment_);
        EXPECT_FALSE(opened);
        return opened ? "" : opened.error().message.en;
    }
    std::int64_t device_ = 0;
};

constexpr std::string_view new_field = R"(
[[field]]
number = 7
name = "serial"
type = "text"
label = { ja = "製造番号", en = "Serial" }
unique = true
)";
constexpr std::string_view new_list = R"(
[[field]]
number = 8
name = "days"
type = "list"
of = "date"
label = { ja = "点検日", en = "Days" }
)";

TEST_F(TablesTest, ARenamedFieldKeepsItsDataAndHistory) {
    Files files = with("name = \"name\"", "name = \"model\"");
    files["device"] = replaced(files["device"], "title = \"name\"", "title = \"model\"");
    use(files);
    open();
    EXPECT_THAT(now("device", device_), Contains(Pair("model", "改名したPC")));
    put("device", {{"code", "PC-001"}, {"model", "三代目"}});
    auto database = reader();
    EXPECT_THAT(written(database, "device", history(database, of("device"), device_).value()[0]),
                Contains(Pair("model", "ノートPC")));
}

TEST_F(TablesTest, TwoFieldsMaySwapTheirNames) {
    Files files = sample_registers();
    std::string text = replaced(files["device"], "name = \"name\"", "name = \"score_\"");
    text = replaced(text, "name = \"score\"", "name = \"name\"");
    text = replaced(text, "name = \"score_\"", "name = \"score\"");
    text = replaced(replaced(text, "en = \"Name\"", "en = \"What\""), "en = \"Score\"", "en = \"Points\"");
    files["device"] = text;
    use(files);
    open();
    EXPECT_THAT(now("device", device_),
                AllOf(Contains(Pair("score", "改名したPC")), Contains(Pair("name", "7.5"))));
}

TEST_F(TablesTest, ARenamedListKeepsItsItems) {
    use(with("name = \"tags\"", "name = \"labels\""));
    open();
    EXPECT_THAT(now("device", device_), Contains(Pair("labels", "重要;貸出")));
    put("device", {{"code", "PC-001"}, {"labels", "重要"}});
    EXPECT_THAT(now("device", device_), Contains(Pair("labels", "重要")));
}

TEST_F(TablesTest, ARenamedRegisterKeepsItsRecords) {
    Files files = sample_registers();
    files["machine"] = files["device"];
    files.erase("device");
    files["loan"] = replaced(files["loan"], "to = \"device\"", "to = \"machine\"");
    use(files);
    EXPECT_THAT(opening_error(), HasSubstr("loan.toml field device"))
        << "a reference to another register is another type";
    files["loan"] = replaced(files["loan"], "number = 1", "number = 9");
    use(files);
    open();
    EXPECT_THAT(now("machine", device_),
                AllOf(Contains(Pair("name", "改名したPC")), Contains(Pair("tags", "重要;貸出"))));
    put("machine", {{"code", "PC-001"}, {"tags", ""}});
}

TEST_F(TablesTest, NewFieldsAndListsAreEmptyOnOldRecords) {
    use(with_field(std::string(new_field) + std::string(new_list)));
    open();
    EXPECT_THAT(now("device", device_), AllOf(Contains(Pair("serial", "")), Contains(Pair("days", "")),
                                              Contains(Pair("name", "改名したPC"))));
    put("device", {{"code", "PC-001"}, {"serial", "C02X"}, {"days", "2026-11-01;2026-11-02"}});
    put("device", {{"code", "PC-002"}});
    EXPECT_EQ(refused("device", {{"code", "PC-002"}, {"serial", "C02X"}}).kind, ErrorKind::conflict);
}

TEST_F(TablesTest, ARemovedFieldStaysInTheHistoryAndItsNameIsFree) {
    Files files = sample_registers();
    std::string text = files["device"];
    const std::size_t at = text.find("[[field]]\nnumber = 4");
    text.erase(at, text.find("[[field]]\nnumber = 5") - at);
    files["device"] = text + R"(
[[field]]
number = 9
name = "score"
type = "text"
label = { ja = "評価", en = "Score" }
)";
    use(files);
    open();
    EXPECT_THAT(now("device", device_), Contains(Pair("score", "")));
    put("device", {{"code", "PC-001"}, {"score", "優"}});
    use(sample_registers());  // the old field again, under its old number
    open();
    auto database = reader();
    EXPECT_THAT(written(database, "device", history(database, of("device"), device_).value()[0]),
                Contains(Pair("score", "7.5")));
}

TEST_F(TablesTest, ATypeIsPermanent) {
    use(with("type = \"decimal\"\nmin = 0\nmax = 10", "type = \"integer\""));
    EXPECT_THAT(opening_error(),
                AllOf(HasSubstr("device.toml field score"), HasSubstr("from decimal(1) to integer")));
    const auto database = Organisation::open_reader(home(), *schema_);
    EXPECT_FALSE(database) << "a reader would show wrong numbers";
    use(with("type = \"decimal\"", "type = \"decimal\"\nscale = 2"));
    EXPECT_THAT(opening_error(), HasSubstr("decimal(2)"));
    use(sample_registers());
    open();
}

TEST_F(TablesTest, ANewUniqueThatDataBreakIsRefusedAndChangesNothing) {
    put("device", {{"code", "PC-002"}, {"name", "改名したPC"}});
    use(with("name = \"name\"\ntype = \"text\"", "name = \"name\"\nunique = true\ntype = \"text\""));
    EXPECT_THAT(opening_error(), HasSubstr("device.toml"));
    use(sample_registers());
    open();
    EXPECT_THAT(now("device", device_), Contains(Pair("name", "改名したPC")));
}

TEST_F(TablesTest, AReaderSeesNewRegistersEmptyAndNewFieldsNullBeforeAnyWrite) {
    Files files = with_field(std::string(new_field) + std::string(new_list));
    files["device"] = replaced(files["device"], "name = \"tags\"", "name = \"labels\"");
    files["office"] = replaced(replaced(files["person"], "number = 1", "number = 4"), "subject = \"id\"",
                               "subject = \"manager\"");
    organisation_.reset();
    use(files);
    for (const std::optional<std::int64_t> entries :
         {std::optional<std::int64_t>(), std::optional<std::int64_t>(1)}) {
        auto database = reader(entries);
        EXPECT_EQ(database.query_integer("select count(*) from office").value(), 0);
        EXPECT_EQ(database.query_integer("select count(*) from device where serial is null").value(), 1);
        EXPECT_EQ(database.query_integer("select count(*) from device_days").value(), 0);
        EXPECT_EQ(database.query_integer("select count(*) from device_labels").value(), 2);
        EXPECT_THAT(written(database, "device", *read(database, of("device"), device_).value()),
                    Contains(Pair("name", entries ? "ノートPC" : "改名したPC")));
        EXPECT_EQ(history(database, of("device"), device_).value().size(), entries ? 1u : 2u);
    }
}

TEST_F(TablesTest, IndexesServeKeysReferencesAndAsOfReading) {
    const auto uses_index = [](store::Database& database, std::string_view sql) {
        std::string plan;
        for (const std::string& line : database.query_plan(sql).value()) plan += line + "\n";
        EXPECT_THAT(plan, AllOf(HasSubstr("SEARCH"), ::testing::Not(HasSubstr("SCAN")))) << sql;
    };
    for (const std::optional<std::int64_t> entries :
         {std::optional<std::int64_t>(), std::optional<std::int64_t>(1)}) {
        auto database = reader(entries);
        uses_index(database, "select name from device where code = 'PC-001'");
        uses_index(database, "select code from device where holder = 1");
        uses_index(database, "select code from device where id = 1");
        uses_index(database, "select lent_on from loan where device = 1");
        uses_index(database, "select value from device_tags where record = 1");
        uses_index(database, "select record from device_admins where value = 1");
    }
}

}  // namespace
}  // namespace maru::registers
