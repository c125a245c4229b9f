#include "registers/past.hpp"

#include <fmt/core.h>

#include "registers/organisation.hpp"
#include "tables/layout.hpp"

namespace maru::registers {

PastReader::PastReader(store::Database reader, std::int64_t size, std::shared_ptr<std::int64_t> known)
    : reader_(std::make_unique<store::Database>(std::move(reader))), size_(size), known_(std::move(known)) {}

Result<PastReader> PastReader::open(const std::filesystem::path& folder, const Schema& schema) {
    auto reader = TRY(Organisation::open_reader(folder, schema, {0}));
    const std::int64_t size = TRY(reader.query_integer("select size from main.log_state")).value_or(0);
    auto known = std::make_shared<std::int64_t>(size);
    TRY(reader.define_volatile(
        "as_of", 0, [known](std::span<const store::ValueView>) -> Result<store::Value> { return *known; }));
    return PastReader(std::move(reader), size, std::move(known));
}

Result<void> PastReader::move_to(std::int64_t entries) {
    if (entries < 0 || entries > size_)
        return fail(
            ErrorKind::invalid,
            {fmt::format("変更記録は {} 件です。0 から {} を指定してください（指定: {}）。", size_, size_,
                         entries),
             fmt::format("the ledger has {} entries; ask for 0 to {}, not {}", size_, size_, entries)});
    *known_ = entries;
    return {};
}

Result<Entries> Entries::open(store::Database& reader, const Schema& schema) {
    Entries out(reader, schema);
    for (const auto& [number, stored] : TRY(read_layout(reader)))
        out.tables_[number] = stored.name + "_history";
    return out;
}

// Versions are stored in the order of their entries and never again, so a table is sorted by from_index.
Result<std::int64_t> Entries::first_row(const std::string& table, std::int64_t index) {
    const std::string name = "main." + store::quoted(table);
    std::int64_t low = 0;
    std::int64_t high = TRY(reader_->query_integer("select max(rowid) from " + name)).value_or(0) + 1;
    store::Statement* next = TRY(reader_->cached(
        fmt::format("select rowid, from_index from {} where rowid >= ?1 order by rowid limit 1", name)));
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        next->bind(1, middle);
        const auto row = TRY(next->step());
        if (row && row->integer(1) < index)
            low = row->integer(0) + 1;
        else
            high = middle;
    }
    next->reset();
    return low;
}

// The first version stored from `row` on, if the entry made it.
Result<std::optional<Entries::Version>> Entries::version_at(const std::string& table, std::int64_t row,
                                                            std::int64_t index) {
    store::Statement* next = TRY(reader_->cached(
        fmt::format("select rowid, id, from_index from main.{} where rowid >= ?1 order by rowid limit 1",
                    store::quoted(table))));
    next->bind(1, row);
    const auto found = TRY(next->step());
    std::optional<Version> out;
    if (found && found->integer(2) == index) out = Version{found->integer(0), found->integer(1)};
    next->reset();
    return out;
}

// A retirement makes no version; the one that it ended tells the record.
Result<ChangedBy> Entries::change_of(std::int64_t index, const ledger::Entry& entry, Cursors& cursors) {
    const ChangedBy unknown{index, nullptr, 0};
    const Register* of = schema_->find(entry.register_name);
    const auto table = of ? tables_.find(of->number) : tables_.end();
    if (table == tables_.end()) return unknown;
    const bool retires = entry.kind == "retire";
    const std::int64_t made_by = retires ? entry.previous.value_or(index) : index;
    std::int64_t& cursor = cursors[of->number];
    std::optional<Version> version;
    if (!retires && cursor > 0) version = TRY(version_at(table->second, cursor, made_by));
    if (!version) version = TRY(version_at(table->second, TRY(first_row(table->second, made_by)), made_by));
    if (!version) return unknown;
    if (!retires) cursor = version->row + 1;
    return ChangedBy{index, of, version->record};
}

Result<void> Entries::each_about_a_record(std::int64_t from, std::int64_t to, const Visit& visit) {
    auto statement =
        TRY(reader_->prepare("select idx, body from main.entry where idx >= ?1 and idx < ?2 order by idx"));
    statement.bind(1, from).bind(2, to);
    while (const auto row = TRY(statement.step())) {
        const auto entry = TRY(ledger::decode(row->text(1)));
        if (!entry.register_name.empty()) TRY(visit(row->integer(0), entry));
    }
    return {};
}

Result<std::vector<ChangedBy>> Entries::changes(std::int64_t from, std::int64_t to) {
    std::vector<ChangedBy> out;
    Cursors cursors;
    TRY(each_about_a_record(from, to, [&](std::int64_t index, const ledger::Entry& entry) -> Result<void> {
        out.push_back(TRY(change_of(index, entry, cursors)));
        return {};
    }));
    return out;
}

Result<std::vector<ChangedBy>> Entries::registers(std::int64_t from, std::int64_t to) {
    std::vector<ChangedBy> out;
    TRY(each_about_a_record(from, to, [&](std::int64_t index, const ledger::Entry& entry) -> Result<void> {
        out.push_back({index, schema_->find(entry.register_name), 0});
        return {};
    }));
    return out;
}

Result<LedgerEntry> Entries::at(std::int64_t index) {
    store::Statement* statement = TRY(reader_->cached("select body from main.entry where idx = ?1"));
    statement->bind(1, index);
    const auto row = TRY(statement->step());
    if (!row)
        return fail(ErrorKind::not_found,
                    {fmt::format("変更記録 {} はありません。番号を確かめてください。", index),
                     fmt::format("there is no entry {}; check the number", index)});
    const auto entry = ledger::decode(row->text(0));
    statement->reset();
    if (!entry) return std::unexpected(entry.error());
    Cursors none;
    return LedgerEntry{*entry, TRY(change_of(index, *entry, none))};
}

}  // namespace maru::registers
