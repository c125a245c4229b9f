#include <fmt/core.h>

#include <iostream>
#include <ostream>

#include "cli/entries.hpp"
#include "cli/files.hpp"
#include "cli/session.hpp"
#include "cli/tables.hpp"
#include "registers/exchange.hpp"
#include "registers/tombstones.hpp"

namespace maru::cli {

namespace {

using registers::Change;
using registers::Field;
using registers::Record;
using registers::Register;

bool is_empty(const registers::FieldValue& value) {
    if (const auto* list = std::get_if<std::vector<store::Value>>(&value)) return list->empty();
    return store::is_null(std::get<store::Value>(value));
}

// `@path` values become blobs first; the hash is what the record holds.
Result<void> store_files(registers::Organisation& organisation, const Register& of,
                         registers::WrittenFields& fields) {
    for (auto& [name, value] : fields) {
        const Field* field = of.field(name);
        if (field && field->type == registers::FieldType::file && value.starts_with('@'))
            value = hex(TRY(organisation.blobs().put(TRY(read_file(value.substr(1))))));
    }
    return {};
}

// The values of a register's records as people read them; what was erased says so.
class ValueTexts {
public:
    static Result<ValueTexts> of(const Session& session, const Plain& plain, const Register& of) {
        return ValueTexts(session, plain, of, TRY(registers::Tombstones::load(*plain.reader, of)));
    }

    const std::string& label(std::size_t field) const { return of_->fields[field].label.in(language_); }
    std::optional<std::int64_t> erased_by(const Record& record, std::size_t field) const {
        return tombstones_.entry(record.id, record.version, of_->fields[field].number);
    }
    const registers::Tombstones& tombstones() const { return tombstones_; }
    std::string value(const Record& record, std::size_t field) const {
        if (const auto entry = erased_by(record, field)) return registers::tombstone(*entry).in(language_);
        return registers::format_for_people(of_->fields[field], record.values[field], title_, language_);
    }

private:
    ValueTexts(const Session& session, const Plain& plain, const Register& of, registers::Tombstones erased)
        : of_(&of),
          language_(session.common.language),
          title_([&plain, language = language_](std::string_view to, std::int64_t id) {
              return registers::title_of(*plain.reader, plain.schema, to, id, language);
          }),
          tombstones_(std::move(erased)) {}

