// The ledger: what is signed, who witnessed it, the latest entries, receipts.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "api/endpoints.hpp"
#include "api/entry_json.hpp"
#include "ledger/log.hpp"
#include "ledger/policy.hpp"
#include "ledger/receipt.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "packs/prover.hpp"
#include "registers/past.hpp"
#include "registers/secrets.hpp"
#include "store/files.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using registers::Field;
using registers::Record;
using registers::Register;

json::object json_of(const ledger::StoredCheckpoint& checkpoint, const std::string& note) {
    return {{"size", checkpoint.checkpoint.size},
            {"root", base64(checkpoint.checkpoint.root)},
            {"signedAt", format_instant(checkpoint.created)},
            {"note", note}};
}

json::array json_of(const std::vector<ledger::StoredCosignature>& cosignatures) {
    json::array all;
    for (const ledger::StoredCosignature& one : cosignatures)
        all.push_back({{"witness", one.witness},
                       {"size", one.size},
                       {"at", format_instant(Instant(std::chrono::seconds(one.time)))}});
    return all;
}

// The keys of the witnesses that the organisation asks (policy.txt); none without a policy that can be read.
json::array witness_keys(const Call& call) {
    json::array keys;
    const auto bytes = store::read_file(call.site.folder() / "policy.txt", ledger::max_policy);
    if (!bytes) return keys;
    const auto policy = ledger::parse_policy(std::string(bytes->begin(), bytes->end()));
    if (!policy) return keys;
    for (const ledger::PolicyWitness& witness : policy->witnesses)
        keys.push_back(json::value(to_text(witness.key)));
    return keys;
}

Result<http::Response> status(Call& call) {
    const auto reader = TRY(call.site.readers().now());
    const ledger::LogState state = TRY(ledger::stored_state(*reader));
    json::object body{
        {"size", state.size}, {"root", base64(state.root)}, {"witnessKeys", witness_keys(call)}};
    if (const auto key = TRY(ledger::log_key(*reader))) {
        body["origin"] = key->name;
        body["key"] = to_text(*key);
    }
    if (const auto newest = TRY(ledger::newest_checkpoint(*reader))) {
        body["checkpoint"] = json_of(*newest, TRY(ledger::published_note(*reader, *newest)));
        body["cosignatures"] = json_of(TRY(ledger::cosignatures_of(*reader, newest->checkpoint.size)));
    }
    return json_response(body);
}

// What the caller may read of an entry's record; entries of other registers say only that something happened.
Result<json::object> json_of_entry(const Call& call, const Readers::Lease& reader,
                                   const registers::LedgerEntry& entry, std::int64_t index) {
    json::object out = TRY(entry_json(reader, index, call.language));
    const Register* const of = entry.change.of;
    if (!of || call.may().read(*of) == identity::Reach::none) return out;
    out["register"] = of->name;
    out["registerLabel"] = of->label.in(call.language);
    out["version"] = entry.entry.version;
    const auto record = TRY(registers::read(*reader, *of, entry.change.id));
    if (record && !call.may().may_read(*of, *record)) return out;
    if (!record && call.may().read(*of) != identity::Reach::all) return out;
    const RecordName& name = reader.names().of(of->name, entry.change.id);
    out["record"] = {{"id", entry.change.id}, {"key", name.key}, {"title", name.title.in(call.language)}};
    return out;
}

Result<http::Response> entries(Call& call) {
    const auto reader = TRY(call.site.readers().now());
    const std::int64_t before = TRY(call.number("before", reader.entries(), 0, reader.entries()));
    const std::int64_t limit = TRY(call.number("limit", 20, 1, 200));
    auto walk = TRY(registers::Entries::open(*reader, call.site.catalog().schema));
    json::array all;
    for (std::int64_t index = before - 1; index >= std::max<std::int64_t>(0, before - limit); --index)
        all.push_back(TRY(json_of_entry(call, reader, TRY(walk.at(index)), index)));
    return json_response(json::object{{"size", reader.entries()}, {"entries", std::move(all)}});
}

