#include "sheets/report.hpp"

#include <algorithm>

#include "registers/tombstones.hpp"
#include "sheets/inputs.hpp"

namespace maru::sheets {

using checks::CheckResult;
using checks::CheckState;
using checks::Evaluation;

namespace {

Result<Offender> offender_of(store::Database& reader, const checks::Check& check, const checks::Row& row,
                             Day day) {
    Offender offender;
    offender.subject = row.subject;
    offender.label = row.label;
    offender.owner = person_name(reader, row.owner);
    offender.state = checks::state_on(row.terms, check.grace, day);
    offender.code = row.reason;
    offender.reason = {checks::sentence(check, row, Language::ja),
                       checks::sentence(check, row, Language::en)};
    offender.valid_until = row.terms.valid_until;
    return offender;
}

const CheckResult& spokesman(const LinkInput& input, const LinkOutcome& outcome) {
    return outcome.chosen ? *outcome.chosen : *input.members.front();
}

LinkReport link_on(const LinkInput& input, const Surroundings& around, Day day) {
    LinkReport out;
    out.link = input.link;
    out.outcome = outcome_on(input, day);
    const CheckResult& result = spokesman(input, out.outcome);
    out.check = result.check;
    out.error = result.error;
    if (result.doubt) out.doubt = result.doubt->why;
    out.contradictions = result.contradictions;
    const auto of_scope = around.contradictions.find(input.link->scope);
    if (out.contradictions.empty() && of_scope != around.contradictions.end())
        out.contradictions = of_scope->second;
    const auto& counts = out.outcome.counts;
    out.offender_count = counts.total() - counts.good() - counts.exempt;
    return out;
}

Result<void> add_offenders(store::Database& reader, Evaluation& evaluation, const LinkInput& input,
                           std::size_t limit, LinkReport& out) {
    if (out.offender_count == 0 || limit == 0 || out.error) return {};
    const auto& key = spokesman(input, out.outcome).key;
    for (const checks::Row& row : TRY(evaluation.offenders(key, evaluation.today(), limit)))
        out.offenders.push_back(TRY(offender_of(reader, *out.check, row, evaluation.today())));
    return {};
}

// "{check.satisfied}" and "{check.total}" in a remark become numbers.
std::string live_remark(const std::string& remark, const ItemReport& item) {
    return fill(remark, [&](std::string_view name, std::string_view as_written) {
        for (const LinkReport& link : item.links) {
            const std::string& check = link.check->name;
            if (name == check + ".satisfied") return std::to_string(link.outcome.counts.good());
            if (name == check + ".total") return std::to_string(link.outcome.counts.total());
        }
        return std::string(as_written);
    });
}

bool stands(const ItemReport& item) {
    const auto& mark = item.claim.mark;
    if (!mark) return true;
    const bool mark_stands = *mark != Mark::full || item.verdict.mark == Mark::full;
    const bool remark_stands = item.claim.remark.empty() || item.verdict.remark != RemarkMark::not_earned;
    return mark_stands && remark_stands;
}

Result<ItemReport> item_report(store::Database& reader, Evaluation& evaluation, const JudgedItem& item,
                               const Surroundings& around, const ReportOptions& options) {
    ItemReport out = item_on(item, around, evaluation.today(), options.horizon_days);
    for (std::size_t i = 0; i < out.links.size(); ++i)
        TRY(add_offenders(reader, evaluation, item.input.links[i], options.offenders, out.links[i]));
    return out;
}

}  // namespace

std::int64_t SheetReport::count(Mark mark) const {
    return std::ranges::count_if(items, [&](const ItemReport& item) { return item.verdict.mark == mark; });
}

Result<std::string> organisation_name(store::Database& reader) {
    auto statement = TRY(reader.prepare("select o.name from organisation o order by o.id limit 1"));
    auto row = TRY(statement.step());
    return row ? std::string(row->text(0)) : std::string();
}

std::string person_name(store::Database& reader, std::optional<std::int64_t> person) {
    if (!person) return {};
    auto statement = reader.cached("select p.name from person p where p.id = ?");
    if (!statement) return {};
    (*statement)->bind(1, *person);
    std::string name;
    if (const auto row = (*statement)->step().value_or(std::nullopt)) name = row->text(0);
    (*statement)->reset();  // a statement left open would hold the snapshot
    if (!name.empty()) return name;
    const auto erased = registers::erasure_of(reader, *person);
    if (!erased || !*erased) return {};
    const Text text = registers::tombstone(**erased);
    return text.ja + " / " + text.en;
}

Result<Surroundings> surroundings_of(store::Database& reader, Evaluation& evaluation, const Sheet& sheet) {
    Surroundings out{TRY(load_claims(reader, sheet.name)), {}};
    for (const Item& item : sheet.items)
        for (const Link& link : item.links)
            if (!link.scope.empty() && !out.contradictions.contains(link.scope))
                out.contradictions[link.scope] = evaluation.contradictions(link.scope);
    return out;
}

ItemReport item_on(const JudgedItem& item, const Surroundings& around, Day day, int horizon_days) {
    ItemReport out;
    out.item = item.item;
    out.verdict = verdict_on(item.input, day);
    out.flips = flips_after(item.input, day, day.plus_days(horizon_days));
    for (const LinkInput& link : item.input.links) out.links.push_back(link_on(link, around, day));
    if (const auto found = around.claims.find(item.item->code); found != around.claims.end())
        out.claim = found->second;
    out.remark = live_remark(out.claim.remark, out);
    out.claim_stands = stands(out);
    return out;
}

Result<ItemReport> report_item(store::Database& reader, Evaluation& evaluation, const Sheet& sheet,
                               const Item& item, const ReportOptions& options) {
    const JudgedItem judged{&item, input_of(item, evaluation, TRY(load_exclusions(reader, sheet.name)))};
    return item_report(reader, evaluation, judged, TRY(surroundings_of(reader, evaluation, sheet)), options);
}

Result<SheetReport> report(store::Database& reader, Evaluation& evaluation, const Sheet& sheet,
                           const ReportOptions& options) {
    SheetReport out;
    out.sheet = &sheet;
    out.day = evaluation.today();
    out.definitions = evaluation.library().version;
    out.organisation = TRY(organisation_name(reader));
    const Surroundings around = TRY(surroundings_of(reader, evaluation, sheet));
    for (const JudgedItem& item : TRY(judged_items(reader, evaluation, sheet, options.rows)))
        out.items.push_back(TRY(item_report(reader, evaluation, item, around, options)));
    return out;
}

}  // namespace maru::sheets
