// Whole registers as files to take away, and attachments.
#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>
#include <limits>

#include "api/endpoints.hpp"
#include "api/record_query.hpp"
#include "api/register_files.hpp"
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

// The fields that are wanted (`columns`) and may be seen, by their places in the register.
Result<std::vector<std::size_t>> wanted_fields(const Call& call, const Register& of) {
    const std::string written = call.parameter("columns");
    std::vector<std::size_t> places;
    for (std::size_t i = 0; written.empty() && i < of.fields.size(); ++i)
        if (call.may().sees(of, of.fields[i])) places.push_back(i);
    for (const std::string& name : written.empty() ? std::vector<std::string>() : split(written, ',')) {
        const Field* const field = of.field(name);
        if (!field || !call.may().sees(of, *field))
            return fail(ErrorKind::invalid, {"パラメータ columns: 項目「" + name + "」はありません。",
                                             "parameter columns: there is no field " + name});
        places.push_back(static_cast<std::size_t>(field - of.fields.data()));
    }
    return places;
}

// Where the records of the list stand among all of them by id.
Result<std::vector<std::size_t>> wanted_rows(const Call& call, store::Database& reader, const Register& of) {
    const RecordQuery query = TRY(query_of(call, reader, of));
    const std::vector<std::int64_t> ids =
        TRY(query.page(reader, 0, std::numeric_limits<std::int64_t>::max()));
    std::vector<std::int64_t> all;
    TRY(registers::each_record(reader, of, [&](const registers::Record& record) -> Result<void> {
        all.push_back(record.id);
        return {};
    }));
    std::vector<std::size_t> places;
    for (const std::int64_t id : ids)
        places.push_back(static_cast<std::size_t>(std::ranges::lower_bound(all, id) - all.begin()));
    return places;
}

template <class T>
std::vector<T> picked(std::vector<T>& from, const std::vector<std::size_t>& places) {
    std::vector<T> out;
    for (const std::size_t place : places) out.push_back(from[place]);
    return out;
}

// The list as the caller looks at it: its columns, and its rows in their order.
Result<Table> visible_table(const Call& call, const Readers::Lease& reader, const Register& of) {
    const auto headings = call.parameter("headings") == "names" ? registers::Headings::names
                          : call.language == Language::ja       ? registers::Headings::ja
                                                                : registers::Headings::en;
    Table table = TRY(registers::export_table(*reader, call.site.catalog().schema, of, headings));
    const std::vector<std::size_t> fields = TRY(wanted_fields(call, of));
    table.headings = picked(table.headings, fields);
    for (auto& row : table.rows) row = picked(row, fields);
    const bool is_whole =
        call.parameter("q").empty() && call.parameter("filter").empty() && call.parameter("sort").empty();
    if (!is_whole) table.rows = picked(table.rows, TRY(wanted_rows(call, *reader, of)));
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

// A file is kept for a record or a request: by whoever may write any.
Result<void> may_upload(const Call& call) {
    const auto& all = call.site.catalog().schema.all();
    if (std::ranges::any_of(all, [&](const Register& of) { return call.may().write(of) != Reach::none; }))
        return {};
    return fail(ErrorKind::forbidden, {"ファイルを添付する権限がありません。", "you may not attach files"});
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

}  // namespace

std::vector<Endpoint> file_endpoints() {
    const std::string one = "/registers/{register}";
    const std::string tag = "files";
    return {{.pattern = one + "/export",
             .id = "exportRegister",
             .tag = tag,
             .summary = "The whole register, or a list of it, as a file that import takes back",
             .query = {format_parameter,
                       {"headings", "names: field names; otherwise labels in the language of the request"},
                       {"columns", "Names of fields by commas; all that you may see, when it is left out"},
                       {"filter", "As of the list of records"},
                       {"q", "As of the list of records"},
                       {"sort", "As of the list of records"},
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
             .admits = may_upload,
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
