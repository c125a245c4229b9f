#include "packs/verify.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

#include "checks/check.hpp"
#include "crypto/hash.hpp"
#include "ledger/receipt.hpp"
#include "ledger/stored_timestamps.hpp"
#include "ledger/tile.hpp"
#include "ledger/tree.hpp"
#include "ledger/trusted_tiles.hpp"
#include "ledger/verify.hpp"
#include "packs/manifest.hpp"
#include "verification/sheet_facts.hpp"

namespace maru::packs {

namespace {

template <class T>
Result<T> named(const std::string& name, Result<T> result) {
    if (!result) return std::unexpected(prefixed(name, std::move(result).error()));
    return result;
}

std::unexpected<Error> refused(const std::string& name, std::string_view ja, std::string_view en) {
    return fail(ErrorKind::corrupt, {fmt::format("{}: {}", name, ja), fmt::format("{}: {}", name, en)});
}

std::unexpected<Error> missing(const std::string& name) {
    return fail(ErrorKind::not_found, {name + ": ありません。", name + ": it is missing"});
}

std::optional<std::uint64_t> number_of(std::string_view digits) {
    std::uint64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || stopped != end || fmt::format("{}", number) != digits) return std::nullopt;
    return number;
}

std::string stem_of(std::string_view name, std::string_view folder, std::string_view extension) {
    if (!name.starts_with(folder) || !name.ends_with(extension)) return "";
    if (name.size() <= folder.size() + extension.size()) return "";
    return std::string(name.substr(folder.size(), name.size() - folder.size() - extension.size()));
}

constexpr std::uint64_t steps_between_looks = 1024;
constexpr std::string_view receipts_folder = "receipts/", proof_extension = ".tlog-proof";
constexpr std::string_view stamps_folder = "timestamps/";
constexpr std::string_view sheets_folder = "sheets/", definitions_folder = "definitions/";

class Verifier {
public:
    Verifier(const PackFiles& files, const std::optional<ledger::Policy>& policy,
             const VerifyProgress& progress)
        : files_(files), given_(policy), progress_(progress) {}

    Result<VerifiedPack> run() {
        TRY(read_key());
        TRY(check_manifest());
        TRY(check_hashes());
        TRY(check_log());
        for (const auto& [name, hash] : manifest_) {
            TRY(check_file(name, hash));
            step();
        }
        TRY(check_sheets());
        out_.files = files_.sizes.size();
        return std::move(out_);
    }

private:
    using Entries = std::map<std::uint64_t, std::string>;

    // Every file is hashed and looked into, every entry hashed.
    void step() {
        const std::uint64_t total = 2 * manifest_.size() + seal_.size;
        ++steps_;
        if (progress_ && (steps_ % steps_between_looks == 0 || steps_ == total)) progress_(steps_, total);
    }

    Result<Bytes> bytes(const std::string& name, std::size_t limit) const {
        const auto found = files_.sizes.find(name);
        if (found == files_.sizes.end()) return missing(name);
        if (found->second > limit)
            return refused(name, fmt::format("大きすぎます（上限 {} バイト）。", limit),
                           fmt::format("too large (at most {} bytes)", limit));
        return named(name, files_.read(name));
    }
    Result<std::string> text(const std::string& name, std::size_t limit) const {
        const Bytes content = TRY(bytes(name, limit));
        return std::string(content.begin(), content.end());
    }

    // The key of the log that the pack claims to be from: one of those that are believed.
    Result<void> read_key() {
        std::string line = TRY(text("keys/log.vkey", ledger::max_note));
        if (line.ends_with('\n')) line.pop_back();
        key_ = TRY(named("keys/log.vkey", ledger::parse_verifier_key(line)));
        out_.own_key = !given_;
        policy_ = given_ ? *given_
                         : TRY(named("keys/policy.txt",
                                     ledger::parse_policy(TRY(text("keys/policy.txt", ledger::max_policy)))));
        if (std::ranges::any_of(policy_.logs, [&](const auto& log) { return log.key == key_; })) return {};
        const std::string_view ja = given_ ? "指定された鍵と違います。" : "keys/policy.txtにない鍵です。";
        const std::string_view en =
            given_ ? "it is not the key that you gave" : "keys/policy.txt does not name it";
        return fail(ErrorKind::forbidden,
                    {fmt::format("keys/log.vkey: {}", ja), fmt::format("keys/log.vkey: {}", en)});
    }

    Result<void> check_manifest() {
        const std::string signature(signature_name), name(manifest_name);
        seal_ = TRY(named(signature, open_seal(TRY(text(signature, ledger::max_note)), key_)));
        const std::string lines = TRY(text(name, max_manifest));
        if (crypto::sha256(as_bytes(lines)) != seal_.manifest)
            return refused(name, "署名された一覧と違います。書き換えられています。",
                           "it is not the list that was signed: it was changed");
        manifest_ = TRY(parse_manifest(lines));
        for (const auto& [file, size] : files_.sizes)
            if (file != name && file != signature && !manifest_.contains(file))
                return refused(file, "署名された一覧（MANIFEST）にないファイルです。",
                               "it is not in the signed MANIFEST");
        return {};
    }

