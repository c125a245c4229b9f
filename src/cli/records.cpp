#include <fmt/core.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <ostream>

#include "cli/json_fields.hpp"
#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "ledger/log.hpp"
#include "registers/exchange.hpp"

namespace maru::cli {

namespace {

using registers::Change;
using registers::Field;
using registers::Record;
using registers::Register;

Result<registers::WrittenFields> fields_of(const std::vector<std::string>& words) {
    if (words.size() == 1 && words[0] == "-") {
        const std::string text(std::istreambuf_iterator<char>(std::cin), {});
        return parse_json_fields(text);
    }
    if (words.size() == 1 && trim(words[0]).starts_with('{')) return parse_json_fields(words[0]);
    registers::WrittenFields fields;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorKind::invalid, {"「" + word + "」は 項目=値 の形ではありません。",
                                             "\"" + word + "\" is not of the form field=value."});
        if (!fields.emplace(word.substr(0, equals), word.substr(equals + 1)).second)
            return fail(ErrorKind::invalid, {word.substr(0, equals) + " が2回あります。",
                                             word.substr(0, equals) + " is given twice."});
    }
    return fields;
}

std::string sentence_of(const Session& session, const Register& of, const Change& change,
                        const std::string& key) {
    const char* what = "";
    switch (change.kind) {
        case Change::Kind::created: what = session.say("登録しました", "created"); break;
        case Change::Kind::changed: what = session.say("変更しました", "changed"); break;
        case Change::Kind::unchanged: what = session.say("変更はありません", "unchanged"); break;
        case Change::Kind::retired:
            what = session.say("外しました（履歴は残ります）", "retired (its history stays)");
            break;
    }
    return fmt::format("{} {} (#{}, {} {}, {} {}): {}\n", of.label.in(session.common.language), key,
                       change.id, session.say("版", "version"), change.version,
                       session.say("変更記録", "entry"), change.index, what);
}

Result<std::string> actor_of(const Session& session, const registers::Schema& schema,
                             const std::string& code) {
    if (code.empty()) return std::string();
    auto reader = TRY(registers::Organisation::open_reader(TRY(session.organisation_folder()), schema));
    return "person:" + std::to_string(TRY(find_record(reader, schema, "person", code)));
}

// `@path` values become blobs first; the hash is what the record holds.
Result<void> store_files(registers::Organisation& organisation, const Register& of,
                         registers::WrittenFields& fields) {
    for (auto& [name, value] : fields) {
        const Field* field = of.field(name);
        if (field && field->type == registers::FieldType::file && value.starts_with('@'))
            value = TRY(store_file(organisation, value.substr(1)));
    }
    return {};
}

Result<std::string> value_lines(const Session& session, store::Database& reader,
                                const registers::Schema& schema, const Register& of, const Record& record) {
    const registers::KeyOf title = [&](std::string_view to, std::int64_t id) {
        return registers::title_of(reader, schema, to, id);
    };
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < of.fields.size(); ++i)
        rows.push_back(
            {of.fields[i].label.in(session.common.language), of.fields[i].name,
             registers::format_for_people(of.fields[i], record.values[i], title, session.common.language)});
    return aligned(rows, session.width);
}

}  // namespace

Result<int> run(const Session& session, const PutCommand& command) {
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    registers::PutRequest request{command.register_name, command.id, command.if_version,
                                  TRY(fields_of(command.fields)), false};
    const std::string actor = TRY(actor_of(session, schema, command.by));
    auto organisation = TRY(session.open(schema));
    TRY(store_files(*organisation, of, request.fields));
    const Change change = TRY(organisation->put(request, actor));
    auto reader = TRY(registers::Organisation::open_reader(TRY(session.organisation_folder()), schema));
    session.out << sentence_of(session, of, change,
                               registers::natural_key_of(reader, schema, of.name, change.id));
    return 0;
}

Result<int> run(const Session& session, const RetireCommand& command) {
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    const std::string actor = TRY(actor_of(session, schema, command.by));
    auto organisation = TRY(session.open(schema));
    auto reader = TRY(registers::Organisation::open_reader(TRY(session.organisation_folder()), schema));
    const std::int64_t id = TRY(find_record(reader, schema, command.register_name, command.record));
    const Change change =
        TRY(organisation->retire(command.register_name, id, command.if_version, command.reason, actor));
    session.out << sentence_of(session, of, change, command.record);
    return 0;
}

Result<int> run(const Session& session, const ShowCommand& command) {
    Plain plain = TRY(open_plain(session, command.when));
    const Register& of = *TRY(plain.schema.get(command.register_name));
    const std::int64_t id =
        TRY(find_record(*plain.reader, plain.schema, command.register_name, command.record));
    const auto record = TRY(registers::read(*plain.reader, of, id));
    if (!record)
        return fail(ErrorKind::not_found, {"記録 " + command.record + " がありません。",
                                           "there is no record " + command.record + "."});
    session.out << fmt::format("{} {}  (#{}, {} {})\n\n", of.label.in(session.common.language),
                               registers::title_of(*plain.reader, plain.schema, of.name, id), id,
                               session.say("版", "version"), record->version);
    session.out << TRY(value_lines(session, *plain.reader, plain.schema, of, *record));
    return 0;
}

Result<int> run(const Session& session, const HistoryCommand& command) {
    Plain plain = TRY(open_plain(session, {}));
    const Register& of = *TRY(plain.schema.get(command.register_name));
    const std::int64_t id = TRY(find_any_record(*plain.reader, plain.schema, of, command.record));
    const registers::KeyOf title = [&](std::string_view to, std::int64_t other) {
        return registers::title_of(*plain.reader, plain.schema, to, other);
    };
    const Record* before = nullptr;
    const auto versions = TRY(registers::history(*plain.reader, of, id));
    for (const Record& version : versions) {
        const Instant at = TRY(ledger::time_of(*plain.reader, version.from_index));
        session.out << fmt::format("{} {}  {}  {} {}\n", session.say("版", "version"), version.version,
                                   format_instant(at), session.say("変更記録", "entry"), version.from_index);
        for (std::size_t i = 0; i < of.fields.size(); ++i) {
            if (before ? before->values[i] == version.values[i] : is_empty(version.values[i])) continue;
            session.out << "    " << of.fields[i].label.in(session.common.language) << ": "
                        << (before ? registers::format_for_people(of.fields[i], before->values[i], title,
                                                                  session.common.language) +
                                         " → "
                                   : "")
                        << registers::format_for_people(of.fields[i], version.values[i], title,
                                                        session.common.language)
                        << "\n";
        }
        before = &version;
    }
    if (!versions.empty() && versions.back().to_index)
        session.out << session.say("外されました: 変更記録 ", "retired by entry ")
                    << *versions.back().to_index << "\n";
    return 0;
}

Result<int> run(const Session& session, const ListCommand& command) {
    Plain plain = TRY(open_plain(session, command.when));
    const Register& of = *TRY(plain.schema.get(command.register_name));
    const auto headings = command.format == "table" || command.format == "json" ? registers::Headings::names
                          : session.common.language == Language::ja             ? registers::Headings::ja
                                                                                : registers::Headings::en;
    const registers::Table table = TRY(registers::export_table(*plain.reader, plain.schema, of, headings));
    if (command.format == "csv")
        session.out << registers::to_delimited(table, ',');
    else if (command.format == "tsv")
        session.out << registers::to_delimited(table, '\t');
    else if (command.format == "json")
        session.out << json_rows(table);
    else
        session.out << record_table(session, of, table);
    return 0;
}

}  // namespace maru::cli
