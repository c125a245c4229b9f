// Records that are no longer current.
#include <fmt/core.h>

#include <algorithm>

#include "ledger/log.hpp"
#include "registers/records.hpp"
#include "registers/tables.hpp"

namespace maru::registers {

namespace {

Result<std::optional<std::string>> reason_in(store::Database& database, std::int64_t entry) {
    store::Statement* query = TRY(database.cached("select reason from retirement where idx = ?1"));
    query->bind(1, entry);
    const std::optional<store::Row> row = TRY(query->step());
    std::optional<std::string> reason = row ? row->maybe_text(0) : std::nullopt;
    query->reset();
    return reason;
}

}  // namespace

Result<std::optional<Retired>> retired_record(store::Database& database, const Register& of,
                                              std::int64_t id) {
    std::vector<Record> versions = TRY(history(database, of, id));
    if (versions.empty() || !versions.back().to_index) return std::nullopt;
    Retired out{std::move(versions.back()), {}};
    out.reason = TRY(reason_in(database, *out.last.to_index)).value_or("");
    return out;
}

Result<std::vector<Retired>> retired_records(store::Database& database, const Register& of) {
    store::Statement query = TRY(database.prepare(
        fmt::format("select h.id from {} h group by h.id having count(*) = count(h.to_index) "
                    "order by max(h.to_index) desc",
                    store::quoted(history_table(of)))));
    std::vector<Retired> out;
    while (const std::optional<store::Row> row = TRY(query.step()))
        if (auto one = TRY(retired_record(database, of, row->integer(0)))) out.push_back(*std::move(one));
    return out;
}

}  // namespace maru::registers
