#include "workflow/request.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace maru::workflow {

namespace {

using registers::FieldValue;
using registers::Record;
using registers::Register;
using registers::Schema;

struct StateName {
    State state;
    std::string_view code;
    Text name;
};

const std::array<StateName, 7>& states() {
    static const std::array<StateName, 7> all{
        {{State::asked, "asked", {"承認待ち", "asked"}},
         {State::approved, "approved", {"承認済み・実施待ち", "approved"}},
         {State::done, "done", {"実施済み", "done"}},
         {State::returned, "returned", {"差戻し", "returned"}},
         {State::rejected, "rejected", {"却下", "rejected"}},
         {State::withdrawn, "withdrawn", {"取下げ", "withdrawn"}},
         {State::lapsed, "lapsed", {"承認失効", "lapsed"}}}};
    return all;
}

class Fields {
public:
    Fields(const Register& of, const Record& record) : values_(values_of(of, record)) {}

    std::int64_t number(std::string_view name) const {
        const auto* const value = std::get_if<std::int64_t>(&scalar(name));
        return value ? *value : 0;
    }
    std::optional<std::int64_t> maybe_number(std::string_view name) const {
        return store::is_null(scalar(name)) ? std::nullopt : std::optional(number(name));
    }
    std::string text(std::string_view name) const {
        const auto* const value = std::get_if<std::string>(&scalar(name));
        return value ? *value : std::string();
    }
    Result<std::optional<Day>> day(std::string_view name) const {
        if (text(name).empty()) return std::nullopt;
        return TRY(parse_iso_day(text(name)));
    }

private:
    const store::Value& scalar(std::string_view name) const {
        static const store::Value none{};
        const auto found = values_.find(name);
        return found == values_.end() ? none : std::get<store::Value>(found->second);
    }
    Values values_;
};

const FieldValue* value_in(const Values& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : &found->second;
}

std::optional<FieldValue> copy_of(const FieldValue* value) {
    return value ? std::optional(*value) : std::nullopt;
}

std::vector<Difference> between(const Register& of, const Values& then, const Values& now) {
    std::vector<Difference> out;
    for (const registers::Field& field : of.fields) {
        const FieldValue* const before = value_in(then, field.name);
        const FieldValue* const after = value_in(now, field.name);
        const bool same = before && after ? *before == *after : before == after;
        if (!same) out.push_back({field.name, copy_of(before), copy_of(after)});
    }
    return out;
}

// Empty when there was no such version.
Result<Before> record_at(store::Database& database, const Register& of, const Target& target) {
    if (!target.id) return Before{};
    for (Record& version : TRY(registers::history(database, of, *target.id)))
        if (version.version == target.version) return Before{version, values_of(of, version)};
    return Before{};
}

// What the last approval was given to; before any, the request itself.
Result<Request> last_approved(store::Database& database, const Schema& schema, const Request& request) {
    const std::vector<Record> versions =
        TRY(registers::history(database, *TRY(schema.get("request")), request.id));
    Request last = request;
    for (const Record& version : versions) {
        Request then = TRY(request_of(schema, version));
        if (then.state == State::approved) last = std::move(then);
    }
    return last;
}

}  // namespace

std::string_view code_of(State state) { return std::ranges::find(states(), state, &StateName::state)->code; }

std::optional<State> parse_state(std::string_view code) {
    const auto found = std::ranges::find(states(), code, &StateName::code);
    return found == states().end() ? std::nullopt : std::optional(found->state);
}

Text name_of(State state) { return std::ranges::find(states(), state, &StateName::state)->name; }

Result<Request> request_of(const Schema& schema, const Record& record) {
    const Fields fields(*TRY(schema.get("request")), record);
    Request out;
    out.id = record.id;
    out.version = record.version;
    out.code = fields.text("code");
    out.kind = fields.text("kind");
    out.asking = {fields.number("asked_by"), fields.number("on_behalf_of"),
                  TRY(fields.day("asked_on")).value_or(Day())};
    out.register_name = fields.text("target_register");
    out.target = {fields.maybe_number("target_record"), fields.number("target_version")};
    out.erased = fields.text("proposed").empty();
    if (!out.erased) out.fields = TRY(parse_proposed(fields.text("proposed")));
    out.hash = fields.text("content_hash");
    out.state = parse_state(fields.text("state")).value_or(State::withdrawn);
    out.due_on = TRY(fields.day("due_on"));
    out.decided_by = fields.number("decided_by");
    out.decided_on = TRY(fields.day("decided_on"));
    out.reason = fields.text("reason");
    out.result = {fields.maybe_number("result_record"), fields.number("result_version")};
    return out;
}

std::unexpected<Error> no_such_request(std::int64_t id) {
    return fail(ErrorKind::not_found,
                {fmt::format("申請 {} はありません。", id), fmt::format("there is no request {}", id)});
}

Result<Request> find_request(store::Database& database, const Schema& schema, std::int64_t id) {
    const auto record = TRY(registers::read(database, *TRY(schema.get("request")), id));
    if (!record) return no_such_request(id);
    return request_of(schema, *record);
}

Result<Content> content_now(store::Database& database, const Schema& schema, const Kind& kind,
                            const Request& request) {
    const Register& of = *TRY(schema.get(kind.register_name));
    const Target target = TRY(find_target(database, of, kind, TRY(values_of(of, request.fields))));
    return Content{target, content_hash(kind, request.asking.subject, request.fields, target)};
}

bool is_open(State state) {
    return state == State::asked || state == State::approved || state == State::returned ||
           state == State::lapsed;
}

Result<Before> before(store::Database& database, const Schema& schema, const Kind& kind,
                      const Request& request) {
    const Register& of = *TRY(schema.get(kind.register_name));
    if (request.state == State::done)
        return record_at(database, of, Target{request.result.id, request.result.version - 1});
    if (!is_open(request.state)) return record_at(database, of, request.target);
    return record_at(database, of, TRY(content_now(database, schema, kind, request)).target);
}

Result<Differences> differences(store::Database& database, const Schema& schema, const Kind& kind,
                                const Request& request) {
    const Register& of = *TRY(schema.get(kind.register_name));
    const Request then = TRY(last_approved(database, schema, request));
    const Content now = TRY(content_now(database, schema, kind, request));
    Differences out;
    out.proposed = between(of, TRY(values_of(of, then.fields)), TRY(values_of(of, request.fields)));
    if (then.target != now.target)
        out.record = between(of, TRY(record_at(database, of, then.target)).values,
                             TRY(record_at(database, of, now.target)).values);
    return out;
}

Result<std::vector<Comment>> comments_of(store::Database& database, std::int64_t request) {
    store::Statement* const query = TRY(database.cached(
        "select c.position, c.by_person, c.at, c.text from request_comment c where c.request = ?1 "
        "order by c.position"));
    query->bind(1, request);
    std::vector<Comment> out;
    while (const auto row = TRY(query->step()))
        out.push_back({row->integer(0), row->integer(1), std::string(row->text(2)), std::string(row->text(3)),
                       row->is_null(3)});
    return out;
}

}  // namespace maru::workflow