    Result<void> check_hashes() {
        for (const auto& [name, hash] : manifest_) {
            const Bytes content = TRY(bytes(name, std::numeric_limits<std::size_t>::max()));
            if (crypto::sha256(content) != hash)
                return refused(name, "書き換えられたか、壊れています（MANIFESTのSHA-256と違います）。",
                               "it was changed or is damaged (its SHA-256 is not that of MANIFEST)");
            step();
        }
        return {};
    }

    ledger::FileSource log_files() const {
        return [this](const std::string& path) -> Result<Bytes> {
            const std::string name = "log/" + path;
            if (!files_.sizes.contains(name)) return missing(name);
            return files_.read(name);
        };
    }

    // Keeps the entries that receipts speak of.
    Result<void> check_log() {
        for (const auto& [name, hash] : manifest_)
            if (const auto index = number_of(stem_of(name, receipts_folder, proof_extension)))
                entries_[*index];
        std::string last;
        const auto visit = [&](std::uint64_t index, ByteView entry) -> Result<void> {
            last.assign(entry.begin(), entry.end());
            if (index == 0) out_.first_at = time_of(last);
            if (const auto wanted = entries_.find(index); wanted != entries_.end()) wanted->second = last;
            remember_stamp(last);
            step();
            return {};
        };
        ledger::VerifiedLog log = TRY(named("log", ledger::verify_log(log_files(), policy_, visit)));
        out_.last_at = time_of(last);
        out_.tiles = log.tiles;
        out_.trusted = std::move(log.trusted);
        if (out_.trusted.log != key_)
            return refused("log/checkpoint", "keys/log.vkeyとは別の鍵で署名されています。",
                           "it is signed by another key than keys/log.vkey");
        if (seal_.size != size())
            return refused("log/checkpoint", "MANIFEST.sigにある件数と違います。",
                           "MANIFEST.sig says another size");
        tiles_.emplace(TRY(
            named("log", ledger::TrustedTiles::open(size(), out_.trusted.checkpoint.root, tile_source()))));
        return {};
    }

    // The log says which answers of time stamping authorities it got (docs/formats/witness.md).
    void remember_stamp(const std::string& envelope) {
        if (!envelope.contains("\"kind\":\"timestamp\"")) return;
        const auto entry = ledger::decode(envelope);
        if (entry && entry->kind == "timestamp") stamps_.insert(entry->note);
    }

    std::uint64_t size() const { return out_.trusted.checkpoint.size; }

    static std::optional<Instant> time_of(const std::string& envelope) {
        const auto entry = ledger::decode(envelope);
        return entry ? std::optional(entry->at) : std::nullopt;
    }

    // A pack has the tiles of exactly its checkpoint's size.
    ledger::TileSource tile_source() const {
        return [this](const ledger::Tile& tile) -> Result<std::vector<Hash>> {
            const auto read = log_files();
            return ledger::parse_tile(TRY(read(ledger::tile_path(tile))), tile.width);
        };
    }

    Result<void> check_file(const std::string& name, const Hash& hash) {
        if (name.starts_with(receipts_folder)) return check_in_receipts(name);
        if (name.starts_with(stamps_folder)) return check_in_stamps(name);
        if (!name.starts_with("evidence/")) return {};
        ++out_.evidence;
        if (name == "evidence/" + hex(hash)) return {};
        return refused(name, "名前が内容のSHA-256ではありません。",
                       "its name is not the SHA-256 of its content");
    }

    Result<void> check_in_receipts(const std::string& name) {
        const std::string stem = stem_of(name, receipts_folder, proof_extension);
        const std::string other = stem_of(name, receipts_folder, ".json");
        const auto index = number_of(stem.empty() ? other : stem);
        if (!index)
            return refused(name, "receipts/にあるはずのない名前です。", "no name for a file in receipts/");
        if (*index >= size())
            return refused(name, "記録簿にない番号です。", "the log has no entry of this number");
        return stem.empty() ? check_disclosed(name, *index) : check_receipt(name, *index);
    }

    Result<void> check_receipt(const std::string& name, std::uint64_t index) {
        const auto receipt = TRY(named(name, ledger::parse_receipt(TRY(text(name, ledger::max_receipt)))));
        if (receipt.index != index) return refused(name, "別の番号の証明です。", "it is about another entry");
        const Hash leaf = ledger::leaf_hash(as_bytes(entries_.at(index)));
        TRY(named(name, ledger::verify_receipt(receipt, leaf, policy_)));
        ++out_.receipts;
        return {};
    }

