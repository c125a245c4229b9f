#include "workflow/kinds.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "files/kind_file.hpp"
#include "identity/principal.hpp"
#include "registers/nearest.hpp"
#include "store/files.hpp"

namespace maru::workflow {

namespace {

namespace fs = std::filesystem;
using registers::Field;
using registers::Register;
using registers::Schema;

std::vector<fs::path> files_of(const fs::path& catalog) {
    std::vector<fs::path> out;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(catalog / "requests", missing))
        if (entry.path().extension() == ".toml") out.push_back(entry.path());
    std::ranges::sort(out);
    return out;
}

Result<Kind> load_kind(const fs::path& file, const Schema& schema) {
    const Bytes bytes = TRY(store::read_file(file, 256 * 1024));
    return parse_kind({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, file, schema);
}

Text label_of_appointment(const Schema& schema, const std::string& role) {
    const Register* const appointments = schema.find("appointment");
    const Field* const field = appointments ? appointments->field("role") : nullptr;
    if (field)
        for (const registers::Choice& choice : field->choices)
            if (choice.code == role) return choice.label;
    return {role, role};
}

Text label_of_path(const Schema& schema, const Kind& kind, const std::string& path) {
    const Register* of = schema.find(kind.register_name);
    Text out;
    for (const std::string& name : split(path, '.')) {
        const Field* const field = of ? of->field(name) : nullptr;
        if (!field) return {path, path};
        out.ja += (out.ja.empty() ? "" : "の") + field->label.ja;
        out.en = out.en.empty() ? field->label.en : field->label.en + " of " + out.en;
        of = schema.find(field->to);
    }
    return out;
}

}  // namespace

bool Kind::asks_for(std::string_view field) const { return std::ranges::find(fields, field) != fields.end(); }

Result<Kinds> Kinds::load(const fs::path& catalog, const Schema& schema) {
    Kinds out;
    for (const fs::path& file : files_of(catalog)) out.kinds_.push_back(TRY(load_kind(file, schema)));
    return out;
}

const Kind* Kinds::find(std::string_view name) const {
    const auto found = std::ranges::find(kinds_, name, &Kind::name);
    return found == kinds_.end() ? nullptr : &*found;
}

Result<const Kind*> Kinds::get(std::string_view name) const {
    if (const Kind* const kind = find(name)) return kind;
    std::vector<std::string> names;
    for (const Kind& kind : kinds_) names.push_back(kind.name);
    const std::vector<std::string> near = registers::nearest(name, names);
    const std::string proposed = join(near.empty() ? names : near, ", ");
    return fail(ErrorKind::not_found,
                {fmt::format("申請の種類「{}」はありません。候補: {}", name, proposed),
                 fmt::format("there is no kind of request {}; there are {}", name, proposed)});
}

Result<Kind> parse_kind(std::string_view text, const fs::path& file, const Schema& schema) {
    Kind kind = TRY(read_kind(text, file));
    TRY(check_kind(kind, file, schema));
    return kind;
}

std::vector<Text> lint_kinds(const fs::path& catalog, const Schema& schema, const checks::Library& library) {
    std::vector<Text> problems;
    for (const fs::path& file : files_of(catalog)) {
        const auto kind = load_kind(file, schema);
        if (!kind) {
            problems.push_back(kind.error().message);
            continue;
        }
        for (const std::string& check : kind->checks)
            if (!library.checks.contains(check))
                problems.push_back(
                    {fmt::format("{}: 点検「{}」はありません。", file.filename().string(), check),
                     fmt::format("{}: there is no check {}", file.filename().string(), check)});
    }
    return problems;
}

Text name_of(const Approver& approver, const Kind& kind, const Schema& schema) {
    switch (approver.by) {
        case Approver::By::role: {
            const auto role = identity::parse_role(approver.what);
            return role ? identity::name_of(*role) : Text{approver.what, approver.what};
        }
        case Approver::By::appointment: {
            const Text label = label_of_appointment(schema, approver.what);
            return {"任命された" + label.ja, "the appointed " + label.en};
        }
        case Approver::By::manager: return {"対象者の上長", "the person's manager"};
        case Approver::By::owner: return label_of_path(schema, kind, approver.what);
    }
    return {};
}

}  // namespace maru::workflow
