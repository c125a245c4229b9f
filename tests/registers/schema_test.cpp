// Register files: what is read from them, and that every mistake is named with its file, place and remedy.
#include "registers/schema.hpp"

#include "registers/tables.hpp"
#include "sample_registers.hpp"

namespace maru::registers {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SchemaTest : public ::testing::Test {
protected:
    Result<Schema> load(const Files& files) {
        return Schema::load(write_registers(temporary_.path() / "registers", files));
    }

    // The error of the sample registers with one change in `name`.
    std::string error_of(const std::string& name, std::string_view from, std::string_view to) {
        Files files = sample_registers();
        files[name] = replaced(files[name], from, to);
        const auto schema = load(files);
        EXPECT_FALSE(schema) << "accepted: " << to;
        if (schema) return "";
        EXPECT_FALSE(schema.error().message.ja.empty());
        return schema.error().message.en;
    }

    TemporaryFolder temporary_;
};

TEST_F(SchemaTest, TheRegistersOfTheCatalogLoadAndTheirRulesCompile) {
    const auto schema = Schema::load(fs::path(MARU_SOURCE_DIR) / "catalog/registers");
    ASSERT_TRUE(schema) << schema.error().message.en;
    EXPECT_GE(schema->all().size(), 60u);
    const auto rules = check_rules(*schema);
    EXPECT_TRUE(rules) << rules.error().message.en;
}

TEST_F(SchemaTest, AnEmptyDatabaseTakesAllTablesOfTheCatalog) {
    const auto schema = Schema::load(fs::path(MARU_SOURCE_DIR) / "catalog/registers");
    ASSERT_TRUE(schema);
    auto database = store::Database::in_memory();
    ASSERT_TRUE(database);
    ASSERT_TRUE(store::migrate(*database, migrations()));
    const auto derived = derive_tables(*database, *schema);
    EXPECT_TRUE(derived) << derived.error().message.en;
}

TEST_F(SchemaTest, RegistersComeByNumberAndFieldsInTheOrderOfTheFile) {
    const auto schema = load(sample_registers());
    ASSERT_TRUE(schema) << schema.error().message.en;
    EXPECT_EQ(schema->all()[1].name, "device");
    const Register& device = *schema->find("device");
    EXPECT_EQ(device.label.ja, "機器管理台帳");
    EXPECT_EQ(device.fields[3].name, "score");
    EXPECT_EQ(device.fields[3].max, 100) << "bounds of decimals are in stored units";
    EXPECT_TRUE(device.field("code")->required) << "key fields are required";
    EXPECT_THAT(device.write, ElementsAre("security_office"));
    EXPECT_THAT(device.read, ElementsAre("everyone"));
}

TEST_F(SchemaTest, WhenIsOneOfFourWordsAndOnlyForDates) {
    EXPECT_THAT(error_of("person", "name = \"left_on\"\ntype = \"date\"",
                         "name = \"left_on\"\ntype = \"date\"\nwhen = \"future\""),
                AllOf(HasSubstr("left_on"), HasSubstr("past, start, end, limit")));
    EXPECT_THAT(error_of("person", "name = \"name\"\ntype = \"text\"",
                         "name = \"name\"\ntype = \"text\"\nwhen = \"past\""),
                HasSubstr("when"));
}

TEST_F(SchemaTest, HeadingsAreFieldNamesAndLabelsInAnyWidthAndCase) {
    const auto schema = load(sample_registers());
    ASSERT_TRUE(schema);
    const Register& person = *schema->find("person");
    for (const char* heading : {"joined_on", "入社日", " Joined On ", "ＪＯＩＮＥＤ＿ＯＮ", "joined on"})
        EXPECT_EQ(person.field_by_heading(heading), person.field("joined_on")) << heading;
    EXPECT_EQ(person.field_by_heading("給与"), nullptr);
}

TEST_F(SchemaTest, ChoicesKeepTheOrderOfTheFile) {
    Files files = sample_registers();
    files["device"] += R"(
[[field]]
number = 7
name = "kind"
type = "choice"
label = { ja = "種類", en = "Kind" }
[field.choices]
server = { ja = "サーバー", en = "Server" }
laptop = { ja = "ノートPC", en = "Laptop" }
android = { ja = "アンドロイド", en = "Android" }
)";
    const auto schema = load(files);
    ASSERT_TRUE(schema) << schema.error().message.en;
    std::vector<std::string> codes;
    for (const Choice& choice : schema->find("device")->field("kind")->choices) codes.push_back(choice.code);
    EXPECT_THAT(codes, ElementsAre("server", "laptop", "android"));
}