    Result<void> check_disclosed(const std::string& name, std::uint64_t index) {
        const auto entry = entries_.find(index);
        if (entry == entries_.end()) return missing(fmt::format("receipts/{}.tlog-proof", index));
        const Disclosure disclosure = TRY(named(name, parse_disclosure(TRY(text(name, max_disclosure)))));
        if (disclosure.envelope != entry->second)
            return refused(name, "封筒が記録簿のものと違います。", "its envelope is not the log's");
        TRY(named(name, check_disclosure(disclosure)));
        out_.opened += disclosure.opened();
        out_.withheld += disclosure.withheld();
        out_.closed += !disclosure.fields;
        return {};
    }

    Result<Hash> root_of_first(std::uint64_t entries) {
        if (entries == 0) return ledger::empty_root();
        return ledger::root_of(std::ref(*tiles_), {0, entries});
    }

    Result<void> check_in_stamps(const std::string& name) {
        if (name.ends_with(".body")) return check_stamped(name);
        if (!name.ends_with(".tsr")) return {};
        const auto size = number_of(stem_of(name, stamps_folder, ".tsr"));
        const Bytes response = TRY(bytes(name, ledger::max_note));
        if (size && stamps_.contains(ledger::timestamp_note({*size, {}, response}))) return {};
        return refused(name, "記録簿に書かれたタイムスタンプではありません。",
                       "the log names no such time stamp");
    }

    Result<void> check_stamped(const std::string& name) {
        const auto stamped = TRY(named(name, ledger::parse_checkpoint(TRY(text(name, ledger::max_note)))));
        const auto& ours = out_.trusted.checkpoint;
        const bool fits = stamped.origin == ours.origin && stamped.size <= ours.size &&
                          TRY(root_of_first(stamped.size)) == stamped.root;
        if (!fits) return refused(name, "この記録簿のものではありません。", "it is not of this log");
        ++out_.time_stamps;
        out_.stamped = std::max(out_.stamped, stamped.size);
        return {};
    }

    Result<std::string> definitions_version() const {
        std::vector<checks::Definition> definitions;
        for (const auto& [name, hash] : manifest_)
            if (name.starts_with(definitions_folder))
                definitions.push_back({name.substr(definitions_folder.size()),
                                       TRY(text(name, std::numeric_limits<std::size_t>::max()))});
        return checks::version_of(definitions);
    }

    Result<void> check_sheets() {
        const std::string definitions = TRY(definitions_version());
        for (const char* end : {"first", "last"}) {
            const std::string name = fmt::format("{}{}.json", sheets_folder, end);
            const SheetFacts facts = TRY(named(name, read_sheet_facts(TRY(text(name, max_sheet)))));
            if (facts.entries > size() || base64(TRY(root_of_first(facts.entries))) != facts.root)
                return refused(name, "書かれた件数とルートが、この記録簿と合いません。",
                               "the ledger state that it names is not one of this log");
            if (facts.definitions != definitions)
                return refused(name, "definitions/とは別の定義で計算されています。",
                               "it was computed with other definitions than definitions/");
            out_.sheets.push_back({end, facts.day, static_cast<std::int64_t>(facts.entries), definitions});
        }
        return {};
    }

    const PackFiles& files_;
    const std::optional<ledger::Policy>& given_;
    ledger::Policy policy_;
    ledger::VerifierKey key_;
    ManifestSeal seal_;
    Manifest manifest_;
    Entries entries_;               // those with receipts
    std::set<std::string> stamps_;  // notes of the entries that name time stamps
    std::optional<ledger::TrustedTiles> tiles_;
    VerifiedPack out_;
    const VerifyProgress& progress_;
    std::uint64_t steps_ = 0;
};

}  // namespace

bool is_pack(const PackFiles& files) { return files.sizes.contains(std::string(manifest_name)); }
bool is_log(const PackFiles& files) { return files.sizes.contains("checkpoint"); }

Result<VerifiedPack> verify_pack(const PackFiles& files, const std::optional<ledger::Policy>& policy,
                                 const VerifyProgress& progress) {
    return Verifier(files, policy, progress).run();
}

Result<VerifiedReceipt> verify_record(std::string_view receipt_text, std::string_view disclosure_text,
                                      const ledger::Policy& policy) {
    const ledger::Receipt receipt = TRY(ledger::parse_receipt(receipt_text));
    VerifiedReceipt out;
    out.index = receipt.index;
    out.disclosure = TRY(parse_disclosure(disclosure_text));
    out.entry = TRY(check_disclosure(out.disclosure));
    out.trusted =
        TRY(ledger::verify_receipt(receipt, ledger::leaf_hash(as_bytes(out.disclosure.envelope)), policy));
    return out;
}

}  // namespace maru::packs
