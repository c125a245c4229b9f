#include "cli/verify_proofs.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <ostream>
#include <type_traits>

#include "cli/files.hpp"
#include "cli/printable.hpp"
#include "cli/progress.hpp"
#include "cli/session.hpp"
#include "packs/file_tree.hpp"
#include "packs/manifest.hpp"
#include "packs/verify.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view receipt_header = "c2sp.org/tlog-proof@";

// Whatever others wrote is shown as what it is.
std::string clean(std::string_view text) { return printable(text); }
template <class Number>
    requires std::is_arithmetic_v<Number>
Number clean(Number number) {
    return number;
}

class Words {
public:
    explicit Words(const Session& session) : session_(session) {}

    template <class... Values>
    void line(const char* ja, const char* en, const Values&... values) const {
        print(session_.say(ja, en), clean(values)...);
    }

    void key(const ledger::VerifierKey& key, bool given) const {
        line("  鍵: {}", "  key: {}", ledger::to_text(key));
        if (!given)
            line(
                "  注意: この鍵はパックの中のものです。組織から別の経路で受け取った鍵と比べるか、--key "
                "で渡してください。",
                "  Note: this key is the pack's own. Compare it with the one that the organisation gave you "
                "by "
                "another way, or pass that with --key.");
    }

    std::string counted(std::uint64_t number, const char* one, const char* many) const {
        if (session_.common.language == Language::ja) return fmt::format("{}", number);
        return fmt::format("{} {}", number, number == 1 ? one : many);
    }

    // What bounds the time from outside; `stamped`: the first entries, that time stamps are over.
    void witnesses(const ledger::TrustedCheckpoint& trusted, std::uint64_t stamped = 0) const {
        for (const auto& one : trusted.witnesses)
            line("  立会人 {} が {} に連署", "  cosigned by the witness {} at {}", one.witness,
                 format_instant(Instant(std::chrono::seconds(one.time))));
        if (!trusted.witnesses.empty()) return;
        if (stamped >= trusted.checkpoint.size)
            line("  立会人の連署はありません。", "  No witness cosigned.");
        else if (stamped > 0)
            line("  立会人の連署はありません。タイムスタンプより後の {} 件の時刻は組織の時計によるものです。",
                 "  No witness cosigned: the times of the {} after the last time stamp are by the "
                 "organisation's own clock.",
                 counted(trusted.checkpoint.size - stamped, "entry", "entries"));
        else
            line("  立会人の連署はありません。時刻は組織の時計によるものです。",
                 "  No witness cosigned: times are by the organisation's own clock.");
    }

private:
    template <class... Clean>
    void print(const char* sentence, const Clean&... values) const {
        session_.out << fmt::format(fmt::runtime(sentence), values...) << "\n";
    }

    const Session& session_;
};

std::string shown(const std::optional<Instant>& instant) {
    return instant ? format_instant_milliseconds(*instant) : "?";
}

void print_pack(const Session& session, const ProofToVerify& proof, const packs::VerifiedPack& pack) {
    const Words words(session);
    words.line("✓ 検証しました: {}", "✓ verified: {}", proof.path.string());
    words.line("  {} 個のファイルはすべて、署名された一覧のとおりです。",
               "  All {} files are those of the signed list.", pack.files);
    words.line(
        "  記録簿 {}: {} 件をすべて計算し直し、署名されたルートと一致しました（{} – {}、タイル {} 枚）。",
        "  Ledger {}: {} hashed again, all there are, giving the signed root ({} – {}, {}).",
        pack.trusted.checkpoint.origin, words.counted(pack.trusted.checkpoint.size, "entry", "entries"),
        shown(pack.first_at), shown(pack.last_at), words.counted(pack.tiles, "tile", "tiles"));
    words.line("  証明 {} 件と、開示された値 {} 個（伏せた値 {} 個）は、記録されたとおりです。",
               "  {} and {} ({} withheld): what was recorded.",
               words.counted(pack.receipts, "receipt", "receipts"),
               words.counted(pack.opened, "opened value", "opened values"), pack.withheld);
    if (pack.closed > 0)
        words.line("  {} 件は、値を開示できません（記録されたことだけを確かめました）。",
                   "  {} without values any more (only that it was recorded was checked).",
                   words.counted(pack.closed, "record", "records"));
    for (const auto& sheet : pack.sheets)
        words.line("  シート {}: その日の終わりまでの {} 件の記録と、定義 {}… から、組織が計算したものです。",
                   "  Sheet of {}: computed by the organisation from the {} known at the end of that day, "
                   "with definitions {}….",
                   sheet.day.iso(),
                   words.counted(static_cast<std::uint64_t>(sheet.entries), "entry", "entries"),
                   sheet.definitions.substr(0, 16));
    if (pack.evidence > 0)
        words.line("  添付ファイル {} 件", "  {}", words.counted(pack.evidence, "attachment", "attachments"));
    if (pack.time_stamps > 0)
        words.line(
            "  タイムスタンプ {} 件はこの記録簿のものです（発行局の署名は openssl ts で確かめてください）。",
            "  {} over this ledger (check the authority's signature with openssl ts).",
            words.counted(pack.time_stamps, "time stamp", "time stamps"));
    words.key(pack.trusted.log, !pack.own_key && !proof.key_from_path);
    words.witnesses(pack.trusted, pack.stamped);
}

