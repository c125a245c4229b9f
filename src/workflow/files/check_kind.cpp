// What makes a kind one that can be asked for, approved and carried out.
#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "files/kind_file.hpp"
#include "identity/principal.hpp"
#include "registers/nearest.hpp"

namespace maru::workflow {

namespace {

using registers::Field;
using registers::FieldType;
using registers::Register;
using registers::Schema;

class KindCheck {
public:
    KindCheck(const Kind& kind, const Register& of, const Schema& schema, std::string file)
        : kind_(kind), of_(of), schema_(schema), file_(std::move(file)) {}

    Result<void> run() const {
        TRY(check_fields());
        TRY(check_filled());
        TRY(check_values("fixed", kind_.fixed, {"asker", "subject", "today"}));
        TRY(check_values("approval", kind_.approval, {"approver", "today"}));
        TRY(check_choices());
        TRY(check_days());
        TRY(check_roles("asks", kind_.asks));
        TRY(check_roles("for_others", kind_.for_others));
        if (kind_.asks.empty())
            return wrong("asks", "申請できる人を1つ以上書いてください。", "name at least one who may ask");
        TRY(check_approvers());
        return check_sentence();
    }

private:
    std::unexpected<Error> wrong(const std::string& key, const std::string& ja, const std::string& en) const {
        const std::string where = file_ + " " + key + ": ";
        return fail(ErrorKind::invalid, {where + ja, where + en});
    }

    Result<const Field*> field(const std::string& key, const std::string& name) const {
        if (const Field* const found = of_.field(name)) return found;
        std::vector<std::string> names;
        for (const Field& one : of_.fields) names.push_back(one.name);
        const std::string near = join(registers::nearest(name, names), ", ");
        return wrong(key, fmt::format("台帳 {} に項目「{}」はありません。候補: {}", of_.name, name, near),
                     fmt::format("register {} has no field {}; {}", of_.name, name, near));
    }

    Result<void> check_fields() const {
        if (kind_.fields.empty())
            return wrong("fields", "申請者が書く項目を並べてください。",
                         "list the fields that the asker fills");
        std::set<std::string> seen;
        for (const std::string& name : filled()) {
            TRY(field("fields", name));
            if (!seen.insert(name).second)
                return wrong("fields", fmt::format("項目「{}」を2度書いています。", name),
                             fmt::format("{} is filled twice", name));
        }
        for (const auto* list : {&kind_.required, &kind_.one_of})
            for (const std::string& name : *list)
                if (!kind_.asks_for(name))
                    return wrong("required", fmt::format("「{}」は fields にありません。", name),
                                 fmt::format("{} is not among fields", name));
        if (!kind_.check_field.empty() && !kind_.asks_for(kind_.check_field))
            return wrong("check", "fields にある項目を書いてください。", "name one of fields");
        for (const std::string& name : kind_.never)
            if (!is_person(*TRY(field("never", name))))
                return wrong("never", fmt::format("「{}」は人の項目ではありません。", name),
                             fmt::format("{} names no person", name));
        return {};
    }

    std::vector<std::string> filled() const {
        std::vector<std::string> out = kind_.fields;
        for (const auto* values : {&kind_.fixed, &kind_.approval})
            for (const auto& [name, value] : *values) out.push_back(name);
        if (kind_.number) out.push_back(kind_.number->field);
        return out;
    }

    Result<void> check_filled() const {
        const std::vector<std::string> names = filled();
        for (const Field& one : of_.fields)
            if (one.required && !kind_.changes && std::ranges::find(names, one.name) == names.end())
                return wrong("fields", fmt::format("必須の項目「{}」を誰も書きません。", one.name),
                             fmt::format("nothing fills the required field {}", one.name));
        for (const std::string& name : of_.key)
            if (kind_.asks_for(name) && std::ranges::find(kind_.required, name) == kind_.required.end())
                return wrong("required", fmt::format("キーの項目「{}」が要ります。", name),
                             fmt::format("needs the key field {}", name));
        for (const std::string& name : of_.key)
            if (kind_.changes && !kind_.asks_for(name))
                return wrong("changes", fmt::format("キーの項目「{}」が要ります。", name),
                             fmt::format("needs the key field {} among fields", name));
        if (kind_.approval.empty())
            return wrong("approval", "承認で書く項目がありません。", "an approval must write something");
        return {};
    }

