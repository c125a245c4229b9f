#include "breaking_change.hpp"

#include <algorithm>
#include <map>

namespace maru::sample {

namespace {

using registers::Field;
using registers::Register;
using registers::WriteContext;
using registers::WrittenFields;

Result<WrittenFields> written_of(store::Database& database, const registers::Schema& schema,
                                 const Register& of, std::int64_t id) {
    const auto record = TRY(registers::read(database, of, id));
    const registers::KeyOf key_of = [&](std::string_view to, std::int64_t other) {
        return registers::natural_key_of(database, schema, to, other);
    };
    WrittenFields fields;
    if (!record) return fields;
    for (std::size_t i = 0; i < of.fields.size(); ++i)
        fields[of.fields[i].name] = registers::format_written(of.fields[i], record->values[i], key_of);
    return fields;
}

std::vector<std::int64_t> ids_of(store::Database& database, const Register& of) {
    std::vector<std::int64_t> ids;
    auto statement = database.prepare("select id from " + store::quoted(of.name) + " order by id");
    if (!statement) return ids;
    while (true) {
        const auto row = statement->step();
        if (!row || !*row) return ids;
        ids.push_back((*row)->integer(0));
    }
}

// Fields of a break that make sense for another record: keys stay, and references to the example's own
// records are left out.
WrittenFields transferable(const Register& of, const std::map<std::string, std::string>& fields) {
    WrittenFields out;
    for (const auto& [name, value] : fields) {
        const Field* field = of.field(name);
        const bool key = std::ranges::find(of.key, name) != of.key.end();
        if (field && !key && (value.empty() || !field->is_reference())) out[name] = value;
    }
    return out;
}

// A record of the example that the sample has no like of: references go to the first record of their
// register.
WrittenFields transplanted(WriteContext& context, const Register& of,
                           const std::map<std::string, std::string>& fields) {
    WrittenFields out;
    for (const auto& [name, value] : fields) {
        const Field* field = of.field(name);
        if (!field) continue;
        out[name] = value;
        if (!field->is_reference() || value.empty()) continue;
        const auto ids = ids_of(context.database, *context.schema.find(field->to));
        if (!ids.empty())
            out[name] = registers::natural_key_of(context.database, context.schema, field->to, ids.front());
    }
    return out;
}

// How much a record is like the example's: choices with the same code.
int likeness(const Register& of, const registers::Record& record,
             const std::map<std::string, std::string>& example) {
    int same = 0;
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        const auto wanted = example.find(of.fields[i].name);
        if (wanted == example.end() || of.fields[i].type != registers::FieldType::choice) continue;
        const auto& value = std::get<store::Value>(record.values[i]);
        same += std::holds_alternative<std::string>(value) && std::get<std::string>(value) == wanted->second
                    ? 1
                    : 0;
    }
    return same;
}

constexpr std::size_t tries_per_break = 600;

// The change on the records most like the example's, most like first.
void add_changes(WriteContext& context, const Register& of, const std::map<std::string, std::string>& example,
                 const WrittenFields& put, std::vector<RecordChange>& out) {
    std::vector<std::pair<int, std::int64_t>> ranked;
    for (const std::int64_t id : ids_of(context.database, of))
        if (const auto record = registers::read(context.database, of, id); record && *record)
            ranked.emplace_back(-likeness(of, **record, example), id);
    std::ranges::sort(ranked);
    for (std::size_t i = 0; i < std::min(ranked.size(), tries_per_break); ++i)
        out.push_back({of.name, ranked[i].second, put, {}});
}

std::map<std::string, std::string> example_record(const checks::Check& check,
                                                  const std::string& register_name,
                                                  const std::string& alias) {
    const auto records = check.example.records.find(register_name);
    if (records == check.example.records.end()) return {};
    const auto record = records->second.find(alias);
    return record == records->second.end() ? std::map<std::string, std::string>() : record->second;
}

void add_put(WriteContext& context, const checks::Check& check, const checks::Break& broken,
             std::vector<RecordChange>& out) {
    for (const auto& [name, records] : broken.put)
        for (const auto& [alias, fields] : records) {
            const Register* of = context.schema.find(name);
            if (!of) continue;
            std::map<std::string, std::string> whole = example_record(check, name, alias);
            if (const WrittenFields put = transferable(*of, fields); !put.empty())
                add_changes(context, *of, whole, put, out);
            for (const auto& [field, value] : fields) whole[field] = value;
            for (const std::string& key : of->key)
                if (of->field(key)->type == registers::FieldType::text && !whole.contains(key))
                    whole[key] = "walk-" + alias;
            out.push_back({name, 0, transplanted(context, *of, whole), {}});
        }
}

void add_removals(WriteContext& context, const checks::Check& check, const checks::Break& broken,
                  std::vector<RecordChange>& out) {
    for (const std::string& path : broken.remove) {
        const std::string name = path.substr(0, path.find('.'));
        if (const Register* of = context.schema.find(name))
            add_changes(context, *of, example_record(check, name, path.substr(path.find('.') + 1)), {}, out);
    }
}

// What age alone does to any check: one date of one record long past.
void add_aged(WriteContext& context, const checks::Check& check, std::vector<RecordChange>& out) {
    for (const auto& [name, records] : check.example.records) {
        const Register* of = context.schema.find(name);
        if (!of || records.empty()) continue;
        for (const Field& field : of->fields)
            if (field.type == registers::FieldType::date && records.begin()->second.contains(field.name) &&
                std::ranges::find(of->key, field.name) == of->key.end())
                add_changes(context, *of, records.begin()->second, {{field.name, "2021-06-01"}}, out);
    }
}

// A new subject of which nothing else is recorded.
void add_newcomers(WriteContext& context, const checks::Check& check, std::vector<RecordChange>& out) {
    const auto subjects = check.example.records.find(check.subject);
    const Register* of = context.schema.find(check.subject);
    if (!of || subjects == check.example.records.end()) return;
    for (const auto& [alias, fields] : subjects->second) {
        std::map<std::string, std::string> whole = fields;
        for (const std::string& key : of->key)
            if (of->field(key)->type == registers::FieldType::text) whole[key] = "walk-" + alias;
        out.push_back({check.subject, 0, transplanted(context, *of, whole), {}});
    }
}

}  // namespace

