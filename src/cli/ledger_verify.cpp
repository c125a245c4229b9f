#include "cli/ledger_verify.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "cli/printable.hpp"
#include "cli/progress.hpp"
#include "cli/record_verification.hpp"
#include "cli/session.hpp"
#include "cli/verify_proofs.hpp"
#include "ledger/tile.hpp"
#include "ledger/verify.hpp"
#include "ledger/verify_stored.hpp"
#include "store/files.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t entries_between_looks = 4096;
constexpr std::size_t foreign_names_shown = 5;

std::string text_of(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

Result<ledger::VerifierKey> key_of(const Bytes& bytes, const fs::path& file) {
    auto key = ledger::parse_verifier_key(trim(text_of(bytes)));
    if (!key) return std::unexpected(prefixed(file.string(), key.error()));
    return *key;
}

Result<ledger::VerifierKey> key_in(const fs::path& file) {
    return key_of(TRY(store::read_file(file, ledger::max_note)), file);
}

Result<ledger::VerifierKey> key_of_log(const fs::path& log, const ledger::FileSource& read) {
    return key_of(TRY(read("keys/log.vkey")), log / "keys/log.vkey");
}

// Whom to believe: what was given; else nothing.
Result<std::optional<ledger::Policy>> given_belief(const LedgerCommand& command) {
    if (!command.policy.empty() && !command.key.empty())
        return fail(ErrorKind::invalid, {"--key と --policy はどちらか一方だけ指定してください。",
                                         "give either --key or --policy, not both"});
    if (!command.policy.empty()) {
        auto policy =
            ledger::parse_policy(text_of(TRY(store::read_file(command.policy, ledger::max_policy))));
        if (!policy) return std::unexpected(prefixed(command.policy.string(), policy.error()));
        return *std::move(policy);
    }
    if (command.key.empty()) return std::nullopt;
    if (const auto key = ledger::parse_verifier_key(command.key)) return policy_of(*key);
    std::error_code ignored;
    if (fs::exists(command.key, ignored)) return policy_of(TRY(key_in(command.key)));
    return std::unexpected(prefixed("--key", ledger::parse_verifier_key(command.key).error()));
}

// A key that came with what it shall verify is no better for being named.
bool lies_in(const fs::path& folder, const fs::path& file) {
    std::error_code ignored;
    if (file.empty() || !fs::is_regular_file(file, ignored)) return false;
    const fs::path inner = fs::canonical(file, ignored), outer = fs::canonical(folder, ignored);
    return !outer.empty() && std::ranges::mismatch(outer, inner).in1 == outer.end();
}

Result<void> expect_log(const fs::path& folder) {
    std::error_code ignored;
    if (fs::exists(folder / "checkpoint", ignored)) return {};
    if (!fs::exists(folder, ignored))
        return fail(ErrorKind::not_found, {folder.string() + " がありません。場所を確かめてください。",
                                           folder.string() + " is not there; check the path"});
    return fail(
        ErrorKind::not_found,
        {folder.string() + " には確かめるものがありません（checkpoint も MANIFEST もない）。maru ledger "
                           "export のフォルダ、監査パック、記録証明のどれかを指定してください。",
         folder.string() + ": nothing to check, neither a checkpoint nor a MANIFEST; name a folder of maru "
                           "ledger export, an audit pack or a receipt"});
}

// Shows how far the walk over the entries is; their number is known only from a checkpoint that is not
// verified yet.
ledger::EntryVisitor visitor_for(const Session& session, std::uint64_t entries) {
    return [bar = progress_bar(session), entries](std::uint64_t index, ByteView) -> Result<void> {
        if ((index + 1) % entries_between_looks == 0 || index + 1 == entries) bar(index + 1, entries);
        return {};
    };
}

std::uint64_t claimed_size(const ledger::FileSource& read) {
    const auto note = read("checkpoint");
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

bool is_of_log(const std::string& name, std::uint64_t size) {
    if (name == "checkpoint" || name == "keys/log.vkey") return true;
    const auto tile = ledger::parse_tile_path(name);
    return tile && ledger::had_tile(size, *tile);
}

// Somebody may believe that what lies beside a verified log was verified, too.
void print_foreign(const Session& session, std::vector<std::string> names, std::uint64_t size) {
    std::erase_if(names, [size](const std::string& name) { return is_of_log(name, size); });
    if (names.empty()) return;
    std::ranges::sort(names);
    const std::size_t shown = std::min(names.size(), foreign_names_shown);
    std::vector<std::string> words;
    for (std::size_t i = 0; i < shown; ++i) words.push_back(printable(names[i]));
    std::string rest;
    if (names.size() > shown)
        rest = fmt::format(fmt::runtime(session.say("、ほか {} 個", " and {} more")), names.size() - shown);
    session.out << fmt::format(
        fmt::runtime(
            session.say("  注意: 記録簿のものでないファイルがあります。これは確かめていません: {}{}\n",
                        "  Note: these are no files of the log and were not checked: {}{}\n")),
        join(words, ", "), rest);
}

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> out;
    std::error_code error;
    fs::recursive_directory_iterator walk(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && walk != fs::end(walk); walk.increment(error))
        if (!walk->is_directory(error) || walk->is_symlink(error))
            out.push_back(walk->path().lexically_relative(folder).generic_string());
    return out;
}

Result<int> verify_folder(const Session& session, const ProofToVerify& proof) {
    TRY(expect_log(proof.path));
    const auto read = [&proof](const std::string& path) {
        return store::read_file(proof.path / path, ledger::max_bundle);
    };
    return verify_log(session, proof, {read, names_in(proof.path)});
}

int say_wrong(const Session& session, std::string_view why) {
    session.out << session.say("✗ 検証できません: ", "✗ does not verify: ") << why << "\n";
    return 1;
}

Result<int> verify_organisation(const Session& session, const fs::path& folder) {
    auto reader = TRY(registers::Organisation::open_reader(folder, TRY(session.schema())));
    const auto verified = ledger::verify_stored(reader);
    if (!verified) return refuse(session, verified.error());
    if (const auto fork = TRY(registers::Organisation::find_fork(folder, reader, session.environment)))
        return say_wrong(session, ledger::explanation(*fork).in(session.common.language));
    session.out << fmt::format(
        fmt::runtime(
            session.say("✓ {} 件の記録をすべて計算し直し、保存されたルートと一致しました。署名済み "
                        "{} 件、チェックポイント {} 個、タイムスタンプ {} 個も一致しました。\n  {}\n",
                        "✓ all {} entries hash to the stored root; {} of them are signed; {} "
                        "checkpoints and {} time stamps hold.\n  {}\n")),
        verified->state.size, verified->signed_size, verified->checkpoints, verified->timestamps,
        base64(verified->state.root));
    return TRY(verify_records(session, folder)) ? 0 : 1;
}

// A database is compared with its own keys; whom else to believe would be ignored without a word.
std::unexpected<Error> only_for_what_was_handed_out() {
    return fail(
        ErrorKind::invalid,
        {"--key と --policy は書き出したもの（maru ledger export・pack・receipt）を確かめるときのものです。"
         "先に maru ledger export -o フォルダ で書き出し、そのフォルダを指定してください。",
         "--key and --policy are for what was handed out (maru ledger export, pack, receipt); run maru "
         "ledger "
         "export -o DIR and verify DIR"});
}

// What was handed out is guilty of these; the rest means that we could not look.
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

}  // namespace

