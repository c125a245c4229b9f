#include "sheets/report.hpp"

#include <algorithm>

#include "registers/tombstones.hpp"
#include "sheets/inputs.hpp"

namespace maru::sheets {

using checks::CheckResult;
using checks::CheckState;
using checks::Evaluation;

namespace {

struct Inputs {
    Exclusions exclusions;
    Claims claims;
};

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

Result<LinkReport> link_report(store::Database& reader, Evaluation& evaluation, const LinkInput& input,
                               std::size_t limit) {
    LinkReport out;
    out.link = input.link;
    out.outcome = outcome_on(input, evaluation.today());
    const CheckResult* chosen = out.outcome.chosen ? out.outcome.chosen : input.members.front();
    out.check = chosen->check;
    out.error = chosen->error;
    if (chosen->doubt) out.doubt = chosen->doubt->why;
    out.contradictions = chosen->contradictions;
    if (!input.link->scope.empty() && out.contradictions.empty())
        out.contradictions = evaluation.contradictions(input.link->scope);
    const auto& counts = out.outcome.counts;
    out.offender_count = counts.total() - counts.good() - counts.exempt;
    if (out.offender_count == 0 || limit == 0 || out.error) return out;
    for (const checks::Row& row : TRY(evaluation.offenders(chosen->key, evaluation.today(), limit)))
        out.offenders.push_back(TRY(offender_of(reader, *out.check, row, evaluation.today())));
    return out;
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

Result<ItemReport> item_report(store::Database& reader, Evaluation& evaluation, const Item& item,
                               const Inputs& inputs, const ReportOptions& options) {
    const ItemInput input = input_of(item, evaluation, inputs.exclusions);
    ItemReport out;
    out.item = &item;
    out.verdict = verdict_on(input, evaluation.today());
    out.flips = flips_after(input, evaluation.today(), evaluation.today().plus_days(options.horizon_days));
    for (const LinkInput& link : input.links)
        out.links.push_back(TRY(link_report(reader, evaluation, link, options.offenders)));
    if (const auto found = inputs.claims.find(item.code); found != inputs.claims.end())
        out.claim = found->second;
    out.remark = live_remark(out.claim.remark, out);
    out.claim_stands = stands(out);
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

Result<ItemReport> report_item(store::Database& reader, Evaluation& evaluation, const Sheet& sheet,
                               const Item& item, const ReportOptions& options) {
    const Inputs inputs{TRY(load_exclusions(reader, sheet.name)), TRY(load_claims(reader, sheet.name))};
    return item_report(reader, evaluation, item, inputs, options);
}

Result<SheetReport> report(store::Database& reader, Evaluation& evaluation, const Sheet& sheet,
                           const ReportOptions& options) {
    SheetReport out;
    out.sheet = &sheet;
    out.day = evaluation.today();
    out.definitions = evaluation.library().version;
    out.organisation = TRY(organisation_name(reader));
    const Inputs inputs{TRY(load_exclusions(reader, sheet.name)), TRY(load_claims(reader, sheet.name))};
    evaluation.run_all(sheet.keys(options.rows));
    for (const Item* item : sheet.rows(options.rows))
        out.items.push_back(TRY(item_report(reader, evaluation, *item, inputs, options)));
    return out;
}

}  // namespace maru::sheets
