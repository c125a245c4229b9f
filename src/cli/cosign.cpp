// Asking the witnesses of the policy for their cosignatures.
#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "cli/witnesses.hpp"
#include "ledger/policy.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "ledger/stored_tiles.hpp"
#include "ledger/witnessed_file.hpp"
#include "store/files.hpp"
#include "witness/client.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;
using Kind = witness::Outcome::Kind;

constexpr std::size_t widest = 240;  // columns; a vkey and an alarm must be readable whole

std::unexpected<Error> no_policy(const fs::path& file, const ledger::VerifierKey& log) {
    const std::string example = fmt::format(
        "log {}\nwitness w1 VKEY https://witness.example.com/\nwitness w2 VKEY https://witness.example.org/\n"
        "group g any w1 w2\nquorum g\n",
        to_text(log));
    return fail(
        ErrorKind::not_found,
        {fmt::format("{} がありません。立会人を方針ファイル（C2SP tlog-policy）に書いてください。例:\n{}",
                     file.string(), example),
         fmt::format("{} does not exist; name the witnesses in a policy file (C2SP tlog-policy), e.g.:\n{}",
                     file.string(), example)});
}

Result<ledger::Policy> read_policy(const fs::path& file, const ledger::VerifierKey& log) {
    const auto bytes = store::read_file(file, ledger::max_policy);
    if (!bytes && bytes.error().kind == ErrorKind::not_found) return no_policy(file, log);
    if (!bytes) return std::unexpected(bytes.error());
    auto policy = ledger::parse_policy(std::string(bytes->begin(), bytes->end()));
    if (!policy) return std::unexpected(prefixed(file.string(), policy.error()));
    const auto is_ours = [&](const ledger::PolicyLog& one) { return one.key == log; };
    if (std::ranges::none_of(policy->logs, is_ours))
        return fail(ErrorKind::invalid,
                    {fmt::format("{}: この記録簿の行がありません。加えてください:\nlog {}", file.string(),
                                 to_text(log)),
                     fmt::format("{}: no line for this log; add:\nlog {}", file.string(), to_text(log))});
    const auto has_address = [](const ledger::PolicyWitness& one) { return !one.url.empty(); };
    if (std::ranges::any_of(policy->witnesses, has_address)) return policy;
    return fail(ErrorKind::invalid,
                {fmt::format("{}: アドレスのある立会人（witness 行）がありません。", file.string()),
                 fmt::format("{}: no witness line with an address", file.string())});
}

// The newest checkpoint and the key that signed it; the organisation is closed again, because witnesses may
// take their time.
struct Signed {
    ledger::VerifierKey log;
    ledger::StoredCheckpoint checkpoint;
};
Result<Signed> sign_newest(const Session& session) {
    const auto schema = TRY(session.schema());
    auto organisation = TRY(session.open(schema));
    return Signed{organisation->log_key().verifier(), TRY(organisation->checkpoint())};
}

Result<std::vector<witness::Asked>> asked_of(const ledger::Policy& policy, store::Database& reader) {
    std::vector<witness::Asked> asked;
    for (const ledger::PolicyWitness& one : policy.witnesses) {
        if (one.url.empty()) continue;
        const auto last = TRY(ledger::last_cosignature(reader, one.key.name));
        asked.push_back({one, last ? last->size : 0});
    }
    return asked;
}

Result<std::vector<witness::Outcome>> ask(const Session& session, const fs::path& folder,
                                          const Signed& newest, const ledger::Policy& policy) {
    auto reader = TRY(registers::Organisation::open_reader(folder, TRY(session.schema())));
    const std::uint64_t size = newest.checkpoint.checkpoint.size;
    const auto proof_from = [&](std::uint64_t old_size) {
        return ledger::consistency_proof(ledger::stored_hashes(reader, size), old_size, size);
    };
    const witness::Submitter submitter{newest.log,
                                       TRY(ledger::parse_signed_checkpoint(newest.checkpoint.note)),
                                       newest.checkpoint.note, proof_from};
    const auto asked = TRY(asked_of(policy, reader));
    return witness::submit(submitter, asked);
}

Result<void> keep(const Session& session, const Signed& newest,
                  const std::vector<witness::Outcome>& outcomes) {
    if (std::ranges::none_of(outcomes, [](const auto& one) { return one.kind == Kind::cosigned; })) return {};
    const auto schema = TRY(session.schema());
    auto organisation = TRY(session.open(schema));
    return organisation->exclusively([&](registers::WriteContext& context) -> Result<void> {
        for (const witness::Outcome& one : outcomes)
            if (one.kind == Kind::cosigned)
                TRY(ledger::store_cosignature(
                    context.database,
                    {newest.checkpoint.checkpoint.size, one.line->name, to_text(*one.line), one.time}));
        return {};
    });
}

bool is_alarm(const witness::Outcome& outcome) {
    return outcome.kind == Kind::ahead || outcome.kind == Kind::differs;
}