packs::FieldNumbers visible_fields(const Call& call, const Register& of, const Record& record) {
    packs::FieldNumbers out;
    for (const Field& field : of.fields)
        if (call.may().sees(of, field, &record)) out.insert(field.number);
    return out;
}

Result<Record> version_in(const Call& call, store::Database& reader, const Register& of, std::int64_t id) {
    const std::vector<Record> versions = TRY(registers::history(reader, of, id));
    const std::int64_t wanted =
        TRY(call.number("version", versions.empty() ? 0 : versions.back().version, 0, 1'000'000'000));
    const auto found = std::ranges::find(versions, wanted, &Record::version);
    if (found != versions.end()) return *found;
    return fail(ErrorKind::not_found, {"この版はありません。", "there is no such version"});
}

// The proof, and the version with the fields that the caller sees opened: both as files that other tools
// take.
Result<http::Response> receipt(Call& call) {
    const Register& of = *TRY(readable_register(call));
    TRY(call.site.organisation().checkpoint());
    call.site.committed_checkpoint();
    const auto reader = TRY(call.site.readers().now());
    const Record current = TRY(readable_record(call, *reader, of));
    const Record version = TRY(version_in(call, *reader, of, current.id));
    const auto newest = TRY(ledger::newest_checkpoint(*reader));
    if (!newest)
        return fail(ErrorKind::unavailable, {"まだ署名がありません。", "nothing has been signed yet"});
    packs::Prover prover = TRY(packs::Prover::open(*reader, *newest));
    auto secrets = TRY(registers::open_secrets(call.site.folder(), {}));
    const packs::DisclosureSource source{*reader, secrets.keys};
    const auto disclosure = TRY(packs::disclose(source, of, version, visible_fields(call, of, version)));
    const ledger::Receipt proof = TRY(prover.receipt(version.from_index));
    const auto key = TRY(ledger::log_key(*reader));
    call.note_read(of, {current.id});
    return json_response(json::object{{"index", proof.index},
                                      {"proof", ledger::to_text(proof)},
                                      {"record", packs::to_json(disclosure)},
                                      {"key", key ? to_text(*key) : ""}});
}

}  // namespace

std::optional<std::int64_t> person_of(std::string_view actor) {
    constexpr std::string_view person = "person:";
    std::int64_t id = 0;
    const char* const end = actor.data() + actor.size();
    if (!actor.starts_with(person)) return std::nullopt;
    if (std::from_chars(actor.data() + person.size(), end, id).ptr != end) return std::nullopt;
    return id;
}

Result<json::object> entry_json(const Readers::Lease& reader, std::int64_t index, Language language) {
    const ledger::Entry entry = TRY(ledger::entry_at(*reader, index));
    json::object out{{"index", index}, {"at", format_instant(entry.at)}, {"kind", entry.kind}};
    if (const auto person = person_of(entry.actor)) {
        const RecordName& name = reader.names().of("person", *person);
        out["by"] = {{"id", *person}, {"key", name.key}, {"title", name.title.in(language)}};
    }
    return out;
}

std::vector<Endpoint> ledger_endpoints() {
    const std::string tag = "ledger";
    return {
        {.pattern = "/ledger",
         .id = "getLedger",
         .tag = tag,
         .summary = "Size, root, the newest checkpoint and who witnessed it",
         .gives = "Ledger",
         .run = status},
        {.pattern = "/ledger/entries",
         .id = "listEntries",
         .tag = tag,
         .summary = "The latest entries, newest first: who changed what",
         .query = {{"before", "Only entries with a smaller index", "integer"},
                   {"limit", "1 to 200", "integer"}},
         .gives = "EntryPage",
         .run = entries},
        {.pattern = "/registers/{register}/records/{id}/receipt",
         .id = "getReceipt",
         .tag = tag,
         .summary =
             "Proof that a version is in the ledger (C2SP tlog-proof), and the version with the fields that "
             "you may see opened",
         .query = {{"version", "The newest, when it is left out", "integer"}},
         .gives = "Receipt",
         .run = receipt}};
}

}  // namespace maru::api
