#include "ledger/anchor.hpp"

#include <fmt/core.h>

#include <array>

#include "crypto/hash.hpp"

namespace maru::ledger {

namespace {

constexpr std::size_t name_bytes = 16;

std::string name_of(const VerifierKey& log) {
    return hex(ByteView(crypto::sha256(ByteView(log.key))).first(name_bytes)) + ".checkpoint";
}

std::unexpected<Error> damaged(const std::filesystem::path& file, const Text& cause) {
    return fail(
        ErrorKind::corrupt,
        {fmt::format("{}: "
                     "アンカー（最後に署名したチェックポイントの控え）が読めません。{"
                     "}書き出した記録簿や監査人の控えと maru ledger status を比べ、"
                     "一致していればこのファイルを消してください。",
                     file.string(), cause.ja),
         fmt::format("{}: the anchor (copy of the newest checkpoint) cannot be read: {}. Compare maru ledger "
                     "status with an exported log or your auditor's copy; if they agree, delete this file",
                     file.string(), cause.en)});
}

}  // namespace

Anchor::Anchor(const std::filesystem::path& folder, const VerifierKey& log)
    : file_(folder / name_of(log)), log_(log) {}

Result<std::optional<SignedCheckpoint>> Anchor::read() const {
    const Result<Bytes> bytes = store::read_file(file_, max_note);
    if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::nullopt;
    if (!bytes && bytes.error().kind == ErrorKind::invalid) return damaged(file_, bytes.error().message);
    if (!bytes) return std::unexpected(bytes.error());
    const std::string_view note(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    Result<SignedCheckpoint> opened = open_checkpoint(note, std::span(&log_, 1));
    if (!opened) return damaged(file_, opened.error().message);
    return std::optional(std::move(*opened));
}

Result<store::FileLock> Anchor::lock() const {
    TRY(store::make_folder(file_.parent_path(), store::Access::owner_only));
    return store::FileLock::wait(file_.string() + ".lock");
}

Result<void> Anchor::write(std::string_view note) const {
    return store::replace_file(file_, as_bytes(note), store::Access::owner_only);
}

}  // namespace maru::ledger
