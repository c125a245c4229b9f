// Records: validated puts and retirements inside a writer's command; reads of any connection.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/day.hpp"
#include "ledger/log.hpp"
#include "registers/ids.hpp"
#include "registers/keystore.hpp"
#include "registers/schema.hpp"
#include "registers/statements.hpp"
#include "registers/values.hpp"
#include "store/database.hpp"

namespace maru::registers {

// Fields by name, as people write them. Absent = unchanged; "" = emptied.
using WrittenFields = std::map<std::string, std::string, std::less<>>;

struct Record {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::int64_t from_index = 0;
    std::optional<std::int64_t> to_index;  // history only
    std::vector<FieldValue> values;        // in schema order of the register's fields
};

struct Change {
    std::string register_name;
    std::int64_t id = 0;
    std::int64_t version = 0;  // of the new version
    std::int64_t index = 0;    // of its entry
    enum class Kind { created, changed, unchanged, retired } kind = Kind::created;
};

// What a put needs to know besides the record. Exists only inside a writer's command.
struct WriteContext {
    store::Database& database;
    const Schema& schema;
    const Statements& statements;
    ledger::Log& log;
    Keystore& keys;
    Ids& ids;
    Instant now;
    std::string actor;
};

struct PutRequest {
    std::string register_name;
    std::optional<std::int64_t> id;  // none: found by natural key, else created
    std::optional<std::int64_t>
        expected_version;  // optimistic concurrency; conflict when it differs; 0 = not there yet
    WrittenFields fields;
    bool must_be_new = false;
};

// Validates, checks keys, references and rules, changes the tables and appends the entry. Same values again =
// unchanged, no entry. A natural key that only a retired record has makes a new record; naming the retired
// record by `id` brings it back with a further version (a retirement takes a version number, too). An error
// of kind invalid, not_found, conflict or forbidden leaves nothing behind, so the command may go on; after
// any other it must fail.
Result<Change> put(WriteContext& context, const PutRequest& request);
// Refused while current records refer to it (the error names up to five of them). The reason is kept beside
// the ledger and bound by the entry's commitment as field 0, because it may name people.
Result<Change> retire(WriteContext& context, const std::string& register_name, std::int64_t id,
                      std::optional<std::int64_t> expected_version, const std::string& reason);

// A record that is no longer current.
struct Retired {
    Record last;         // its to_index is the entry that retired it
    std::string reason;  // "" when nobody gave one
};
// nullopt when the record is current or never was there.
Result<std::optional<Retired>> retired_record(store::Database& database, const Register& of, std::int64_t id);
// The one that was retired last comes first.
Result<std::vector<Retired>> retired_records(store::Database& database, const Register& of);

// Natural key or #id of a current record. Keys of several fields are joined by " / ", and a reference in a
// key stands there with its own key.
Result<std::int64_t> resolve(store::Database& database, const Schema& schema, const Register& to,
                             std::string_view written);
// The same among retired records: natural key of their last version, or #id; the one retired last when
// several had the key.
Result<std::int64_t> resolve_retired(store::Database& database, const Schema& schema, const Register& to,
                                     std::string_view written);
Result<std::optional<Record>> read(store::Database& database, const Register& of, std::int64_t id);
// Current records by id. `visit` may stop the walk by returning an error.
Result<void> each_record(store::Database& database, const Register& of,
                         const std::function<Result<void>(const Record&)>& visit);
// Every version, oldest first.
Result<std::vector<Record>> history(store::Database& database, const Register& of, std::int64_t id);
// Natural key (fields joined by " / ") and title of a record; "#id" when it is not there (retired). A key
// that resolve would read otherwise (a part with " / " in it, or one that looks like #12) is also given as
// "#id".
std::string natural_key_of(store::Database& database, const Schema& schema, std::string_view register_name,
                           std::int64_t id);
// A title that was erased is the tombstone (registers/tombstones.hpp) in the language.
std::string title_of(store::Database& database, const Schema& schema, std::string_view register_name,
                     std::int64_t id, Language language);

}  // namespace maru::registers
