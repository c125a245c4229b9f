#include <fmt/core.h>

#include <algorithm>
#include <iostream>
#include <ostream>

#include "cli/erasure_text.hpp"
#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "cli/terminal.hpp"
#include "notices/forget.hpp"
#include "registers/erasure.hpp"
#include "registers/tombstones.hpp"

namespace maru::cli {

namespace {

Result<Day> requested_on(const Session& session, const EraseCommand& command) {
    if (command.requested.empty()) return session.today();
    auto day = parse_written_day(command.requested);
    if (!day) return std::unexpected(prefixed("--requested", day.error()));
    if (*day <= session.today()) return *day;
    return fail(ErrorKind::invalid, {"--requested: 今日より後の日です。請求された日を書いてください。",
                                     "--requested: lies ahead; write the day of the request."});
}

Result<registers::ErasurePlan> plan_of(const Session& session, const registers::Schema& schema,
                                       const std::string& person) {
    const Plain plain = TRY(open_plain(session, {}));
    const std::int64_t id = TRY(find_any_record(plain, *TRY(schema.get("person")), person));
    return registers::plan_erasure(*plain.reader, schema, id, session.today());
}

// What has to be typed: the code, so that nobody erases the wrong person by pressing return.
Result<void> confirm(const Session& session, const EraseCommand& command) {
    if (command.yes) return {};
    if (!can_ask())
        return fail(
            ErrorKind::invalid,
            {"端末ではないので確認できません。内容を --dry-run で確かめ、--yes を付けて実行してください。",
             "cannot ask here; look at --dry-run first, then say --yes."});
    session.out << "\n"
                << session.say("消去は元に戻せません。続けるには ", "This cannot be undone. To go on, type ")
                << command.person << session.say(" と入力してください: ", ": ") << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    if (trim(answer) == command.person) return {};
    return fail(ErrorKind::invalid,
                {"入力が一致しないため、何も消していません。", "that was not it; nothing was erased."});
}

void print_residue(const Session& session, const registers::Residue& residue) {
    session.out << fmt::format(fmt::runtime(session.say("検索: {} ファイル、{:.1f} MB（UTF-8・UTF-16）: ",
                                                        "Searched {} files, {:.1f} MB (UTF-8 and UTF-16): ")),
                               residue.files, static_cast<double>(residue.bytes) / 1e6);
    if (residue.places.empty())
        session.out << session.say("消した値はどこにもありません。\n",
                                   "none of the erased values is left.\n");
    else
        session.out << session.say("次の値がまだあります（上の文中の記載を見てください）。\n",
                                   "these are still there (see the texts listed above).\n");
    for (const auto& place : residue.places)
        session.out << "  " << place.file.filename().string() << ": " << place.word << "\n";
    for (const auto& file : residue.unread)
        session.out << "  " << session.say("読めないファイル: ", "not readable: ") << file.string() << "\n";
}

// What waits to go out, or was given up, holds names and addresses.
Result<void> forget_notices(const Session& session, const registers::ErasurePlan& plan) {
    if (!plan.blockers.empty()) return {};  // nothing will be erased
    TRY(notices::forget_person(TRY(session.organisation_folder()), plan.person, plan.erased_words));
    return {};
}

Result<int> carry_out(const Session& session, const EraseCommand& command, const registers::Schema& schema,
                      const registers::ErasurePlan& plan) {
    const Day requested = TRY(requested_on(session, command));
    const std::string actor = TRY(actor_of(session, schema, command.by));
    registers::ErasureDone done;
    {
        auto organisation = TRY(session.open(schema));
        TRY(forget_notices(session, plan));
        done = TRY(organisation->erase({plan.person, command.basis, requested, session.today()}, actor));
    }
    TRY(forget_notices(session, plan));  // what was queued meanwhile
    session.out << "\n"
                << fmt::format(
                       fmt::runtime(session.say("変更 {} により消去しました: {} 個の値、添付 {} 件。\n",
                                                "Erased by entry {}: {} values, {} attachments.\n")),
                       done.entry, done.values, done.attachments);
    for (const Text& open : done.open)
        session.out << session.say("まだ終わっていません（次に書き込むときに続けます）: ",
                                   "Not finished (the next writing command goes on): ")
                    << open.in(session.common.language) << "\n";
    print_residue(session,
                  TRY(registers::find_residue(TRY(session.organisation_folder()), plan.erased_words)));
    return done.open.empty() ? 0 : 1;
}

Result<int> erase_person(const Session& session, const EraseCommand& command) {
    const auto schema = TRY(session.schema());
    const registers::ErasurePlan plan = TRY(plan_of(session, schema, command.person));
    print_plan(session, plan, TRY(session.organisation_folder()));
    if (command.dry_run) {
        session.out << "\n"
                    << session.say("確認のみ。何も消していません。\n", "Dry run: nothing was erased.\n");
        return plan.blockers.empty() ? 0 : 1;
    }
    if (trim(command.basis).empty())
        return fail(ErrorKind::invalid,
                    {"--basis に消去の根拠を書いてください。例: 本人の請求（個人情報保護法35条）",
                     "--basis: write why, e.g. request of the person (APPI art. 35)."});
    if (plan.blockers.empty() && plan.values > 0) TRY(confirm(session, command));
    return carry_out(session, command, schema, plan);
}

// What of an erased person's data must still stay, or may go by now.
std::string rest_of(const Session& session, const registers::ErasurePlan& plan) {
    if (plan.values > 0)
        return fmt::format(
            fmt::runtime(session.say("期限が来ました: maru erase person '#{}' で残りを消せます",
                                     "due: erase the rest with maru erase person '#{}'")),
            plan.person);
    std::optional<Day> last;
    for (const registers::Kept& kept : plan.kept)
        last = std::max(last.value_or(first_day()), kept.until.value_or(forever()));
    if (!last) return session.say("すべて消去済み", "all of it is erased");
    if (*last == forever()) return session.say("一部を保存中（期限なし）", "some must stay, without an end");
    return fmt::format(fmt::runtime(session.say("一部を {} まで保存", "some must stay until {}")),
                       last->iso());
}

Result<int> list_erasures(const Session& session) {
    const Plain plain = TRY(open_plain(session, {}));
    const auto erasures = TRY(registers::past_erasures(*plain.reader));
    if (erasures.empty()) {
        session.out << session.say(
            "消去の記録はありません。maru erase person E001 --dry-run で内容を確かめられます。\n",
            "No erasures yet. See what one would do: maru erase person E001 --dry-run\n");
        return 0;
    }
    std::vector<std::vector<std::string>> rows{
        {session.say("変更", "Entry"), session.say("従業者", "Person"), session.say("請求日", "Requested"),
         session.say("実施日", "Executed"), session.say("値", "Values"), session.say("いま", "Now"),
         session.say("根拠", "Basis")}};
    for (const auto& one : erasures) {
        const auto plan =
            TRY(registers::plan_erasure(*plain.reader, plain.schema, one.person, session.today()));
        const bool is_last = plan.erased_by == one.entry;
        rows.push_back({std::to_string(one.entry), "#" + std::to_string(one.person), one.requested,
                        one.executed, std::to_string(one.values), is_last ? rest_of(session, plan) : "",
                        (one.replays ? session.say("（再実施）", "(again) ") : "") + one.basis});
    }
    session.out << aligned(rows, session.width);
    return 0;
}

// Opening for writing does it.
Result<int> resume(const Session& session) {
    const auto schema = TRY(session.schema());
    auto organisation = TRY(session.open(schema));
    if (organisation->notices().empty())
        session.out << session.say("中断した消去も、やり直す消去もありません。\n",
                                   "No erasure was interrupted, none has to be repeated.\n");
    return 0;
}

}  // namespace

Result<int> run(const Session& session, const EraseCommand& command) {
    switch (command.action) {
        case EraseCommand::Action::person: return erase_person(session, command);
        case EraseCommand::Action::list: return list_erasures(session);
        case EraseCommand::Action::resume: return resume(session);
    }
    return 0;
}

}  // namespace maru::cli
