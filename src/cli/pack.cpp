#include "packs/order.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "cli/files.hpp"
#include "cli/moments.hpp"
#include "cli/progress.hpp"
#include "cli/session.hpp"
#include "cli/signing.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

Result<std::vector<const sheets::Item*>> items_of(const sheets::Sheet& sheet, const PackCommand& command) {
    std::vector<std::string> names;
    if (!command.items.empty())
        for (const std::string& name : split(command.items, ',')) names.emplace_back(trim(name));
    const auto rows = command.all_rows ? sheets::Sheet::Rows::all : sheets::Sheet::Rows::published;
    const auto chosen = items_named(sheet, names, rows);
    if (!chosen) return std::unexpected(prefixed("--items", chosen.error()));
    std::vector<const sheets::Item*> ordered = sheet.rows(sheets::Sheet::Rows::all);
    std::erase_if(
        ordered, [&](const sheets::Item* item) { return std::ranges::find(*chosen, item) == chosen->end(); });
    return ordered;
}

Result<packs::Period> period_of(const Session& session, store::Database& reader, const PackCommand& command) {
    const Instant now = session.environment.clock();
    const Day from = TRY(past_day(session, "--from", command.from));
    const Day to = command.to.empty() ? session.today() : TRY(past_day(session, "--to", command.to));
    return packs::period_of(reader, {{"--from", now}, {"--to", now}}, from, to);
}

void warn_of_witnesses(const Session& session) {
    session.warnings << session.say(
        "maru: 注意: 立会人の連署がそろっていません。maru ledger cosign のあとで作ると、連署も入ります。\n",
        "maru: warning: the witnesses of policy.txt have not cosigned this state; run maru ledger cosign and "
        "make the pack again to have their word in it.\n");
}

void print(const Session& session, const PackCommand& command, const packs::PackSummary& made) {
    session.out << fmt::format(fmt::runtime(session.say("{}: {} 個のファイル、{:.1f} MiB\n"
                                                        "記録簿 {} 件（期間中 {} 件）。値を開示した記録 {} "
                                                        "件（対象の台帳は全 {} 件）、添付ファイル {} 件。\n",
                                                        "{}: {} files, {:.1f} MiB\n"
                                                        "{} ledger entries ({} in the period); {} records "
                                                        "disclosed (of {} in the registers concerned), {} "
                                                        "attachments.\n")),
                               command.output.string(), made.files,
                               static_cast<double>(made.bytes) / (1 << 20), made.entries, made.in_period,
                               made.records, made.all_records, made.evidence);
    if (made.closed > 0)
        session.out << fmt::format(
            fmt::runtime(
                session.say("うち {} 件は値を開示できません（鍵の消去、または台帳の項目の変更）。\n",
                            "{} of them cannot be opened any more (key destroyed, or fields changed).\n")),
            made.closed);
    if (made.evidence_left_out > 0)
        session.out << fmt::format(
            fmt::runtime(
                session.say("添付ファイル {} 件は入れていません（見つからないか、上限を超えるため）。\n",
                            "{} attachments are left out (missing, or over the limit).\n")),
            made.evidence_left_out);
    session.out << fmt::format(
        fmt::runtime(session.say("検証: maru ledger verify {}（手順は中の VERIFY.md）\n",
                                 "Verify: maru ledger verify {} (steps: VERIFY.md in it)\n")),
        command.output.string());
}

}  // namespace

Result<int> run(const Session& session, const PackCommand& command) {
    TRY(expect_regular(command.output));
    TRY(expect_folder_of(command.output));
    TRY(expect_writable(command.output, command.force ? Existing::replaced : Existing::kept));
    Plain plain = TRY(open_plain(session, {}));
    const auto library = TRY(session.library(plain.schema));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, library));
    const packs::Period period = TRY(period_of(session, *plain.reader, command));
    packs::PackOptions options{period.from.day, period.to.day, TRY(items_of(sheet, command))};
    options.records = command.records;
    options.progress = progress_bar(session);
    const fs::path folder = TRY(session.organisation_folder());
    TRY(expect_no_fork(session, folder, *plain.reader));
    TRY(sign_tail(session, folder, plain.schema));
    const packs::PackSource source{session.catalog(), folder,  session.environment.anchors,
                                   plain.schema,      library, session.environment.random};
    const packs::MadePack made = TRY(packs::make_pack(source, {sheet, period, options}, command.output));
    if (made.lacks_witnesses) warn_of_witnesses(session);
    note_written(session, "pack", command.output);
    print(session, command, made.summary);
    return 0;
}

}  // namespace maru::cli