    Result<void> check_values(const std::string& key, const std::map<std::string, std::string>& values,
                              const std::vector<std::string>& known) const {
        for (const auto& [name, value] : values) {
            if (!value.starts_with('{')) continue;
            const std::string inside = value.substr(1, value.size() - 2);
            if (std::ranges::find(known, inside) == known.end() || !value.ends_with('}'))
                return wrong(key,
                             fmt::format("{} は使えません。{{{}}} のどれかです。", value, join(known, "} {")),
                             fmt::format("{} is not known; there are {{{}}}", value, join(known, "} {")));
            const Field& one = *TRY(field(key, name));
            const bool fits = inside == "today" ? one.type == FieldType::date : is_person(one);
            if (!fits)
                return wrong(key, fmt::format("項目「{}」に {} は入りません。", name, value),
                             fmt::format("{} does not fit the field {}", value, name));
        }
        return {};
    }

    Result<void> check_choices() const {
        for (const auto& [name, codes] : kind_.only) {
            const Field& one = *TRY(field("only", name));
            for (const std::string& code : codes)
                if (std::ranges::find(one.choices, code, &registers::Choice::code) == one.choices.end() ||
                    !kind_.asks_for(name))
                    return wrong("only", fmt::format("項目「{}」に選択肢 {} はありません。", name, code),
                                 fmt::format("{} has no choice {}", name, code));
        }
        return {};
    }

    Result<void> check_days() const {
        if (kind_.carry_out_on.empty()) return {};
        if (kind_.asks_for(kind_.carry_out_on) &&
            TRY(field("carry_out_on", kind_.carry_out_on))->type == FieldType::date)
            return {};
        return wrong("carry_out_on", "fields にある日付の項目を書いてください。", "name a date among fields");
    }

    Result<void> check_roles(const std::string& key, const std::vector<std::string>& roles) const {
        for (const std::string& role : roles)
            if (role != "everyone" && !identity::parse_role(role))
                return wrong(key, "役割「" + role + "」はありません。", "there is no role " + role);
        return {};
    }

    Result<void> check_approvers() const {
        for (const Approver& approver : kind_.approves) {
            switch (approver.by) {
                case Approver::By::manager: break;
                case Approver::By::role: TRY(check_roles("approves", {approver.what})); break;
                case Approver::By::appointment: TRY(check_appointment(approver.what)); break;
                case Approver::By::owner: TRY(check_path(approver.what)); break;
            }
        }
        return {};
    }

    Result<void> check_appointment(const std::string& role) const {
        const Register* const of = schema_.find("appointment");
        const Field* const roles = of ? of->field("role") : nullptr;
        if (roles &&
            std::ranges::find(roles->choices, role, &registers::Choice::code) != roles->choices.end())
            return {};
        return wrong("approves", "任命台帳に役割「" + role + "」はありません。",
                     "the register appointment has no role " + role);
    }

    Result<void> check_path(const std::string& path) const {
        const std::vector<std::string> names = split(path, '.');
        const Field* last = TRY(field("approves", names[0]));
        if (names.size() == 2 && last->is_reference() && !last->is_list()) {
            const Register* const to = schema_.find(last->to);
            last = to ? to->field(names[1]) : nullptr;
        }
        if (names.size() <= 2 && last && is_person(*last)) return {};
        return wrong("approves", "owner:" + path + " は人を指しません。",
                     "owner:" + path + " names no person");
    }

    Result<void> check_sentence() const {
        std::vector<std::string> known = kind_.fields;
        for (const auto& [name, value] : kind_.fixed) known.push_back(name);
        known.insert(known.end(), {"asker", "subject"});
        std::string unknown;
        for (const auto* text : {&kind_.sentence.ja, &kind_.sentence.en})
            fill(*text, [&](std::string_view name, std::string_view) {
                if (std::ranges::find(known, name) == known.end()) unknown = name;
                return std::string();
            });
        if (unknown.empty()) return {};
        return wrong("sentence", "{" + unknown + "} は使えません。", "{" + unknown + "} is not known here");
    }

    static bool is_person(const Field& field) {
        return !field.is_list() && field.is_reference() && field.to == "person";
    }

    const Kind& kind_;
    const Register& of_;
    const Schema& schema_;
    std::string file_;
};

}  // namespace

Result<void> check_kind(const Kind& kind, const std::filesystem::path& path, const Schema& schema) {
    const std::string file = "requests/" + path.filename().string();
    const auto of = schema.get(kind.register_name);
    if (!of) return std::unexpected(prefixed(file, of.error()));
    return KindCheck(kind, **of, schema, file).run();
}

}  // namespace maru::workflow
