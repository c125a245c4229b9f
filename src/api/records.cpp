// One record: get, create, change, retire, history.
#include <fmt/core.h>

#include <boost/json.hpp>
#include <charconv>

#include "api/endpoints.hpp"
#include "api/entry_json.hpp"
#include "api/record_json.hpp"
#include "api/record_query.hpp"
#include "ledger/log.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using registers::Record;
using registers::Register;

std::unexpected<Error> no_such_record(const Register& of, std::string_view id) {
    return fail(ErrorKind::not_found, {fmt::format("「{}」に記録 {} はありません。", of.label.ja, id),
                                       fmt::format("register {} has no record {}", of.name, id)});
}

// The record's id in the path: its number, or its natural key.
Result<std::int64_t> record_id(const Call& call, store::Database& reader, const Register& of) {
    const std::string& written = call.path["id"];
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), id);
    if (error == std::errc() && end == written.data() + written.size()) return id;
    return registers::resolve(reader, call.site.catalog().schema, of, written);
}

std::string etag_of(std::int64_t version) { return fmt::format("\"v{}\"", version); }

http::Response record_response(const json::object& record, std::int64_t version, int status = 200) {
    http::Response response = json_response(record, status);
    response.headers.set("ETag", etag_of(version));
    return response;
}

Result<http::Response> get_one(Call& call) {
    const Register& of = *TRY(readable_register(call));
    const auto reader = TRY(call.reader());
    const Record record = TRY(readable_record(call, *reader, of));
    call.note_read(of, {record.id});
    return record_response(TRY(json_of(call, reader, of, record)), record.version);
}

std::unexpected<Error> may_not_write(const Register& of) {
    return fail(
        ErrorKind::forbidden,
        {"台帳「" + of.label.ja + "」を変更する権限がありません。情報セキュリティ管理者に依頼してください。",
         "you may not change the register " + of.name + "; ask the security manager"});
}

Result<void> expect_writable(const Call& call, const Register& of, const std::optional<Record>& record) {
    const bool may =
        record ? call.may().may_write(of, *record) : call.may().write(of) != identity::Reach::none;
    if (!may) return may_not_write(of);
    return {};
}

// Fields that the caller may not see cannot be written either: nobody overwrites what they cannot read.
Result<void> expect_visible(const Call& call, const Register& of, const registers::WrittenFields& fields,
                            const Record* record) {
    for (const auto& [name, value] : fields) {
        const registers::Field* const field = of.field(name);
        if (!field || call.may().sees(of, *field, record)) continue;
        return fail(ErrorKind::forbidden, {"項目「" + field->label.ja + "」を変更する権限がありません。",
                                           "you may not change the field " + name});
    }
    return {};
}

// A record about oneself only: what is written must name the writer where the register's rights say so.
Result<void> expect_own(const Call& call, const Register& of, const registers::WrittenFields& fields) {
    if (call.may().write(of) == identity::Reach::all || !of.about_person()) return {};
    const auto subject = fields.find(of.subject);
    const auto reader = TRY(call.site.readers().now());
    const Register& person = *TRY(call.site.catalog().schema.get("person"));
    if (subject != fields.end()) {
        const auto named = registers::resolve(*reader, call.site.catalog().schema, person, subject->second);
        const bool is_own = named && *named == call.who().person;
        const bool is_team =
            named && call.may().write(of) == identity::Reach::team && call.who().reports.contains(*named);
        if (is_own || is_team) return {};
    }
    return may_not_write(of);
}

// The fields of the body: {"fields": {…}}.
Result<registers::WrittenFields> fields_of(const Call& call) {
    const json::object body = TRY(call.body());
    const json::value* const fields = body.if_contains("fields");
    if (fields && fields->is_object()) return written_fields(fields->get_object());
    return fail(ErrorKind::invalid, {"本文に {\"fields\": {\"項目\": 値, …}} を書いてください。",
                                     "the body: write {\"fields\": {\"field\": value, …}}"});
}

http::Response refused(const Call& call, const Register& of, const registers::WrittenFields& fields,
                       const Error& error) {
    Problem problem = problem_of(error);
    const auto reader = call.site.readers().now();
    const bool may_be_fields = error.kind == ErrorKind::invalid || error.kind == ErrorKind::not_found;
    if (reader && may_be_fields)
        problem.fields = problems_of(**reader, call.site.catalog().schema, of, fields);
    // A reference that leads nowhere is a wrong value, not a missing address.
    if (problem.status == 404 && !problem.fields.empty()) {
        problem.status = 422;
        problem.code = "invalid";
    }
    return render(problem, &call.request, call.language);
}

