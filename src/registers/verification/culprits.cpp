#include "verification/culprits.hpp"

#include <fmt/core.h>

#include "erasure/survey.hpp"
#include "ledger/commitment.hpp"
#include "ledger/tree.hpp"
#include "records/reading.hpp"

namespace maru::registers {

namespace {

constexpr std::int64_t most_of_others = 500;  // values of other records that are tried, per column
constexpr int days_around = 400;              // that are tried for a date

bool is_date(const StoredColumn& column) {
    return column.field != nullptr && column.field->type == FieldType::date;
}

std::vector<FieldValue> days_near(const FieldValue& value) {
    std::vector<FieldValue> out;
    const auto* text = std::get_if<std::string>(&std::get<store::Value>(value));
    const auto day = text ? parse_iso_day(*text) : fail(ErrorKind::invalid, {});
    if (!day) return out;
    for (int i = 1; i <= days_around; ++i)
        for (const int days : {i, -i}) out.emplace_back(store::Value(day->plus_days(days).iso()));
    return out;
}

}  // namespace

Result<bool> Culprits::fits(const Doubtful& doubtful, std::size_t column, const FieldValue& value) const {
    const StoredColumn& tried = table_.columns[column];
    std::vector<std::optional<Hash>> commitments = doubtful.commitments;
    commitments[column].reset();
    if (is_filled(value)) {
        const auto salt = TRY(doubtful.salt(tried.number));
        if (!salt) return false;
        commitments[column] = ledger::field_commitment({tried.number, canonical_of(tried, value)}, *salt);
    }
    std::vector<Hash> leaves;
    for (const auto& one : commitments)
        if (one) leaves.push_back(*one);
    return ledger::root_of(leaves) == doubtful.wanted;
}

Result<std::optional<Culprit>> Culprits::first_fit(const Doubtful& doubtful, std::size_t column,
                                                   const std::vector<FieldValue>& values) const {
    for (const FieldValue& value : values)
        if (TRY(fits(doubtful, column, value))) return Culprit{column, value};
    return std::nullopt;
}

// From the nearest to the farthest: the record's own other values, those of others, days around a date.
Result<std::optional<Culprit>> Culprits::find(const Doubtful& doubtful) {
    const std::size_t columns = table_.columns.size();
    for (std::size_t i = 0; i < columns; ++i)
        if (!doubtful.erased[i])
            if (auto found = TRY(first_fit(doubtful, i, TRY(values_near(doubtful.version, i))))) return found;
    for (std::size_t i = 0; i < columns; ++i)
        if (!doubtful.erased[i] && !table_.columns[i].is_list)
            if (auto found = TRY(first_fit(doubtful, i, *TRY(values_of_others(i))))) return found;
    for (std::size_t i = 0; i < columns; ++i)
        if (!doubtful.erased[i] && is_date(table_.columns[i]))
            if (auto found = TRY(first_fit(doubtful, i, days_near(doubtful.version.values[i])))) return found;
    return std::nullopt;
}

// Empty, in the current row and in every version of the record.
Result<std::vector<FieldValue>> Culprits::values_near(const StoredVersion& version, std::size_t column) {
    if (table_.columns[column].is_list) return lists_near(version, column);
    std::vector<FieldValue> out{store::Value{store::Null{}}};
    const std::string name = store::quoted(table_.columns[column].name);
    for (const std::string& table : {table_.name, table_.history()})
        for (FieldValue& value : TRY(scalars(
                 fmt::format("select distinct {} from main.{} where id = ?1", name, store::quoted(table)),
                 version.id)))
            out.push_back(std::move(value));
    return out;
}

Result<std::vector<FieldValue>> Culprits::lists_near(const StoredVersion& version, std::size_t column) {
    const std::string list = table_.list(table_.columns[column]);
    std::vector<FieldValue> out{std::vector<store::Value>{}};
    store::Statement current = TRY(reader_.prepare(
        fmt::format("select value from main.{} where record = ?1 order by position", store::quoted(list))));
    current.bind(1, version.id);
    out.emplace_back(TRY(items_of(current)));
    store::Statement starts =
        TRY(reader_.prepare(fmt::format("select from_index from main.{} where id = ?1 order by from_index",
                                        store::quoted(table_.history()))));
    starts.bind(1, version.id);
    store::Statement then = TRY(reader_.prepare(fmt::format(
        "select value from main.{} where record = ?1 and from_index <= ?2 and (to_index is null or "
        "to_index > ?2) order by position",
        store::quoted(list + "_history"))));
    while (const auto row = TRY(starts.step())) {
        then.bind(1, version.id).bind(2, row->integer(0));
        out.emplace_back(TRY(items_of(then)));
    }
    return out;
}

Result<const std::vector<FieldValue>*> Culprits::values_of_others(std::size_t column) {
    const auto found = of_others_.find(column);
    if (found != of_others_.end()) return &found->second;
    const std::string sql =
        fmt::format("select distinct {} from main.{} limit ?1", store::quoted(table_.columns[column].name),
                    store::quoted(table_.history()));
    return &of_others_.emplace(column, TRY(scalars(sql, most_of_others))).first->second;
}

Result<std::vector<FieldValue>> Culprits::scalars(const std::string& sql, std::int64_t parameter) {
    store::Statement query = TRY(reader_.prepare(sql));
    query.bind(1, parameter);
    std::vector<FieldValue> out;
    while (const auto row = TRY(query.step())) out.emplace_back(row->value(0));
    return out;
}

}  // namespace maru::registers
