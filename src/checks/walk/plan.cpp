#include "walk/plan.hpp"

#include <algorithm>

#include "checks/paths.hpp"
#include "evaluation/inputs.hpp"

namespace maru::checks {

namespace {

bool changes_every_row(const Changed& changed) {
    return changed.everything || std::ranges::any_of(in_every_rows_terms, [&](std::string_view name) {
               return changed.records.contains(std::string(name));
           });
}

Result<void> add_subjects(std::set<std::string>& subjects, const std::string& path, std::int64_t record,
                          store::Database& reader) {
    store::Statement* statement = TRY(reader.cached(path));
    statement->bind(1, record);
    while (const auto row = TRY(statement->step()))
        if (!row->is_null(0)) subjects.emplace(row->text(0));
    return {};
}

}  // namespace

std::set<std::string> registers_read(const std::string& sql, const registers::Schema& schema,
                                     store::Database& reader) {
    std::set<std::string> out;
    if (sql.empty()) return out;
    const auto columns = reader.reads(sql);
    for (const registers::Register& of : schema.all()) {
        const bool read = !columns || std::ranges::any_of(*columns, [&](const store::ColumnRead& column) {
            return column.table == of.name || column.table.starts_with(of.name + "_");
        });
        if (read) out.insert(of.name);
    }
    return out;
}

Readings Readings::of(const Check& check, const registers::Schema& schema, store::Database& reader) {
    Readings out{paths_to_subject(check, schema), registers_read(check.item_key, schema, reader)};
    out.whole.merge(registers_read(check.stages, schema, reader));
    return out;
}

Changed Changed::of(std::span<const registers::ChangedBy> changes) {
    Changed out;
    for (const auto& change : changes) {
        if (change.of)
            out.records[change.of->name].insert(change.id);
        else
            out.everything = true;
    }
    return out;
}

Result<void> touch(Touch& touch, const Readings& readings, const Changed& changed, const Most& most,
                   store::Database& reader) {
    touch.whole = touch.whole || changes_every_row(changed);
    for (const auto& [name, records] : changed.records) {
        if (touch.whole) return {};
        if (readings.whole.contains(name)) touch.whole = true;
        const auto path = readings.paths.find(name);
        if (path == readings.paths.end()) continue;
        if (!path->second || std::ssize(records) > most.records) touch.whole = true;
        for (const std::int64_t record : records)
            if (!touch.whole) TRY(add_subjects(touch.subjects, *path->second, record, reader));
        if (std::ssize(touch.subjects) > most.subjects) touch.whole = true;
    }
    return {};
}

}  // namespace maru::checks
