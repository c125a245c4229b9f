#include "tables/layout.hpp"

namespace maru::registers {

Result<Layout> read_layout(store::Database& database) {
    Layout out;
    store::Statement tables = TRY(database.prepare("select number, name, shape from register_table"));
    while (const std::optional<store::Row> row = TRY(tables.step()))
        out[static_cast<int>(row->integer(0))] = {std::string(row->text(1)), std::string(row->text(2)), {}};
    store::Statement fields =
        TRY(database.prepare("select register, number, name, storage from register_field"));
    while (const std::optional<store::Row> row = TRY(fields.step()))
        out[static_cast<int>(row->integer(0))].fields[static_cast<int>(row->integer(1))] = {
            std::string(row->text(2)), std::string(row->text(3))};
    return out;
}

}  // namespace maru::registers
