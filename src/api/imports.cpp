// Files that become records: what is in one, what it would change, and the import itself.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/endpoints.hpp"
#include "api/register_files.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using identity::Reach;
using registers::Field;
using registers::Register;
using registers::Table;

constexpr std::size_t shown_rows = 5;

Result<const Register*> importable(const Call& call) {
    const Register* const of = TRY(readable_register(call));
    if (call.may().write(*of) != Reach::all) return needs_all(*of, {"変更する", "change"});
    return of;
}

Result<Table> sent_table(const Call& call) {
    return registers::parse_table(TRY(content_of(call)), TRY(format_of(call)));
}

// What a heading means by itself: a field that the caller may see, "id" or "version"; null otherwise.
json::value meaning_of(const Call& call, const Register& of, const std::string& heading) {
    if (heading == "id" || heading == "version") return json::string(heading);
    const Field* const field = of.field_by_heading(heading);
    return field && call.may().sees(of, *field) ? json::value(field->name) : json::value();
}

Result<http::Response> look(Call& call) {
    const Register& of = *TRY(importable(call));
    const Table table = TRY(sent_table(call));
    json::array columns;
    for (std::size_t at = 0; at < table.headings.size(); ++at) {
        json::array cells;
        for (std::size_t row = 0; row < std::min(shown_rows, table.rows.size()); ++row)
            cells.emplace_back(table.rows[row][at]);
        columns.push_back({{"heading", table.headings[at]},
                           {"field", meaning_of(call, of, table.headings[at])},
                           {"cells", std::move(cells)}});
    }
    return json_response({{"rows", table.rows.size()}, {"columns", std::move(columns)}});
}

std::unexpected<Error> wrong_columns(std::size_t named, std::size_t there) {
    return fail(ErrorKind::invalid,
                {fmt::format("パラメータ columns: {} 列のファイルに {} 列分の指定があります。", there, named),
                 fmt::format("parameter columns: names {} columns of a file that has {}", named, there)});
}

// The parameter `columns` says what each column of the file is; without it its headings do.
Result<void> name_columns(const Call& call, Table& table) {
    const std::string written = call.parameter("columns");
    if (written.empty()) return {};
    const std::vector<std::string> names = split(written, ',');
    if (names.size() != table.headings.size()) return wrong_columns(names.size(), table.headings.size());
    for (std::size_t at = names.size(); at-- > 0;) {
        if (!names[at].empty()) {
            table.headings[at] = names[at];
            continue;
        }
        const auto step = static_cast<std::ptrdiff_t>(at);
        table.headings.erase(table.headings.begin() + step);
        for (auto& row : table.rows) row.erase(row.begin() + step);
    }
    return {};
}

// Columns that the caller may not see cannot be written by a file either.
Result<void> expect_visible_columns(const Call& call, const Register& of, const Table& table) {
    for (const std::string& heading : table.headings) {
        const Field* const field = of.field_by_heading(heading);
        if (!field || call.may().sees(of, *field)) continue;
        return fail(ErrorKind::forbidden,
                    {"列「" + heading + "」を変更する権限がありません。列を消してください。",
                     "you may not change the column " + heading + "; take it out"});
    }
    return {};
}

registers::ImportOptions options_of(const Call& call) {
    registers::ImportOptions options;
    options.dry_run = call.parameter("dryRun") == "true";
    options.actor = call.who().actor();
    options.progress = call.progress();
    return options;
}

json::object json_of(const registers::ImportReport& report, Language language) {
    json::array problems;
    for (const registers::ImportProblem& one : report.problems)
        problems.push_back({{"row", one.row},
                            {"column", one.column},
                            {"value", one.value},
                            {"detail", one.reason.in(language)}});
    json::object out{{"rows", report.rows},
                     {"created", report.created},
                     {"changed", report.changed},
                     {"unchanged", report.unchanged},
                     {"problemCount", report.problem_count},
                     {"problems", std::move(problems)}};
    if (report.first_entry >= 0)
        out["entries"] = {{"first", report.first_entry}, {"last", report.last_entry}};
    return out;
}

Result<http::Response> import(Call& call) {
    const Register& of = *TRY(importable(call));
    Table table = TRY(sent_table(call));
    TRY(name_columns(call, table));
    TRY(expect_visible_columns(call, of, table));
    const auto report = TRY(registers::import_table(call.site.organisation(), call.site.catalog().schema, of,
                                                    table, options_of(call)));
    if (report.first_entry >= 0) call.site.committed({of.name});
    return json_response(json_of(report, call.language), report.problem_count > 0 ? 422 : 200);
}

Result<void> may_import(const Call& call) {
    TRY(importable(call));
    return {};
}

Endpoint taking_a_file(std::string pattern, std::string id, std::string summary,
                       std::function<Result<http::Response>(Call&)> run) {
    return {.method = http::Method::post,
            .pattern = "/registers/{register}" + std::move(pattern),
            .id = std::move(id),
            .tag = "files",
            .summary = std::move(summary),
            .query = {format_parameter},
            .takes = "application/octet-stream",
            .gives = {},
            .run = std::move(run),
            .admits = may_import,
            .body_limit = largest_upload};
}

}  // namespace

std::vector<Endpoint> import_endpoints() {
    Endpoint looking =
        taking_a_file("/import/columns", "lookIntoFile",
                      "What columns a file has, which fields they name, and its first rows", look);
    looking.gives = "ImportColumns";
    Endpoint importing = taking_a_file(
        "/import", "importRegister",
        "Puts every row of a file, all or nothing; 422 with the rows that cannot be taken", import);
    importing.gives = "ImportReport";
    importing.query.insert(
        importing.query.end(),
        {{"columns",
          "Field names by commas, one for each column of the file; nothing between commas leaves "
          "the column out. Left out: the headings say it"},
         {"dryRun", "Tries everything and changes nothing", "boolean"},
         {"job", "A word of yours under which `progress` events of /events tell how far it is"}});
    return {std::move(looking), std::move(importing)};
}

}  // namespace maru::api
