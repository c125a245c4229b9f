// GET /sheets/{sheet}/pack: an audit pack as a file (packs/order.hpp).
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "api/endpoints.hpp"
#include "api/sheet_call.hpp"
#include "api/temporary_folder.hpp"
#include "ledger/fork.hpp"
#include "packs/order.hpp"
#include "store/files.hpp"

namespace maru::api {

namespace {

constexpr std::uint64_t most_evidence = std::uint64_t{256} << 20;  // bytes of attachments in a download
constexpr std::size_t largest_pack = std::size_t{2} << 30;

// `items`: numbers or codes between commas; all that the caller sees when it is left out.
Result<std::vector<const sheets::Item*>> chosen_items(const Call& call, const sheets::Sheet& sheet) {
    auto items = TRY(items_of(call, sheet));
    const std::string written = call.parameter("items");
    if (written.empty()) return items;
    std::set<const sheets::Item*> chosen;
    for (const std::string& name : split(written, ',')) {
        const sheets::Item* const item = sheet.item(trim(name));
        if (!item || !call.may().sees_item(item->code))
            return fail(ErrorKind::invalid, {fmt::format("items: 設問「{}」はありません。", name),
                                             fmt::format("items: there is no item \"{}\"", name)});
        chosen.insert(item);
    }
    items = sheet.rows(sheets::Sheet::Rows::all);
    std::erase_if(items, [&](const sheets::Item* item) { return !chosen.contains(item); });
    return items;
}

// What would be handed out contradicts what was signed.
Result<void> expect_no_fork(const Call& call, store::Database& reader) {
    const auto fork =
        TRY(registers::Organisation::find_fork(call.site.folder(), reader, call.site.environment()));
    return fork ? fail(ErrorKind::conflict, ledger::explanation(*fork)) : Result<void>();
}

Result<packs::Period> period_of(const Call& call) {
    const auto wanted = TRY(past_period(call));
    const auto reader = TRY(call.site.readers().now());
    TRY(expect_no_fork(call, *reader));
    return packs::period_of(*reader, {asked_by(call, "from"), asked_by(call, "to")}, wanted.from, wanted.to);
}

// Everything that the registers behind the items hold may be in it.
void note_reads(const Call& call, const std::vector<const sheets::Item*>& items) {
    std::vector<std::string> codes;
    for (const sheets::Item* item : items) codes.push_back(item->code);
    for (const std::string& name : call.site.catalog().registers_of_items(codes))
        call.note_read_all(*call.site.catalog().schema.find(name));
}

Result<http::Response> pack(Call& call) {
    TRY(call.expect(identity::Action::export_packs));
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const auto items = TRY(chosen_items(call, sheet));
    TRY(call.site.organisation().checkpoint());
    call.site.committed_checkpoint();
    const packs::Period period = TRY(period_of(call));
    packs::PackOptions options{period.from.day, period.to.day, items};
    options.records = TRY(call.number("records", options.records, 0, 1'000'000));
    options.evidence_bytes = most_evidence;
    options.progress = call.progress();
    const TemporaryFolder folder = TRY(TemporaryFolder::make());
    const std::filesystem::path file = folder.path() / "pack.zip";
    const Catalog& catalog = call.site.catalog();
    const packs::PackSource source{catalog.folder, call.site.folder(), call.site.environment().anchors,
                                   catalog.schema, catalog.library,    call.site.environment().random};
    TRY(packs::make_pack(source, {sheet, period, options}, file));
    const Bytes bytes = TRY(store::read_file(file, largest_pack));
    note_reads(call, items);
    auto response = http::text_response(200, "application/zip", std::string(bytes.begin(), bytes.end()));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Content-Disposition",
                         fmt::format("attachment; filename=\"{}-{}-{}-{}.zip\"", call.site.name(), sheet.name,
                                     period.from.day.iso(), period.to.day.iso()));
    return response;
}

}  // namespace

std::vector<Endpoint> pack_endpoints() {
    return {
        {.pattern = "/sheets/{sheet}/pack",
         .id = "makePack",
         .tag = "sheets",
         .summary = "An audit pack: log, proofs, evidence and the sheet at both ends of a period, as a zip "
                    "archive that is verified offline",
         .query = {{"from", "First day; a year before `to` when it is left out", "day"},
                   {"to", "Last day; today when it is left out", "day"},
                   {"items", "Numbers or codes of items between commas; all when it is left out"},
                   {"rows", "all: also the areas that are not published"},
                   {"records", "Disclosed per register at most; 1000 when it is left out", "integer"},
                   {"job", "A word of yours under which `progress` events of /events tell how far it is"}},
         .gives = "application/zip",
         .run = pack}};
}

}  // namespace maru::api