    const Register* of_;
    Language language_;
    registers::KeyOf title_;
    registers::Tombstones tombstones_;
};

// The key, and the title where it says more.
std::string name_of(const Session& session, const Plain& plain, const Register& of, const ValueTexts& texts,
                    const Record& record) {
    const Language language = session.common.language;
    const registers::KeyOf title = [&](std::string_view to, std::int64_t id) {
        return registers::title_of(*plain.reader, plain.schema, to, id, language);
    };
    return retired_name(of, record, {title, texts.tombstones(), language});
}

Result<void> print_record(const Session& session, const Plain& plain, const Register& of,
                          const Record& record) {
    const ValueTexts texts = TRY(ValueTexts::of(session, plain, of));
    session.out << fmt::format("{} {}  (#{}, {} {}{})\n\n", of.label.in(session.common.language),
                               name_of(session, plain, of, texts, record), record.id,
                               session.say("版", "version"), record.version,
                               record.to_index ? session.say("、外した記録", ", retired") : "");
    Rows rows;
    for (std::size_t i = 0; i < of.fields.size(); ++i)
        rows.push_back({texts.label(i), of.fields[i].name, texts.value(record, i)});
    session.out << aligned(rows, session.width);
    return {};
}

// When, by whom, why, and the way back.
Result<void> print_retirement(const Session& session, const Plain& plain, const Register& of,
                              const registers::Retired& retired) {
    const EntryText entry = TRY(entry_text(session, plain, *retired.last.to_index));
    const auto tombstones = TRY(registers::Tombstones::load(*plain.reader, of));
    const registers::KeyOf key = [&](std::string_view to, std::int64_t id) {
        return registers::natural_key_of(*plain.reader, plain.schema, to, id);
    };
    const auto or_nobody = [&](const std::string& text) {
        return text.empty() ? session.say("記載なし", "not given") : text.c_str();
    };
    session.out << fmt::format(
        fmt::runtime(session.say(
            "\n外した日時 {}（変更記録 {}）　外した人: {}　理由: {}\n戻すには: maru put {} --id {}{}\n",
            "\nretired {} (entry {}) by: {}; why: {}\nbring it back: maru put {} --id {}{}\n")),
        entry.at, *retired.last.to_index, or_nobody(entry.by),
        or_nobody(reason_of(retired, tombstones, session.common.language)), of.name, retired.last.id,
        written_key(of, retired.last, key));
    return {};
}

Result<void> print_version(const Session& session, const Plain& plain, const Record& version) {
    const EntryText entry = TRY(entry_text(session, plain, version.from_index));
    session.out << fmt::format("{} {}  {}  {} {}{}{}\n", session.say("版", "version"), version.version,
                               entry.at, session.say("変更記録", "entry"), version.from_index,
                               entry.by.empty() ? "" : "  ", entry.by);
    return {};
}

// What a first version has, or what a later one changed.
void print_changes(const Session& session, const ValueTexts& texts, const Record& version,
                   const Record* before) {
    for (std::size_t i = 0; i < version.values.size(); ++i) {
        const auto erased = texts.erased_by(version, i);
        const bool same =
            before ? before->values[i] == version.values[i] && erased == texts.erased_by(*before, i)
                   : is_empty(version.values[i]) && !erased;
        if (same) continue;
        const std::string was = before ? texts.value(*before, i) + " → " : "";
        session.out << "    " << texts.label(i) << ": " << was << texts.value(version, i) << "\n";
    }
}

}  // namespace

Result<std::int64_t> find_any_record(const Plain& plain, const Register& of, const std::string& written) {
    const auto current = registers::resolve(*plain.reader, plain.schema, of, written);
    if (current || current.error().kind != ErrorKind::not_found) return current;
    const auto retired = registers::resolve_retired(*plain.reader, plain.schema, of, written);
    return retired ? retired : current;
}

Result<int> run(const Session& session, const PutCommand& command) {
    const auto schema = TRY(session.schema());
    const Register& of = *TRY(schema.get(command.register_name));
    registers::PutRequest request{command.register_name, command.id, command.if_version,
                                  TRY(written_fields(command.fields)), false};
    const std::string actor = TRY(actor_of(session, schema, command.by));
    auto organisation = TRY(session.open(schema));
    TRY(store_files(*organisation, of, request.fields));
    const Change change = TRY(organisation->put(request, actor));
    auto reader = TRY(registers::Organisation::open_reader(TRY(session.organisation_folder()), schema));
    session.out << change_sentence(session, of, change,
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
    session.out << change_sentence(session, of, change, command.record);
    return 0;
}

Result<int> run(const Session& session, const ShowCommand& command) {
    const Plain plain = TRY(open_plain(session, command.when));
    const Register& of = *TRY(plain.schema.get(command.register_name));
    const std::int64_t id = TRY(find_any_record(plain, of, command.record));
    if (const auto record = TRY(registers::read(*plain.reader, of, id))) {
        TRY(print_record(session, plain, of, *record));
        return 0;
    }
    const auto retired = TRY(registers::retired_record(*plain.reader, of, id));
    if (!retired)
        return fail(ErrorKind::not_found,
                    {"記録 " + command.record + " がありません。maru list " + of.name + " で一覧できます。",
                     "there is no record " + command.record + "; see maru list " + of.name + "."});
    TRY(print_record(session, plain, of, retired->last));
    TRY(print_retirement(session, plain, of, *retired));
    return 0;
}

Result<int> run(const Session& session, const HistoryCommand& command) {
    const Plain plain = TRY(open_plain(session, {}));
    const Register& of = *TRY(plain.schema.get(command.register_name));
    const std::int64_t id = TRY(find_any_record(plain, of, command.record));
    const ValueTexts texts = TRY(ValueTexts::of(session, plain, of));
    const Record* before = nullptr;
    const auto versions = TRY(registers::history(*plain.reader, of, id));
    for (const Record& version : versions) {
        TRY(print_version(session, plain, version));
        print_changes(session, texts, version, before);
        before = &version;
    }
    if (const auto retired = TRY(registers::retired_record(*plain.reader, of, id)))
        TRY(print_retirement(session, plain, of, *retired));
    return 0;
}

}  // namespace maru::cli
