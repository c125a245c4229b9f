#include "organisation/signing.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "erasure/in_effect.hpp"
#include "ledger/log_key_file.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "ledger/witnessed_file.hpp"

namespace maru::registers {

namespace {

using ledger::KnownCheckpoint;

Result<bool> has_checkpoints(store::Database& database) {
    return TRY(database.query_integer("select count(*) from sqlite_schema where name = 'log_key'")) != 0;
}

// From the database, which everybody can read who reads anything; a database from before its key has to ask
// the file, which only the owner can.
Result<std::optional<ledger::VerifierKey>> public_key_of(const Folder& folder, store::Database& database) {
    if (TRY(has_checkpoints(database)))
        if (const auto stored = TRY(ledger::log_key(database))) return *stored;
    const auto key = ledger::read_key_file(folder.keys());
    if (!key || !*key) return std::nullopt;
    return (*key)->verifier();
}

// An erasure that the keystore knows was an entry of this log, and most likely signed: without it the
// database was put back. Who cannot read the keystore cannot tell.
Result<std::optional<KnownCheckpoint>> size_by_erasures(const Folder& folder, store::Database& database,
                                                        const std::filesystem::path& anchors) {
    auto keys = Keystore::open_reader(folder.keys());
    if (!keys) return std::nullopt;
    const std::uint64_t size = TRY(ledger::stored_state(database)).size;
    std::int64_t last = -1;
    for (const ListedErasure& one : TRY(erasures_beyond(size, list_file(anchors, *keys), *keys)))
        last = std::max(last, one.entry);
    if (last < 0) return std::nullopt;
    return KnownCheckpoint{KnownCheckpoint::Keeper::erasures, folder.key_file().string(),
                           ledger::Checkpoint{"", static_cast<std::uint64_t>(last) + 1, {}, {}}};
}

}  // namespace

Result<std::optional<ledger::Anchor>> anchor_of(const Folder& folder, store::Database& database,
                                                const std::filesystem::path& anchors) {
    if (anchors.empty()) return std::nullopt;
    const auto key = TRY(public_key_of(folder, database));
    if (!key) return std::nullopt;
    return ledger::Anchor(anchors, *key);
}

Result<std::optional<ledger::Fork>> fork_of(const Folder& folder, store::Database& database,
                                            const std::filesystem::path& anchors) {
    std::vector<KnownCheckpoint> known;
    if (TRY(has_checkpoints(database)))
        if (const auto newest = TRY(ledger::newest_checkpoint(database)))
            known.push_back({KnownCheckpoint::Keeper::table, "", newest->checkpoint});
    if (const auto anchor = TRY(anchor_of(folder, database, anchors)))
        if (const auto note = TRY(anchor->read()))
            known.push_back({KnownCheckpoint::Keeper::anchor, anchor->file().string(), note->checkpoint});
    if (const auto key = TRY(public_key_of(folder, database)))
        if (const auto witnessed = TRY(ledger::read_witnessed(folder.path, *key)))
            known.push_back(*witnessed);
    if (const auto size = TRY(size_by_erasures(folder, database, anchors))) known.push_back(*size);
    return ledger::find_fork(database, known);
}

std::string next_origin(const std::string& origin) {
    const std::size_t slash = origin.rfind('/');
    int number = 0;
    if (slash != std::string::npos) {
        const char* const end = origin.data() + origin.size();
        const auto [stop, error] = std::from_chars(origin.data() + slash + 1, end, number);
        if (error == std::errc{} && stop == end && number > 1 && number < 1000)
            return fmt::format("{}/{}", origin.substr(0, slash), number + 1);
    }
    return origin + "/2";
}

OldLog old_log(const std::optional<ledger::Fork>& fork, const std::optional<ledger::Checkpoint>& newest) {
    if (!fork) return {newest, 0};
    if (fork->known.keeper == KnownCheckpoint::Keeper::erasures) return {newest, fork->known.checkpoint.size};
    return {fork->known.checkpoint, 0};
}

std::string renewal_note(const ledger::VerifierKey& old, const OldLog& known, const ledger::LogState& state,
                         const std::string& cause) {
    const auto& last = known.last;
    std::string before = last ? fmt::format("signed {} entries with root {}", last->size, base64(last->root))
                              : "signed nothing";
    if (known.entries > 0)
        before += fmt::format(" and had at least {} entries by its list of erasures", known.entries);
    return fmt::format("{} {}; goes on under a new key from {} entries with root {}. {}", to_text(old),
                       before, state.size, base64(state.root), cause);
}

}  // namespace maru::registers
