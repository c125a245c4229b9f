#include <unordered_map>

#include "registers/exchange.hpp"
#include "registers/tombstones.hpp"

namespace maru::registers {

namespace {

// Natural keys, each read once.
class Keys {
public:
    Keys(store::Database& reader, const Schema& schema) : reader_(reader), schema_(schema) {}

    std::string operator()(std::string_view register_name, std::int64_t id) {
        auto& known = keys_[std::string(register_name)];
        const auto at = known.find(id);
        if (at != known.end()) return at->second;
        return known.emplace(id, natural_key_of(reader_, schema_, register_name, id)).first->second;
    }

private:
    store::Database& reader_;
    const Schema& schema_;
    std::unordered_map<std::string, std::unordered_map<std::int64_t, std::string>> keys_;
};

std::string heading(const Field& field, Headings headings) {
    switch (headings) {
        case Headings::names: return field.name;
        case Headings::ja: return field.label.ja;
        case Headings::en: return field.label.en;
    }
    return field.name;
}

}  // namespace

Result<Table> export_table(store::Database& reader, const Schema& schema, const Register& of,
                           Headings headings) {
    Table table;
    for (const Field& field : of.fields) table.headings.push_back(heading(field, headings));
    const Tombstones erased = TRY(Tombstones::load(reader, of));
    const Language language = headings == Headings::ja ? Language::ja : Language::en;
    Keys keys(reader, schema);
    const KeyOf key_of = [&](std::string_view register_name, std::int64_t id) {
        return keys(register_name, id);
    };
    TRY(each_record(reader, of, [&](const Record& record) -> Result<void> {
        std::vector<std::string> row;
        row.reserve(of.fields.size());
        for (std::size_t i = 0; i < of.fields.size(); ++i) {
            const auto entry = erased.entry(record.id, record.version, of.fields[i].number);
            row.push_back(entry ? tombstone(*entry).in(language)
                                : format_written(of.fields[i], record.values[i], key_of));
        }
        table.rows.push_back(std::move(row));
        table.row_numbers.push_back(table.rows.size() + 1);
        return {};
    }));
    return table;
}

}  // namespace maru::registers
