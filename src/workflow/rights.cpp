#include "workflow/rights.hpp"

#include <algorithm>

namespace maru::workflow {

namespace {

using identity::Principal;
using identity::Role;
using registers::Register;
using registers::Schema;

Answer no(std::string ja, std::string en) { return {false, {std::move(ja), std::move(en)}}; }

bool holds(const Principal& who, std::string_view role) {
    if (role == "everyone") return who.has(Role::member);
    if (role == "security_office" && who.has(Role::security_manager)) return true;
    const auto parsed = identity::parse_role(role);
    return parsed && who.has(*parsed);
}

bool may_ask_for(const Kind& kind, const Principal& who, std::int64_t subject) {
    return subject == who.person || std::ranges::any_of(kind.for_others, [&](const std::string& role) {
               return role == "manager" ? who.reports.contains(subject) : holds(who, role);
           });
}

Result<bool> is_appointed(store::Database& database, const std::string& role, std::int64_t person,
                          Day today) {
    store::Statement* const query = TRY(
        database.cached("select 1 from appointment a where a.role = ?1 and (a.person = ?2 or a.deputy = ?2) "
                        "and a.from_day <= ?3 and (a.to_day is null or a.to_day >= ?3)"));
    query->bind(1, role).bind(2, person).bind(3, today.iso());
    const bool found = TRY(query->step()).has_value();
    query->reset();
    return found;
}

std::int64_t number_in(const Values& values, const std::string& name) {
    const auto found = values.find(name);
    const auto* const scalar = found == values.end() ? nullptr : std::get_if<store::Value>(&found->second);
    const auto* const id = scalar ? std::get_if<std::int64_t>(scalar) : nullptr;
    return id ? *id : 0;
}

// The person at "owner" or "service.owner"; 0 when nobody stands there.
Result<std::int64_t> person_at(store::Database& database, const Schema& schema, const Register& of,
                               const Values& values, const std::string& path) {
    const std::vector<std::string> names = split(path, '.');
    const std::int64_t first = number_in(values, names[0]);
    if (names.size() == 1 || first == 0) return first;
    const Register& to = *TRY(schema.get(of.field(names[0])->to));
    const auto record = TRY(registers::read(database, to, first));
    return record ? number_in(values_of(to, *record), names[1]) : 0;
}

struct Deciding {
    store::Database& database;
    const Schema& schema;
    const Kind& kind;
    const Request& request;
    const Principal& who;
    Day today;
    const Register& of;
    Values values;
};

Result<bool> is(const Deciding& on, const Approver& approver) {
    switch (approver.by) {
        case Approver::By::role: return holds(on.who, approver.what);
        case Approver::By::appointment:
            return is_appointed(on.database, approver.what, on.who.person, on.today);
        case Approver::By::manager: return on.who.reports.contains(on.request.asking.subject);
        case Approver::By::owner:
            return TRY(person_at(on.database, on.schema, on.of, on.values, approver.what)) == on.who.person;
    }
    return false;
}

Answer not_among(const Deciding& on) {
    Text all;
    for (const Approver& approver : on.kind.approves) {
        const Text name = name_of(approver, on.kind, on.schema);
        all.ja += (all.ja.empty() ? "" : "、") + name.ja;
        all.en += (all.en.empty() ? "" : ", ") + name.en;
    }
    return no("この申請を承認できるのは、" + all.ja + "です。", "this request is approved by: " + all.en);
}

// Separation of duties: asker, subject and whom the kind names.
Answer is_apart(const Deciding& on) {
    const std::int64_t person = on.who.person;
    if (person == 0 || !on.who.has(Role::member))
        return no("従業者として登録された利用者だけが承認できます。",
                  "only a user who is a person of the organisation approves");
    if (person == on.request.asking.asker)
        return no("自分の申請は承認できません。", "you cannot approve your own request");
    if (person == on.request.asking.subject)
        return no("自分についての申請は承認できません。",
                  "you cannot approve a request that is about yourself");
    for (const std::string& name : on.kind.never)
        if (number_in(on.values, name) == person)
            return no(on.of.field(name)->label.ja + "は承認できません。",
                      "you cannot approve this as its " + on.of.field(name)->label.en);
    return {true, {}};
}

Answer expect_state(const Request& request, std::initializer_list<State> allowed) {
    if (std::ranges::find(allowed, request.state) != allowed.end()) return {true, {}};
    const Text name = name_of(request.state);
    return no("この申請はいま「" + name.ja + "」です。", "this request is " + name.en + " now");
}

Answer is_asker(const Request& request, const Principal& who) {
    if (who.person != 0 && who.person == request.asking.asker) return {true, {}};
    return no("申請者だけができます。", "only the asker may do this");
}

}  // namespace

Answer may_ask(const Kind& kind, const Principal& who, std::int64_t subject) {
    if (who.person == 0 || !who.has(Role::member))
        return no("従業者として登録された利用者だけが申請できます。",
                  "only a user who is a person of the organisation asks");
    if (!std::ranges::any_of(kind.asks, [&](const std::string& role) { return holds(who, role); }))
        return no("「" + kind.label.ja + "」を申請する権限がありません。",
                  "you may not ask for: " + kind.label.en);
    if (!may_ask_for(kind, who, subject))
        return no("この人に代わって申請することはできません。", "you may not ask on behalf of this person");
    return {true, {}};
}

Result<Answer> decides(store::Database& database, const Schema& schema, const Kind& kind,
                       const Request& request, const Principal& who, Day today) {
    const Register& of = *TRY(schema.get(kind.register_name));
    const Deciding on{database, schema, kind, request, who, today, of, TRY(values_of(of, request.fields))};
    if (const Answer apart = is_apart(on); !apart) return apart;
    for (const Approver& approver : kind.approves)
        if (TRY(is(on, approver))) return Answer{true, {}};
    return not_among(on);
}

Result<Answer> may(Act act, store::Database& database, const Schema& schema, const Kind& kind,
                   const Request& request, const Principal& who, Day today) {
    using enum State;
    Answer state{true, {}};
    switch (act) {
        case Act::approve: state = expect_state(request, {asked}); break;
        case Act::reject:
        case Act::give_back: state = expect_state(request, {asked, approved}); break;
        case Act::withdraw:
        case Act::change: state = expect_state(request, {asked, approved, returned, lapsed}); break;
        case Act::comment:
            if (who.person != 0) return state;
            return no("従業者として登録された利用者だけが書けます。",
                      "only a user who is a person of the organisation writes");
    }
    const bool is_askers = act == Act::withdraw || act == Act::change;
    const Answer person =
        is_askers ? is_asker(request, who) : TRY(decides(database, schema, kind, request, who, today));
    return person ? state : person;
}

Result<bool> takes_part(store::Database& database, const Schema& schema, const Kind& kind,
                        const Request& request, const Principal& who, Day today) {
    const std::int64_t person = who.person;
    if (person == 0) return false;
    if (person == request.asking.asker || person == request.asking.subject || person == request.decided_by)
        return true;
    return TRY(decides(database, schema, kind, request, who, today)).allowed;
}

}  // namespace maru::workflow
