#include "packs/order.hpp"

#include <fmt/core.h>

#include <utility>

#include "ledger/log.hpp"
#include "ledger/log_key_file.hpp"
#include "registers/organisation.hpp"
#include "store/files.hpp"

namespace maru::packs {

namespace {

namespace fs = std::filesystem;
using sheets::Moment;

constexpr std::size_t offenders_listed = 100;  // per check

std::unexpected<Error> nothing_between(const AskedPeriod& asked, const Period& period, Day last) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("{} から {} までに記録されたものがありません。{} に最後の記録があります。{} {} "
                     "のように、記録のある期間を指定してください。",
                     period.from.day.iso(), period.to.day.iso(), last.iso(), asked.from.by, last.iso()),
         fmt::format("nothing was recorded from {} to {}; the last entry before is of {}. Choose a period "
                     "with entries, e.g. {} {}.",
                     period.from.day.iso(), period.to.day.iso(), last.iso(), asked.from.by, last.iso())});
}

// Nothing was known before the ledger began: a year may begin before it.
Result<Moment> first_moment(store::Database& reader, const sheets::Asked& asked, Day day) {
    const bool begun = TRY(ledger::stored_state(reader)).size > 0;
    if (begun && day < local_day(TRY(ledger::time_of(reader, 0)), japan_offset)) return Moment{0, day, true};
    return sheets::written_moment(reader, asked, day.iso());
}

// The sheet of a day from what was known at the day's end.
struct JudgedEnd {
    std::unique_ptr<store::Database> reader;
    sheets::SheetReport sheet;
};

Result<JudgedEnd> judge(const PackSource& source, const sheets::Sheet& sheet, const Moment& moment) {
    const auto open = [folder = source.organisation, schema = &source.schema,
                       as_of = registers::AsOf{moment.entries, source.anchors}] {
        return registers::Organisation::open_reader(folder, *schema, as_of);
    };
    JudgedEnd end{std::make_unique<store::Database>(TRY(open())), {}};
    checks::EvaluationOptions evaluating;
    evaluating.today = moment.day;
    evaluating.open_reader = open;
    auto evaluation = TRY(checks::Evaluation::open(*end.reader, source.library, source.schema, evaluating));
    sheets::ReportOptions reporting;
    reporting.rows = sheets::Sheet::Rows::all;
    reporting.offenders = offenders_listed;
    end.sheet = TRY(sheets::report(*end.reader, evaluation, sheet, reporting));
    end.sheet.entries = moment.entries;
    end.sheet.root = base64(TRY(ledger::root_at(*end.reader, moment.entries)));
    return end;
}

Result<ledger::StoredCheckpoint> checkpoint_over(store::Database& reader, const Moment& moment) {
    const auto newest = TRY(ledger::newest_checkpoint(reader));
    if (!newest)
        return fail(ErrorKind::not_found, {"まだ何も署名されていません。", "nothing has been signed yet"});
    if (std::cmp_greater_equal(newest->checkpoint.size, moment.entries)) return *newest;
    return fail(ErrorKind::unavailable,
                {"期間中の記録に、まだ署名されていないものがあります。少し待ってもう一度実行してください。",
                 "some entries of the period are not signed yet; run this again in a moment."});
}

Result<ledger::SigningKey> signing_key(const fs::path& organisation) {
    auto key = TRY(ledger::read_key_file(registers::keys_folder(organisation)));
    if (key) return *std::move(key);
    return fail(
        ErrorKind::not_found,
        {"署名鍵（keys/log.key）がないため、パックに署名できません。鍵のある場所で実行してください。",
         "without the signing key (keys/log.key) the pack cannot be signed; run this where the key is."});
}

// The organisation's policy where the checkpoint meets it; none where its witnesses are missing.
Result<std::optional<ledger::Policy>> policy_met(const fs::path& organisation, std::string_view note,
                                                 const ledger::VerifierKey& log) {
    const fs::path file = organisation / "policy.txt";
    const auto text = store::read_file(file, ledger::max_policy);
    if (!text && text.error().kind == ErrorKind::not_found) return ledger::policy_of(log);
    if (!text) return std::unexpected(text.error());
    auto policy = ledger::parse_policy(std::string(text->begin(), text->end()));
    if (!policy) return std::unexpected(prefixed(file.string(), policy.error()));
    if (ledger::open_checkpoint(note, *policy)) return *std::move(policy);
    return std::nullopt;
}

}  // namespace

Result<Period> period_of(store::Database& reader, const AskedPeriod& asked, Day from, Day to) {
    TRY(sheets::past_day(asked.from, from.iso()));
    TRY(sheets::past_day(asked.to, to.iso()));
    if (from > to)
        return fail(ErrorKind::invalid,
                    {fmt::format("{} が {} より後です。入れ替えてください。", asked.from.by, asked.to.by),
                     fmt::format("{} lies after {}; exchange them.", asked.from.by, asked.to.by)});
    const Moment last = TRY(sheets::written_moment(reader, asked.to, to.iso()));
    const Period period{TRY(first_moment(reader, asked.from, from)), last};
    const Day newest = local_day(TRY(ledger::time_of(reader, last.entries - 1)), japan_offset);
    if (newest < from) return nothing_between(asked, period, newest);
    return period;
}

Result<MadePack> make_pack(const PackSource& source, const PackOrder& order, const fs::path& file) {
    JudgedEnd first = TRY(judge(source, order.sheet, order.period.from));
    JudgedEnd last = TRY(judge(source, order.sheet, order.period.to));
    const auto checkpoint = TRY(checkpoint_over(*last.reader, order.period.to));
    const auto key = TRY(signing_key(source.organisation));
    const auto note = TRY(ledger::published_note(*last.reader, checkpoint));
    const auto met = TRY(policy_met(source.organisation, note, key.verifier()));
    const ledger::Policy policy = met.value_or(ledger::policy_of(key.verifier()));
    auto secrets = TRY(registers::open_secrets(source.organisation, source.random));
    PackInput input{source.catalog,
                    source.schema,
                    source.library,
                    {std::move(first.sheet), *first.reader},
                    {std::move(last.sheet), *last.reader},
                    checkpoint,
                    key,
                    policy,
                    secrets};
    return MadePack{TRY(write_pack(input, order.options, file)), !met.has_value()};
}

}  // namespace maru::packs
