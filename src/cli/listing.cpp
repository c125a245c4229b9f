// Lists of records: as people read them on a terminal, as programs read them elsewhere; and those retired.
#include <map>
#include <ostream>

#include "cli/entries.hpp"
#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "registers/exchange.hpp"

namespace maru::cli {

namespace {

using registers::Field;
using registers::Record;
using registers::Register;
using registers::Table;

// Programs want field names, spreadsheets the reader's language.
registers::Headings headings_for(const Session& session, const std::string& format) {
    if (format == "json") return registers::Headings::names;
    return session.common.language == Language::ja ? registers::Headings::ja : registers::Headings::en;
}

// Titles, each read once.
registers::KeyOf titles_of(const Session& session, const Plain& plain) {
    return [&plain, language = session.common.language,
            known = std::map<std::pair<std::string, std::int64_t>, std::string>()](std::string_view to,
                                                                                   std::int64_t id) mutable {
        auto [at, fresh] = known.try_emplace({std::string(to), id});
        if (fresh) at->second = registers::title_of(*plain.reader, plain.schema, to, id, language);
        return at->second;
    };
}

std::vector<std::string> row_for_people(const Register& of, const Record& record, const Naming& naming) {
    std::vector<std::string> row;
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        const auto erased = naming.erased.entry(record.id, record.version, of.fields[i].number);
        row.push_back(erased ? registers::tombstone(*erased).in(naming.language)
                             : registers::format_for_people(of.fields[i], record.values[i], naming.title,
                                                            naming.language));
    }
    return row;
}

std::vector<std::string> field_names(const Register& of) {
    std::vector<std::string> names;
    for (const Field& field : of.fields) names.push_back(field.name);
    return names;
}

// Labels of choices, names of persons; headings are field names.
Result<Table> table_for_people(const Session& session, const Plain& plain, const Register& of) {
    Table table{field_names(of), {}, {}};
    const auto erased = TRY(registers::Tombstones::load(*plain.reader, of));
    const Naming naming{titles_of(session, plain), erased, session.common.language};
    TRY(registers::each_record(*plain.reader, of, [&](const Record& record) -> Result<void> {
        table.rows.push_back(row_for_people(of, record, naming));
        return {};
    }));
    return table;
}

Result<int> list_retired(const Session& session, const Plain& plain, const Register& of) {
    const auto records = TRY(registers::retired_records(*plain.reader, of));
    if (records.empty()) {
        session.out << of.label.in(session.common.language)
                    << session.say(": 外した記録はありません。\n", ": no retired records.\n");
        return 0;
    }
    const auto erased = TRY(registers::Tombstones::load(*plain.reader, of));
    const Naming naming{titles_of(session, plain), erased, session.common.language};
    Rows rows{{"#", session.say("記録", "Record"), session.say("外した日時", "Retired at"),
               session.say("変更記録", "Entry"), session.say("外した人", "By"),
               session.say("理由", "Reason")}};
    for (const auto& one : records) {
        const EntryText entry = TRY(entry_text(session, plain, *one.last.to_index));
        rows.push_back({"#" + std::to_string(one.last.id), retired_name(of, one.last, naming), entry.at,
                        std::to_string(*one.last.to_index), entry.by,
                        reason_of(one, erased, session.common.language)});
    }
    session.out << aligned(rows, session.width)
                << session.say("内容と戻し方: maru show ",
                               "Their content and how to bring one back: maru show ")
                << of.name << session.say(" '#番号'\n", " '#ID'\n");
    return 0;
}

}  // namespace

Result<int> run(const Session& session, const ListCommand& command) {
    const Plain plain = TRY(open_plain(session, command.when));
    const Register& of = *TRY(plain.schema.get(command.register_name));
    if (command.retired) return list_retired(session, plain, of);
    if (command.format == "table") {
        session.out << record_table(session, of, TRY(table_for_people(session, plain, of)));
        return 0;
    }
    const Table table =
        TRY(registers::export_table(*plain.reader, plain.schema, of, headings_for(session, command.format)));
    session.out << (command.format == "json"
                        ? json_rows(table)
                        : registers::to_delimited(table, command.format == "csv" ? ',' : '\t'));
    return 0;
}

}  // namespace maru::cli
