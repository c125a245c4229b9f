// Many records of a register at once, all or nothing; and taking back what some entries of the ledger did.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "api/endpoints.hpp"
#include "api/record_json.hpp"
#include "api/register_files.hpp"
#include "registers/tables.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using identity::Reach;
using registers::Change;
using registers::Record;
using registers::Register;
using registers::WriteContext;

constexpr std::size_t most_records = 10'000;
constexpr std::size_t kept_problems = 20;
constexpr std::int64_t most_entries = 200'000;

Result<const Register*> writable_as_a_whole(const Call& call) {
    const Register* const of = TRY(readable_register(call));
    if (call.may().write(*of) != Reach::all) return needs_all(*of, {"変更する", "change"});
    return of;
}

Result<std::vector<std::int64_t>> ids_of(const json::object& body) {
    const json::value* const given = body.if_contains("ids");
    const auto* const list = given ? given->if_array() : nullptr;
    const auto wrong =
        fail(ErrorKind::invalid,
             {fmt::format("本文の ids に、記録の番号を {} 件まで書いてください。", most_records),
              fmt::format("body: write up to {} numbers of records as ids", most_records)});
    if (!list || list->empty() || list->size() > most_records) return wrong;
    std::set<std::int64_t> ids;
    for (const json::value& one : *list) {
        if (!one.is_int64()) return wrong;
        ids.insert(one.get_int64());
    }
    return std::vector(ids.begin(), ids.end());
}

struct RecordProblem {
    std::int64_t id = 0;
    std::string title;
    Text detail;
};

// What happened to each of many records. One problem undoes all of it.
class Batch {
public:
    Batch(const Call& call, const Register& of) : call_(call), of_(of) {}

    using One = std::function<Result<Change>(WriteContext&, std::int64_t id)>;
    Result<http::Response> run(const std::vector<std::int64_t>& ids, const One& one) {
        const auto work = [&](WriteContext& context) -> Result<std::vector<Change>> {
            changes_.clear(), problems_.clear(), problem_count_ = 0;  // a command may be run again
            for (const std::int64_t id : ids) {
                const auto change = one(context, id);
                if (change)
                    changes_.push_back(*change);
                else if (!concerns_the_record(change.error().kind))
                    return std::unexpected(change.error());
                else
                    note(context, id, change.error().message);
            }
            if (problem_count_ > 0)
                return fail(ErrorKind::invalid, {"何も変えませんでした。", "nothing was changed"});
            return changes_;
        };
        const auto done = call_.site.write(work, call_.who().actor());
        if (!done && problem_count_ == 0) return std::unexpected(done.error());
        return json_response(report(), problem_count_ > 0 ? 422 : 200);
    }

private:
    static bool concerns_the_record(ErrorKind kind) {
        return kind == ErrorKind::invalid || kind == ErrorKind::not_found || kind == ErrorKind::conflict ||
               kind == ErrorKind::forbidden;
    }

    void note(WriteContext& context, std::int64_t id, const Text& detail) {
        ++problem_count_;
        if (problems_.size() == kept_problems) return;
        problems_.push_back(
            {id, registers::title_of(context.database, context.schema, of_.name, id, call_.language),
             detail});
    }

    json::object report() const {
        json::array problems;
        for (const RecordProblem& one : problems_)
            problems.push_back(
                {{"id", one.id}, {"title", one.title}, {"detail", one.detail.in(call_.language)}});
        std::int64_t changed = 0, first = -1, last = -1;
        for (const Change& change : changes_) {
            if (problem_count_ > 0 || change.kind == Change::Kind::unchanged) continue;
            ++changed;
            first = first < 0 ? change.index : std::min(first, change.index);
            last = std::max(last, change.index);
        }
        json::object out{{"records", changes_.size() + problem_count_},
                         {"changed", changed},
                         {"problemCount", problem_count_},
                         {"problems", std::move(problems)}};
        if (first >= 0) out["entries"] = {{"first", first}, {"last", last}};
        return out;
    }

    const Call& call_;
    const Register& of_;
    std::vector<Change> changes_;
    std::vector<RecordProblem> problems_;
    std::size_t problem_count_ = 0;
};

Result<http::Response> change_many(Call& call) {
    const Register& of = *TRY(writable_as_a_whole(call));
    const json::object body = TRY(call.body());
    const std::vector<std::int64_t> ids = TRY(ids_of(body));
    const json::value* const given = body.if_contains("fields");
    if (!given || !given->is_object() || given->get_object().empty())
        return fail(ErrorKind::invalid,
                    {"本文に {\"ids\": […], \"fields\": {\"項目\": 値}} を書いてください。",
                     "the body: write {\"ids\": […], \"fields\": {\"field\": value}}"});
    const registers::WrittenFields fields = TRY(written_fields(given->get_object()));
    for (const auto& [name, value] : fields) {
        const registers::Field* const field = of.field(name);
        if (field && !call.may().sees(of, *field))
            return fail(ErrorKind::forbidden, {"項目「" + field->label.ja + "」を変更する権限がありません。",
                                               "you may not change the field " + name});
    }
    return Batch(call, of).run(ids, [&](WriteContext& context, std::int64_t id) -> Result<Change> {
        if (!TRY(registers::read(context.database, of, id)))
            return fail(ErrorKind::not_found,
                        {"この記録はもうありません。", "the record is no longer there"});
        return registers::put(context,
                              {.register_name = of.name, .id = id, .expected_version = {}, .fields = fields});
    });
}