Result<int> refuse(const Session& session, const Error& error) {
    if (!is_refusal(error.kind)) return std::unexpected(error);
    return say_wrong(session, printable(error.message.in(session.common.language)));
}

Result<int> verify_log(const Session& session, const ProofToVerify& proof, const LogFiles& files) {
    const ledger::Policy policy =
        proof.believed ? *proof.believed : policy_of(TRY(key_of_log(proof.path, files.read)));
    const auto log = ledger::verify_log(files.read, policy, visitor_for(session, claimed_size(files.read)));
    if (!log) return refuse(session, log.error());
    print_verified(session, *log, !proof.believed || proof.key_from_path);
    print_foreign(session, files.names, log->trusted.checkpoint.size);
    return 0;
}

Result<int> verify(const Session& session, const LedgerCommand& command) {
    std::error_code ignored;
    if (command.folder.empty() || fs::exists(command.folder / "maru.db", ignored)) {
        if (!command.key.empty() || !command.policy.empty()) return only_for_what_was_handed_out();
        return verify_organisation(
            session, command.folder.empty() ? TRY(session.organisation_folder()) : command.folder);
    }
    const ProofToVerify proof{
        command.folder, command.record, TRY(given_belief(command)),
        lies_in(command.folder, command.key) || lies_in(command.folder, command.policy)};
    return is_proof(proof.path) ? verify_proof(session, proof) : verify_folder(session, proof);
}

}  // namespace maru::cli
