// Requests: list, get, ask, change, decide, comment.
#include <fmt/core.h>

#include <boost/json.hpp>
#include <charconv>

#include "api/endpoints.hpp"
#include "api/excepted_row.hpp"
#include "api/members.hpp"
#include "api/record_json.hpp"
#include "api/request_json.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using registers::WriteContext;
using workflow::Desk;
using workflow::Done;
using workflow::Kind;
using workflow::Request;

Desk desk_of(Site& site) { return Desk(site.catalog().kinds, site.catalog().schema, site.catalog().library); }

std::unexpected<Error> no_such_request(std::string_view written) {
    return fail(ErrorKind::not_found, {fmt::format("申請 {} はありません。", written),
                                       fmt::format("there is no request {}", written)});
}

const registers::Register& request_register(const Call& call) {
    return *call.site.catalog().schema.find("request");
}

// Security office, top management and auditors by their rights over the register; others when they take part.
Result<bool> is_visible(const Call& call, store::Database& reader, const Kind& kind, const Request& request) {
    if (call.may().read(request_register(call)) == identity::Reach::all) return true;
    return workflow::takes_part(reader, call.site.catalog().schema, kind, request, call.who(),
                                call.site.today());
}

struct Found {
    Request request;
    const Kind* kind = nullptr;
};

// By number or code. not_found also for those that are not the caller's to see.
Result<Found> find(const Call& call, store::Database& reader) {
    const std::string& written = call.path["id"];
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), id);
    if (error != std::errc() || end != written.data() + written.size()) {
        const auto by_code =
            registers::resolve(reader, call.site.catalog().schema, request_register(call), written);
        if (!by_code) return no_such_request(written);
        id = *by_code;
    }
    auto request = workflow::find_request(reader, call.site.catalog().schema, id);
    if (!request) return no_such_request(written);
    const Kind* const kind = TRY(call.site.catalog().kinds.get(request->kind));
    if (!TRY(is_visible(call, reader, *kind, *request))) return no_such_request(written);
    return Found{std::move(*request), kind};
}

http::Response with_version(const json::object& body, std::int64_t version, int status) {
    http::Response response = json_response(body, status);
    response.headers.set("ETag", fmt::format("\"v{}\"", version));
    return response;
}

Result<http::Response> shown(const Call& call, std::int64_t id, int status) {
    const auto reader = TRY(call.site.readers().now());
    const Request request = TRY(workflow::find_request(*reader, call.site.catalog().schema, id));
    const Kind* const kind = TRY(call.site.catalog().kinds.get(request.kind));
    http::Response response =
        with_version(TRY(detail_of(call, {reader, *kind, request})), request.version, status);
    if (status == 201)
        response.headers.set("Location", fmt::format("/o/{}/api/v1/requests/{}", call.site.name(), id));
    return response;
}

Result<http::Response> get_one(Call& call) {
    const auto reader = TRY(call.site.readers().now());
    const Found found = TRY(find(call, *reader));
    return with_version(TRY(detail_of(call, {reader, *found.kind, found.request})), found.request.version,
                        200);
}

enum class Which { mine, to_approve, all };

Result<Which> which_of(const Call& call) {
    const std::string written = call.parameter("which");
    if (written.empty() || written == "mine") return Which::mine;
    if (written == "to_approve") return Which::to_approve;
    if (written == "all") return Which::all;
    return fail(ErrorKind::invalid, {"パラメータ which: mine、to_approve、all のどれかを指定してください。",
                                     "parameter which: one of mine, to_approve, all"});
}

// Open ones by their due day, then the others, the newest first.
std::string select_of(Which which) {
    constexpr std::string_view open = "r.state in ('asked', 'approved', 'returned', 'lapsed')";
    std::string where;
    if (which == Which::mine) where = "where r.asked_by = ?1 or r.on_behalf_of = ?1 ";
    if (which == Which::to_approve) where = "where r.state = 'asked' ";
    return fmt::format(
        "select r.id from request r {}order by {} desc, case when {} then r.due_on end, r.id desc", where,
        open, open);
}