Result<http::Response> retire_many(Call& call) {
    const Register& of = *TRY(writable_as_a_whole(call));
    const json::object body = TRY(call.body());
    const std::vector<std::int64_t> ids = TRY(ids_of(body));
    std::string reason;
    if (const auto* given = body.if_contains("reason"); given && given->is_string())
        reason = given->get_string();
    return Batch(call, of).run(ids, [&](WriteContext& context, std::int64_t id) {
        return registers::retire(context, of.name, id, {}, reason);
    });
}

// ---- Taking back

struct Span {
    std::int64_t first = 0, last = 0;
    bool holds(std::int64_t entry) const { return entry >= first && entry <= last; }
};

Result<Span> span_of(const json::object& body) {
    const auto number = [&](const char* name) {
        const json::value* const given = body.if_contains(name);
        return given && given->is_int64() ? given->get_int64() : -1;
    };
    const Span span{number("first"), number("last")};
    if (span.first < 0 || span.last < span.first || span.last - span.first >= most_entries)
        return fail(ErrorKind::invalid, {"本文に {\"first\": 番号, \"last\": 番号} を書いてください。",
                                         "the body: write {\"first\": number, \"last\": number}"});
    return span;
}

// Records that the entries made, changed or retired, the last first: what refers goes before what it refers
// to.
Result<std::vector<std::int64_t>> touched(store::Database& database, const Register& of, const Span& span) {
    store::Statement* query = TRY(database.cached(fmt::format(
        "select id from (select id, from_index as entry from {0} where from_index between ?1 and ?2 union "
        "all "
        "select id, to_index from {0} where to_index between ?1 and ?2) group by id order by max(entry) desc",
        store::quoted(registers::history_table(of)))));
    query->bind(1, span.first).bind(2, span.last);
    std::vector<std::int64_t> ids;
    while (const auto row = TRY(query->step())) ids.push_back(row->integer(0));
    return ids;
}

std::unexpected<Error> changed_since() {
    return fail(ErrorKind::conflict, {"その後に変えられています。記録の履歴から直してください。",
                                      "it was changed since; mend it from the record's history"});
}

// What was erased stays erased: such a field is left as it is.
registers::WrittenFields written_again(const Register& of, const Record& record,
                                       const registers::Tombstones& erased) {
    const auto key_of = [](std::string_view, std::int64_t id) { return "#" + std::to_string(id); };
    registers::WrittenFields fields;
    for (std::size_t i = 0; i < of.fields.size(); ++i)
        if (!erased.entry(record.id, record.version, of.fields[i].number))
            fields[of.fields[i].name] = registers::format_written(of.fields[i], record.values[i], key_of);
    return fields;
}

// To the version before the entries; a record that was not there before is retired.
Result<Change> take_back(WriteContext& context, const Register& of, std::int64_t id, const Span& span,
                         const registers::Tombstones& erased) {
    const std::vector<Record> versions = TRY(registers::history(context.database, of, id));
    const Record* before = nullptr;
    for (const Record& version : versions)
        if (version.from_index < span.first && (!version.to_index || *version.to_index >= span.first))
            before = &version;
    const Record& newest = versions.back();
    const bool is_theirs = newest.to_index ? span.holds(*newest.to_index) : span.holds(newest.from_index);
    if (!is_theirs) return changed_since();
    if (before)
        return registers::put(context, {.register_name = of.name,
                                        .id = id,
                                        .expected_version = {},
                                        .fields = written_again(of, *before, erased)});
    if (newest.to_index) return Change{.register_name = of.name, .id = id, .kind = Change::Kind::unchanged};
    return registers::retire(context, of.name, id, {}, "元に戻す");
}

Result<http::Response> undo(Call& call) {
    const Register& of = *TRY(writable_as_a_whole(call));
    const Span span = TRY(span_of(TRY(call.body())));
    std::vector<std::int64_t> ids;
    registers::Tombstones erased;
    {
        const auto reader = TRY(call.site.readers().now());
        ids = TRY(touched(*reader, of, span));
        erased = TRY(registers::Tombstones::load(*reader, of));
    }
    if (ids.empty())
        return fail(ErrorKind::not_found, {"その番号の変更は、この台帳にはありません。",
                                           "these entries changed nothing in this register"});
    return Batch(call, of).run(ids, [&](WriteContext& context, std::int64_t id) {
        return take_back(context, of, id, span, erased);
    });
}

Endpoint posting(std::string pattern, std::string id, std::string summary, std::string takes,
                 std::function<Result<http::Response>(Call&)> run) {
    return {.method = http::Method::post,
            .pattern = "/registers/{register}" + std::move(pattern),
            .id = std::move(id),
            .tag = "records",
            .summary = std::move(summary),
            .takes = std::move(takes),
            .gives = "BatchReport",
            .run = std::move(run)};
}

}  // namespace

std::vector<Endpoint> bulk_endpoints() {
    return {
        posting("/changes", "changeRecords",
                "Sets the same fields of many records, all or nothing; 422 with the records that refuse",
                "ManyChanges", change_many),
        posting("/retirements", "retireRecords",
                "Takes many records out of the register, all or nothing; their histories stay",
                "ManyRetirements", retire_many),
        posting("/undo", "undoEntries",
                "Takes back what entries of the ledger did to this register, by new entries: changed records "
                "get their values back, added ones are retired, retired ones return. 422 when one of them "
                "was changed since",
                "Entries", undo)};
}

}  // namespace maru::api
