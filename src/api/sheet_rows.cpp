#include "api/sheet_rows.hpp"

#include <algorithm>
#include <charconv>

#include "api/sheet_json.hpp"
#include "sheets/codes.hpp"
#include "sheets/tasks.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using checks::Row;
using checks::RowState;

constexpr std::int64_t evidence_of_one_register = 3;
// Of a population above it the first page shows only what does not hold: those rows are known, the others
// would all have to be read.
constexpr std::int64_t many_rows = 5000;

std::optional<std::int64_t> id_of(const checks::Check& check, const Row& row) {
    if (check.subject.empty()) return std::nullopt;
    std::int64_t id = 0;
    const char* const end = row.subject.data() + row.subject.size();
    return std::from_chars(row.subject.data(), end, id).ptr == end ? std::optional(id) : std::nullopt;
}

bool holds(RowState state) { return state == RowState::satisfied || state == RowState::due; }

}  // namespace

json::value RowView::record_json(std::string_view register_name, std::int64_t id) {
    const RecordName& name = names_.of(register_name, id);
    return json::object{
        {"register", register_name}, {"id", id}, {"key", name.key}, {"title", name.title.in(call_.language)}};
}

Result<std::set<std::string>> RowView::own_subjects(const checks::Check& check) {
    std::set<std::string> out;
    const registers::Register* const of = call_.site.catalog().schema.find(check.subject);
    if (!of || !of->about_person()) return out;
    std::vector<std::int64_t> people{call_.who().person};
    people.insert(people.end(), call_.who().reports.begin(), call_.who().reports.end());
    auto records = TRY(desk_.reader().prepare("select t.id from " + store::quoted(of->name) + " t where t." +
                                              store::quoted(of->subject) + " = ?1"));
    for (const std::int64_t person : people) {
        records.bind(1, person);
        while (const auto row = TRY(records.step())) out.insert(std::to_string(row->integer(0)));
    }
    return out;
}

Result<std::vector<Row>> RowView::own(const checks::CheckKey& key, std::size_t most) {
    const checks::Check& check = *desk_.evaluation().run(key).check;
    const std::set<std::string> subjects = TRY(own_subjects(check));
    const auto is_there = [&](const checks::RowTerms& terms) {
        return checks::state_on(terms, check.grace, day_) != RowState::absent;
    };
    std::vector<Row> out;
    TRY(desk_.evaluation().visit(key, is_there, [&](const Row& row) -> Result<void> {
        const bool is_own =
            row.owner && (*row.owner == call_.who().person || call_.who().reports.contains(*row.owner));
        if (is_own || subjects.contains(row.subject)) out.push_back(row);
        return {};
    }));
    std::ranges::sort(out, {}, [&](const Row& row) {
        return std::tuple(!checks::offends(checks::state_on(row.terms, check.grace, day_)), row.label,
                          row.subject);
    });
    out.resize(std::min(out.size(), most));
    for (Row& row : out) desk_.evaluation().explain(check, row, day_);
    return out;
}

Result<std::vector<Row>> RowView::visible(const checks::CheckKey& key, const RowPage& page) {
    const auto most = static_cast<std::size_t>(page.offset + page.limit);
    if (!call_.may().may(identity::Action::see_rows)) return own(key, most);
    const checks::CheckResult& result = desk_.evaluation().run(key);
    if (page.offset == 0 && result.counts_on(day_).total() > many_rows)
        return desk_.evaluation().offenders(key, day_, most);
    auto rows = TRY(desk_.evaluation().first_rows(key, day_, most));
    const int grace = result.check->grace;
    std::erase_if(
        rows, [&](const Row& row) { return checks::state_on(row.terms, grace, day_) == RowState::absent; });
    return rows;
}

