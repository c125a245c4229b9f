// Who read personal data.
#include <boost/json.hpp>

#include "api/endpoints.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;

json::array names_of(const Call& call, const identity::AccessLine& line) {
    json::array out;
    const registers::Register* of = call.site.catalog().schema.find(line.register_name);
    if (!of) return out;
    for (const registers::Field& field : of->fields)
        if (std::ranges::find(line.fields, field.number) != line.fields.end()) out.emplace_back(field.name);
    return out;
}

Result<http::Response> list(Call& call) {
    TRY(call.expect(identity::Action::see_access_record));
    identity::AccessStore::AccessPage page;
    page.from = TRY(call.number("before", 0, 0, INT64_MAX));
    page.limit = static_cast<int>(TRY(call.number("limit", 100, 1, 1000)));
    page.record = TRY(call.number("record", 0, 0, INT64_MAX));
    page.who = call.parameter("who");
    page.register_name = call.parameter("register");
    json::array out;
    for (const auto& stored : TRY(call.site.access().accesses(page))) {
        json::object line{{"number", stored.number},
                          {"at", format_instant_milliseconds(stored.line.at)},
                          {"who", stored.line.who},
                          {"register", stored.line.register_name},
                          {"records", json::value_from(stored.line.records)},
                          {"fields", names_of(call, stored.line)},
                          {"request", stored.line.request},
                          {"entry", nullptr}};
        if (stored.entry) line["entry"] = *stored.entry;
        out.push_back(std::move(line));
    }
    return json_response(json::object{{"lines", std::move(out)}});
}

Result<http::Response> verify(Call& call) {
    TRY(call.expect(identity::Action::see_access_record));
    const auto reader = TRY(call.site.readers().now());
    const auto found = TRY(call.site.access().verify_accesses(*reader));
    json::array faults;
    for (const Text& fault : found.faults) faults.emplace_back(fault.in(call.language));
    return json_response(json::object{{"batches", found.batches},
                                      {"lines", found.lines},
                                      {"unsealed", found.unsealed},
                                      {"faults", std::move(faults)}});
}

}  // namespace

std::vector<Endpoint> access_record_endpoints() {
    Endpoint page{.pattern = "/access-record",
                  .id = "listAccesses",
                  .tag = "access record",
                  .summary = "Who read personal data, the newest first",
                  .query = {{"before", "Lines with smaller numbers", "integer"},
                            {"limit", "Lines, 1 to 1000", "integer"},
                            {"who", "person:17 or user:23"},
                            {"register", "Name of a register"},
                            {"record", "Number of a record", "integer"}},
                  .gives = "AccessList",
                  .run = list};
    Endpoint verification{.pattern = "/access-record/verification",
                          .id = "verifyAccesses",
                          .tag = "access record",
                          .summary = "Compares the lines with the ledger's seals",
                          .gives = "AccessVerification",
                          .run = verify};
    return {std::move(page), std::move(verification)};
}

}  // namespace maru::api
