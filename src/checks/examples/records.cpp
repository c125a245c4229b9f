#include "examples/records.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "checks/examples.hpp"
#include "registers/values.hpp"

namespace maru::checks {

namespace {

using registers::Field;
using registers::FieldValue;
using registers::Register;
using Fields = std::map<std::string, std::string>;

class Loader {
public:
    Loader(store::Database& database, const registers::Schema& schema, const ExampleRecords& records)
        : database_(database), schema_(schema), records_(records) {}

    Result<ExampleIds> run(std::int64_t next_id) {
        for (const auto& [name, aliases] : records_) {
            TRY(schema_.get(name));
            for (const auto& [alias, fields] : aliases) ids_.emplace(std::pair(name, alias), next_id++);
        }
        for (const auto& [key, id] : ids_)
            by_key_.emplace(std::pair(key.first, natural_key(key.first, key.second, 0)), id);
        for (const auto& [name, aliases] : records_) {
            for (const auto& [alias, fields] : aliases) {
                if (auto done = insert(*schema_.find(name), alias, fields); !done) {
                    return std::unexpected(
                        prefixed(fmt::format("{}.{}", name, alias), std::move(done).error()));
                }
            }
        }
        return std::move(ids_);
    }

private:
    // Aliases in it stand for the natural keys of what they name.
    std::string natural_key(const std::string& name, const std::string& alias, int depth) const {
        const Register& of = *schema_.find(name);
        const Fields& fields = records_.at(name).at(alias);
        std::vector<std::string> parts;
        for (const auto& key : of.key) {
            const Field* field = of.field(key);
            const auto written = fields.find(key);
            std::string part = written == fields.end() ? "" : written->second;
            if (part.empty() && field && field->type == registers::FieldType::text) part = alias;
            if (field && field->is_reference() && depth < 5 && ids_.contains({field->to, part})) {
                part = natural_key(field->to, part, depth + 1);
            }
            parts.push_back(std::move(part));
        }
        return join(parts, " / ");
    }

    Result<std::int64_t> resolve(std::string_view to, std::string_view written) const {
        const std::pair wanted{std::string(to), std::string(written)};
        if (const auto id = ids_.find(wanted); id != ids_.end()) return id->second;
        if (const auto id = by_key_.find(wanted); id != by_key_.end()) return id->second;
        return fail(ErrorKind::not_found, {fmt::format("例に {} の「{}」がありません。", to, written),
                                           fmt::format("the example has no {} \"{}\"", to, written)});
    }

    Result<FieldValue> value_of(const Field& field, const std::string& alias, const Register& of,
                                const Fields& fields) const {
        const auto written = fields.find(field.name);
        std::string text = written == fields.end() ? "" : written->second;
        const bool in_key = std::ranges::find(of.key, field.name) != of.key.end();
        if (text.empty() && in_key && field.type == registers::FieldType::text) text = alias;
        return registers::parse_written(
            field, text, [this](std::string_view to, std::string_view name) { return resolve(to, name); });
    }

    Result<void> insert(const Register& of, const std::string& alias, const Fields& fields) {
        for (const auto& [name, value] : fields) {
            if (of.field(name)) continue;
            return fail(ErrorKind::invalid, {fmt::format("項目 {} はありません。", name),
                                             fmt::format("there is no field {}", name)});
        }
        const std::int64_t id = ids_.at({of.name, alias});
        std::string columns = "id, version, from_index", marks = "?, 1, ?";
        std::vector<store::Value> values = {id, id};
        for (const auto& field : of.fields) {
            const FieldValue value = TRY(value_of(field, alias, of, fields));
            if (field.is_list()) {
                TRY(insert_list(of, field, id, value));
                continue;
            }
            columns += ", " + store::quoted(field.name);
            marks += ", ?";
            values.push_back(std::get<store::Value>(value));
        }
        return run(fmt::format("insert into {} ({}) values ({})", store::quoted(of.name), columns, marks),
                   values);
    }

    Result<void> insert_list(const Register& of, const Field& field, std::int64_t id,
                             const FieldValue& value) {
        const auto* items = std::get_if<std::vector<store::Value>>(&value);
        std::int64_t position = 0;
        const std::string sql =
            fmt::format("insert into {} values (?, ?, ?)", store::quoted(of.name + "_" + field.name));
        for (std::size_t i = 0; items && i < items->size(); ++i) TRY(run(sql, {id, position++, (*items)[i]}));
        return {};
    }

    Result<void> run(const std::string& sql, const std::vector<store::Value>& values) {
        store::Statement* statement = TRY(database_.cached(sql));
        for (std::size_t i = 0; i < values.size(); ++i) statement->bind(static_cast<int>(i) + 1, values[i]);
        return statement->run();
    }

    store::Database& database_;
    const registers::Schema& schema_;
    const ExampleRecords& records_;
    ExampleIds ids_;
    ExampleIds by_key_;
};

}  // namespace

Result<ExampleIds> insert_records(store::Database& database, const registers::Schema& schema,
                                  const ExampleRecords& records, std::int64_t first_id) {
    return Loader(database, schema, records).run(first_id);
}

Result<ExampleRecords> changed(const ExampleRecords& records, const Break& by) {
    ExampleRecords out = records;
    for (const auto& name : by.remove) {
        const auto dot = name.find('.');
        const auto of = out.find(name.substr(0, dot));
        if (dot == std::string::npos || of == out.end() || of->second.erase(name.substr(dot + 1)) == 0) {
            return fail(ErrorKind::not_found, {fmt::format("remove: 例に {} がありません。", name),
                                               fmt::format("remove: the example has no {}", name)});
        }
    }
    for (const auto& [name, aliases] : by.put) {
        for (const auto& [alias, fields] : aliases) {
            for (const auto& [field, value] : fields) out[name][alias][field] = value;
            out[name].try_emplace(alias);
        }
    }
    return out;
}

}  // namespace maru::checks
