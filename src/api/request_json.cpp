#include "api/request_json.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "api/record_json.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using registers::Field;
using registers::FieldValue;
using registers::Register;
using workflow::Act;
using workflow::Kind;
using workflow::Request;
using workflow::State;

const registers::Schema& schema_of(const Call& call) { return call.site.catalog().schema; }

json::object person_json(const Call& call, const Readers::Lease& reader, std::int64_t person) {
    return {{"id", person}, {"title", reader.names().of("person", person).title.in(call.language)}};
}

// An approval whose content has changed has lapsed, whether that is written yet or not.
Result<State> state_of(const ShownRequest& shown, const registers::Schema& schema) {
    const Request& request = shown.request;
    if (request.state != State::approved || request.erased) return request.state;
    const auto now = TRY(workflow::content_now(*shown.reader, schema, shown.kind, request));
    return now.hash == request.hash ? State::approved : State::lapsed;
}

std::string sentence(const Call& call, const ShownRequest& shown) {
    if (shown.request.erased) return call.say("内容は消去済みです。", "What was asked for was erased.");
    return workflow::sentence_of(*shown.reader, schema_of(call), shown.kind, shown.request.fields,
                                 shown.request.asking, call.language);
}

const FieldValue* value_of(const workflow::Values& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : &found->second;
}

bool is_empty(const FieldValue* value) {
    if (!value) return true;
    const auto* const scalar = std::get_if<store::Value>(value);
    return scalar ? store::is_null(*scalar) : std::get<std::vector<store::Value>>(*value).empty();
}

// {"value", "text"} under a name.
void add_value(json::object& out, const std::string& name, const Call& call, const Readers::Lease& reader,
               const Field& field, const FieldValue& value) {
    const auto title = [&](std::string_view of, std::int64_t id) {
        return reader.names().of(of, id).title.in(call.language);
    };
    out[name] = json_of(reader.names(), call.language, field, value);
    out[name + "Text"] = registers::format_for_people(field, value, title, call.language);
}

// Whether the caller may see what stands in the record now: by the rights over its register, or because the
// request is the caller's to decide.
struct Sight {
    const registers::Record* record = nullptr;
    bool decides = false;
    bool sees(const Call& call, const Register& of, const Field& field) const {
        if (decides) return true;
        return record && call.may().may_read(of, *record) && call.may().sees(of, field, record);
    }
};

Result<json::array> fields_json(const Call& call, const ShownRequest& shown, bool decides) {
    const Register& of = *TRY(schema_of(call).get(shown.kind.register_name));
    const workflow::Values after = TRY(workflow::values_of(of, shown.request.fields));
    const workflow::Before before =
        TRY(workflow::before(*shown.reader, schema_of(call), shown.kind, shown.request));
    const Sight sight{before.record ? &*before.record : nullptr, decides};
    if (before.record) call.note_read(of, {before.record->id});
    json::array out;
    for (const Field& field : of.fields) {
        const FieldValue* const then = value_of(before.values, field.name);
        const FieldValue* const now = value_of(after, field.name);
        if (!now || (is_empty(now) && is_empty(then))) continue;
        const bool sees_before = sight.sees(call, of, field);
        json::object one{{"field", field.name},
                         {"label", field.label.in(call.language)},
                         {"asked", shown.kind.asks_for(field.name)},
                         {"differs", !sees_before || !then || *then != *now}};
        if (then && sees_before) add_value(one, "before", call, shown.reader, field, *then);
        add_value(one, "after", call, shown.reader, field, *now);
        out.push_back(std::move(one));
    }
    return out;
}

// Of fields that the request names or that the caller sees anyway.
json::array differences_json(const Call& call, const ShownRequest& shown, const Register& of,
                             const std::vector<workflow::Difference>& differences) {
    json::array out;
    for (const workflow::Difference& difference : differences) {
        const Field& field = *of.field(difference.field);
        if (!shown.request.fields.contains(field.name) && !call.may().sees(of, field)) continue;
        json::object one{{"field", field.name}, {"label", field.label.in(call.language)}};
        if (difference.then) add_value(one, "then", call, shown.reader, field, *difference.then);
        if (difference.now) add_value(one, "now", call, shown.reader, field, *difference.now);
        out.push_back(std::move(one));
    }
    return out;
}

