#include "ledger/witnessed_file.hpp"

#include <fmt/core.h>

#include <array>

#include "store/files.hpp"

namespace maru::ledger {

namespace {

namespace fs = std::filesystem;

fs::path file_in(const fs::path& organisation) { return organisation / "witness.checkpoint"; }

// Whoever signed beside the log.
std::string witness_of(const Note& note, const VerifierKey& log) {
    for (const NoteSignature& line : note.signatures)
        if (line.name != log.name) return line.name;
    return "?";
}

}  // namespace

Result<std::optional<KnownCheckpoint>> read_witnessed(const fs::path& organisation, const VerifierKey& log) {
    const fs::path file = file_in(organisation);
    const Result<Bytes> bytes = store::read_file(file, max_note);
    if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::nullopt;
    if (!bytes) return std::unexpected(bytes.error());
    const std::string text(bytes->begin(), bytes->end());
    const auto parsed = parse_signed_checkpoint(text);
    if (!parsed)
        return fail(
            ErrorKind::corrupt,
            {fmt::format("{}: チェックポイントではありません。立会人に控えを求めて置き直してください。",
                         file.string()),
             fmt::format("{}: no checkpoint; ask the witness for its copy and put it back", file.string())});
    const std::array keys{log};
    if (!open_checkpoint(text, keys)) return std::nullopt;
    return KnownCheckpoint{KnownCheckpoint::Keeper::witness, witness_of(parsed->note, log),
                           parsed->checkpoint};
}

Result<void> keep_witnessed(const fs::path& organisation, std::string_view note) {
    return store::replace_file(file_in(organisation), as_bytes(note), store::Access::readable);
}

}  // namespace maru::ledger