Result<std::vector<std::int64_t>> candidates(const Call& call, store::Database& reader, Which which) {
    auto query = TRY(reader.prepare(select_of(which)));
    if (which == Which::mine) query.bind(1, call.who().person);
    std::vector<std::int64_t> ids;
    while (const auto row = TRY(query.step())) ids.push_back(row->integer(0));
    return ids;
}

Result<bool> belongs(const Call& call, store::Database& reader, Which which, const Found& found) {
    switch (which) {
        case Which::mine: return true;
        case Which::to_approve:
            return TRY(workflow::decides(reader, call.site.catalog().schema, *found.kind, found.request,
                                         call.who(), call.site.today()))
                .allowed;
        case Which::all: return is_visible(call, reader, *found.kind, found.request);
    }
    return false;
}

Result<http::Response> list(Call& call) {
    const Which which = TRY(which_of(call));
    const std::int64_t offset = TRY(call.number("offset", 0, 0, 10'000'000));
    const std::int64_t limit = TRY(call.number("limit", 50, 1, 200));
    const auto reader = TRY(call.site.readers().now());
    std::int64_t total = 0;
    std::vector<std::int64_t> noted;
    json::array out;
    for (const std::int64_t id : TRY(candidates(call, *reader, which))) {
        Found found{TRY(workflow::find_request(*reader, call.site.catalog().schema, id)), nullptr};
        found.kind = call.site.catalog().kinds.find(found.request.kind);
        if (!found.kind || !TRY(belongs(call, *reader, which, found))) continue;
        const std::int64_t at = total++;
        if (at < offset || at >= offset + limit) continue;
        out.push_back(TRY(head_of(call, {reader, *found.kind, found.request})));
        noted.push_back(id);
    }
    if (!noted.empty()) call.note_read(request_register(call), std::move(noted));
    return json_response(json::object{{"total", total}, {"offset", offset}, {"requests", std::move(out)}});
}

Result<http::Response> kinds(Call& call) {
    json::array out;
    for (const Kind& kind : call.site.catalog().kinds.all())
        if (workflow::may_ask(kind, call.who(), call.who().person)) out.push_back(json_of(call, kind));
    return json_response(json::object{{"kinds", std::move(out)}});
}

// A token that only reads decides nothing, whoever made it.
Result<void> expect_writer(const Call& call) {
    if (call.who().scope != identity::TokenScope::read) return {};
    return fail(ErrorKind::forbidden, {"このトークンは読み取り専用です。", "this token only reads"});
}

Result<registers::WrittenFields> fields_in(const json::object& body) {
    const json::value* const fields = body.if_contains("fields");
    if (!fields) return registers::WrittenFields{};
    if (fields->is_object()) return written_fields(fields->get_object());
    return fail(ErrorKind::invalid, {"本文に {\"fields\": {\"項目\": 値, …}} を書いてください。",
                                     "the body: write {\"fields\": {\"field\": value, …}}"});
}

// A person as {"id": number} or by code; 0 when it is not there.
Result<std::int64_t> subject_in(const Call& call, const json::object& body) {
    const json::value* const named = body.if_contains("onBehalfOf");
    if (!named || named->is_null()) return 0;
    const registers::WrittenFields written = TRY(written_fields(json::object{{"onBehalfOf", *named}}));
    const auto reader = TRY(call.site.readers().now());
    const registers::Schema& schema = call.site.catalog().schema;
    return registers::resolve(*reader, schema, *TRY(schema.get("person")), written.at("onBehalfOf"));
}

using Work = std::function<Result<Done>(WriteContext&)>;

