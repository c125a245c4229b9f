#include "erasure/survey.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "records/reading.hpp"
#include "tables/layout.hpp"

namespace maru::registers {

namespace {

const Field* field_by_number(const Register& of, int number) {
    const auto found = std::ranges::find(of.fields, number, &Field::number);
    return found == of.fields.end() ? nullptr : &*found;
}

bool holds_text(std::string_view storage) {
    return storage == "text" || storage == "mail" || storage == "url" || storage == "list(text)";
}

About about(const Register& of, const StoredRegister& stored) {
    About out;
    out.of = &of;
    out.table = stored.name;
    for (const auto& [number, field] : stored.fields)
        out.columns.push_back({number, field.name, field_by_number(of, number), field.is_list(),
                               holds_text(field.storage), field.storage == "file"});
    return out;
}

// The column that names the subject; "id" in the register person.
std::optional<std::string> subject_column(const About& about) {
    if (about.of->subject == "id") return "id";
    const Field* field = about.of->field(about.of->subject);
    const auto at = about.position(field->number);
    return at ? std::optional(about.columns[*at].name)
              : std::nullopt;  // not stored yet: nothing is about anybody
}

std::string query_of(const About& about, const std::string& subject) {
    std::string columns;
    for (const AboutColumn& column : about.columns)
        if (!column.is_list) columns += ", " + store::quoted(column.name);
    return fmt::format(
        "select id, version, from_index, to_index{} from main.{} where {} = ?1 order by id, "
        "from_index",
        columns, store::quoted(about.history()), store::quoted(subject));
}

AboutVersion version_of(const store::Row& row, const About& about) {
    AboutVersion out{row.integer(1), row.integer(2), row.maybe_integer(3), {}};
    int at = 4;
    for (const AboutColumn& column : about.columns) {
        if (column.is_list)
            out.values.emplace_back(std::vector<store::Value>{});
        else
            out.values.emplace_back(row.value(at++));
    }
    return out;
}

Result<void> add_lists(store::Database& database, const About& about, AboutRecord& record) {
    for (std::size_t i = 0; i < about.columns.size(); ++i) {
        if (!about.columns[i].is_list) continue;
        store::Statement* query = TRY(database.cached(fmt::format(
            "select value from main.{} where record = ?1 and from_index <= ?2 and (to_index is null or "
            "to_index > ?2) order by position",
            store::quoted(about.list_table(about.columns[i]) + "_history"))));
        for (AboutVersion& version : record.versions) {
            query->bind(1, record.id).bind(2, version.from_index);
            version.values[i] = TRY(items_of(*query));
        }
    }
    return {};
}

Result<void> fill(store::Database& database, About& about, std::int64_t person) {
    const auto subject = subject_column(about);
    if (!subject) return {};
    store::Statement query = TRY(database.prepare(query_of(about, *subject)));
    query.bind(1, person);
    while (const auto row = TRY(query.step())) {
        const std::int64_t id = row->integer(0);
        if (about.records.empty() || about.records.back().id != id) about.records.push_back({id, {}});
        about.records.back().versions.push_back(version_of(*row, about));
    }
    for (AboutRecord& record : about.records) TRY(add_lists(database, about, record));
    return {};
}

}  // namespace

bool is_filled(const FieldValue& value) {
    if (const auto* scalar = std::get_if<store::Value>(&value)) return !store::is_null(*scalar);
    return !std::get<std::vector<store::Value>>(value).empty();
}

std::optional<std::size_t> About::position(int number) const {
    const auto found = std::ranges::find(columns, number, &AboutColumn::number);
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

Result<std::vector<About>> survey(store::Database& database, const Schema& schema, std::int64_t person) {
    const Layout layout = TRY(read_layout(database));
    std::vector<About> out;
    for (const Register& of : schema.all()) {
        const auto stored = layout.find(of.number);
        if (!of.about_person() || stored == layout.end()) continue;
        out.push_back(about(of, stored->second));
        TRY(fill(database, out.back(), person));
    }
    return out;
}

}  // namespace maru::registers
