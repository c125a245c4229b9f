#include "ledger/export.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "damage/messages.hpp"
#include "ledger/fork.hpp"
#include "ledger/log_writer.hpp"
#include "ledger/stored_tiles.hpp"
#include "store/files.hpp"

namespace maru::ledger {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t files_at_once = 2048;  // that wait for their names

std::unexpected<Error> no_checkpoint() {
    return fail(ErrorKind::not_found,
                {"まだチェックポイントがありません。maru ledger checkpoint で署名してから実行してください。",
                 "there is no checkpoint yet; sign one with maru ledger checkpoint"});
}

std::unexpected<Error> differs(const fs::path& file) {
    return fail(
        ErrorKind::conflict,
        {fmt::format("{} は既にあり、書き出そうとした内容と違います。一度公開したファイルは変えられません。"
                     "maru ledger verify で調べ、別のフォルダに書き出してください。",
                     file.string()),
         fmt::format("{} exists with other bytes. What was published once never changes: look into it with "
                     "maru ledger verify, and export to another folder",
                     file.string())});
}

std::unexpected<Error> another_log(const fs::path& file, const std::string& found, const std::string& ours) {
    return fail(
        ErrorKind::conflict,
        {fmt::format("{} は別の変更記録簿のものです（{}、こちらは {}）。別のフォルダを指定してください。",
                     file.string(), found, ours),
         fmt::format("{} belongs to another log ({}, ours is {}); name another folder", file.string(), found,
                     ours)});
}

// Files of the log that are there already have to be what we would write.
class Files {
public:
    explicit Files(fs::path folder) : folder_(std::move(folder)) {}

    Result<void> put(const std::string& path, ByteView bytes) {
        ++count;
        const fs::path file = folder_ / path;
        const Result<Bytes> present = store::read_file(file, max_bundle);
        if (present) return std::ranges::equal(*present, bytes) ? Result<void>() : differs(file);
        if (present.error().kind == ErrorKind::invalid) return differs(file);
        if (present.error().kind != ErrorKind::not_found) return std::unexpected(present.error());
        ++written;
        TRY(batch_.add(file, bytes));
        return batch_.size() < files_at_once ? Result<void>() : batch_.commit();
    }
    Result<void> commit() { return batch_.commit(); }

    std::uint64_t count = 0;
    std::uint64_t written = 0;

private:
    fs::path folder_;
    store::FileBatch batch_;
};

Result<VerifierKey> current_key(store::Database& database) {
    const auto key = TRY(log_key(database));
    if (!key) return no_checkpoint();
    return *key;
}

Result<std::optional<std::string>> read_text(const fs::path& file) {
    const Result<Bytes> bytes = store::read_file(file, max_note);
    if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::nullopt;
    if (!bytes) return std::unexpected(bytes.error());
    return std::string(bytes->begin(), bytes->end());
}

Result<void> refuse_organisation(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::exists(folder / "maru.db", ignored)) return {};
    return fail(
        ErrorKind::conflict,
        {folder.string() + " は組織のフォルダです。変更記録簿は別のフォルダに書き出してください。",
         folder.string() + " is the folder of an organisation; export the log to a folder of its own"});
}

// What the folder has published has to be a prefix of what we have.
Result<void> refuse_other_history(store::Database& database, const fs::path& folder, const VerifierKey& key) {
    const fs::path file = folder / "checkpoint";
    const auto note = TRY(read_text(file));
    if (!note) return {};
    const auto published = open_checkpoint(*note, std::span(&key, 1));
    if (!published) {
        const auto parsed = parse_signed_checkpoint(*note);
        if (parsed && parsed->checkpoint.origin != key.name)
            return another_log(file, parsed->checkpoint.origin, key.name);
        return std::unexpected(prefixed(file.string(), published.error()));
    }
    const KnownCheckpoint known{KnownCheckpoint::Keeper::copy, file.string(), published->checkpoint};
    const auto fork = TRY(find_fork(database, std::span(&known, 1)));
    return fork ? fail(ErrorKind::conflict, explanation(*fork)) : Result<void>();
}

Result<void> write_key(const fs::path& folder, const VerifierKey& key) {
    const fs::path file = folder / "keys" / "log.vkey";
    const std::string text = to_text(key) + "\n";
    if (const auto found = TRY(read_text(file))) {
        if (*found == text) return {};
        return another_log(file, found->substr(0, found->find('\n')), to_text(key));
    }
    TRY(store::make_folder(file.parent_path(), store::Access::readable));
    return store::replace_file(file, as_bytes(text), store::Access::readable);
}

Result<void> append_bundle(store::Database& database, const Tile& bundle, LogWriter& writer) {
    const Bytes bytes = TRY(stored_bundle(database, bundle));
    BundleReader entries(bytes);
    while (const std::optional<ByteView> entry = TRY(entries.next())) TRY(writer.append(*entry));
    return {};
}

Result<void> write_tiles(store::Database& database, const Checkpoint& signed_one, Files& files,
                         const ExportProgress& progress) {
    LogWriter writer([&files](const std::string& path, ByteView bytes) { return files.put(path, bytes); });
    for (std::uint64_t i = 0; i < tiles_at(signed_one.size, 0); ++i) {
        const Tile bundle = bundle_at(signed_one.size, i);
        TRY(append_bundle(database, bundle, writer));
        progress(i * full_width + static_cast<std::uint64_t>(bundle.width), signed_one.size);
    }
    if (TRY(writer.finish(signed_one.origin)) != signed_one)
        return damaged_ledger("再計算したルートが署名したものと違います",
                              "the root recomputed is not the one that was signed");
    return files.commit();
}

}  // namespace

Result<Exported> export_log(store::Database& database, const fs::path& folder,
                            const ExportProgress& progress) {
    const VerifierKey key = TRY(current_key(database));
    const auto newest = TRY(newest_checkpoint(database));
    if (!newest || newest->checkpoint.origin != key.name) return no_checkpoint();
    TRY(refuse_organisation(folder));
    TRY(store::make_folder(folder, store::Access::readable));
    TRY(refuse_other_history(database, folder, key));
    TRY(write_key(folder, key));
    Files files(folder);
    TRY(write_tiles(database, newest->checkpoint, files, progress));
    const std::string note = TRY(published_note(database, *newest));
    TRY(store::replace_file(folder / "checkpoint", as_bytes(note), store::Access::readable));
    return Exported{newest->checkpoint, files.count, files.written};
}

}  // namespace maru::ledger