Result<void> RecordChange::apply(WriteContext& context) {
    const Register& of = *TRY(context.schema.get(register_name));
    if (id != 0) undo = TRY(written_of(context.database, context.schema, of, id));
    if (put.empty()) {
        TRY(registers::retire(context, register_name, id, std::nullopt, "walk"));
        return {};
    }
    const bool fresh = id == 0;
    const auto change = TRY(registers::put(
        context, {register_name, fresh ? std::nullopt : std::optional(id), std::nullopt, put, fresh}));
    id = change.id;
    return {};
}

Result<void> RecordChange::mend(WriteContext& context) {
    if (undo.empty()) {
        TRY(registers::retire(context, register_name, id, std::nullopt, "walk"));
        return {};
    }
    TRY(registers::put(context, {register_name, id, std::nullopt, undo, false}));
    return {};
}

std::string RecordChange::text() const {
    std::string out = (undo.empty()  ? "new "
                       : put.empty() ? "retire "
                                     : "") +
                      register_name + " #" + std::to_string(id);
    for (const auto& [name, value] : put) out += " " + name + "=" + value;
    return out;
}

std::vector<RecordChange> candidates(WriteContext& context, const SampleOrganisation& /*sample*/,
                                     const checks::Check& check) {
    std::vector<RecordChange> out;
    for (const checks::Break& broken : check.breaks) {
        add_put(context, check, broken, out);
        add_removals(context, check, broken, out);
    }
    add_aged(context, check, out);
    add_newcomers(context, check, out);
    std::vector<RecordChange> ordered;  // records that are there before new ones
    for (const bool fresh : {false, true})
        for (RecordChange& change : out)
            if ((change.id == 0) == fresh) ordered.push_back(change);
    return ordered;
}

Result<std::optional<RecordChange>> find_breaking(WriteContext& context, const SampleOrganisation& sample,
                                                  const checks::Check& check, const Broken& broken) {
    for (RecordChange& change : candidates(context, sample, check)) {
        const auto savepoint = TRY(store::Savepoint::begin(context.database));
        RecordChange trial = change;
        if (!trial.apply(context)) continue;
        if (TRY(broken(context.database))) return change;
    }
    return std::nullopt;
}

}  // namespace maru::sample
