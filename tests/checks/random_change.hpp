// Changes records at random, without asking whether the change makes sense: fields emptied, taken from
// another record, moved in time, turned round; records and lists removed. The seed is fixed.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::checks {

class RandomChange {
public:
    RandomChange(store::Database& database, const registers::Schema& schema, unsigned seed = 20261123)
        : database_(database), random_(seed) {
        for (const auto& of : schema.all()) {
            if (!ids_of(of).empty()) used_.push_back(&of);
        }
    }

    // Some record that is there.
    std::pair<const registers::Register*, std::int64_t> record() {
        for (;;) {
            const registers::Register* of = pick(used_);
            const auto ids = ids_of(*of);
            if (!ids.empty()) return {of, pick(ids)};
        }
    }

    // False when the change would break a natural key; then nothing has changed.
    bool change(const registers::Register& of, std::int64_t id) {
        const std::string where = " where id = " + std::to_string(id);
        if (random_() % 12 == 0)
            return database_.execute("delete from " + store::quoted(of.name) + where).has_value();
        const registers::Field& field = pick(of.fields);
        if (field.is_list()) {
            return database_
                .execute("delete from " + store::quoted(of.name + "_" + field.name) +
                         " where record = " + std::to_string(id))
                .has_value();
        }
        return database_
            .execute("update " + store::quoted(of.name) + " set " + store::quoted(field.name) + " = " +
                     value(of, field) + where)
            .has_value();
    }

private:
    std::vector<std::int64_t> ids_of(const registers::Register& of) {
        std::vector<std::int64_t> out;
        auto statement =
            database_.prepare("select id from " + store::quoted(of.name) + " order by id").value();
        for (auto row = statement.step().value(); row; row = statement.step().value())
            out.push_back(row->integer(0));
        return out;
    }

    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[random_() % from.size()];
    }

    std::string value(const registers::Register& of, const registers::Field& field) {
        const std::string column = store::quoted(field.name);
        const auto dice = random_() % 4;
        if (dice == 0) return "null";
        if (dice == 1)
            return "(select o." + column + " from " + store::quoted(of.name) +
                   " o where o.id = " + std::to_string(pick(ids_of(of))) + ")";
        if (field.type == registers::FieldType::date)
            return "plus_days(" + column + ", " + std::to_string(static_cast<int>(random_() % 900) - 450) +
                   ")";
        if (field.type == registers::FieldType::boolean) return "1 - coalesce(" + column + ", 0)";
        if (field.type == registers::FieldType::choice) return "'" + pick(field.choices).code + "'";
        return column;
    }

    store::Database& database_;
    std::mt19937 random_;
    std::vector<const registers::Register*> used_;
};

}  // namespace maru::checks
