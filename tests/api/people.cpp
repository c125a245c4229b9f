#include "people.hpp"

#include <map>

#include "registers/records.hpp"

namespace maru::api {

namespace {

using identity::Role;

// Employee codes of the sample (catalog/sample/11-people.toml); an auditor is nobody's employee.
std::string_view usual_person(Role role) {
    switch (role) {
        case Role::top_management: return "E001";
        case Role::security_manager: return "E003";
        case Role::security_office: return "E004";
        case Role::hr: return "E005";
        case Role::it: return "E007";
        case Role::manager: return "E018";
        case Role::member: return "E019";
        case Role::auditor: return "";
        case Role::system_administrator: return "E008";
    }
    return "";
}

// Takes what stands behind the mark off the text.
std::string cut_behind(std::string_view& text, char mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) return "";
    const std::string behind(text.substr(at + 1));
    text = text.substr(0, at);
    return behind;
}

std::unexpected<Error> no_role(std::string_view name) {
    const std::string message = "no such role: " + std::string(name);
    return fail(ErrorKind::invalid, {message, message});
}

Result<void> name_person(Site& site, identity::Principal& who, std::string_view code) {
    const auto reader = TRY(site.readers().now());
    const registers::Schema& schema = site.catalog().schema;
    who.person = TRY(registers::resolve(*reader, schema, *TRY(schema.get("person")), code));
    who.name = reader.names().of("person", who.person).title.ja;
    auto reports = TRY(reader->prepare(
        "with recursive below(id) as (select p.id from person p where p.manager = ?1 union "
        "select p.id from person p join below b on p.manager = b.id) select b.id from below b"));
    reports.bind(1, who.person);
    while (const auto row = TRY(reports.step())) who.reports.insert(row->integer(0));
    return {};
}

}  // namespace

Result<std::shared_ptr<const identity::Principal>> person_who_speaks(Site& site, std::string_view said) {
    if (said == "nobody") return nullptr;
    auto who = std::make_shared<identity::Principal>();
    if (cut_behind(said, '/') == "en") who->language = Language::en;
    std::string code = cut_behind(said, '@');
    std::string items = cut_behind(said, '(');
    if (items.ends_with(')')) items.pop_back();
    if (!items.empty()) who->items = split(items, ',');
    for (const std::string& name : split(said, '+')) {
        const auto role = identity::parse_role(name);
        if (!role) return no_role(name);
        if (who->roles.empty() && code.empty()) code = usual_person(*role);
        who->roles.insert(*role);
        if (*role != Role::auditor) who->roles.insert(Role::member);
    }
    if (!code.empty()) TRY(name_person(site, *who, code));
    who->user = 1'000'000 + who->person;  // one for each
    return who;
}

}  // namespace maru::api