Result<std::int64_t> carry_out(const Call& call, const Work& work) {
    std::int64_t id = 0;
    TRY(call.site.write(
        [&](WriteContext& context) -> Result<std::vector<registers::Change>> {
            Done done = TRY(work(context));
            id = done.request;
            return std::move(done.changes);
        },
        call.who().actor()));
    return id;
}

http::Response refused(const Call& call, const Kind& kind, const registers::WrittenFields& fields,
                       Error error) {
    // What is not there is named by the content, not by the address.
    if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::invalid;
    Problem problem = problem_of(error);
    const registers::Schema& schema = call.site.catalog().schema;
    const auto reader = call.site.readers().now();
    if (reader && error.kind == ErrorKind::invalid)
        problem.fields = problems_of(**reader, schema, *schema.find(kind.register_name), fields);
    return render(problem, &call.request, call.language);
}

// What the asker sent is tried out first, so that the approver is not the one who hears what is wrong.
Result<http::Response> tried(const Call& call, const workflow::Draft& draft, const Work& work, int status) {
    const Kind& kind = *TRY(call.site.catalog().kinds.get(draft.kind));
    const auto right = desk_of(call.site).rehearse(call.site.organisation(), call.who(), draft);
    if (!right) return refused(call, kind, draft.fields, right.error());
    const auto id = carry_out(call, work);
    if (!id) return refused(call, kind, draft.fields, id.error());
    return shown(call, *id, status);
}

Result<http::Response> ask(Call& call) {
    TRY(expect_writer(call));
    const json::object body = TRY(call.body());
    workflow::Draft draft{TRY(required_text(body, "kind")), TRY(subject_in(call, body)), TRY(fields_in(body)),
                          TRY(text_member(body, "comment"))};
    const Kind& kind = *TRY(call.site.catalog().kinds.get(draft.kind));
    if (workflow::may_ask(kind, call.who(), call.who().person)) TRY(complete_row(call, kind, draft.fields));
    return tried(
        call, draft,
        [&](WriteContext& context) { return desk_of(call.site).ask(context, call.who(), draft); }, 201);
}

// The caller sees the request; whether they may do this is the desk's to say.
Result<std::int64_t> visible_id(const Call& call) {
    TRY(expect_writer(call));
    const auto reader = TRY(call.site.readers().now());
    return TRY(find(call, *reader)).request.id;
}

// A change does not say whose the row is either.
Result<void> keep_row(const Call& call, workflow::Draft& draft, registers::WrittenFields& fields) {
    const Kind& kind = *TRY(call.site.catalog().kinds.get(draft.kind));
    if (kind.check_field.empty()) return {};
    TRY(complete_row(call, kind, draft.fields));
    for (const auto* field : {"subject_record", "subject_label", "owner"})
        if (const auto now = draft.fields.find(field); now != draft.fields.end()) fields[field] = now->second;
    return {};
}

Result<http::Response> change(Call& call) {
    const std::int64_t id = TRY(visible_id(call));
    registers::WrittenFields fields = TRY(fields_in(TRY(call.body())));
    workflow::Draft draft;
    {
        const auto reader = TRY(call.site.readers().now());
        draft = TRY(desk_of(call.site).changed_draft(*reader, call.who(), id, fields));
    }
    TRY(keep_row(call, draft, fields));
    return tried(
        call, draft,
        [&](WriteContext& context) { return desk_of(call.site).change(context, call.who(), id, fields); },
        200);
}

Result<http::Response> approve(Call& call) {
    const std::int64_t id = TRY(visible_id(call));
    const std::string hash = TRY(required_text(TRY(call.body()), "hash"));
    TRY(carry_out(call, [&](WriteContext& context) {
        return desk_of(call.site).approve(context, call.who(), id, hash);
    }));
    return shown(call, id, 200);
}

using Decision = Result<Done> (Desk::*)(WriteContext&, const identity::Principal&, std::int64_t,
                                        const std::string&) const;

