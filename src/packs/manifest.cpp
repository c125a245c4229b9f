#include "packs/manifest.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "files/names.hpp"

namespace maru::packs {

namespace {

constexpr std::string_view first_line = "maru-pack/v1";
constexpr std::size_t hash_digits = 64;

std::unexpected<Error> wrong_line(std::size_t number, std::string_view ja, std::string_view en) {
    return fail(ErrorKind::invalid, {fmt::format("MANIFEST {}行目: {}", number, ja),
                                     fmt::format("MANIFEST line {}: {}", number, en)});
}

Result<Hash> parse_hash(std::string_view digits) {
    const auto bytes = parse_hex(digits);
    Hash hash{};
    if (!bytes || bytes->size() != hash.size() || hex(*bytes) != digits)
        return fail(ErrorKind::invalid, {"SHA-256ではありません。", "no SHA-256"});
    std::ranges::copy(*bytes, hash.begin());
    return hash;
}

std::unexpected<Error> no_seal() {
    return fail(ErrorKind::invalid, {"MANIFEST.sigの書式が違います。", "MANIFEST.sig is malformed"});
}

Result<std::uint64_t> parse_size(const std::string& digits) {
    std::uint64_t size = 0;
    const char* end = digits.data() + digits.size();
    if (std::from_chars(digits.data(), end, size).ptr != end || fmt::format("{}", size) != digits)
        return no_seal();
    return size;
}

std::string seal_text(const ManifestSeal& seal, const std::string& origin) {
    return fmt::format("{}\n{}\n{}\n{}\n", first_line, origin, seal.size, hex(seal.manifest));
}

}  // namespace

std::string to_text(const Manifest& manifest) {
    std::string out;
    for (const auto& [name, hash] : manifest) out += fmt::format("{}  {}\n", hex(hash), name);
    return out;
}

Result<Manifest> parse_manifest(std::string_view text) {
    Manifest out;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            return wrong_line(number, "行の終わりがありません。", "the line has no end");
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (line.size() < hash_digits + 3 || line.substr(hash_digits, 2) != "  ")
            return wrong_line(number, "sha256sumの形ではありません。", "not as sha256sum writes it");
        const auto hash = parse_hash(line.substr(0, hash_digits));
        const std::string_view name = line.substr(hash_digits + 2);
        if (!hash || !is_pack_name(name))
            return wrong_line(number, "ハッシュか名前が正しくありません。", "the hash or the name is wrong");
        if (!out.empty() && out.rbegin()->first >= name)
            return wrong_line(number, "名前の順になっていません。", "the names are out of order");
        out.emplace(name, *hash);
    }
    return out;
}

std::string sign_manifest(const ManifestSeal& seal, const ledger::SigningKey& key) {
    const std::string text = seal_text(seal, key.name);
    return ledger::to_text(ledger::Note{text, {ledger::sign_text(text, key)}});
}

Result<ManifestSeal> open_seal(std::string_view bytes, const ledger::VerifierKey& log) {
    const ledger::Note note = TRY(ledger::parse_note(bytes));
    TRY(ledger::verify_note(note, {&log, 1}));
    const auto lines = split(note.text, '\n');
    if (lines.size() != 5 || lines[0] != first_line || lines[1] != log.name || !lines[4].empty())
        return no_seal();
    const auto hash = parse_hash(lines[3]);
    if (!hash) return no_seal();
    return ManifestSeal{TRY(parse_size(lines[2])), *hash};
}

}  // namespace maru::packs