std::string shown(const registers::FieldValue& value) {
    const auto scalar = [](const store::Value& one) -> std::string {
        if (const auto* number = std::get_if<std::int64_t>(&one)) return fmt::format("{}", *number);
        if (const auto* text = std::get_if<std::string>(&one)) return *text;
        return "–";
    };
    if (const auto* one = std::get_if<store::Value>(&value)) return scalar(*one);
    std::vector<std::string> items;
    for (const auto& item : std::get<std::vector<store::Value>>(value)) items.push_back(scalar(item));
    return join(items, "; ");
}

// What the catalog here calls the field; none when it does not know it.
std::optional<std::string> name_here(const registers::Register* of, const packs::DisclosedField& field) {
    if (of == nullptr || field.number == 0) return std::nullopt;
    const auto found = std::ranges::find(of->fields, field.number, &registers::Field::number);
    return found == of->fields.end() ? std::nullopt : std::optional(found->name);
}

void print_field(const Words& words, const packs::DisclosedField& field, const std::string& name) {
    if (field.opening)
        words.line("  項目 {} {} = {}", "  field {} {} = {}", field.number, name,
                   shown(field.opening->value));
    else
        words.line("  項目 {} {}: 伏せてあります", "  field {} {}: withheld", field.number, name);
}

// A proof binds numbers of fields; their names are the file's word, and the catalog's where it has one.
void print_fields(const Words& words, const packs::Disclosure& disclosure, const registers::Register* of) {
    if (!disclosure.fields)
        return words.line("  値は開示できません（記録されたことだけを確かめました）。",
                          "  Its values cannot be opened any more; only that it was recorded was checked.");
    for (const auto& field : *disclosure.fields) {
        const std::string name = name_here(of, field).value_or(field.name);
        print_field(words, field, name);
        if (name != field.name)
            words.line("  ！ 項目 {} をファイルは「{}」と呼んでいますが、このカタログでは「{}」です。",
                       "  ! The file calls field {} \"{}\"; in this catalog it is \"{}\".", field.number,
                       field.name, name);
    }
    if (!disclosure.fields->empty())
        words.line("  証明されているのは項目の番号と値です。項目名は証明に含まれません。",
                   "  Numbers and values of fields are proven; their names are not part of the proof.");
}

