// Making and listing backups.
#include "backup/backup.hpp"

#include <fmt/core.h>

#include <ostream>

#include "backup/archive.hpp"
#include "backup/evidence.hpp"
#include "backup/keys.hpp"
#include "cli/backups.hpp"
#include "registers/handed_out.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

Result<int> make_key(const Session& session, const BackupCommand& command) {
    const auto keys = TRY(backup::make_key(command.key, session.environment.random));
    session.out << backup::public_text(keys.public_key) << "\n";
    session.progress << fmt::format(
        fmt::runtime(session.say(
            "秘密鍵を {} に書きました。なくすと復元できないため、サーバーの外にも控えてください。\n"
            "サーバーには上の公開鍵の1行だけを置きます。\n",
            "The private key is in {}. Without it nothing can be restored: keep a copy off the server.\n"
            "The server needs only the line with the public key.\n")),
        command.key.string());
    return 0;
}

Result<int> list(const Session& session, const BackupCommand& command) {
    const auto place = TRY(backup::open_place(command.place, command.bucket));
    const auto all = TRY(place->list());
    if (all.empty())
        session.out << fmt::format(
            fmt::runtime(session.say("{} にバックアップはありません。maru backup run で取れます。\n",
                                     "no backups in {}; make one with maru backup run\n")),
            command.place);
    for (const backup::Stored& one : all) {
        session.out << fmt::format("{:>12}  {}", one.bytes, place->path_of(one.name));
        if (!backup::is_bucket(command.place)) {
            const auto header = backup::read_header(place->path_of(one.name));
            session.out << (header ? fmt::format(fmt::runtime(session.say("  {} 変更記録 {} 件 鍵 {}",
                                                                          "  {} {} ledger entries, key {}")),
                                                 format_instant(header->time), header->entries, header->key)
                                   : "  " + header.error().message.in(session.common.language));
        }
        session.out << "\n";
    }
    return 0;
}

void print_made(const Session& session, const backup::Place& place, const backup::Made& made) {
    session.out << fmt::format(
        fmt::runtime(
            session.say("バックアップ: {}\n  変更記録 {} 件（ルート {}）、ファイル {} 個、{:.1f} MB、鍵 {}\n",
                        "Backup: {}\n  {} ledger entries (root {}), {} files, {:.1f} MB, key {}\n")),
        place.path_of(made.name), made.header.entries, base64(made.header.root), made.files,
        static_cast<double>(made.bytes) / 1e6, made.header.key);
}

Result<int> make(const Session& session, const BackupCommand& command) {
    const fs::path folder = TRY(session.organisation_folder());
    const auto schema = TRY(session.schema());
    const auto library = TRY(session.library(schema));
    const backup::KeyFile key = TRY(backup::read_key(command.key));
    const auto place = TRY(backup::open_place(command.place, command.bucket));
    const auto made = backup::make_backup({.organisation = folder,
                                           .public_key = key.public_key,
                                           .definitions = library.version,
                                           .program = MARU_VERSION,
                                           .clock = session.environment.clock,
                                           .random = session.environment.random},
                                          *place);
    record(session, schema, command.by, [&](const backup::Put& put, const std::string& by) {
        return backup::record_run(
            put,
            {session.today(), made ? backup::Outcome::success : backup::Outcome::failed, command.place, by});
    });
    if (!made) return std::unexpected(made.error());
    registers::note_handed_out(folder, "backup", place->path_of(made->name), session.environment.clock());
    print_made(session, *place, *made);
    if (command.keep == 0) return 0;
    for (const std::string& name : TRY(backup::thin(*place, made->header.origin, command.keep))) {
        registers::note_gone(folder, place->path_of(name));
        session.out << session.say("  古いものを削除: ", "  removed an old one: ") << name << "\n";
    }
    return 0;
}

}  // namespace

void record(const Session& session, const registers::Schema& schema, const std::string& by,
            const std::function<Result<void>(const backup::Put&, const std::string&)>& work) {
    const Result<void> done = [&]() -> Result<void> {
        const fs::path folder = TRY(session.organisation_folder());
        std::string who = by;
        if (who.empty()) {
            auto reader = TRY(registers::Organisation::open_reader(folder, schema));
            who = TRY(backup::responsible(reader, session.today()));
        }
        auto organisation = TRY(session.open(schema));
        return work([&](registers::PutRequest request) { return organisation->put(std::move(request)); },
                    who);
    }();
    if (done) return;
    session.warnings << session.say("maru: 注意: 実行の記録を台帳に残せません: ",
                                    "maru: warning: this could not be recorded in the registers: ")
                     << done.error().message.in(session.common.language) << "\n";
}

Result<int> run(const Session& session, const BackupCommand& command) {
    switch (command.action) {
        case BackupCommand::Action::run: return make(session, command);
        case BackupCommand::Action::list: return list(session, command);
        case BackupCommand::Action::key: return make_key(session, command);
    }
    return 0;
}

}  // namespace maru::cli
