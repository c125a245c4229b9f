#include "registers/tables.hpp"

#include <fmt/core.h>

#include "erasure/conditions.hpp"
#include "ledger/log.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "tables/alteration.hpp"
#include "tables/definitions.hpp"
#include "tables/layout.hpp"
#include "tables/rules.hpp"

namespace maru::registers {

namespace {

// The reason of a retirement may name people, so it is here and bound by the entry's commitment as field 0.
constexpr store::Migration fixed_tables{2, R"sql(
create table id_state (one integer primary key check (one = 1), next integer not null);
insert into id_state (one, next) values (1, 1);
create table register_table (number integer primary key, name text not null, shape text not null);
create table register_field (register integer not null, number integer not null, name text not null,
                             storage text not null, primary key (register, number)) without rowid;
create table retirement (idx integer primary key, register integer not null, record integer not null,
                         version integer not null, reason text not null);
create index retirement_by_record on retirement (record);
)sql"};

// What was erased: by which entry, and the commitments without which the rest of a version could not be
// checked. Field 0 is the reason of a retirement. register is the register's number.
constexpr store::Migration erasure_tables{4, R"sql(
create table erasure (idx integer primary key, nonce blob not null, person integer not null, requested text not null,
                      executed text not null, basis text not null, replays integer, deleted_values integer not null);
create index erasure_by_person on erasure (person);
create table erased_value (record integer not null, version integer not null, field integer not null, register integer not null,
                           idx integer not null, commitment blob, primary key (record, version, field)) without rowid;
create index erased_value_by_register on erased_value (register);
)sql"};

Result<void> derive_one(store::Database& database, const Register& of, const Layout& layout) {
    const auto stored = layout.find(of.number);
    if (stored == layout.end()) return create_register(database, of);
    if (stored->second.shape == shape_of(of)) return {};
    return alter_register(database, of, stored->second);
}

bool up_to_date(const Layout& layout, const Schema& schema) {
    for (const Register& of : schema.all()) {
        const auto stored = layout.find(of.number);
        if (stored == layout.end() || stored->second.shape != shape_of(of)) return false;
    }
    return true;
}

}  // namespace

std::vector<store::Migration> migrations() {
    const auto of_ledger = ledger::Log::migrations();
    std::vector<store::Migration> out(of_ledger.begin(), of_ledger.end());
    out.push_back(fixed_tables);
    out.push_back(ledger::checkpoint_tables(3));
    out.push_back(erasure_tables);
    return out;
}

std::string history_table(const Register& of) { return of.name + "_history"; }
std::string list_table(const Register& of, const Field& field) { return of.name + "_" + field.name; }
std::string list_history_table(const Register& of, const Field& field) {
    return list_table(of, field) + "_history";
}

Result<void> derive_tables(store::Database& database, const Schema& schema) {
    if (up_to_date(TRY(read_layout(database)), schema)) return {};
    store::Transaction transaction = TRY(store::Transaction::begin(database));
    const Layout layout = TRY(read_layout(database));
    for (const Register& of : schema.all()) TRY(derive_one(database, of, layout));
    return transaction.commit();
}

Result<void> check_rules(const Schema& schema) {
    store::Database database = TRY(store::Database::in_memory());
    TRY(define_rule_functions(database));
    for (const Register& of : schema.all()) {
        for (const Rule& rule : of.rules) {
            const Result<store::Statement> compiled = database.prepare(rules_query(of, {rule}));
            if (!compiled)
                return std::unexpected(
                    prefixed(fmt::format("{}.toml rule \"{}\"", of.name, rule.require), compiled.error()));
        }
        TRY(check_conditions(database, of, schema.find("person")));
    }
    return {};
}

}  // namespace maru::registers