void print_receipt(const Session& session, const fs::path& path, const packs::VerifiedReceipt& proven) {
    const Words words(session);
    const auto schema = session.schema();  // whoever verifies may have another catalog, or none
    const ledger::Entry& entry = proven.entry;
    words.line("✓ 検証しました: {}", "✓ verified: {}", path.string());
    words.line(
        "  {} に、台帳 {} の記録 {} の版 {} が{}ました（{}）。",
        "  At {}, of the register {}, record {}, version {} was {} by {}.",
        format_instant_milliseconds(entry.at), entry.register_name, entry.record, entry.version,
        entry.kind == "retire" ? session.say("取り消され", "retired") : session.say("記録され", "recorded"),
        entry.actor.empty() ? session.say("サーバーのコマンド", "the command line of the host")
                            : entry.actor.c_str());
    words.line("  記録簿 {} の {} 番目の記録（0 から数えて）で、署名時の記録は {} 件でした。",
               "  It is entry {1} (counted from 0) of the ledger {0}, which had {2} when it was signed.",
               proven.trusted.checkpoint.origin, proven.index,
               words.counted(proven.trusted.checkpoint.size, "entry", "entries"));
    print_fields(words, proven.disclosure, schema ? schema->find(entry.register_name) : nullptr);
    words.key(proven.trusted.log, true);
    words.witnesses(proven.trusted);
}

Error nothing_here(const fs::path& path) {
    return {ErrorKind::not_found,
            {path.string() + ": MANIFEST も checkpoint もないため、確かめるものがありません。",
             path.string() + ": neither a MANIFEST nor a checkpoint in it: nothing to check"}};
}

std::unexpected<Error> key_needed() {
    return fail(ErrorKind::invalid,
                {"--key に、組織から受け取った鍵（名前+8桁+base64）かそのファイルを指定してください。",
                 "pass the key that the organisation gave you, or a file with it: --key KEY"});
}

std::unexpected<Error> no_record(const fs::path& file) {
    return fail(
        ErrorKind::not_found,
        {"記録証明の対になる記録 " + file.string() + " が読めません。--record で指定してください。",
         "cannot read the record that the receipt is about, " + file.string() + "; name it with --record."});
}

Result<std::string> first_bytes(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string begin(receipt_header.size(), '\0');
    stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    if (!stream && !stream.eof())
        return fail(ErrorKind::unavailable, {file.string() + " を読めません。権限を確かめてください。",
                                             "cannot read " + file.string() + "; check its permissions."});
    begin.resize(static_cast<std::size_t>(stream.gcount()));
    return begin;
}

Result<int> verify_archive(const Session& session, const ProofToVerify& proof) {
    auto tree = packs::FileTree::open(proof.path);
    if (!tree) return refuse(session, prefixed(proof.path.string(), tree.error()));
    const packs::PackFiles files{tree->sizes(), [&](const std::string& name) { return tree->read(name); }};
    if (packs::is_log(files)) {
        std::vector<std::string> names;
        for (const auto& [name, size] : tree->sizes()) names.push_back(name);
        return verify_log(session, proof, {files.read, std::move(names)});
    }
    if (!packs::is_pack(files)) return refuse(session, nothing_here(proof.path));
    const auto pack = packs::verify_pack(files, proof.believed, progress_bar(session));
    if (!pack) return refuse(session, prefixed(proof.path.string(), pack.error()));
    print_pack(session, proof, *pack);
    return 0;
}

Result<int> verify_receipt(const Session& session, const ProofToVerify& proof) {
    if (!proof.believed) return key_needed();
    const fs::path beside =
        proof.record.empty() ? fs::path(proof.path).replace_extension(".json") : proof.record;
    const auto record = read_file(beside);
    if (!record) return no_record(beside);
    const std::string disclosed(record->begin(), record->end());
    if (const auto form = packs::parse_disclosure(disclosed); !form)
        return refuse(session, prefixed(beside.string(), form.error()));
    const Bytes receipt = TRY(read_file(proof.path));
    const auto proven =
        packs::verify_record(std::string(receipt.begin(), receipt.end()), disclosed, *proof.believed);
    if (!proven) return refuse(session, prefixed(proof.path.string(), proven.error()));
    print_receipt(session, proof.path, *proven);
    return 0;
}

}  // namespace

bool is_proof(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored) || fs::exists(path / packs::manifest_name, ignored);
}

Result<int> verify_proof(const Session& session, const ProofToVerify& proof) {
    std::error_code ignored;
    const bool is_receipt =
        fs::is_regular_file(proof.path, ignored) && TRY(first_bytes(proof.path)).starts_with(receipt_header);
    return is_receipt ? verify_receipt(session, proof) : verify_archive(session, proof);
}

}  // namespace maru::cli
