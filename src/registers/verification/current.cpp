#include "verification/current.hpp"

#include <fmt/core.h>

namespace maru::registers {

namespace {

using Found = std::function<void(const Difference&)>;

struct Names {
    explicit Names(const StoredTable& table)
        : now("main." + store::quoted(table.name)), history("main." + store::quoted(table.history())) {}
    std::string now, history;
};

Result<void> each_row(store::Database& reader, const std::string& sql, const Found& found,
                      const StoredColumn* column) {
    store::Statement query = TRY(reader.prepare(sql));
    while (const auto row = TRY(query.step())) found({row->integer(0), row->integer(1), column});
    return {};
}

// Rows without their version, and the other way round.
Result<void> compare_rows(store::Database& reader, const Names& names, const Found& found) {
    TRY(each_row(
        reader,
        fmt::format("select n.id, n.version from {} n where not exists (select 1 from {} h where h.id = "
                    "n.id and h.to_index is null and h.version is n.version and h.from_index is "
                    "n.from_index)",
                    names.now, names.history),
        found, nullptr));
    return each_row(reader,
                    fmt::format("select h.id, h.version from {} h where h.to_index is null and not exists "
                                "(select 1 from {} n where n.id = h.id)",
                                names.history, names.now),
                    found, nullptr);
}

Result<void> compare_scalars(store::Database& reader, const StoredTable& table, const Found& found) {
    const Names names(table);
    std::vector<const StoredColumn*> columns;
    std::string shown, differs;
    for (const StoredColumn& column : table.columns) {
        if (column.is_list) continue;
        const std::string same = fmt::format("n.{0} is not h.{0}", store::quoted(column.name));
        shown += ", " + same;
        differs += (columns.empty() ? "" : " or ") + same;
        columns.push_back(&column);
    }
    if (columns.empty()) return {};
    store::Statement query =
        TRY(reader.prepare(fmt::format("select n.id, n.version{} from {} n join {} h on h.id = n.id and "
                                       "h.from_index = n.from_index where {}",
                                       shown, names.now, names.history, differs)));
    while (const auto row = TRY(query.step()))
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (row->integer(static_cast<int>(i) + 2) != 0)
                found({row->integer(0), row->integer(1), columns[i]});
    return {};
}

Result<void> compare_list(store::Database& reader, const StoredTable& table, const StoredColumn& column,
                          const Found& found) {
    const std::string list = "main." + store::quoted(table.list(column));
    const std::string past = "main." + store::quoted(table.list(column) + "_history");
    const std::string now = "select record, position, value from " + list;
    const std::string proved = "select record, position, value from " + past + " where to_index is null";
    return each_row(
        reader,
        fmt::format("select d.record, coalesce((select n.version from main.{} n where n.id = d.record), "
                    "0) from (select record from ({} except {}) union select record from ({} except "
                    "{})) d",
                    store::quoted(table.name), now, proved, proved, now),
        found, &column);
}

}  // namespace

Result<void> compare_current(store::Database& reader, const StoredTable& table, const Found& found) {
    TRY(compare_rows(reader, Names(table), found));
    TRY(compare_scalars(reader, table, found));
    for (const StoredColumn& column : table.columns)
        if (column.is_list) TRY(compare_list(reader, table, column, found));
    return {};
}

}  // namespace maru::registers