TEST_F(SchemaTest, AnUnknownRegisterProposesTheNearestName) {
    const auto schema = load(sample_registers());
    ASSERT_TRUE(schema);
    const auto found = schema->get("devise");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::not_found);
    EXPECT_THAT(found.error().message.en, HasSubstr("did you mean device?"));
}

TEST_F(SchemaTest, MistakesInARegisterAreNamed) {
    EXPECT_THAT(error_of("device", "title = \"name\"", "title = \"nmae\""),
                AllOf(HasSubstr("device.toml title"), HasSubstr("name")));
    EXPECT_THAT(error_of("device", "title =", "titel ="), HasSubstr("device.toml title: is missing"));
    EXPECT_THAT(error_of("device", "title = \"name\"", "title = \"name\"\nretain = 3"),
                HasSubstr("device.toml retain: is not known"));
    EXPECT_THAT(error_of("device", "number = 2", "number = 1"), HasSubstr("number 1 belongs to device.toml"));
    EXPECT_THAT(error_of("device", "key = [\"code\"]", "key = [\"tags\"]"), HasSubstr("tags is a list"));
    EXPECT_THAT(error_of("device", "key = [\"code\"]", "key = []"), HasSubstr("device.toml key"));
    EXPECT_THAT(error_of("device", "[[\"holder\"]]", "[[\"owner\"]]"), HasSubstr("there is no field owner"));
    EXPECT_THAT(error_of("loan", "subject = \"person\"", ""), HasSubstr("loan.toml subject: is missing"));
    EXPECT_THAT(error_of("loan", "subject = \"person\"", "subject = \"device\""), HasSubstr("type person"));
    EXPECT_THAT(error_of("person", "[\"hr\"]", "[\"boss\"]"), HasSubstr("there is no role boss"));
    EXPECT_THAT(error_of("person", "help = ", "help = 3 #"), HasSubstr("person.toml help"));
    EXPECT_THAT(error_of("person", "{ ja = \"従業者台帳\", en = \"Persons\" }", "{ ja = \"従業者台帳\" }"),
                HasSubstr("person.toml label"));
    EXPECT_THAT(error_of("person", "number = 1\n", "number = = 1\n"), HasSubstr("person.toml line 2"));
}

TEST_F(SchemaTest, MistakesInAFieldAreNamedWithItsLine) {
    EXPECT_THAT(error_of("device", "type = \"decimal\"", "type = \"float\""),
                AllOf(HasSubstr("device.toml field score (line 23) type"), HasSubstr("decimal")));
    EXPECT_THAT(error_of("device", "max = 10", "max = 10.25"), HasSubstr("max"));
    EXPECT_THAT(error_of("device", "max = 10", "max = -1"), HasSubstr("less than min"));
    EXPECT_THAT(error_of("device", "name = \"score\"", "name = \"Score\""), HasSubstr("lower-case"));
    EXPECT_THAT(error_of("device", "name = \"score\"", "name = \"user\""), HasSubstr("word of SQL"));
    EXPECT_THAT(error_of("device", "name = \"score\"", "name = \"version\""),
                HasSubstr("word of SQL or of maru"));
    EXPECT_THAT(error_of("device", "name = \"score\"", "name = \"name\""), HasSubstr("used twice"));
    EXPECT_THAT(error_of("device", "number = 4", "number = 3"), HasSubstr("number 3 is used twice"));
    EXPECT_THAT(error_of("device", "ja = \"評点\"", "ja = \"機器名\""), HasSubstr("share the heading"));
    EXPECT_THAT(error_of("device", "max = 10", "max = 10\nmax_length = 3"),
                HasSubstr("max_length: is not known"));
    EXPECT_THAT(error_of("device", "of = \"text\"", "of = \"list\""), HasSubstr("is one of text, choice"));
    EXPECT_THAT(error_of("device", "of = \"text\"", "of = \"reference\"\nto = \"persn\""),
                AllOf(HasSubstr("device.toml"), HasSubstr("near: person")));
    EXPECT_THAT(error_of("loan", "to = \"device\"", "to = \"loan\""), HasSubstr("circle"));
}

TEST_F(SchemaTest, TablesOfTwoRegistersMayNotShareAName) {
    Files files = sample_registers();
    files["device_tags"] = replaced(files["person"], "number = 1", "number = 9");
    files["device_tags"] = replaced(files["device_tags"], "subject = \"id\"", "subject = \"manager\"");
    const auto schema = load(files);
    ASSERT_FALSE(schema);
    EXPECT_THAT(schema.error().message.en, HasSubstr("device_tags"));
}

