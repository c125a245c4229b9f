// Records and registers of a server.
#include <fmt/core.h>

#include <ostream>

#include "cli/entries.hpp"
#include "cli/exchange.hpp"
#include "cli/files.hpp"
#include "cli/tables.hpp"
#include "remote/client.hpp"
#include "remote/records.hpp"
#include "remote/run.hpp"

namespace maru::cli::remote {

namespace {

namespace json = boost::json;
using registers::Record;
using registers::Register;
using registers::Table;
using Method = transport::HttpRequest::Method;

constexpr const char* page_size = "1000";

std::string address_of(const Register& of) { return "/registers/" + of.name; }

// "#12" and natural keys.
std::string record_address(const Register& of, const std::string& written) {
    const bool is_number = written.starts_with('#');
    return address_of(of) + "/records/" + path_part(is_number ? written.substr(1) : written);
}

// A number of ledger entries; the server knows no other form of it for records.
Result<std::string> at_of(const When& when) {
    if (!when.on.empty()) return not_remote("--on");
    if (when.known_at.find_first_not_of("0123456789") != std::string::npos)
        return fail(ErrorKind::invalid, {"--known-at: --server では変更記録の件数を書いてください。",
                                         "--known-at: with --server, write a number of ledger entries."});
    return when.known_at;
}

Result<void> expect_nobody(const std::string& by) {
    if (by.empty()) return {};
    return fail(ErrorKind::invalid, {"--by は --server では使えません。誰の操作かはトークンで決まります。",
                                     "--by does not work with --server: the token says who acts."});
}

std::string without_mark(std::string text) {
    if (text.starts_with(registers::utf8_bom)) text.erase(0, registers::utf8_bom.size());
    return text;
}

// The client that speaks the language of the headings.
Result<std::string> exported(const Session& session, const Register& of, const ExportCommand& what,
                             const std::string& format) {
    Session speaking = session;
    speaking.common.language = what.headings == "en" ? Language::en : Language::ja;
    const Client client = TRY(Client::open(speaking));
    return client.get(address_of(of) + "/export", {{"format", format},
                                                   {"headings", what.headings == "names" ? "names" : ""},
                                                   {"at", TRY(at_of(what.when))}});
}

Result<Table> table_for_people(const Client& client, const Register& of, Language language,
                               const std::string& at) {
    Table table;
    for (const registers::Field& field : of.fields) table.headings.push_back(field.name);
    RemoteRecords records(of, language);
    std::string path = address_of(of) + "/records?limit=" + page_size + (at.empty() ? "" : "&at=" + at);
    while (!path.empty()) {
        const json::object page = TRY(client.get_json(path));
        for (const json::value& one : page.at("records").as_array())
            table.rows.push_back(records.for_people(TRY(records.read(one.as_object()))));
        const json::value* const next = page.if_contains("next");
        path = next ? address_of(of) + "/records" + std::string(next->as_string()) : "";
    }
    return table;
}

registers::Change change_in(const json::object& body, const Register& of) {
    registers::Change change;
    change.register_name = of.name;
    change.id = body.at("id").to_number<std::int64_t>();
    change.version = body.at("version").to_number<std::int64_t>();
    change.index = body.at("index").to_number<std::int64_t>();
    const json::string& kind = body.at("kind").as_string();
    using enum registers::Change::Kind;
    change.kind = kind == "created"   ? created
                  : kind == "changed" ? changed
                  : kind == "retired" ? retired
                                      : unchanged;
    return change;
}

// `@path` values become attachments first.
Result<json::object> sent_fields(const Client& client, const Register& of, const PutCommand& command) {
    json::object fields;
    for (const auto& [name, value] : TRY(written_fields(command.fields))) {
        const registers::Field* const field = of.field(name);
        fields[name] = value;
        if (!field || field->type != registers::FieldType::file || !value.starts_with('@')) continue;
        const Bytes bytes = TRY(read_file(value.substr(1)));
        const json::object kept =
            TRY(client.send("/attachments", {Method::post, std::string(bytes.begin(), bytes.end()),
                                             "application/octet-stream"}));
        fields[name] = kept.at("sha256");
    }
    return fields;
}

std::string version_tag(const std::optional<std::int64_t>& version) {
    return version ? fmt::format("\"v{}\"", *version) : "";
}

void print_version(const Session& session, const json::object& version, const Record& record) {
    const json::object& entry = version.at("entry").as_object();
    std::string by;
    if (const json::value* const who = entry.if_contains("by")) {
        const std::string key(who->at("key").as_string()), title(who->at("title").as_string());
        by = "  " + (key == title ? key : key + " " + title);
    }
    const auto at = parse_instant(std::string_view(entry.at("at").as_string()));
    session.out << fmt::format("{} {}  {}  {} {}{}\n", session.say("版", "version"), record.version,
                               at ? minutes_in_japan(*at) : "", session.say("変更記録", "entry"),
                               record.from_index, by);
}

void print_changes(const Session& session, const Register& of, const std::vector<std::string>& now,
                   const std::vector<std::string>* before) {
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (before ? (*before)[i] == now[i] : now[i].empty()) continue;
        session.out << "    " << of.fields[i].label.in(session.common.language) << ": "
                    << (before ? (*before)[i] + " → " : "") << now[i] << "\n";
    }
}

registers::ImportReport report_in(const json::object& body) {
    registers::ImportReport report;
    const auto count = [&](const char* name) { return body.at(name).to_number<std::size_t>(); };
    report.rows = count("rows");
    report.created = count("created");
    report.changed = count("changed");
    report.unchanged = count("unchanged");
    report.problem_count = count("problemCount");
    const auto text = [](const json::value& of, const char* name) {
        return std::string(of.at(name).as_string());
    };
    for (const json::value& one : body.at("problems").as_array())
        report.problems.push_back({one.at("row").to_number<std::size_t>(),
                                   text(one, "column"),
                                   text(one, "value"),
                                   {text(one, "detail"), text(one, "detail")}});
    return report;
}

Result<void> write_export(const ExportCommand& command, const std::string& content) {
    TRY(expect_writable(command.output, command.force ? Existing::replaced : Existing::kept));
    return write_file(command.output, content);
}

// A file for each register that has records and may be read, as beside the folder.
Result<int> export_all(const Session& session, const ExportCommand& command) {
    const std::string format = command.format.empty() ? "csv" : command.format;
    if (format == "xlsx" || command.output.extension() == ".xlsx") return not_remote("xlsx");
    const auto schema = TRY(session.schema());
    std::error_code error;
    std::filesystem::create_directories(command.output, error);
    std::size_t written = 0;
    for (const Register& of : schema.all()) {
        const auto content = exported(session, of, command, format);
        if (!content && content.error().kind == ErrorKind::forbidden) continue;
        if (!content) return std::unexpected(content.error());
        const auto table = TRY(registers::parse_table(
            *content, format == "csv" ? registers::FileFormat::csv : registers::FileFormat::tsv));
        if (table.rows.empty()) continue;
        ExportCommand one = command;
        one.output = command.output / (of.name + "." + format);
        TRY(write_export(one, *content));
        ++written;
    }
    session.out << fmt::format(
        fmt::runtime(session.say("{} の台帳を {} に書き出しました。\n", "{} registers written to {}\n")),
        written, command.output.string());
    return 0;
}

std::string name_of(registers::FileFormat format) {
    switch (format) {
        case registers::FileFormat::csv: return "csv";
        case registers::FileFormat::tsv: return "tsv";
        case registers::FileFormat::xlsx: return "xlsx";
    }
    return "csv";
}

}  // namespace

