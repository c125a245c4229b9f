#include "cli/diff_table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "cli/moments.hpp"

namespace maru::cli {

namespace {

using checks::RowState;
using sheets::Cause;
using sheets::CheckDiff;
using sheets::Diff;
using sheets::FieldChange;
using sheets::ItemDiff;
using sheets::Place;
using sheets::RowDiff;

constexpr std::size_t fields_shown = 6;

class Printer {
public:
    Printer(const Session& session, const Diff& diff)
        : session_(session), diff_(diff), language_(session.common.language) {}

    std::string run() {
        head();
        if (diff_.items.empty()) {
            line(0, session_.say("判定も件数も変わっていません。", "No verdict and no number changed."));
            return out_;
        }
        flipped();
        others();
        return out_;
    }

private:
    // Cut at the width of the terminal.
    void line(std::size_t indent, const std::string& text) {
        const std::size_t rest = session_.width > indent + 20 ? session_.width - indent : 20;
        out_ += std::string(indent, ' ') + fit_to_width(text, rest) + "\n";
    }

    std::string place(const Place& place) const {
        return fmt::format(
            fmt::runtime(session_.say("{}（変更記録 {} 件）",
                                      place.entries == 1 ? "{} ({} entry)" : "{} ({} entries)")),
            place.day.iso(), place.entries);
    }

    void head() {
        line(0, fmt::format("{}  {}", diff_.organisation, diff_.sheet->label.in(language_)));
        line(0, place(diff_.from) + " → " + place(diff_.to));
        out_ += "\n";
    }

    std::string mark(const sheets::Verdict& verdict) const {
        return fmt::format("{} {}", symbol(verdict.mark), sheets::numbers(verdict.asked, language_));
    }

    void item(const ItemDiff& item) {
        std::string text =
            fmt::format("{:>3}  {} → {}", item.item->number, mark(item.before), mark(item.after));
        if (item.before.remark != item.after.remark)
            text += fmt::format(fmt::runtime(session_.say("  備考: {} → {}", "  remark: {} → {}")),
                                sheets::name_of(item.before.remark).in(language_),
                                sheets::name_of(item.after.remark).in(language_));
        line(0, text + "  " + item.item->question.in(language_));
    }

    void flipped() {
        const auto count = std::ranges::count_if(diff_.items, &ItemDiff::flipped);
        line(0, fmt::format(
                    fmt::runtime(session_.say("判定が変わった項目: {}", "Items whose verdict changed: {}")),
                    count));
        for (const ItemDiff& one : diff_.items) {
            if (!one.flipped()) continue;
            out_ += "\n";
            item(one);
            checks_of(one);
        }
        if (std::ranges::any_of(diff_.items, &without_rows))
            line(0, session_.say(
                        "対象が多いため中身を省いた項目があります: maru diff … に項目番号を付けて",
                        "Some have too many records to show what is behind them at once: maru diff … with "
                        "their numbers, or --all"));
    }

    static bool without_rows(const ItemDiff& one) { return one.flipped() && !one.compared; }

    void others() {
        const auto count =
            std::ranges::count_if(diff_.items, [](const ItemDiff& one) { return !one.flipped(); });
        if (count == 0) return;
        out_ += "\n";
        line(0, fmt::format(fmt::runtime(session_.say("件数だけが変わった項目: {}",
                                                      "Items of which only the numbers changed: {}")),
                            count));
        for (const ItemDiff& one : diff_.items) {
            if (one.flipped()) continue;
            item(one);
            checks_of(one);
        }
        if (std::ranges::any_of(diff_.items,
                                [&](const ItemDiff& one) { return !one.flipped() && !one.compared; }))
            line(0, session_.say("これらの中身: maru diff … --all、または項目番号を付けて",
                                 "What is behind these: maru diff … --all, or name items"));
    }

    void checks_of(const ItemDiff& one) {
        for (const CheckDiff& check : diff_.checks) {
            if (std::ranges::find(check.items, one.item) == check.items.end()) continue;
            const auto [shown, first] = shown_under_.emplace(&check, one.item->number);
            if (first)
                rows(check);
            else
                line(5, fmt::format(
                            fmt::runtime(session_.say("{}  （項目 {} と同じ）", "{}  (as under item {})")),
                            check.check->title.in(language_), shown->second));
        }
    }

