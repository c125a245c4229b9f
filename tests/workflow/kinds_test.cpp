// Kinds of requests as data: the catalog's own hold, and every mistake in a file is named with its key.
#include "workflow/kinds.hpp"

#include "tests/workflow/office.hpp"

namespace maru::workflow {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Kinds, OfTheCatalogHold) {
    const std::filesystem::path catalog = MARU_SOURCE_DIR "/catalog";
    const auto library = checks::Library::load(catalog, catalog_schema()).value();
    const auto problems = lint_kinds(catalog, catalog_schema(), library);
    std::string all;
    for (const Text& problem : problems) all += problem.en + "\n";
    EXPECT_THAT(all, IsEmpty());
    for (const char* name : {"personal_device", "take_out", "standing_take_out", "room_permission", "access",
                             "guest_access", "exception", "document", "policy", "remote_work"})
        EXPECT_NE(catalog_kinds().find(name), nullptr) << name;
}

TEST(Kinds, UnknownOnesAreAnsweredWithTheNearest) {
    const auto kind = catalog_kinds().get("personal_devise");
    ASSERT_FALSE(kind);
    EXPECT_EQ(kind.error().kind, ErrorKind::not_found);
    EXPECT_THAT(kind.error().message.en, HasSubstr("personal_device"));
}

TEST(Kinds, ThatNothingAsksForHaveNoFolder) {
    const registers::TemporaryFolder folder;
    EXPECT_TRUE(Kinds::load(folder.path(), catalog_schema())->all().empty());
}

constexpr std::string_view good = R"(
label = { ja = "入室", en = "Entering" }
help = { ja = "入室の許可です。", en = "To enter." }
sentence = { ja = "{person} が {zone} に入る", en = "{person} enters {zone}" }
register = "room_permission"
fields = ["zone"]
required = ["zone"]
asks = ["everyone"]
approves = ["manager"]
[fixed]
person = "{subject}"
[approval]
approved_by = "{approver}"
approved_on = "{today}"
)";

std::string error_of(std::string_view from, std::string_view to) {
    const std::string text = from.empty() ? std::string(good) : registers::replaced(good, from, to);
    const auto kind = parse_kind(text, "room.toml", catalog_schema());
    return kind ? "" : kind.error().message.en;
}

TEST(Kinds, AWholeFileIsRead) {
    EXPECT_EQ(error_of("", ""), "");
    const Kind kind = *parse_kind(good, "room.toml", catalog_schema());
    EXPECT_EQ(kind.name, "room");
    EXPECT_EQ(kind.due_days, 5);
    EXPECT_EQ(kind.approves, (std::vector<Approver>{{Approver::By::manager, ""}}));
}

TEST(Kinds, MistakesAreNamed) {
    const std::vector<std::array<std::string_view, 3>> mistakes{
        {"register = \"room_permission\"", "register = \"room_permissions\"", "room_permission"},
        {"fields = [\"zone\"]", "fields = [\"zones\"]", "has no field zones"},
        {"fields = [\"zone\"]", "fields = [\"zone\", \"person\"]", "person is filled twice"},
        {"required = [\"zone\"]", "", "needs the key field zone"},
        {"person = \"{subject}\"", "", "nothing fills the required field person"},
        {"person = \"{subject}\"", "person = \"{approver}\"", "{approver} is not known"},
        {"person = \"{subject}\"", "person = \"{today}\"", "does not fit"},
        {"approves = [\"manager\"]", "", "name at least one who approves"},
        {"approves = [\"manager\"]", "approves = [\"boss\"]", "write manager, role:"},
        {"approves = [\"manager\"]", "approves = [\"role:boss\"]", "no role boss"},
        {"approves = [\"manager\"]", "approves = [\"appointment:boss\"]", "has no role boss"},
        {"approves = [\"manager\"]", "approves = [\"owner:zone.name\"]", "names no person"},
        {"asks = [\"everyone\"]", "", "name at least one who may ask"},
        {"asks = [\"everyone\"]", "asks = [\"anybody\"]", "no role anybody"},
        {"asks = [\"everyone\"]", "asks = [\"everyone\"]\ncarry_out_on = \"zone\"", "name a date"},
        {"asks = [\"everyone\"]", "asks = [\"everyone\"]\nnever = [\"zone\"]", "names no person"},
        {"asks = [\"everyone\"]", "asks = [\"everyone\"]\ndue_days = 0", "from 1 to 60"},
        {"asks = [\"everyone\"]", "asks = [\"everyone\"]\nasked = 1", "no such key"},
        {"{person} enters {zone}", "{person} enters {room}", "{room} is not known"},
        {"help = {", "hint = {", "help"},
        {"approved_by = \"{approver}\"\napproved_on = \"{today}\"", "", "must write something"},
    };
    for (const auto& [from, to, wanted] : mistakes) {
        const std::string error = error_of(from, to);
        EXPECT_THAT(error, HasSubstr(wanted)) << "instead of " << from << ": " << to;
        EXPECT_THAT(error, HasSubstr("requests/room.toml")) << to;
    }
}

TEST(Kinds, BrokenTomlNamesItsLine) {
    const auto kind = parse_kind("label = {", "room.toml", catalog_schema());
    ASSERT_FALSE(kind);
    EXPECT_THAT(kind.error().message.en, HasSubstr("requests/room.toml:1"));
}

}  // namespace
}  // namespace maru::workflow