Result<int> run(const Session& session, const ListCommand& command) {
    if (command.retired) return not_remote("--retired");
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    const std::string at = TRY(at_of(command.when));
    if (command.format == "table") {
        const Client client = TRY(Client::open(session));
        session.out << record_table(session, of,
                                    TRY(table_for_people(client, of, session.common.language, at)));
        return 0;
    }
    ExportCommand what;
    what.when = command.when;
    what.headings = command.format == "json" ? "names" : session.say("ja", "en");
    const std::string file =
        without_mark(TRY(exported(session, of, what, command.format == "tsv" ? "tsv" : "csv")));
    session.out << (command.format == "json"
                        ? json_rows(TRY(registers::parse_table(file, registers::FileFormat::csv)))
                        : file);
    return 0;
}

Result<int> run(const Session& session, const ShowCommand& command) {
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    const Client client = TRY(Client::open(session));
    RemoteRecords records(of, session.common.language);
    const Record record = TRY(records.read(
        TRY(client.get_json(record_address(of, command.record), {{"at", TRY(at_of(command.when))}}))));
    session.out << fmt::format("{} {}  (#{}, {} {})\n\n", of.label.in(session.common.language),
                               records.name(record), record.id, session.say("版", "version"), record.version);
    Rows rows;
    const std::vector<std::string> values = records.for_people(record);
    for (std::size_t i = 0; i < values.size(); ++i)
        rows.push_back({of.fields[i].label.in(session.common.language), of.fields[i].name, values[i]});
    session.out << aligned(rows, session.width);
    return 0;
}

