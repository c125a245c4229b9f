#include "packs/pack.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "cli/files.hpp"
#include "cli/moments.hpp"
#include "cli/progress.hpp"
#include "cli/session.hpp"
#include "cli/signing.hpp"
#include "cli/witnesses.hpp"
#include "ledger/log.hpp"
#include "ledger/log_key_file.hpp"
#include "registers/secrets.hpp"
#include "store/files.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t offenders_listed = 100;  // per check

// Both ends, each known at its day's end.
struct Ends {
    Moment from, to;
};

std::unexpected<Error> nothing_between(const Ends& ends, Day last) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("{} から {} までに記録されたものがありません。{} に最後の記録があります。--from {} "
                     "のように、記録のある期間を指定してください。",
                     ends.from.day.iso(), ends.to.day.iso(), last.iso(), last.iso()),
         fmt::format("nothing was recorded from {} to {}; the last entry before is of {}. Choose a period "
                     "with entries, e.g. --from {}.",
                     ends.from.day.iso(), ends.to.day.iso(), last.iso(), last.iso())});
}

Result<void> expect_entries(store::Database& reader, const Ends& ends) {
    const Day last = local_day(TRY(ledger::time_of(reader, ends.to.entries - 1)), japan_offset);
    return last < ends.from.day ? nothing_between(ends, last) : Result<void>();
}

// Nothing was known before the ledger began: a year may begin before it.
Result<Moment> first_end(const Session& session, store::Database& reader, Day day) {
    const bool begun = TRY(ledger::stored_state(reader)).size > 0;
    if (begun && day < local_day(TRY(ledger::time_of(reader, 0)), japan_offset)) return Moment{0, day, true};
    return written_moment(session, reader, "--from", day.iso());
}

Result<Ends> ends_of(const Session& session, store::Database& reader, const PackCommand& command) {
    const Day from = TRY(past_day(session, "--from", command.from));
    const Day to = command.to.empty() ? session.today() : TRY(past_day(session, "--to", command.to));
    if (from > to)
        return fail(ErrorKind::invalid, {"--from が --to より後です。入れ替えてください。",
                                         "--from lies after --to; exchange them."});
    const Moment last = TRY(written_moment(session, reader, "--to", to.iso()));
    const Ends ends{TRY(first_end(session, reader, from)), last};
    TRY(expect_entries(reader, ends));
    return ends;
}

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

// The sheet of a day from what was known at the day's end.
struct End {
    Reading reading;
    sheets::SheetReport sheet;
};
Result<End> judge(const Session& session, const sheets::Sheet& sheet, const Moment& moment) {
    Reading reading = TRY(read_state(session, {moment.day.iso(), fmt::format("{}", moment.entries)}));
    sheets::ReportOptions options;
    options.rows = sheets::Sheet::Rows::all;
    options.offenders = offenders_listed;
    auto report = TRY(report_of(reading, sheet, options));
    return End{std::move(reading), std::move(report)};
}

Result<ledger::SigningKey> signing_key(const fs::path& folder) {
    auto key = TRY(ledger::read_key_file(registers::keys_folder(folder)));
    if (key) return *std::move(key);
    return fail(
        ErrorKind::not_found,
        {"署名鍵（keys/log.key）がないため、パックに署名できません。鍵のある場所で実行してください。",
         "without the signing key (keys/log.key) the pack cannot be signed; run this where the key is."});
}

// Another process writes, and has not signed yet.
std::unexpected<Error> not_signed() {
    return fail(ErrorKind::unavailable,
                {"期間中の記録に、まだ署名されていないものがあります。少し待ってもう一度実行してください。",
                 "some entries of the period are not signed yet; run this again in a moment."});
}

// The organisation's policy where the checkpoint meets it; else it asks for no witness.
Result<ledger::Policy> policy_met(const Session& session, const fs::path& file, std::string_view note,
                                  const ledger::Policy& alone) {
    const auto text = store::read_file(file, ledger::max_policy);
    if (!text && text.error().kind == ErrorKind::not_found) return alone;
    if (!text) return std::unexpected(text.error());
    auto policy = ledger::parse_policy(std::string(text->begin(), text->end()));
    if (!policy) return std::unexpected(prefixed(file.string(), policy.error()));
    if (ledger::open_checkpoint(note, *policy)) return *std::move(policy);
    session.warnings << session.say(
        "maru: 注意: 立会人の連署がそろっていません。maru ledger cosign のあとで作ると、連署も入ります。\n",
        "maru: warning: the witnesses of policy.txt have not cosigned this state; run maru ledger cosign and "
        "make the pack again to have their word in it.\n");
    return alone;
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
    const Ends ends = TRY(ends_of(session, *plain.reader, command));
    packs::PackOptions options{ends.from.day, ends.to.day, TRY(items_of(sheet, command))};
    options.records = command.records;
    options.progress = progress_bar(session);
    const fs::path folder = TRY(session.organisation_folder());
    TRY(expect_no_fork(session, folder, *plain.reader));
    TRY(sign_tail(session, folder, plain.schema));

    End first = TRY(judge(session, sheet, ends.from));
    End last = TRY(judge(session, sheet, ends.to));
    const auto checkpoint = TRY(newest_of(*last.reading.reader));
    if (std::cmp_less(checkpoint.checkpoint.size, last.reading.entries)) return not_signed();
    const auto key = TRY(signing_key(folder));
    const auto note = TRY(ledger::published_note(*last.reading.reader, checkpoint));
    const auto policy =
        TRY(policy_met(session, policy_file(folder), note, ledger::policy_of(key.verifier())));
    auto secrets = TRY(registers::open_secrets(folder, session.environment.random));
    packs::PackInput input{session.catalog(),
                           plain.schema,
                           library,
                           {std::move(first.sheet), *first.reading.reader},
                           {std::move(last.sheet), *last.reading.reader},
                           checkpoint,
                           key,
                           policy,
                           secrets};
    const packs::PackSummary made = TRY(packs::write_pack(input, options, command.output));
    note_written(session, "pack", command.output);
    print(session, command, made);
    return 0;
}

}  // namespace maru::cli
