#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <ostream>

#include "cli/ledger_verify.hpp"
#include "cli/progress.hpp"
#include "cli/session.hpp"
#include "cli/signing.hpp"
#include "cli/tables.hpp"
#include "cli/witnesses.hpp"
#include "ledger/export.hpp"
#include "ledger/log.hpp"
#include "ledger/stored_checkpoints.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

// A reader of everything, whatever the catalog says.
Result<store::Database> open_database(const Session& session, const fs::path& folder) {
    return registers::Organisation::open_reader(folder, TRY(session.schema()));
}

Result<ledger::VerifierKey> key_of(store::Database& reader) {
    if (const auto key = TRY(ledger::log_key(reader))) return *key;
    return fail(ErrorKind::not_found,
                {"この組織にはまだ署名鍵がありません。maru ledger checkpoint で作って署名します。",
                 "this organisation has no signing key yet; maru ledger checkpoint makes one and signs"});
}

std::string last_checkpoint(const Session& session, const std::optional<ledger::StoredCheckpoint>& newest) {
    if (!newest)
        return session.say("まだありません（maru ledger checkpoint で署名）",
                           "none yet (maru ledger checkpoint signs)");
    return fmt::format(fmt::runtime(session.say("{} 件、{}", "{} entries, {}")), newest->checkpoint.size,
                       format_instant(newest->created));
}

std::string anchor_text(const Session& session, const std::optional<ledger::VerifierKey>& key) {
    const fs::path& folder = session.environment.anchors;
    if (folder.empty())
        return session.say("なし（MARU_ANCHORS で置き場所を指定してください）",
                           "none (set MARU_ANCHORS to a folder)");
    if (!key) return folder.string();
    const ledger::Anchor anchor(folder, *key);
    const auto found = anchor.read();
    if (!found) return found.error().message.in(session.common.language);
    if (!*found)
        return fmt::format(fmt::runtime(session.say("{}（まだありません）", "{} (not there yet)")),
                           anchor.file().string());
    return fmt::format(fmt::runtime(session.say("{} 件、{}", "{} entries, {}")), (*found)->checkpoint.size,
                       anchor.file().string());
}

Result<int> print_status(const Session& session) {
    const fs::path folder = TRY(session.organisation_folder());
    auto reader = TRY(open_database(session, folder));
    const auto key = TRY(ledger::log_key(reader));
    const auto newest = TRY(ledger::newest_checkpoint(reader));
    const ledger::LogState state = TRY(ledger::stored_state(reader));
    const std::uint64_t signed_size = newest ? newest->checkpoint.size : 0;
    StatusRows rows{{session.say("名前（origin）", "origin"), key ? key->name : "-"},
                    {session.say("公開鍵（vkey）", "public key (vkey)"), key ? to_text(*key) : "-"},
                    {session.say("記録の件数", "entries"), std::to_string(state.size)},
                    {session.say("ルート", "root"), base64(state.root)},
                    {session.say("最後の署名", "last checkpoint"), last_checkpoint(session, newest)},
                    {session.say("未署名の記録", "entries not signed"),
                     std::to_string(state.size - std::min(signed_size, state.size))},
                    {session.say("アンカー", "anchor"), anchor_text(session, key)}};
    std::ranges::move(TRY(witness_rows(session, folder, reader)), std::back_inserter(rows));
    session.out << aligned(rows, std::max<std::size_t>(session.width, 240));
    const auto fork = TRY(registers::Organisation::find_fork(folder, reader, session.environment));
    if (!fork) return 0;
    session.out << "\n" << ledger::explanation(*fork).in(session.common.language) << "\n";
    return 1;
}

Result<int> print_checkpoint(const Session& session) {
    const fs::path folder = TRY(session.organisation_folder());
    TRY(sign_if_possible(session, folder));
    auto reader = TRY(open_database(session, folder));
    session.out << TRY(ledger::published_note(reader, TRY(newest_of(reader))));
    return 0;
}

Result<int> print_key(const Session& session) {
    const fs::path folder = TRY(session.organisation_folder());
    auto reader = TRY(open_database(session, folder));
    session.out << to_text(TRY(key_of(reader))) << "\n";
    return 0;
}

Result<int> export_to(const Session& session, const fs::path& output) {
    const fs::path folder = TRY(session.organisation_folder());
    TRY(sign_if_possible(session, folder));
    auto reader = TRY(open_database(session, folder));
    TRY(expect_no_fork(session, folder, reader));
    TRY(reader.execute("commit"));  // the exporter reads in short transactions
    const auto exported = TRY(ledger::export_log(reader, output, progress_bar(session)));
    session.out << fmt::format(
        fmt::runtime(session.say(
            "{} 件を {} に書き出しました（ファイル {}、うち新規 {}）。確かめる: maru ledger verify {}\n",
            "{} entries exported to {} ({} files, {} of them new). Check it: maru ledger verify {}\n")),
        exported.checkpoint.size, output.string(), exported.files, exported.written, output.string());
    return 0;
}

Result<int> renew(const Session& session, const LedgerCommand& command) {
    const auto checkpoint =
        TRY(registers::Organisation::renew_log(TRY(session.organisation_folder()), TRY(session.schema()),
                                               session.environment, {command.origin, command.cause}));
    session.out
        << session.say(
               "新しい鍵で署名しました。監査人・立会人・取引先に知らせてください（maru ledger key）:\n",
               "Signed with a new key. Tell auditors, witnesses and customers (maru ledger key):\n")
        << checkpoint.note;
    return 0;
}

}  // namespace

Result<int> run(const Session& session, const LedgerCommand& command) {
    switch (command.action) {
        case LedgerCommand::Action::status: return print_status(session);
        case LedgerCommand::Action::checkpoint: return print_checkpoint(session);
        case LedgerCommand::Action::key: return print_key(session);
        case LedgerCommand::Action::export_log: return export_to(session, command.folder);
        case LedgerCommand::Action::verify: return verify(session, command);
        case LedgerCommand::Action::renew: return renew(session, command);
    }
    return 2;
}

}  // namespace maru::cli
