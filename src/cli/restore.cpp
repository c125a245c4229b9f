// Restoring backups, and trying it.
#include "backup/restore.hpp"

#include <fmt/core.h>

#include <ostream>

#include "backup/bucket.hpp"
#include "backup/drill.hpp"
#include "backup/keys.hpp"
#include "cli/backups.hpp"
#include "notices/outbox.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

void print_restored(const Session& session, const backup::Restored& restored) {
    session.out << fmt::format(
        fmt::runtime(
            session.say("  {} のバックアップ、{} 時点\n  変更記録 {} 件を1件ずつ計算し直し、ルート {} "
                        "と一致。署名 {} 個が正しい。ファイル {} 個、{:.1f} MB\n",
                        "  a backup of {}, as of {}\n  recomputed {} ledger entries one by one: root {} "
                        "holds; {} signed checkpoints hold; {} files, {:.1f} MB\n")),
        restored.header.origin, format_instant(restored.header.time), restored.header.entries,
        base64(restored.header.root), restored.checkpoints, restored.files,
        static_cast<double>(restored.bytes) / 1e6);
}

// Whether this machine knows more of the ledger than the backup.
Result<void> print_next_steps(const Session& session, const fs::path& folder) {
    const auto schema = TRY(session.schema());
    auto reader = TRY(registers::Organisation::open_reader(folder, schema));
    const auto fork = TRY(registers::Organisation::find_fork(folder, reader, session.environment));
    if (!fork) {
        session.out << session.say("使うには: maru --org ", "Use it with: maru --org ") << folder.string()
                    << session.say(
                           " sheet\n元の組織がまだ動いているなら、どちらか一方だけに書き込んでください。\n",
                           " sheet\nWhere the original lives on, write to one of the two only.\n");
        return {};
    }
    session.out
        << ledger::summary(*fork).in(session.common.language) << "\n"
        << session.say(
               "バックアップの後にも署名された記録があるため、読み取り専用です。より新しいバックアップを"
               "使うか、maru ledger status --org ",
               "More was signed after this backup, so it is read-only. Use a newer backup, or see "
               "maru ledger status --org ")
        << folder.string() << session.say(" で続ける方法を見てください。\n", " for how to go on.\n");
    return {};
}

// What the backup saw waiting may have been sent since.
Result<void> stop_mails(const Session& session, const fs::path& folder) {
    std::error_code ignored;
    if (!fs::exists(folder / "outbox.db", ignored)) return {};
    auto outbox = TRY(notices::Outbox::open(folder, session.environment.random));
    const auto stopped = TRY(outbox.give_up_all(
        {"バックアップの復元により止めました。まだ送られていないときは maru notices again で送り直せます。",
         "stopped because a backup was restored; maru notices again sends it, if it was not sent"},
        session.environment.clock()));
    if (stopped > 0)
        session.out << fmt::format(
            fmt::runtime(session.say("送信を待っていた通知 {} 件を止めました（maru notices list）。\n",
                                     "Stopped {} notices that were waiting (maru notices list).\n")),
            stopped);
    return {};
}

Result<int> put_back(const Session& session, const RestoreCommand& command) {
    const auto keys = TRY(backup::read_private_key(command.key));
    const fs::path folder = fs::absolute(command.folder).lexically_normal();
    const auto fetched = TRY(backup::Fetched::fetch(command.backup, command.bucket, folder.parent_path(),
                                                    session.environment.random));
    const auto restored =
        TRY(backup::restore(fetched.file(), keys, command.folder, session.environment.random));
    TRY(stop_mails(session, command.folder));
    session.out << session.say("復元しました: ", "Restored: ") << command.folder.string() << "\n";
    print_restored(session, restored);
    TRY(print_next_steps(session, command.folder));
    return 0;
}

void print_drill(const Session& session, const backup::DrillReport& report) {
    session.out << session.say("復元できます。\n", "It can be restored.\n");
    print_restored(session, report.restored);
    session.out << fmt::format(
        fmt::runtime(session.say("  今の変更記録簿の {} 件目までと一致。添付 {} 個を開けた。{} のシート（○ "
                                 "{}/{}）が今の組織と一致\n"
                                 "  所要 {:.1f} 秒（記録は {} 分）。復元した写しは消しました。\n",
                                 "  the living ledger has the same first {} entries; {} attachments opened; "
                                 "the sheet of {} (○ {}/{}) "
                                 "is the same in both\n"
                                 "  took {:.1f} s (recorded as {} min); the copy is removed\n")),
        report.restored.header.entries, report.attachments, report.day.iso(), report.full, report.items,
        report.seconds, report.minutes());
}

Result<int> try_it(const Session& session, const RestoreCommand& command) {
    const fs::path folder = TRY(session.organisation_folder());
    const auto schema = TRY(session.schema());
    const auto library = TRY(session.library(schema));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, library));
    const auto keys = TRY(backup::read_private_key(command.key));
    const auto fetched =
        TRY(backup::Fetched::fetch(command.backup, command.bucket, folder, session.environment.random));
    const auto report = backup::drill({.file = fetched.file(),
                                       .keys = keys,
                                       .organisation = folder,
                                       .schema = schema,
                                       .library = library,
                                       .sheet = sheet,
                                       .random = session.environment.random});
    // A wrong key or file says nothing about the backups; a damaged one does.
    if (report || report.error().kind == ErrorKind::corrupt)
        record(session, schema, command.by, [&](const backup::Put& put, const std::string& by) {
            return backup::record_drill(
                put, {session.today(), report ? backup::Outcome::success : backup::Outcome::failed,
                      report ? report->minutes() : 0, backup::split_place(command.backup).place, by});
        });
    if (!report) return std::unexpected(report.error());
    print_drill(session, *report);
    return 0;
}

}  // namespace

Result<int> run(const Session& session, const RestoreCommand& command) {
    if (command.drill == !command.folder.empty())
        return fail(ErrorKind::invalid,
                    {"--to フォルダ（復元する）か --drill（試すだけ）のどちらか一方を指定してください。",
                     "say either --to FOLDER (restore) or --drill (only try)."});
    return command.drill ? try_it(session, command) : put_back(session, command);
}

}  // namespace maru::cli