Result<http::Response> written(const Call& call, const Register& of, const registers::Change& change,
                               int status) {
    const auto reader = TRY(call.site.readers().now());
    const auto record = TRY(registers::read(*reader, of, change.id));
    json::object body = json_of(change);
    if (record && call.may().may_read(of, *record)) body["record"] = TRY(json_of(call, reader, of, *record));
    http::Response response = record_response(body, change.version, status);
    if (status == 201)
        response.headers.set("Location", fmt::format("/o/{}/api/v1/registers/{}/records/{}", call.site.name(),
                                                     of.name, change.id));
    return response;
}

Result<http::Response> carry_out(const Call& call, const Register& of, registers::PutRequest request) {
    const registers::WrittenFields fields = request.fields;
    const auto change = call.site.put(std::move(request), call.who().actor());
    if (!change) return refused(call, of, fields, change.error());
    return written(call, of, *change, change->kind == registers::Change::Kind::created ? 201 : 200);
}

Result<http::Response> create(Call& call) {
    const Register& of = *TRY(readable_register(call));
    TRY(expect_writable(call, of, std::nullopt));
    registers::PutRequest request;
    request.register_name = of.name;
    request.fields = TRY(fields_of(call));
    request.must_be_new = true;
    TRY(expect_visible(call, of, request.fields, nullptr));
    TRY(expect_own(call, of, request.fields));
    return carry_out(call, of, std::move(request));
}

Result<http::Response> change(Call& call) {
    const Register& of = *TRY(readable_register(call));
    registers::PutRequest request;
    request.register_name = of.name;
    {
        const auto reader = TRY(call.site.readers().now());
        const Record record = TRY(readable_record(call, *reader, of));
        TRY(expect_writable(call, of, record));
        request.id = record.id;
        request.fields = TRY(fields_of(call));
        TRY(expect_visible(call, of, request.fields, &record));
    }
    if (request.fields.contains(of.subject)) TRY(expect_own(call, of, request.fields));
    request.expected_version = TRY(call.expected_version());
    return carry_out(call, of, std::move(request));
}

// By natural key: what is not there is made. For programs that copy a list.
Result<http::Response> put_by_key(Call& call) {
    const Register& of = *TRY(readable_register(call));
    TRY(expect_writable(call, of, std::nullopt));
    if (call.may().write(of) != identity::Reach::all) return may_not_write(of);
    registers::PutRequest request;
    request.register_name = of.name;
    request.fields = TRY(fields_of(call));
    TRY(expect_visible(call, of, request.fields, nullptr));
    return carry_out(call, of, std::move(request));
}

Result<http::Response> retire(Call& call) {
    const Register& of = *TRY(readable_register(call));
    registers::Change what;
    what.register_name = of.name;
    {
        const auto reader = TRY(call.site.readers().now());
        const Record record = TRY(readable_record(call, *reader, of));
        TRY(expect_writable(call, of, record));
        what.id = record.id;
    }
    std::string reason;
    if (!call.request.body.empty()) {
        const json::object body = TRY(call.body());
        if (const auto* given = body.if_contains("reason"); given && given->is_string())
            reason = given->get_string();
    }
    const auto change = TRY(call.site.retire(what, TRY(call.expected_version()), reason, call.who().actor()));
    return json_response(json_of(change));
}

Result<http::Response> history(Call& call) {
    const Register& of = *TRY(readable_register(call));
    const auto reader = TRY(call.reader());
    const std::int64_t id = TRY(record_id(call, *reader, of));
    const std::vector<Record> versions = TRY(registers::history(*reader, of, id));
    if (versions.empty() || !call.may().may_read(of, versions.back()))
        return no_such_record(of, call.path["id"]);
    call.note_read(of, {id});
    json::array out;
    for (const Record& version : versions) {
        json::object one = TRY(json_of(call, reader, of, version));
        one["entry"] = TRY(entry_json(reader, version.from_index, call.language));
        if (version.to_index) one["until"] = *version.to_index;
        out.push_back(std::move(one));
    }
    json::object body{{"at", reader.entries()}, {"versions", std::move(out)}};
    if (const auto retired = TRY(registers::retired_record(*reader, of, id))) {
        body["retired"] = TRY(entry_json(reader, *retired->last.to_index, call.language));
        body["reason"] = retired->reason;
    }
    return json_response(body);
}