Result<http::Response> with_text(const Call& call, std::string_view member, Decision decision, int status) {
    const std::int64_t id = TRY(visible_id(call));
    const std::string text = TRY(text_member(TRY(call.body()), member));
    TRY(carry_out(call, [&](WriteContext& context) {
        const Desk desk = desk_of(call.site);
        return (desk.*decision)(context, call.who(), id, text);
    }));
    return shown(call, id, status);
}

Result<http::Response> reject(Call& call) { return with_text(call, "reason", &Desk::reject, 200); }
Result<http::Response> give_back(Call& call) { return with_text(call, "reason", &Desk::give_back, 200); }
Result<http::Response> comment(Call& call) { return with_text(call, "text", &Desk::comment, 200); }

Result<http::Response> withdraw(Call& call) {
    const std::int64_t id = TRY(visible_id(call));
    TRY(carry_out(
        call, [&](WriteContext& context) { return desk_of(call.site).withdraw(context, call.who(), id); }));
    return shown(call, id, 200);
}

Endpoint endpoint(http::Method method, std::string pattern, std::string id, std::string summary,
                  std::function<Result<http::Response>(Call&)> run) {
    return {.method = method,
            .pattern = std::move(pattern),
            .id = std::move(id),
            .tag = "requests",
            .summary = std::move(summary),
            .gives = "Request",
            .run = std::move(run)};
}

Endpoint deciding(const std::string& verb, std::string id, std::string summary, std::string takes,
                  std::function<Result<http::Response>(Call&)> run) {
    Endpoint out = endpoint(http::Method::post, "/requests/{id}/" + verb, std::move(id), std::move(summary),
                            std::move(run));
    out.takes = std::move(takes);
    return out;
}

}  // namespace

std::vector<Endpoint> request_endpoints() {
    using http::Method;
    Endpoint page = endpoint(Method::get, "/requests", "listRequests",
                             "Requests, the open ones first, by the day until they are to be decided", list);
    page.query = {{"which", "mine (also about me), to_approve (that I may decide now), all (that I may see)"},
                  {"offset", "Requests to skip", "integer"},
                  {"limit", "Requests of a page, 1 to 200", "integer"}};
    page.gives = "RequestPage";
    Endpoint all_kinds = endpoint(Method::get, "/request-kinds", "listRequestKinds",
                                  "What you may ask for, with the fields to fill", kinds);
    all_kinds.gives = "RequestKinds";
    Endpoint asking = endpoint(Method::post, "/requests", "createRequest",
                               "Asks; 422 for what could not be carried out", ask);
    asking.takes = "NewRequest";
    Endpoint changing =
        endpoint(Method::patch, "/requests/{id}", "changeRequest",
                 "Changes the fields that are sent and asks again; an approval given so far is void", change);
    changing.takes = "RecordFields";
    return {std::move(page),
            endpoint(Method::get, "/requests/{id}", "getRequest",
                     "What is asked, before and after, its hash, what was said, what you may do", get_one),
            std::move(all_kinds),
            std::move(asking),
            std::move(changing),
            deciding("approve", "approveRequest",
                     "Approves what has this hash and carries it out; 409 when the content is another now",
                     "RequestApproval", approve),
            deciding("reject", "rejectRequest", "Refuses for good", "RequestDecision", reject),
            deciding("return", "returnRequest", "Gives it back to be changed", "RequestDecision", give_back),
            deciding("withdraw", "withdrawRequest", "Takes one's own request back", "", withdraw),
            deciding("comments", "commentRequest", "Says something about it", "RequestComment", comment)};
}

Result<void> settle_requests(Site& site) {
    {
        const auto reader = TRY(site.readers().now());
        const auto waiting =
            TRY(reader->query_integer("select count(*) from request r where r.state = 'approved'"));
        if (waiting.value_or(0) == 0) return {};
    }
    TRY(site.write([&](WriteContext& context) { return desk_of(site).settle(context); }, ""));
    return {};
}

}  // namespace maru::api