TEST_F(SchemaTest, NamesOfOurOwnTablesAreRefused) {
    Files files = sample_registers();
    files["entry"] = files["device"];
    const auto schema = load(files);
    ASSERT_FALSE(schema);
    EXPECT_THAT(schema.error().message.en, HasSubstr("entry.toml"));
}

TEST_F(SchemaTest, AFolderWithoutRegistersIsNamed) {
    const auto schema = Schema::load(temporary_.path() / "nirgends");
    ASSERT_FALSE(schema);
    EXPECT_THAT(schema.error().message.en, HasSubstr("nirgends"));
}

TEST_F(SchemaTest, ARuleThatIsNoSqlIsNamed) {
    Files files = sample_registers();
    files["person"] = replaced(files["person"], "left_on >= joined_on", "left_on >= hired_on");
    const auto schema = load(files);
    ASSERT_TRUE(schema);
    const auto rules = check_rules(*schema);
    ASSERT_FALSE(rules);
    EXPECT_THAT(rules.error().message.en, AllOf(HasSubstr("person.toml"), HasSubstr("hired_on")));
}

// Puts a part that speaks of keeping and erasing behind the loans, and says what is wrong with it.
class ErasurePartTest : public SchemaTest {
protected:
    std::string refusal(const std::string& part, const std::string& where = "loan") {
        Files files = sample_registers();
        files[where] += part;
        const auto schema = load(files);
        if (!schema) return schema.error().message.en;
        const auto rules = check_rules(*schema);
        return rules ? "" : rules.error().message.en;
    }
};

constexpr std::string_view retention = R"(
[[retention]]
basis = { ja = "労働基準法109条", en = "Labour Standards Act art. 109" }
source = "https://laws.e-gov.go.jp/law/322AC0000000049"
years = 3
from = ["person.left_on"]
where = "note is not null and person.joined_on is not null"
)";

TEST_F(ErasurePartTest, ARetentionCoversAllPersonalFieldsUnlessItNamesSome) {
    Files files = sample_registers();
    files["loan"] += retention;
    const auto schema = load(files);
    ASSERT_TRUE(schema) << schema.error().message.en;
    const Register& loan = *schema->find("loan");
    ASSERT_EQ(loan.retention.size(), 1u);
    EXPECT_EQ(loan.retention[0].fields, std::vector<std::string>{"note"});
    EXPECT_EQ(loan.retention[0].years, 3);
    EXPECT_TRUE(check_rules(*schema));
}

TEST_F(ErasurePartTest, NothingCanBeKeptWhereNothingIsPersonal) {
    Files files = sample_registers();
    files["loan"] = replaced(files["loan"], "personal = true", "") + std::string(retention);
    const auto schema = load(files);
    ASSERT_FALSE(schema);
    EXPECT_THAT(schema.error().message.en, AllOf(HasSubstr("loan.toml"), HasSubstr("personal")));
}

TEST_F(ErasurePartTest, MistakesAreNamedWithTheirPlace) {
    EXPECT_THAT(refusal(replaced(retention, "person.left_on", "person.name")), HasSubstr("person.name"));
    EXPECT_THAT(refusal(replaced(retention, "person.left_on", "device")), HasSubstr("date"));
    EXPECT_THAT(refusal(replaced(retention, "years = 3\n", "")), HasSubstr("how long"));
    EXPECT_THAT(refusal(replaced(retention, "note is", "notes is")),
                AllOf(HasSubstr("loan"), HasSubstr("notes")));
    EXPECT_THAT(refusal(std::string(retention) + "fields = [\"lent_on\"]\n"), HasSubstr("personal"));
    const std::string block =
        "\n[[erasure_block]]\nperson = \"holder\"\nwhere = \"name is not null\"\n"
        "message = { ja = \"a\", en = \"a\" }\ntodo = { ja = \"b\", en = \"b\" }\n";
    EXPECT_EQ(refusal(block, "device"), "");
    EXPECT_EQ(refusal(replaced(block, "holder", "admins"), "device"), "");
    EXPECT_THAT(refusal(replaced(block, "holder", "name"), "device"), HasSubstr("person"));
    EXPECT_THAT(refusal(replaced(block, "name is", "nome is"), "device"), HasSubstr("nome"));
}

}  // namespace
}  // namespace maru::registers
