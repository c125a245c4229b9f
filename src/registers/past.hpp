// The past of an organisation: a reader that moves along the ledger, and which record each entry changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/log.hpp"
#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::registers {

// A connection as Organisation::open_reader gives it with as_of, whose number of known entries can be
// changed. Its prepared statements stay good. It sees the ledger that it was opened on, however far that
// grows meanwhile.
class PastReader {
public:
    static Result<PastReader> open(const std::filesystem::path& folder, const Schema& schema);
    store::Database& reader() { return *reader_; }
    std::int64_t size() const { return size_; }       // entries of the ledger
    std::int64_t entries() const { return *known_; }  // known now; all of them at first
    // No statement may be in the middle of a run. invalid when the ledger has fewer.
    Result<void> move_to(std::int64_t entries);

private:
    PastReader(store::Database reader, std::int64_t size, std::shared_ptr<std::int64_t> known);
    std::unique_ptr<store::Database> reader_;
    std::int64_t size_;
    std::shared_ptr<std::int64_t>
        known_;  // shared with the SQL function as_of(), which goes with the connection
};

// A record of which an entry made or ended a version.
struct ChangedBy {
    std::int64_t index = 0;        // of the entry
    const Register* of = nullptr;  // null: of a register that the schema does not know (any more)
    std::int64_t id = 0;
};

// An entry with the record that it is about: envelopes about people carry only a tag.
struct LedgerEntry {
    ledger::Entry entry;
    ChangedBy change;  // `of` is null, too, when the entry is about no record
};

class Entries {
public:
    // Of any reader of the organisation, whatever it knows. Both must outlive this.
    static Result<Entries> open(store::Database& reader, const Schema& schema);

    // The records that the entries [from, to) changed, in the order of the entries. Entries about no record
    // are left out.
    Result<std::vector<ChangedBy>> changes(std::int64_t from, std::int64_t to);
    // The same without their records (id 0), several times as fast.
    Result<std::vector<ChangedBy>> registers(std::int64_t from, std::int64_t to);
    // not_found beyond the end of the ledger.
    Result<LedgerEntry> at(std::int64_t index);

private:
    Entries(store::Database& reader, const Schema& schema) : reader_(&reader), schema_(&schema) {}
    using Visit = std::function<Result<void>(std::int64_t index, const ledger::Entry& entry)>;
    Result<void> each_about_a_record(std::int64_t from, std::int64_t to, const Visit& visit);
    // Where the next version is looked for in each history table, when entries are asked about in their
    // order.
    using Cursors = std::map<int, std::int64_t>;
    Result<ChangedBy> change_of(std::int64_t index, const ledger::Entry& entry, Cursors& cursors);
    struct Version {
        std::int64_t row = 0;
        std::int64_t record = 0;
    };
    Result<std::optional<Version>> version_at(const std::string& table, std::int64_t row, std::int64_t index);
    Result<std::int64_t> first_row(const std::string& table, std::int64_t index);

    store::Database* reader_;
    const Schema* schema_;
    std::map<int, std::string> tables_;  // history tables by the register's number
};

}  // namespace maru::registers