// A cursor names the state and the last record, so that a program sees each record once, however long it
// takes.
struct Page {
    std::int64_t offset = 0, limit = 50;
};

Result<http::Response> list(Call& call) {
    const Register& of = *TRY(readable_register(call));
    const auto reader = TRY(call.reader());
    const Page page{TRY(call.number("offset", 0, 0, 10'000'000)), TRY(call.number("limit", 50, 1, 1000))};
    const RecordQuery query = TRY(query_of(call, *reader, of));
    json::array records;
    const std::vector<std::int64_t> ids = TRY(query.page(*reader, page.offset, page.limit));
    for (const std::int64_t id : ids)
        if (const auto record = TRY(registers::read(*reader, of, id)))
            records.push_back(TRY(json_of(call, reader, of, *record)));
    call.note_read(of, ids);
    json::object body{{"at", reader.entries()},
                      {"total", TRY(query.count(*reader))},
                      {"offset", page.offset},
                      {"records", std::move(records)}};
    const bool by_id = call.parameter("sort").empty() && page.offset == 0;
    if (by_id && std::ssize(ids) == page.limit)
        body["next"] = fmt::format("?at={}&after={}&limit={}", reader.entries(), ids.back(), page.limit);
    return json_response(body);
}

const std::vector<Parameter> list_parameters{
    {"at", "Ledger index at which the list is seen: pages of one index never move. Now, when it is left out",
     "integer"},
    {"offset", "Records to skip", "integer"},
    {"limit", "Records of a page, 1 to 1000", "integer"},
    {"filter",
     "field:operator:value; operators eq ne lt le gt ge contains empty filled; several are all demanded"},
    {"q", "Words, all of them anywhere in a record"},
    {"sort", "Up to three fields by commas, \"-\" in front: downwards"},
    {"after", "Only records with a larger id: what `next` of the page before says", "integer"}};

const Parameter at{"at", "Ledger index at which it is seen; now, when it is left out", "integer"};

const std::string collection = "/registers/{register}/records";
const std::string single = collection + "/{id}";
const std::string tag = "records";

Endpoint reading(std::string pattern, std::string id, std::string summary, std::string gives,
                 std::function<Result<http::Response>(Call&)> run) {
    return {.method = http::Method::get,
            .pattern = std::move(pattern),
            .id = std::move(id),
            .tag = tag,
            .summary = std::move(summary),
            .query = {at},
            .gives = std::move(gives),
            .run = std::move(run),
            .work = http::Work::quick};
}

Endpoint writing(http::Method method, std::string pattern, std::string id, std::string summary,
                 std::function<Result<http::Response>(Call&)> run) {
    return {.method = method,
            .pattern = std::move(pattern),
            .id = std::move(id),
            .tag = tag,
            .summary = std::move(summary),
            .takes = "RecordFields",
            .gives = "RecordChange",
            .run = std::move(run)};
}

}  // namespace

Result<Record> readable_record(const Call& call, store::Database& reader, const Register& of) {
    const auto record = TRY(registers::read(reader, of, TRY(record_id(call, reader, of))));
    // Whose data it is must not be learnt from the answer.
    if (!record || !call.may().may_read(of, *record)) return no_such_record(of, call.path["id"]);
    return *record;
}

std::vector<Endpoint> record_endpoints() {
    using http::Method;
    Endpoint page = reading(collection, "listRecords", "A page of current records", "RecordPage", list);
    page.query = list_parameters;
    Endpoint retirement = writing(Method::post, single + "/retire", "retireRecord",
                                  "Takes the record out of the register; its history stays", retire);
    retirement.takes = "Retirement";
    return {std::move(page),
            reading(single, "getRecord", "A current record, by number or natural key", "Record", get_one),
            reading(single + "/history", "getRecordHistory", "Every version, with who made it when",
                    "RecordHistory", history),
            writing(Method::post, collection, "createRecord",
                    "Adds a record; 409 when its natural key is taken", create),
            writing(Method::put, collection, "putRecord",
                    "Adds the record, or changes the one with its natural key", put_by_key),
            writing(Method::patch, single, "changeRecord",
                    "Changes the fields that are sent; with If-Match only the version that you read", change),
            std::move(retirement)};
}

}  // namespace maru::api
