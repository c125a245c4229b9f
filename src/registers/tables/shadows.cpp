// Temp views and tables for connections that only read.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "registers/tables.hpp"
#include "tables/alteration.hpp"
#include "tables/definitions.hpp"
#include "tables/layout.hpp"

namespace maru::registers {

namespace {

constexpr std::string_view known_then = "from_index < as_of() and (to_index is null or to_index >= as_of())";

enum class Sight { everything, as_of };

struct View {
    Sight sight;
    std::span<const std::int64_t> hidden;  // people
};

// The tables of one register in this database, seen under the names of its file.
class Shadows {
public:
    Shadows(store::Database& database, const Register& of, const StoredRegister& stored, const View& view)
        : database_(database),
          of_(of),
          stored_(stored),
          sight_(view.sight),
          hidden_(subjects_in(view.hidden)) {}

    Result<void> run() {
        TRY(view(of_.name, "id, version, from_index" + columns(),
                 sight_ == Sight::as_of ? stored_.name + "_history" : stored_.name));
        for (const Field& field : of_.fields)
            if (field.is_list()) TRY(list(field));
        return history();
    }

private:
    const StoredField* stored(const Field& field) const {
        const auto at = stored_.fields.find(field.number);
        return at == stored_.fields.end() ? nullptr : &at->second;
    }

    // "person in (4, 7)": whose values are hidden; "" when nobody's here.
    std::string subjects_in(std::span<const std::int64_t> hidden) const {
        if (hidden.empty() || !of_.about_person()) return "";
        const StoredField* column = of_.subject == "id" ? nullptr : stored(*of_.field(of_.subject));
        if (of_.subject != "id" && !column) return "";
        return fmt::format("coalesce({} in ({}), 0)", column ? store::quoted(column->name) : "id",
                           fmt::join(hidden, ", "));
    }

    // Only rows of lists whose record was never about somebody hidden.
    std::string of_others(const Field& field) const {
        if (!field.personal || hidden_.empty()) return "";
        return fmt::format(" and record not in (select id from main.{} where {})",
                           store::quoted(stored_.name + "_history"), hidden_);
    }

    std::string columns() const {
        std::string out;
        for (const Field& field : of_.fields) {
            if (field.is_list()) continue;
            const StoredField* column = stored(field);
            std::string value = column ? store::quoted(column->name) : "null";
            if (field.personal && !hidden_.empty())
                value = fmt::format("case when {} then null else {} end", hidden_, value);
            out += fmt::format(", {} as {}", value, store::quoted(field.name));
        }
        return out;
    }

    Result<void> view(const std::string& name, const std::string& columns, const std::string& table,
                      const std::string& more = "") {
        return database_.execute(fmt::format("create temp view {} as select {} from main.{} where {}{}",
                                             store::quoted(name), columns, store::quoted(table),
                                             sight_ == Sight::as_of ? known_then : "1", more));
    }

    Result<void> list(const Field& field) {
        const StoredField* found = stored(field);
        if (!found) {
            for (const std::string& sql : list_definitions(of_, field, Kept::temporary))
                TRY(database_.execute(sql));
            return {};
        }
        const std::string table = stored_.name + "_" + found->name;
        TRY(view(list_table(of_, field), "record, position, value",
                 sight_ == Sight::as_of ? table + "_history" : table, of_others(field)));
        return all_versions(list_history_table(of_, field), "record, position, value", table + "_history",
                            of_others(field));
    }

    Result<void> history() {
        return all_versions(history_table(of_), "id, version" + columns(), stored_.name + "_history");
    }

    // Every version known then; what ended later had not ended yet.
    Result<void> all_versions(const std::string& name, const std::string& columns, const std::string& table,
                              const std::string& more = "") {
        const bool then = sight_ == Sight::as_of;
        return database_.execute(fmt::format(
            "create temp view {} as select {}, from_index, {} as to_index from main.{} where {}{}",
            store::quoted(name), columns,
            then ? "case when to_index < as_of() then to_index end" : "to_index", store::quoted(table),
            then ? "from_index < as_of()" : "1", more));
    }

    store::Database& database_;
    const Register& of_;
    const StoredRegister& stored_;
    Sight sight_;
    std::string hidden_;  // SQL condition
};

Result<void> define_as_of(store::Database& database, std::int64_t entries) {
    return database.define_volatile(
        "as_of", 0, [entries](std::span<const store::ValueView>) -> Result<store::Value> { return entries; });
}

Result<void> shadow_one(store::Database& database, const Register& of, const Layout& layout,
                        const View& view) {
    const auto stored = layout.find(of.number);
    if (stored == layout.end()) {
        for (const std::string& sql : table_definitions(of, Kept::temporary)) TRY(database.execute(sql));
        return {};
    }
    const bool hides = !view.hidden.empty() && of.about_person();
    if (view.sight == Sight::everything && !hides && stored->second.shape == shape_of(of)) return {};
    TRY(check_storage(of, stored->second));
    return Shadows(database, of, stored->second, view).run();
}

}  // namespace

Result<void> shadow_tables(store::Database& database, const Schema& schema,
                           std::optional<std::int64_t> entries, std::span<const std::int64_t> hidden) {
    if (entries) TRY(define_as_of(database, *entries));
    const Layout layout = TRY(read_layout(database));
    const View view{entries ? Sight::as_of : Sight::everything, hidden};
    for (const Register& of : schema.all()) TRY(shadow_one(database, of, layout, view));
    return {};
}

}  // namespace maru::registers