// Whether what the witness keeps, signed by our own key, contradicts the database.
Result<std::optional<ledger::Fork>> contradiction(store::Database& reader, const witness::Outcome& outcome) {
    if (!outcome.known) return std::nullopt;
    const auto known = TRY(ledger::parse_signed_checkpoint(*outcome.known)).checkpoint;
    const ledger::KnownCheckpoint one{ledger::KnownCheckpoint::Keeper::witness, outcome.witness, known};
    return ledger::find_fork(reader, {&one, 1});
}

// Another run may have signed more and asked the same witness between our signing and its answer: then it is
// ahead of this run and not of the database.
Result<bool> was_overtaken(store::Database& reader, const witness::Outcome& outcome) {
    if (outcome.kind != Kind::ahead || TRY(contradiction(reader, outcome))) return false;
    const auto newest = TRY(ledger::newest_checkpoint(reader));
    return newest && newest->checkpoint.size >= outcome.size;
}

Result<void> settle(store::Database& reader, std::vector<witness::Outcome>& outcomes) {
    for (witness::Outcome& outcome : outcomes) {
        if (!TRY(was_overtaken(reader, outcome))) continue;
        outcome.kind = Kind::refused;
        outcome.words = {
            fmt::format("同時に動いた別の実行が、先に {} 件まで連署を求めました。", outcome.size),
            fmt::format("another run has asked it to cosign {} entries meanwhile", outcome.size)};
    }
    return {};
}

void explain_bare_word(const Session& session, const witness::Outcome& outcome) {
    const Text why =
        outcome.known
            ? Text{"この立会人の控えには、この記録簿の鍵の署名があり、データベースと食い違いません。",
                   "The copy that it gave out was signed by this log and does not contradict the database."}
            : Text{"この立会人から、この記録簿の鍵で署名された控えは得られませんでした。",
                   "It gave out no copy that this log signed."};
    session.warnings
        << why.in(session.common.language)
        << session.say(
               "書き込みは止めません。立会人に連絡し、この組織のデータベースが古いものに戻されていないか確か"
               "めてください。\n",
               " Writing goes on. Talk to the witness, and find out whether this database was put "
               "back to an older state.\n");
}

// What contradicts us is kept, so that nothing is signed any more; a witness's bare word is not enough for
// that.
Result<void> raise_alarms(const Session& session, const fs::path& folder, store::Database& reader,
                          const std::vector<witness::Outcome>& outcomes) {
    std::optional<ledger::Fork> proven;
    for (const witness::Outcome& outcome : outcomes) {
        if (!is_alarm(outcome)) continue;
        session.warnings << "maru: " << outcome.witness << ": " << outcome.words.in(session.common.language)
                         << "\n";
        const auto fork = TRY(contradiction(reader, outcome));
        if (!fork) {
            explain_bare_word(session, outcome);
            continue;
        }
        TRY(ledger::keep_witnessed(folder, *outcome.known));
        proven = fork;
    }
    if (proven) session.warnings << ledger::explanation(*proven).in(session.common.language) << "\n";
    return {};
}

std::vector<std::string> cosigners(const std::vector<witness::Outcome>& outcomes) {
    std::vector<std::string> names;
    for (const witness::Outcome& outcome : outcomes)
        if (outcome.kind == Kind::cosigned) names.push_back(outcome.witness);
    return names;
}

void print(const Session& session, const std::vector<witness::Outcome>& outcomes) {
    std::vector<std::vector<std::string>> rows;
    for (const witness::Outcome& outcome : outcomes)
        rows.push_back({outcome.witness, outcome.words.in(session.common.language)});
    session.out << aligned(rows, std::max(session.width, widest));
}

Result<void> print_note(const Session& session, const fs::path& folder, const Signed& newest) {
    auto reader = TRY(registers::Organisation::open_reader(folder, TRY(session.schema())));
    session.out << "\n" << TRY(ledger::published_note(reader, newest.checkpoint));
    return {};
}

}  // namespace

Result<int> run(const Session& session, const CosignCommand& command) {
    const fs::path folder = TRY(session.organisation_folder());
    const Signed newest = TRY(sign_newest(session));
    const fs::path file = command.policy.empty() ? policy_file(folder) : command.policy;
    const ledger::Policy policy = TRY(read_policy(file, newest.log));
    auto outcomes = TRY(ask(session, folder, newest, policy));
    auto reader = TRY(registers::Organisation::open_reader(folder, TRY(session.schema())));
    TRY(settle(reader, outcomes));
    print(session, outcomes);
    if (std::ranges::any_of(outcomes, is_alarm)) {
        TRY(raise_alarms(session, folder, reader, outcomes));
        return 1;
    }
    TRY(keep(session, newest, outcomes));
    TRY(print_note(session, folder, newest));
    if (ledger::quorum_met(policy, cosigners(outcomes))) return 0;
    session.warnings << session.say(
        "maru: 立会人が足りません（方針の quorum に届いていません）。後でもう一度実行してください。\n",
        "maru: too few witnesses (the policy's quorum is not met); try again later.\n");
    return 1;
}

}  // namespace maru::cli