Result<int> run(const Session& session, const PutCommand& command) {
    TRY(expect_nobody(command.by));
    if (command.if_version && !command.id)
        return fail(ErrorKind::invalid, {"--if-version は --server では --id と一緒に書いてください。",
                                         "--if-version goes with --id when a server is asked."});
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    const Client client = TRY(Client::open(session));
    const std::string body = json::serialize(json::object{{"fields", TRY(sent_fields(client, of, command))}});
    const std::string address = address_of(of) + "/records";
    const json::object done =
        command.id
            ? TRY(client.send(address + "/" + std::to_string(*command.id),
                              {Method::patch, body, "application/json", version_tag(command.if_version)}))
            : TRY(client.send(address, {Method::put, body}));
    const json::value* const record = done.if_contains("record");
    const registers::Change change = change_in(done, of);
    session.out << change_sentence(
        session, of, change,
        record ? std::string(record->at("key").as_string()) : "#" + std::to_string(change.id));
    return 0;
}

Result<int> run(const Session& session, const RetireCommand& command) {
    TRY(expect_nobody(command.by));
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    const Client client = TRY(Client::open(session));
    const json::object done =
        TRY(client.send(record_address(of, command.record) + "/retire",
                        {Method::post, json::serialize(json::object{{"reason", command.reason}}),
                         "application/json", version_tag(command.if_version)}));
    session.out << change_sentence(session, of, change_in(done, of), command.record);
    return 0;
}

Result<int> run(const Session& session, const HistoryCommand& command) {
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    const Client client = TRY(Client::open(session));
    const json::object body = TRY(client.get_json(record_address(of, command.record) + "/history"));
    RemoteRecords records(of, session.common.language);
    std::optional<std::vector<std::string>> before;
    for (const json::value& version : body.at("versions").as_array()) {
        const Record record = TRY(records.read(version.as_object()));
        std::vector<std::string> now = records.for_people(record);
        print_version(session, version.as_object(), record);
        print_changes(session, of, now, before ? &*before : nullptr);
        before = std::move(now);
    }
    return 0;
}

Result<int> run(const Session& session, const ImportCommand& command) {
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    const Client client = TRY(Client::open(session));
    const Table table = TRY(read_table(command.file, command.format));
    const std::string path = address_of(of) + "/import?format=csv" + (command.dry_run ? "&dryRun=true" : "");
    const auto answer = TRY(
        client.answer(path, {Method::post, registers::to_delimited(table, ','), "application/octet-stream"}));
    boost::system::error_code broken;
    const json::value body = json::parse(answer.body, broken);
    if (!broken && body.is_object() && body.get_object().contains("problemCount"))
        return print_report(session, report_in(body.get_object()), command);
    return std::unexpected(prefixed(command.file.string(), client.problem(path, answer).error()));
}

Result<int> run(const Session& session, const ExportCommand& command) {
    if (command.register_name.empty()) return export_all(session, command);
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    const registers::FileFormat format = TRY(format_of(command.format, command.output));
    const bool is_workbook = format == registers::FileFormat::xlsx;
    if (is_workbook) TRY(expect_regular(command.output));
    const std::string content = TRY(exported(session, of, command, name_of(format)));
    if (command.output == "-" && !is_workbook) {
        session.out << without_mark(content);
        return 0;
    }
    TRY(write_export(command, content));
    session.out << fmt::format(
        fmt::runtime(session.say("{} 件を {} に書き出しました。\n", "{} records written to {}\n")),
        TRY(registers::parse_table(content, format)).rows.size(), command.output.string());
    return 0;
}

}  // namespace maru::cli::remote
