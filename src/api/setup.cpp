#include "api/setup.hpp"

#include <boost/json.hpp>

#include "api/members.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using registers::Change;

Result<Change> make_person(registers::WriteContext& context, const json::object& body) {
    registers::PutRequest request;
    request.register_name = "person";
    request.must_be_new = true;
    request.fields["name"] = TRY(required_text(body, "name"));
    for (const auto* field : {"code", "employment", "joined_on", "mail"}) {
        const std::string value = TRY(text_member(body, field));
        if (!value.empty()) request.fields[field] = value;
    }
    // What a form need not ask of the very first person.
    request.fields.try_emplace("code", "0001");
    request.fields.try_emplace("employment", "employee");
    request.fields.try_emplace("joined_on", local_day(context.now, japan_offset).iso());
    return registers::put(context, request);
}

Result<std::string> mail_of(registers::WriteContext& context, const json::object& body, std::int64_t person) {
    std::string mail = TRY(text_member(body, "mail"));
    if (!mail.empty()) return mail;
    store::Statement* query = TRY(context.database.cached("select mail from person where id = ?"));
    const auto row = TRY(query->bind(1, person).step());
    if (row) mail = row->text(0);
    query->reset();
    if (!mail.empty()) return mail;
    return required_text(body, "mail");
}

Result<std::optional<std::int64_t>> person_with(registers::WriteContext& context, const std::string& mail) {
    if (mail.empty()) return std::nullopt;
    store::Statement* query =
        TRY(context.database.cached("select id from person where mail = ? and left_on is null order by id"));
    const auto row = TRY(query->bind(1, identity::normal_mail(mail)).step());
    const auto id = row ? row->maybe_integer(0) : std::nullopt;
    query->reset();
    return id;
}

Result<std::int64_t> person_of(registers::WriteContext& context, const identity::Link& link,
                               const json::object& body, std::vector<Change>& changes) {
    if (link.made.person != 0) return link.made.person;
    const std::string named = TRY(text_member(body, "person"));
    if (!named.empty())
        return registers::resolve(context.database, context.schema, *TRY(context.schema.get("person")),
                                  named);
    const std::string mail = TRY(text_member(body, "mail"));
    if (const auto found = TRY(person_with(context, mail))) return *found;
    if (TRY(context.database.query_integer("select 1 from person limit 1")) &&
        TRY(text_member(body, "name")).empty())
        return fail(
            ErrorKind::invalid,
            {"mail: "
             "このメールアドレスの従業者は台帳にいません。従業者台帳にあるメールアドレスを入れてください。",
             "mail: no person has this address; enter one that the register of persons has"});
    changes.push_back(TRY(make_person(context, body)));
    return changes.back().id;
}

// A user whom the person has already becomes what the host has decided.
Result<std::optional<std::int64_t>> user_of(registers::WriteContext& context, std::int64_t person) {
    store::Statement* query = TRY(context.database.cached("select id from app_user where person = ?"));
    const auto row = TRY(query->bind(1, person).step());
    const auto id = row ? row->maybe_integer(0) : std::nullopt;
    query->reset();
    return id;
}

}  // namespace

Result<std::int64_t> make_first_user(Site& site, const identity::Link& link, const json::object& body) {
    const auto work = [&](registers::WriteContext& context) -> Result<std::vector<Change>> {
        std::vector<Change> changes;
        const std::int64_t person = TRY(person_of(context, link, body, changes));
        registers::PutRequest request;
        request.register_name = "app_user";
        request.id = TRY(user_of(context, person));
        request.fields = {{"person", "#" + std::to_string(person)},
                          {"mail", TRY(mail_of(context, body, person))},
                          {"roles", "security_manager; system_administrator"},
                          {"disabled", ""}};
        changes.push_back(TRY(registers::put(context, request)));
        return changes;
    };
    const auto changes = TRY(site.write(work, ""));
    return changes.back().id;
}

}  // namespace maru::api