// What has changed since it was approved or asked.
Result<void> add_differences(json::object& out, const Call& call, const ShownRequest& shown,
                             bool sees_record) {
    if (!workflow::is_open(shown.request.state)) return {};
    const Register& of = *TRY(schema_of(call).get(shown.kind.register_name));
    const auto differences =
        TRY(workflow::differences(*shown.reader, schema_of(call), shown.kind, shown.request));
    if (differences.empty()) return {};
    json::object changed{{"proposed", differences_json(call, shown, of, differences.proposed)}};
    if (sees_record) changed["record"] = differences_json(call, shown, of, differences.record);
    out["changed"] = std::move(changed);
    return {};
}

Result<json::object> acts_json(const Call& call, const ShownRequest& shown) {
    static constexpr std::pair<const char*, Act> acts[] = {
        {"approve", Act::approve},   {"reject", Act::reject}, {"return", Act::give_back},
        {"withdraw", Act::withdraw}, {"change", Act::change}, {"comment", Act::comment}};
    json::object out;
    for (const auto& [name, act] : acts) {
        const auto answer = TRY(workflow::may(act, *shown.reader, schema_of(call), shown.kind, shown.request,
                                              call.who(), call.site.today()));
        json::object one{{"allowed", answer.allowed}};
        if (!answer) one["why"] = answer.why.in(call.language);
        out[name] = std::move(one);
    }
    return out;
}

Result<json::array> comments_json(const Call& call, const ShownRequest& shown) {
    json::array out;
    for (const workflow::Comment& comment : TRY(workflow::comments_of(*shown.reader, shown.request.id))) {
        json::object one{{"position", comment.position},
                         {"by", person_json(call, shown.reader, comment.by)},
                         {"at", comment.at},
                         {"text", comment.text}};
        if (comment.erased) one["erased"] = true;
        out.push_back(std::move(one));
    }
    return out;
}

// Users who could decide on it now.
Result<json::array> deciders_json(const Call& call, const ShownRequest& shown) {
    json::array out;
    const auto directory = call.site.directory();
    for (const auto& [id, user] : directory->all()) {
        if (!user.is_active(call.site.today())) continue;
        const auto answer = TRY(workflow::decides(*shown.reader, schema_of(call), shown.kind, shown.request,
                                                  directory->principal(user), call.site.today()));
        if (answer) out.push_back(person_json(call, shown.reader, user.person));
    }
    return out;
}

json::array checks_json(const Call& call, const Kind& kind) {
    json::array out;
    for (const std::string& name : kind.checks) {
        const auto check = call.site.catalog().library.checks.find(name);
        if (check == call.site.catalog().library.checks.end()) continue;
        out.push_back({{"check", name},
                       {"title", check->second.title.in(call.language)},
                       {"why", check->second.why.in(call.language)}});
    }
    return out;
}

json::object target_json(const Call& call, const ShownRequest& shown, const workflow::Target& target) {
    json::object out{{"register", shown.kind.register_name}};
    if (const Register* const of = schema_of(call).find(shown.kind.register_name))
        out["label"] = of->label.in(call.language);
    if (!target.id) return out;
    out["id"] = *target.id;
    out["version"] = target.version;
    out["title"] = shown.reader.names().of(shown.kind.register_name, *target.id).title.in(call.language);
    return out;
}

// Fields and hash, unless the content was erased.
Result<void> add_content(json::object& out, const Call& call, const ShownRequest& shown, bool decides) {
    const Request& request = shown.request;
    out["hash"] = request.hash;
    out["target"] = target_json(call, shown, request.target);
    if (request.erased) return {};
    out["fields"] = TRY(fields_json(call, shown, decides));
    if (!workflow::is_open(request.state)) return {};
    const auto now = TRY(workflow::content_now(*shown.reader, schema_of(call), shown.kind, request));
    out["hash"] = now.hash;
    out["target"] = target_json(call, shown, now.target);
    const Register& of = *TRY(schema_of(call).get(shown.kind.register_name));
    return add_differences(out, call, shown, decides || call.may().read(of) == identity::Reach::all);
}

