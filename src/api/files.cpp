// Whole registers and attachments as files: import, export, upload, download.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>

#include "api/endpoints.hpp"
#include "api/temporary_folder.hpp"
#include "registers/exchange.hpp"
#include "registers/handed_out.hpp"
#include "store/files.hpp"

namespace maru::api {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using identity::Reach;
using registers::Field;
using registers::FieldType;
using registers::FileFormat;
using registers::Register;
using registers::Table;

constexpr std::size_t largest_upload = std::size_t(100) << 20;

Result<FileFormat> format_of(const Call& call) {
    const std::string written = call.parameter("format");
    if (written.empty() || written == "csv") return FileFormat::csv;
    if (written == "tsv") return FileFormat::tsv;
    if (written == "xlsx") return FileFormat::xlsx;
    return fail(ErrorKind::invalid, {"パラメータ format: csv、tsv、xlsx のどれかを指定してください。",
                                     "parameter format: one of csv, tsv, xlsx"});
}

// What was sent, also when it lies in a file.
Result<std::string> content_of(const Call& call) {
    if (!call.request.body_file) return call.request.body;
    const Bytes bytes = TRY(store::read_file(*call.request.body_file, largest_upload));
    return std::string(bytes.begin(), bytes.end());
}

std::unexpected<Error> needs_all(const Register& of, const Text& what) {
    return fail(ErrorKind::forbidden, {fmt::format("「{}」全体を{}権限がありません。", of.label.ja, what.ja),
                                       fmt::format("you may not {} all of {}", what.en, of.name)});
}

json::object json_of(const registers::ImportReport& report, Language language) {
    json::array problems;
    for (const registers::ImportProblem& one : report.problems)
        problems.push_back({{"row", one.row},
                            {"column", one.column},
                            {"value", one.value},
                            {"detail", one.reason.in(language)}});
    return {{"rows", report.rows},
            {"created", report.created},
            {"changed", report.changed},
            {"unchanged", report.unchanged},
            {"problemCount", report.problem_count},
            {"problems", std::move(problems)}};
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
    const std::string job = call.parameter("job").substr(0, 64);
    if (job.empty()) return options;
    options.progress = [&events = call.site.events(), job](std::size_t done, std::size_t total) {
        events.tell("progress", json::serialize(json::object{{"job", job}, {"done", done}, {"total", total}}),
                    "");
    };
    return options;
}

Result<http::Response> import(Call& call) {
    const Register& of = *TRY(readable_register(call));
    if (call.may().write(of) != Reach::all) return needs_all(of, {"変更する", "change"});
    const Table table = TRY(registers::parse_table(TRY(content_of(call)), TRY(format_of(call))));
    TRY(expect_visible_columns(call, of, table));
    const auto report = TRY(registers::import_table(call.site.organisation(), call.site.catalog().schema, of,
                                                    table, options_of(call)));
    call.site.committed({of.name});
    return json_response(json_of(report, call.language), report.problem_count > 0 ? 422 : 200);
}

// Takes out what the caller may not see: headings stand in the order of the fields, after id and version.
void drop_hidden(const Call& call, const Register& of, const Table& names, Table& table) {
    for (std::size_t column = names.headings.size(); column-- > 0;) {
        const Field* const field = of.field(names.headings[column]);
        if (!field || call.may().sees(of, *field)) continue;
        const auto at = static_cast<std::ptrdiff_t>(column);
        table.headings.erase(table.headings.begin() + at);
        for (auto& row : table.rows) row.erase(row.begin() + at);
    }
}

Result<Table> visible_table(const Call& call, const Readers::Lease& reader, const Register& of) {
    const registers::Schema& schema = call.site.catalog().schema;
    const std::string wanted = call.parameter("headings");
    const auto headings = wanted == "names"               ? registers::Headings::names
                          : call.language == Language::ja ? registers::Headings::ja
                                                          : registers::Headings::en;
    Table table = TRY(registers::export_table(*reader, schema, of, headings));
    const Table names = headings == registers::Headings::names
                            ? Table{table.headings, {}, {}}
                            : TRY(registers::export_table(*reader, schema, of, registers::Headings::names));
    drop_hidden(call, of, names, table);
    return table;
}

Result<std::string> written(const Call& call, const Register& of, const Table& table, FileFormat format) {
    if (format != FileFormat::xlsx) {
        const bool is_csv = format == FileFormat::csv;
        return (is_csv ? std::string(registers::utf8_bom) : "") +
               registers::to_delimited(table, is_csv ? ',' : '\t');
    }
    const TemporaryFolder folder = TRY(TemporaryFolder::make());
    const fs::path file = folder.path() / "export.xlsx";
    TRY(registers::write_xlsx(file, {{of.label.in(call.language), table}}));
    const Bytes bytes = TRY(store::read_file(file, std::size_t(1) << 30));
    return std::string(bytes.begin(), bytes.end());
}

Result<http::Response> export_all(Call& call) {
    const Register& of = *TRY(readable_register(call));
    if (call.may().read(of) != Reach::all) return needs_all(of, {"見る", "read"});
    const FileFormat format = TRY(format_of(call));
    const auto reader = TRY(call.reader());
    const Table table = TRY(visible_table(call, reader, of));
    static constexpr std::string_view types[] = {
        "text/csv; charset=utf-8", "text/tab-separated-values; charset=utf-8",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    static constexpr std::string_view extensions[] = {"csv", "tsv", "xlsx"};
    const auto at = static_cast<std::size_t>(format);
    http::Response response =
        http::text_response(200, std::string(types[at]), TRY(written(call, of, table, format)));
    response.headers.set("Content-Disposition",
                         fmt::format("attachment; filename=\"{}.{}\"", of.name, extensions[at]));
    response.headers.set("Cache-Control", "no-store");
    call.note_read_all(of);
    return response;
}

Result<http::Response> upload(Call& call) {
    const std::string content = TRY(content_of(call));
    if (content.empty()) return fail(ErrorKind::invalid, {"ファイルが空です。", "the file is empty"});
    TRY(call.site.examine(as_bytes(content)));
    const Hash hash = TRY(call.site.organisation().blobs().put(as_bytes(content)));
    return json_response(json::object{{"sha256", hex(hash)}, {"size", content.size()}}, 201);
}

// The hash that a field of the record holds; of a list the one at `n`.
std::string hash_in(const Call& call, const registers::FieldValue& value) {
    const auto* const list = std::get_if<std::vector<store::Value>>(&value);
    const std::int64_t at = call.number("n", 0, 0, 10'000).value_or(0);
    const store::Value* const one = !list                    ? std::get_if<store::Value>(&value)
                                    : at < std::ssize(*list) ? &(*list)[static_cast<std::size_t>(at)]
                                                             : nullptr;
    const auto* const text = one ? std::get_if<std::string>(one) : nullptr;
    return text ? *text : "";
}

Result<http::Response> download(Call& call) {
    const Register& of = *TRY(readable_register(call));
    const auto reader = TRY(call.reader());
    const registers::Record record = TRY(readable_record(call, *reader, of));
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        const Field& field = of.fields[i];
        if (field.name != call.path["field"] || field.element() != FieldType::file) continue;
        const auto bytes = parse_hex(hash_in(call, record.values[i]));
        if (!call.may().sees(of, field, &record) || !bytes || bytes->size() != sizeof(Hash)) break;
        Hash hash{};
        std::ranges::copy(*bytes, hash.begin());
        const Bytes content = TRY(call.site.organisation().blobs().get(hash));
        http::Response response =
            http::text_response(200, "application/octet-stream", std::string(content.begin(), content.end()));
        response.headers.set("Content-Disposition", "attachment");
        response.headers.set("Cache-Control", "private, no-cache");
        call.note_read(of, {record.id});
        return response;
    }
    return fail(ErrorKind::not_found,
                {"この項目に添付はありません。", "there is no attachment in this field"});
}

const Parameter format{"format", "csv (taken when left out), tsv or xlsx"};

}  // namespace

std::vector<Endpoint> file_endpoints() {
    const std::string one = "/registers/{register}";
    const std::string tag = "files";
    return {
        {.method = http::Method::post,
         .pattern = one + "/import",
         .id = "importRegister",
         .tag = tag,
         .summary = "Puts every row of a file, all or nothing; 422 with the rows that cannot be taken",
         .query = {format,
                   {"dryRun", "Tries everything and changes nothing", "boolean"},
                   {"job", "A word of yours under which `progress` events of /events tell how far it is"}},
         .takes = "application/octet-stream",
         .gives = "ImportReport",
         .run = import,
         .body_limit = largest_upload},
        {.pattern = one + "/export",
         .id = "exportRegister",
         .tag = tag,
         .summary = "The whole register as a file that import takes back",
         .query = {format,
                   {"headings", "names: field names; otherwise labels in the language of the request"},
                   {"at", "Ledger index", "integer"}},
         .gives = "text/csv",
         .run = export_all},
        {.method = http::Method::post,
         .pattern = "/attachments",
         .id = "uploadAttachment",
         .tag = tag,
         .summary = "Keeps a file; its sha256 is what a field of type file takes",
         .takes = "application/octet-stream",
         .gives = "Attachment",
         .run = upload,
         .body_limit = largest_upload},
        {.pattern = one + "/records/{id}/files/{field}",
         .id = "downloadAttachment",
         .tag = tag,
         .summary = "The file of a record's field",
         .query = {{"n", "Which of a list, from 0", "integer"}},
         .gives = "application/octet-stream",
         .run = download}};
}

}  // namespace maru::api