    void failed(const Place& side, const std::optional<Error>& error) {
        if (!error) return;
        line(7, fmt::format(
                    fmt::runtime(session_.say("! {} は点検できません: {}", "! could not be run on {}: {}")),
                    side.day.iso(), error->message.in(language_)));
    }

    void rows(const CheckDiff& check) {
        if (check.failed()) {
            line(5, check.check->title.in(language_));
            failed(diff_.from, check.error_before);
            return failed(diff_.to, check.error_after);
        }
        std::string text =
            fmt::format("{}  {} → {}", check.check->title.in(language_),
                        sheets::numbers(check.before, language_), sheets::numbers(check.after, language_));
        if (check.came > 0)
            text += fmt::format(fmt::runtime(session_.say("  増 {}", "  came {}")), check.came);
        if (check.went > 0)
            text += fmt::format(fmt::runtime(session_.say("  減 {}", "  went {}")), check.went);
        if (check.changed > 0)
            text += fmt::format(fmt::runtime(session_.say("  変化 {}", "  changed {}")), check.changed);
        line(5, text);
        for (const RowDiff& one : check.rows) row(one);
        if (const auto more = check.total() - std::ssize(check.rows); more > 0)
            line(7, fmt::format(fmt::runtime(session_.say("ほか {} 件（--rows で増やせます）",
                                                          "and {} more (show them with --rows)")),
                                more));
    }

    void row(const RowDiff& one) {
        const bool came = one.before == RowState::absent;
        const bool went = one.after == RowState::absent;
        std::string text = fmt::format("{} {} — ", came ? '+' : went ? '-' : '*', one.label);
        if (!came) text += sheets::state_name(one.before, language_);
        if (!came && !went) text += " → ";
        if (!went) text += sheets::state_name(one.after, language_);
        if (went) text += session_.say("（対象から外れました）", " (not counted any more)");
        const std::string& reason = (went ? one.reason_before : one.reason_after).in(language_);
        if (!reason.empty() && !went) text += ": " + reason;
        if (!one.owner.empty())
            text += fmt::format(fmt::runtime(session_.say("（担当 {}）", " (owner {})")), one.owner);
        line(7, text);
        cause(one.cause);
    }

    void cause(const std::optional<Cause>& cause) {
        if (!cause) {
            line(11, session_.say("時間の経過による（記録の変更はありません）",
                                  "by passing of time (no record changed)"));
            return;
        }
        const std::string by =
            cause->actor.empty() ? session_.say("管理用端末", "command line of the host") : cause->actor;
        std::string text = fmt::format("@{}  {}  {}  ", cause->index, local_time(cause->at), by);
        if (cause->of == nullptr) return line(11, text + cause->kind);
        line(11, text + what(*cause));
        if (causes_told_.insert(cause->index).second) fields(*cause);
    }

    std::string what(const Cause& cause) const {
        const std::string record = cause.of->label.in(language_) + " " + cause.record_label;
        if (cause.kind == "retire")
            return fmt::format(fmt::runtime(session_.say("{} を外した{}", "{} retired{}")), record,
                               cause.reason.empty() ? "" : ": " + cause.reason);
        return fmt::format(fmt::runtime(cause.first_version ? session_.say("{} を登録", "{} created")
                                                            : session_.say("{} を変更", "{} changed")),
                           record);
    }

    void fields(const Cause& cause) {
        const std::size_t shown = std::min(fields_shown, cause.fields.size());
        for (std::size_t i = 0; i < shown; ++i) {
            const FieldChange& field = cause.fields[i];
            const std::string before = field.before.in(language_), after = field.after.in(language_);
            const std::string values = field.hidden     ? session_.say("（非表示）", "(hidden)")
                                       : before.empty() ? after
                                                        : before + " → " + (after.empty() ? "－" : after);
            line(15, field.label.in(language_) + ": " + values);
        }
        if (cause.fields.size() > shown)
            line(15, fmt::format(fmt::runtime(session_.say("ほか {} 項目", cause.fields.size() == shown + 1
                                                                               ? "and {} more field"
                                                                               : "and {} more fields")),
                                 cause.fields.size() - shown));
    }

    const Session& session_;
    const Diff& diff_;
    Language language_;
    std::string out_;
    std::map<const CheckDiff*, int> shown_under_;
    std::set<std::int64_t> causes_told_;
};

}  // namespace

std::string diff_table(const Session& session, const Diff& diff) { return Printer(session, diff).run(); }

}  // namespace maru::cli