void note_request(const Call& call, const ShownRequest& shown) {
    identity::AccessLine line;
    line.at = call.site.now();
    line.who = call.who().actor();
    line.register_name = "request";
    line.records = {shown.request.id};
    for (const Field& field : schema_of(call).find("request")->fields)
        if (field.personal) line.fields.push_back(field.number);
    line.request = call.request.id;
    call.site.access().note_access(std::move(line));
}

}  // namespace

Result<json::object> head_of(const Call& call, const ShownRequest& shown) {
    const Request& request = shown.request;
    const State state = TRY(state_of(shown, schema_of(call)));
    json::object out{{"id", request.id},
                     {"version", request.version},
                     {"code", request.code},
                     {"kind", shown.kind.name},
                     {"kindLabel", shown.kind.label.in(call.language)},
                     {"sentence", sentence(call, shown)},
                     {"state", workflow::code_of(state)},
                     {"stateLabel", workflow::name_of(state).in(call.language)},
                     {"askedBy", person_json(call, shown.reader, request.asking.asker)},
                     {"onBehalfOf", person_json(call, shown.reader, request.asking.subject)},
                     {"askedOn", request.asking.today.iso()}};
    if (request.due_on) out["dueOn"] = request.due_on->iso();
    out["overdue"] = state == State::asked && request.due_on && *request.due_on < call.site.today();
    if (request.decided_by != 0) out["decidedBy"] = person_json(call, shown.reader, request.decided_by);
    if (request.decided_on) out["decidedOn"] = request.decided_on->iso();
    return out;
}

Result<json::object> detail_of(const Call& call, const ShownRequest& shown) {
    const Request& request = shown.request;
    note_request(call, shown);
    json::object out = TRY(head_of(call, shown));
    const bool decides = TRY(workflow::decides(*shown.reader, schema_of(call), shown.kind, request,
                                               call.who(), call.site.today()))
                             .allowed;
    TRY(add_content(out, call, shown, decides));
    if (!request.reason.empty()) out["reason"] = request.reason;
    if (request.result.id) out["result"] = target_json(call, shown, request.result);
    if (!shown.kind.carry_out_on.empty()) {
        const auto day = request.fields.find(shown.kind.carry_out_on);
        if (day != request.fields.end()) out["carriedOutOn"] = day->second;
    }
    out["checks"] = checks_json(call, shown.kind);
    out["comments"] = TRY(comments_json(call, shown));
    if (request.state == State::asked && !request.erased) out["deciders"] = TRY(deciders_json(call, shown));
    out["may"] = TRY(acts_json(call, shown));
    return out;
}

json::object json_of(const Call& call, const Kind& kind) {
    const Register& of = *schema_of(call).find(kind.register_name);
    json::array fields;
    for (const std::string& name : kind.fields) {
        Field field = *of.field(name);
        field.required = field.required || std::ranges::find(kind.required, name) != kind.required.end();
        if (const auto only = kind.only.find(name); only != kind.only.end())
            std::erase_if(field.choices, [&](const registers::Choice& choice) {
                return std::ranges::find(only->second, choice.code) == only->second.end();
            });
        fields.push_back(json_of(field, call.language));
    }
    json::array deciders;
    for (const workflow::Approver& approver : kind.approves)
        deciders.emplace_back(workflow::name_of(approver, kind, schema_of(call)).in(call.language));
    return {{"name", kind.name},
            {"label", kind.label.in(call.language)},
            {"help", kind.help.in(call.language)},
            {"register", kind.register_name},
            {"fields", std::move(fields)},
            {"oneOf", json::value_from(kind.one_of)},
            {"forOthers", !kind.for_others.empty()},
            {"decidedBy", std::move(deciders)},
            {"dueDays", kind.due_days},
            {"checks", checks_json(call, kind)}};
}

}  // namespace maru::api
