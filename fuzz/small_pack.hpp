// An audit pack without an organisation behind it: a log of 300 entries, three receipts, two sheets, one file
// of each other kind. What tests and fuzz targets forge.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "checks/check.hpp"
#include "crypto/hash.hpp"
#include "ledger/commitment.hpp"
#include "ledger/log_writer.hpp"
#include "ledger/policy.hpp"
#include "ledger/receipt.hpp"
#include "ledger/tree.hpp"
#include "packs/disclosure.hpp"
#include "packs/manifest.hpp"
#include "packs/verify.hpp"

namespace maru::packs::small {

using Files = std::map<std::string, Bytes>;

inline constexpr std::uint64_t entries = 300;
inline constexpr std::uint64_t proven[] = {0, 5, 299};
inline constexpr std::uint64_t stamped = 200;      // entries of the checkpoint that was stamped
inline constexpr std::uint64_t stamp_entry = 210;  // that binds the answer into the log
inline constexpr std::string_view stamp = "an answer of a time stamping authority";

inline Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }
inline std::string text(const Bytes& content) { return {content.begin(), content.end()}; }

inline ledger::SigningKey key_of(std::string_view name, std::uint8_t seed) {
    return *ledger::make_signing_key(name, ledger::KeyType::ed25519,
                                     [&](auto out) { std::ranges::fill(out, seed); });
}
inline const ledger::SigningKey& key() {
    static const ledger::SigningKey made = key_of("example.com/maru", 1);
    return made;
}

inline Hash salt(std::uint64_t index, int field) {
    Hash out{};
    out[0] = static_cast<std::uint8_t>(index);
    out[1] = static_cast<std::uint8_t>(index >> 8);
    out[2] = static_cast<std::uint8_t>(field);
    return out;
}

// Field 1 opened, field 2 withheld, field 3 a list.
inline Disclosure disclosure(std::uint64_t index) {
    const std::string holder = "\x02山田 花子";
    Disclosure out{"device", std::to_string(index), 1, "", {}};
    const registers::FieldValue code = store::Value("PC-" + std::to_string(index));
    const registers::FieldValue list =
        std::vector<store::Value>{std::int64_t{7}, std::string("第二"), store::Null{}};
    out.fields = {{1, "code", Opening{code, salt(index, 1)}, {}},
                  {2, "holder", std::nullopt, ledger::field_commitment({2, holder}, salt(index, 2))},
                  {3, "parts", Opening{list, salt(index, 3)}, {}}};
    std::vector<Hash> commitments;
    for (const DisclosedField& field : *out.fields)
        commitments.push_back(field.opening ? ledger::field_commitment(
                                                  {field.number, registers::canonical(registers::Field{},
                                                                                      field.opening->value)},
                                                  field.opening->salt)
                                            : field.commitment);
    ledger::Entry entry;
    entry.kind = "put";
    entry.register_name = out.register_name;
    entry.record = out.record;
    entry.version = 1;
    entry.at = Instant(std::chrono::milliseconds(1'790'000'000'000 + static_cast<std::int64_t>(index)));
    entry.commitment = ledger::root_of(commitments);
    out.envelope = ledger::encode(entry);
    return out;
}

inline std::string envelope(std::uint64_t index) {
    if (index != stamp_entry) return disclosure(index).envelope;
    ledger::Entry entry;
    entry.kind = "timestamp";
    entry.note = "size " + std::to_string(stamped) + " sha256 " + hex(crypto::sha256(as_bytes(stamp)));
    return ledger::encode(entry);
}

inline std::vector<Hash> leaves() {
    std::vector<Hash> out;
    for (std::uint64_t i = 0; i < entries; ++i) out.push_back(ledger::leaf_hash(as_bytes(envelope(i))));
    return out;
}

inline ledger::Receipt receipt(const std::vector<Hash>& all, std::uint64_t index, std::string note) {
    const auto hashes = [&](int level, std::uint64_t at) -> Result<Hash> {
        const auto width = std::uint64_t{1} << level;
        return ledger::root_of(std::span(all).subspan(at * width, width));
    };
    return {{}, index, *ledger::inclusion_proof(hashes, index, all.size()), std::move(note)};
}

inline std::string sheet(std::string_view day, std::uint64_t known, const Hash& root,
                         std::string_view definitions) {
    return "{\"sheet\": \"ipa-52\", \"day\": \"" + std::string(day) +
           "\", \"entries\": " + std::to_string(known) + ", \"root\": \"" + base64(root) +
           "\", \"definitions\": \"" + std::string(definitions) + "\"}\n";
}

// Manifest and signature of what is there now: what only the holder of the key can do.
inline void seal(Files& files, const ledger::SigningKey& by = key(), std::uint64_t size = entries) {
    files.erase(std::string(manifest_name));
    files.erase(std::string(signature_name));
    Manifest manifest;
    for (const auto& [name, content] : files) manifest[name] = crypto::sha256(content);
    const std::string list = to_text(manifest);
    files[std::string(manifest_name)] = bytes(list);
    files[std::string(signature_name)] = bytes(sign_manifest({size, crypto::sha256(as_bytes(list))}, by));
}

inline void add_log(Files& files, std::string& note) {
    ledger::LogWriter writer([&](const std::string& path, ByteView content) -> Result<void> {
        files["log/" + path] = Bytes(content.begin(), content.end());
        return {};
    });
    for (std::uint64_t i = 0; i < entries; ++i) (void)writer.append(as_bytes(envelope(i)));
    note = *ledger::sign_checkpoint(*writer.finish(key().name), key());
    files["log/checkpoint"] = bytes(note);
}

inline Files make() {
    Files files;
    std::string note;
    add_log(files, note);
    const std::vector<Hash> all = leaves();
    for (const std::uint64_t index : proven) {
        const std::string name = "receipts/" + std::to_string(index);
        files[name + ".tlog-proof"] = bytes(ledger::to_text(receipt(all, index, note)));
        files[name + ".json"] = bytes(to_json(disclosure(index)));
    }
    const auto key_text = ledger::to_text(key().verifier());
    files["keys/log.vkey"] = bytes(key_text + "\n");
    files["keys/policy.txt"] = bytes(ledger::to_text(ledger::policy_of(key().verifier())));
    files["definitions/settings.toml"] = bytes("[days]\nvalue = 1\n");
    const std::string version =
        checks::version_of({{"settings.toml", text(files["definitions/settings.toml"])}});
    const auto root = [&](std::size_t known) { return ledger::root_of(std::span(all).first(known)); };
    files["sheets/first.json"] = bytes(sheet("2026-10-01", 10, root(10), version));
    files["sheets/last.json"] = bytes(sheet("2026-11-23", entries, root(entries), version));
    files["timestamps/200.body"] =
        bytes(ledger::to_text(ledger::Checkpoint{key().name, stamped, root(stamped), {}}));
    files["timestamps/200.tsr"] = bytes(stamp);
    files["evidence/" + hex(crypto::sha256(as_bytes("議事録")))] = bytes("議事録");
    files["index.html"] = bytes("<!doctype html>");
    files["VERIFY.md"] = bytes("# 検証\n");
    seal(files);
    return files;
}

inline PackFiles as_pack(const Files& files) {
    PackFiles out;
    for (const auto& [name, content] : files) out.sizes[name] = content.size();
    out.read = [&files](const std::string& name) -> Result<Bytes> { return files.at(name); };
    return out;
}

inline Result<VerifiedPack> verify(
    const Files& files, const std::optional<ledger::Policy>& policy = ledger::policy_of(key().verifier())) {
    return verify_pack(as_pack(files), policy);
}

}  // namespace maru::packs::small
