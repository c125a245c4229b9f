// Erasing people (docs/formats/erasure.md): looked at first, then confirmed by the code and the hash of what
// was looked at.
#include <fmt/core.h>

#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/erasure_json.hpp"
#include "api/members.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using identity::Action;
using registers::ErasurePlan;

const registers::Register& persons(const Call& call) { return *call.site.catalog().schema.find("person"); }

// A current or retired person, by code or #id.
Result<std::int64_t> person_of(const Call& call, store::Database& reader, const std::string& written) {
    const registers::Schema& schema = call.site.catalog().schema;
    const auto current = registers::resolve(reader, schema, persons(call), written);
    if (current || current.error().kind != ErrorKind::not_found) return current;
    const auto retired = registers::resolve_retired(reader, schema, persons(call), written);
    return retired ? retired : current;
}

Result<ErasurePlan> plan_of(const Call& call, const std::string& written) {
    const auto reader = TRY(call.site.readers().now());
    const std::int64_t person = TRY(person_of(call, *reader, written));
    return registers::plan_erasure(*reader, call.site.catalog().schema, person, call.site.today());
}

Result<http::Response> list(Call& call) {
    if (!call.may().may(Action::see_access_record)) TRY(call.expect(Action::erase_people));
    const auto reader = TRY(call.site.readers().now());
    json::array out;
    for (const registers::PastErasure& one : TRY(registers::past_erasures(*reader)))
        out.push_back(json_of(one));
    return json_response(json::object{{"erasures", std::move(out)}});
}

Result<http::Response> plan(Call& call) {
    TRY(call.expect(Action::erase_people));
    const ErasurePlan found = TRY(plan_of(call, call.path["person"]));
    json::object out = json_of(call, found);
    out["hash"] = hash_of(found);
    call.note_read(persons(call), {found.person});
    return json_response(out);
}

Result<Day> requested_on(const Call& call, const json::object& body) {
    const std::string written = TRY(text_member(body, "requested"));
    if (written.empty()) return call.site.today();
    const auto day = parse_written_day(written);
    if (!day) return std::unexpected(prefixed("requested", day.error()));
    if (*day <= call.site.today()) return *day;
    return fail(ErrorKind::invalid, {"requested: 今日より後の日です。請求された日を書いてください。",
                                     "requested: lies ahead; write the day of the request"});
}

// Nobody erases the wrong person, or more than was shown, by a slip of the hand.
Result<void> expect_confirmed(const json::object& body, const ErasurePlan& found, const std::string& person) {
    if (TRY(required_text(body, "confirm")) != person)
        return fail(ErrorKind::invalid,
                    {"confirm: 従業者をもう一度、person と同じに入力してください。何も消していません。",
                     "confirm: write the person once more, as in person; nothing was erased"});
    if (TRY(required_text(body, "hash")) == hash_of(found)) return {};
    return fail(ErrorKind::conflict,
                {"確認した後に内容が変わりました。もう一度 GET /erasures/plan/… "
                 "で内容を確かめてください。何も消していません。",
                 "what would go has changed since; look at GET /erasures/plan/… again; nothing was erased"});
}

Result<http::Response> erase(Call& call) {
    TRY(call.expect(Action::erase_people));
    const json::object body = TRY(call.body());
    const std::string person = TRY(required_text(body, "person"));
    const std::string basis = TRY(required_text(body, "basis"));
    const Day requested = TRY(requested_on(call, body));
    const ErasurePlan found = TRY(plan_of(call, person));
    TRY(expect_confirmed(body, found, person));
    const registers::ErasureRequest request{found.person, basis, requested, call.site.today()};
    const auto done = TRY(call.site.erase(found, request, call.who().actor()));
    const auto residue = TRY(registers::find_residue(call.site.folder(), found.erased_words));
    return json_response(json_of(call, done, residue), 201);
}

}  // namespace

std::vector<Endpoint> erasure_endpoints() {
    return {
        {.method = http::Method::get,
         .pattern = "/erasures",
         .id = "listErasures",
         .tag = "erasures",
         .summary = "Erasures so far",
         .gives = "Erasures",
         .run = list},
        {.method = http::Method::get,
         .pattern = "/erasures/plan/{person}",
         .id = "planErasure",
         .tag = "erasures",
         .summary = "What erasing a person (code or #number) would take, what stays and why; erases nothing",
         .gives = "ErasurePlan",
         .run = plan,
         .secret = true},
        {.method = http::Method::post,
         .pattern = "/erasures",
         .id = "erasePerson",
         .tag = "erasures",
         .summary =
             "Erases a person for good: needs the hash of the plan that was looked at, and the code twice",
         .takes = "ErasureOrder",
         .gives = "ErasureDone",
         .run = erase,
         .secret = true}};
}

}  // namespace maru::api