// The record itself, and new records that would speak about it.
json::object RowView::mend_json(const checks::Check& check, const Row& row) {
    json::object out{{"record", nullptr}};
    const auto id = id_of(check, row);
    json::array create;
    if (id) {
        out["record"] = record_json(check.subject, *id);
        for (const SubjectLink& link : call_.site.catalog().links_to_subject(check)) {
            if (call_.may().write(*link.of) == identity::Reach::none) continue;
            create.push_back({{"register", link.of->name},
                              {"label", link.of->label.in(call_.language)},
                              {"fields", json::object{{link.field->name, record_json(check.subject, *id)}}}});
        }
    }
    out["create"] = std::move(create);
    return out;
}

Result<json::array> RowView::evidence_json(const checks::Check& check, const Row& row) {
    json::array out;
    const auto id = id_of(check, row);
    if (!id) return out;
    for (const SubjectLink& link : call_.site.catalog().links_to_subject(check)) {
        if (call_.may().read(*link.of) != identity::Reach::all) continue;
        store::Statement* const newest =
            TRY(desk_.reader().cached("select t.id from " + store::quoted(link.of->name) + " t where t." +
                                      store::quoted(link.field->name) + " = ?1 order by t.id desc limit ?2"));
        newest->bind(1, *id).bind(2, evidence_of_one_register);
        std::vector<std::int64_t> ids;
        while (const auto found = TRY(newest->step())) ids.push_back(found->integer(0));
        for (const std::int64_t one : ids) out.push_back(record_json(link.of->name, one));
    }
    return out;
}

Result<json::value> RowView::exception_json(const checks::Check& check, const Row& row) {
    store::Statement* const covering = TRY(desk_.reader().cached(
        "select e.id, e.code, e.valid_until, e.compensating_measure, e.approved_by from exception e "
        "where e.check_name = ?1 and e.subject_record = ?2 and e.approved_by is not null "
        "and e.valid_from <= ?3 and e.valid_until >= ?3 order by e.valid_until desc limit 1"));
    covering->bind(1, check.name).bind(2, row.subject).bind(3, day_.iso());
    json::value out = nullptr;
    std::optional<std::int64_t> approver;
    if (const auto found = TRY(covering->step())) {
        approver = found->maybe_integer(4);
        out = json::object{{"id", found->integer(0)},
                           {"code", found->text(1)},
                           {"until", found->text(2)},
                           {"compensatingMeasure", found->text(3)}};
    }
    covering->reset();
    if (out.is_object()) out.get_object()["approvedBy"] = person_json(names_, approver, call_.language);
    return out;
}

Result<json::object> RowView::row_json(const checks::Check& check, const Row& row) {
    const RowState state = checks::state_on(row.terms, check.grace, day_);
    json::object out{{"subject", row.subject},
                     {"label", row.label},
                     {"owner", person_json(names_, row.owner, call_.language)},
                     {"state", sheets::code_of(state)},
                     {"reason", row.reason},
                     {"sentence", checks::sentence(check, row, call_.language)},
                     {"until", json_of(row.terms.valid_until)}};
    if (row.terms.starts_on > day_) out["startsOn"] = row.terms.starts_on.iso();
    if (state == RowState::exempt) out["exception"] = TRY(exception_json(check, row));
    if (holds(state)) out["evidence"] = TRY(evidence_json(check, row));
    if (state == RowState::satisfied || state == RowState::exempt) return out;
    out["todo"] = sheets::todo(check, row, call_.language);
    out["mend"] = mend_json(check, row);
    return out;
}

Result<json::array> RowView::page(const checks::CheckKey& key, const RowPage& page) {
    json::array out;
    const checks::CheckResult& result = desk_.evaluation().run(key);
    if (result.error || !result.check) return out;
    const auto rows = TRY(visible(key, page));
    std::vector<std::int64_t> shown;
    for (std::size_t i = static_cast<std::size_t>(page.offset); i < rows.size(); ++i) {
        out.push_back(TRY(row_json(*result.check, rows[i])));
        if (const auto id = id_of(*result.check, rows[i])) shown.push_back(*id);
    }
    const registers::Register* const of = call_.site.catalog().schema.find(result.check->subject);
    if (of && !shown.empty()) call_.note_read(*of, std::move(shown));
    return out;
}

}  // namespace maru::api
