#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "cli/files.hpp"
#include "cli/session.hpp"
#include "cli/signing.hpp"
#include "packs/prover.hpp"
#include "registers/secrets.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;
using packs::Disclosure;
using packs::FieldNumbers;
using registers::Field;
using registers::Record;
using registers::Register;

constexpr int reason_field = 0;  // of a retirement

bool for_everyone(const std::vector<std::string>& roles) {
    return std::ranges::find(roles, "everyone") != roles.end();
}

// What anybody in the organisation may see.
FieldNumbers open_fields(const Register& of) {
    FieldNumbers out;
    for (const Field& field : of.fields)
        if (!field.personal && for_everyone(field.read.empty() ? of.read : field.read))
            out.insert(field.number);
    return out;
}

FieldNumbers all_fields(const Register& of) {
    FieldNumbers out{reason_field};
    for (const Field& field : of.fields) out.insert(field.number);
    return out;
}

Result<FieldNumbers> chosen_fields(const Register& of, const std::string& names) {
    if (names.empty()) return open_fields(of);
    if (names == "all") return all_fields(of);
    FieldNumbers out;
    for (const std::string& name : split(names, ',')) {
        const Field* field = of.field_by_heading(name);
        if (name == "reason" && field == nullptr)
            out.insert(reason_field);
        else if (field != nullptr)
            out.insert(field->number);
        else
            return fail(
                ErrorKind::not_found,
                {fmt::format(
                     "--fields: 「{}」に項目「{}」はありません。maru catalog registers {} で一覧できます。",
                     of.label.ja, name, of.name),
                 fmt::format("--fields: {} has no field {}; see maru catalog registers {}.", of.name, name,
                             of.name)});
    }
    return out;
}

// A version, or the retirement that came after the last one.
struct Wanted {
    Record record;
    bool retirement = false;
    std::int64_t index() const { return retirement ? *record.to_index : record.from_index; }
};

Result<Wanted> find_version(const std::vector<Record>& versions, std::optional<std::int64_t> number) {
    if (versions.empty())
        return fail(ErrorKind::not_found, {"この記録はありません。", "there is no such record."});
    const Record& last = versions.back();
    const std::int64_t newest = last.version + (last.to_index ? 1 : 0);
    const std::int64_t wanted = number.value_or(newest);
    if (last.to_index && wanted == newest) return Wanted{last, true};
    const auto found = std::ranges::find(versions, wanted, &Record::version);
    if (found != versions.end()) return Wanted{*found, false};
    return fail(
        ErrorKind::not_found,
        {fmt::format("--version: 版は 1 から {} までです（途中の取消は証明できません）。", newest),
         fmt::format("--version: versions go from 1 to {} (a retirement in between cannot be chosen).",
                     newest)});
}

std::string names_of(const Disclosure& disclosure, bool opened) {
    std::vector<std::string> names;
    if (disclosure.fields)
        for (const auto& field : *disclosure.fields)
            if (field.opening.has_value() == opened) names.push_back(field.name);
    return names.empty() ? "–" : join(names, ", ");
}

void print(const Session& session, const fs::path& proof, const fs::path& beside,
           const Disclosure& disclosure, const ledger::Receipt& receipt, const std::string& key) {
    session.out << fmt::format(
        fmt::runtime(session.say(
            "変更記録 {} の記録証明: {}\n開示した記録: {}\n  開示した項目: {}\n  伏せた項目: {}\n",
            "Receipt of entry {}: {}\nThe record: {}\n  opened: {}\n  withheld: {}\n")),
        receipt.index, proof.string(), beside.string(), names_of(disclosure, true),
        names_of(disclosure, false));
    if (!disclosure.fields)
        session.out << session.say(
            "  値は開示できません（本人の鍵を消去したか、台帳の項目が変わったため）。\n",
            "  The values cannot be opened any more (the person's key was destroyed, or the "
            "register's fields changed).\n");
    session.out << fmt::format(fmt::runtime(session.say("検証: maru ledger verify {} --key '{}'\n",
                                                        "Verify: maru ledger verify {} --key '{}'\n")),
                               proof.string(), key);
}

}  // namespace

Result<int> run(const Session& session, const ReceiptCommand& command) {
    const fs::path proof = command.output;
    const fs::path beside = fs::path(proof).replace_extension(".json");
    if (proof == beside)
        return fail(ErrorKind::invalid,
                    {"-o: 名前は .tlog-proof で終えてください（.json は開示した記録に使います）。",
                     "-o: let the name end in .tlog-proof; .json is for the record beside it."});
    for (const fs::path& file : {proof, beside})
        TRY(expect_writable(file, command.force ? Existing::replaced : Existing::kept));
    Plain plain = TRY(open_plain(session, {}));
    const Register& of = *TRY(plain.schema.get(command.register_name));
    const std::int64_t id = TRY(find_any_record(plain, of, command.record));
    const FieldNumbers fields = TRY(chosen_fields(of, command.fields));
    const Wanted wanted = TRY(find_version(TRY(registers::history(*plain.reader, of, id)), command.version));
    const fs::path folder = TRY(session.organisation_folder());
    TRY(sign_tail(session, folder, plain.schema));

    auto reader = TRY(registers::Organisation::open_reader(folder, plain.schema));
    auto secrets = TRY(registers::open_secrets(folder, session.environment.random));
    packs::Prover prover = TRY(packs::Prover::open(reader, TRY(newest_of(reader))));
    const ledger::Receipt receipt = TRY(prover.receipt(wanted.index()));
    const packs::DisclosureSource source{reader, secrets.keys};
    const auto retired = TRY(registers::retired_record(reader, of, id));
    const Disclosure disclosure = wanted.retirement && retired
                                      ? TRY(packs::disclose_retirement(source, of, *retired, fields))
                                      : TRY(packs::disclose(source, of, wanted.record, fields));
    TRY(write_file(beside, packs::to_json(disclosure)));
    TRY(write_file(proof, ledger::to_text(receipt)));
    if (of.about_person()) note_written(session, "ledger receipt " + of.name, beside);
    const auto key = TRY(ledger::log_key(reader));
    print(session, proof, beside, disclosure, receipt, key ? ledger::to_text(*key) : "VKEY");
    return 0;
}

}  // namespace maru::cli
