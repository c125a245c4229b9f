#include "files/kind_file.hpp"

#include "files/kind_reader.hpp"

namespace maru::workflow {

namespace {

Result<toml::table> parse(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        const std::string where = file + ":" + std::to_string(error.source().begin.line) + ": ";
        return fail(ErrorKind::invalid,
                    {where + "TOML として読めません。引用符・括弧・= と改行を確かめてください。",
                     where + std::string(error.description()) + ". Mend the TOML."});
    }
}

std::optional<Approver> approver_of(const std::string& written) {
    if (written == "manager") return Approver{Approver::By::manager, ""};
    const std::size_t colon = written.find(':');
    if (colon == std::string::npos || colon + 1 == written.size()) return std::nullopt;
    const std::string by = written.substr(0, colon), what = written.substr(colon + 1);
    if (by == "role") return Approver{Approver::By::role, what};
    if (by == "appointment") return Approver{Approver::By::appointment, what};
    if (by == "owner") return Approver{Approver::By::owner, what};
    return std::nullopt;
}

void read_approvers(KindReader& reader, Kind& into) {
    for (const std::string& written : reader.texts("approves")) {
        const auto approver = approver_of(written);
        if (!approver)
            return reader.refuse(
                "approves",
                "「" + written + "」は manager、role:…、appointment:…、owner:… で書いてください。",
                written + ": write manager, role:…, appointment:… or owner:…");
        into.approves.push_back(*approver);
    }
    if (into.approves.empty())
        reader.refuse("approves", "承認する人を1つ以上書いてください。", "name at least one who approves");
}

Result<void> read_number(KindReader& reader, Kind& into, const std::string& file) {
    const toml::table* const table = reader.table("code");
    if (!table) return {};
    KindReader inside(*table, file + " code");
    into.number =
        NumberField{inside.needed("field"), inside.needed("prefix"), inside.number("digits", 3, 1, 9)};
    return inside.finish();
}

}  // namespace

Result<Kind> read_kind(std::string_view text, const std::filesystem::path& path) {
    const std::string file = "requests/" + path.filename().string();
    const toml::table table = TRY(parse(text, file));
    KindReader reader(table, file);
    Kind kind;
    kind.name = path.stem().string();
    kind.label = reader.both("label");
    kind.help = reader.both("help");
    kind.sentence = reader.both("sentence");
    kind.register_name = reader.needed("register");
    kind.changes = reader.flag("changes");
    kind.fields = reader.texts("fields");
    kind.required = reader.texts("required");
    kind.one_of = reader.texts("one_of");
    kind.check_field = reader.text("check");
    kind.asks = reader.texts("asks");
    kind.for_others = reader.texts("for_others");
    read_approvers(reader, kind);
    kind.never = reader.texts("never");
    kind.due_days = reader.number("due_days", 5, 1, 60);
    kind.carry_out_on = reader.text("carry_out_on");
    kind.checks = reader.texts("checks");
    kind.fixed = reader.values("fixed");
    kind.approval = reader.values("approval");
    kind.only = reader.lists("only");
    TRY(read_number(reader, kind, file));
    TRY(reader.finish());
    return kind;
}

}  // namespace maru::workflow
