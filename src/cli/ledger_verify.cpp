#include "cli/ledger_verify.hpp"

#include <fmt/core.h>

#include <ostream>

#include "cli/files.hpp"
#include "cli/progress.hpp"
#include "cli/session.hpp"
#include "ledger/policy.hpp"
#include "ledger/tile.hpp"
#include "ledger/verify.hpp"
#include "ledger/verify_stored.hpp"
#include "store/files.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t entries_between_looks = 4096;

// What the log itself is guilty of; the rest means that we could not look.
bool is_refusal(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid:
        case ErrorKind::not_found:
        case ErrorKind::conflict:
        case ErrorKind::forbidden:
        case ErrorKind::corrupt: return true;
        case ErrorKind::unavailable:
        case ErrorKind::internal: return false;
    }
    return false;
}

Result<int> refuse(const Session& session, const Error& error) {
    if (!is_refusal(error.kind)) return std::unexpected(error);
    session.out << session.say("✗ 検証できません: ", "✗ does not verify: ")
                << error.message.in(session.common.language) << "\n";
    return 1;
}

std::string text_of(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

Result<ledger::VerifierKey> key_in(const fs::path& file) {
    const std::string text = text_of(TRY(store::read_file(file, ledger::max_note)));
    auto key = ledger::parse_verifier_key(trim(text));
    if (!key) return std::unexpected(prefixed(file.string(), key.error()));
    return *key;
}

// Whom to believe, and where the key comes from.
struct Belief {
    ledger::Policy policy;
    bool from_the_folder = false;
};

Result<Belief> belief_of(const LedgerCommand& command) {
    if (!command.policy.empty() && !command.key.empty())
        return fail(ErrorKind::invalid, {"--key と --policy はどちらか一方だけ指定してください。",
                                         "give either --key or --policy, not both"});
    if (!command.policy.empty()) {
        auto policy =
            ledger::parse_policy(text_of(TRY(store::read_file(command.policy, ledger::max_policy))));
        if (!policy) return std::unexpected(prefixed(command.policy.string(), policy.error()));
        return Belief{std::move(*policy), false};
    }
    if (command.key.empty()) {
        const fs::path file = command.folder / "keys" / "log.vkey";
        return Belief{policy_of(TRY(key_in(file))), true};
    }
    if (const auto key = ledger::parse_verifier_key(command.key)) return Belief{policy_of(*key), false};
    std::error_code ignored;
    if (fs::exists(command.key, ignored)) return Belief{policy_of(TRY(key_in(command.key))), false};
    return std::unexpected(prefixed("--key", ledger::parse_verifier_key(command.key).error()));
}

Result<void> expect_log(const fs::path& folder) {
    std::error_code ignored;
    if (fs::exists(folder / "checkpoint", ignored)) return {};
    return fail(
        ErrorKind::not_found,
        {folder.string() +
             " に checkpoint がありません。maru ledger export で書き出したフォルダを指定してください。",
         folder.string() + " has no file checkpoint; name a folder that maru ledger export has written"});
}

// Shows how far the walk over the entries is; their number is known only from a checkpoint that is not
// verified yet.
ledger::EntryVisitor visitor_for(const Session& session, std::uint64_t entries) {
    return [bar = progress_bar(session), entries](std::uint64_t index, ByteView) -> Result<void> {
        if ((index + 1) % entries_between_looks == 0 || index + 1 == entries) bar(index + 1, entries);
        return {};
    };
}

std::uint64_t claimed_size(const fs::path& folder) {
    const auto note = store::read_file(folder / "checkpoint", ledger::max_note);
    if (!note) return 0;
    const auto parsed = ledger::parse_signed_checkpoint(text_of(*note));
    return parsed ? parsed->checkpoint.size : 0;
}

void print_verified(const Session& session, const ledger::VerifiedLog& log, bool key_from_the_folder) {
    const ledger::Checkpoint& checkpoint = log.trusted.checkpoint;
    session.out << fmt::format(
        fmt::runtime(
            session.say("✓ {} 件の記録をすべて計算し直し、署名されたルートと一致しました（タイル {}、立会人 "
                        "{}）。\n  {}\n  {}\n",
                        "✓ all {} entries hash to the signed root ({} tiles, {} witnesses).\n  {}\n  {}\n")),
        checkpoint.size, log.tiles + log.bundles, log.trusted.witnesses.size(), checkpoint.origin,
        base64(checkpoint.root));
    if (!key_from_the_folder) return;
    session.out
        << session.say(
               "  "
               "鍵はこのフォルダの中のものです。組織から別の経路で受け取った鍵と同じか確かめてください（--"
               "key）:\n  ",
               "  The key came with the folder. Compare it with the one that the organisation gave you by "
               "another way (--key):\n  ")
        << to_text(log.trusted.log) << "\n";
}

Result<int> verify_folder(const Session& session, const LedgerCommand& command) {
    TRY(expect_log(command.folder));
    const Belief belief = TRY(belief_of(command));
    const auto read = [&command](const std::string& path) {
        return store::read_file(command.folder / path, ledger::max_bundle);
    };
    const auto log =
        ledger::verify_log(read, belief.policy, visitor_for(session, claimed_size(command.folder)));
    if (!log) return refuse(session, log.error());
    print_verified(session, *log, belief.from_the_folder);
    return 0;
}

Result<int> verify_organisation(const Session& session, const fs::path& folder) {
    auto reader = TRY(registers::Organisation::open_reader(folder, TRY(session.schema())));
    const auto verified = ledger::verify_stored(reader);
    if (!verified) return refuse(session, verified.error());
    if (const auto fork = TRY(registers::Organisation::find_fork(folder, reader, session.environment)))
        return refuse(session, {ErrorKind::corrupt, ledger::explanation(*fork)});
    session.out << fmt::format(
        fmt::runtime(session.say("✓ {} 件の記録をすべて計算し直し、保存されたルートと一致しました。署名済み "
                                 "{} 件、チェックポイント {} 個も一致しました。\n  {}\n",
                                 "✓ all {} entries hash to the stored root; {} of them are signed, and {} "
                                 "checkpoints hold.\n  {}\n")),
        verified->state.size, verified->signed_size, verified->checkpoints, base64(verified->state.root));
    return 0;
}

}  // namespace

Result<int> verify(const Session& session, const LedgerCommand& command) {
    if (command.folder.empty()) return verify_organisation(session, TRY(session.organisation_folder()));
    std::error_code ignored;
    if (fs::exists(command.folder / "maru.db", ignored)) return verify_organisation(session, command.folder);
    return verify_folder(session, command);
}

}  // namespace maru::cli
