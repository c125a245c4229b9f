// Writing and ending versions of a record in its tables.
#pragma once

#include <cstdint>
#include <optional>

#include "registers/records.hpp"

namespace maru::registers {

struct LastVersion {
    std::int64_t version = 0;  // 0: there was none
    std::int64_t from_index = 0;
    std::optional<std::int64_t> to_index;  // of a retired record: the entry of its retirement

    // A retirement takes the number after the version that it ends.
    std::int64_t current_version() const { return to_index ? version + 1 : version; }
    // The entry that made current_version().
    std::optional<std::int64_t> entry() const {
        if (version == 0) return std::nullopt;
        return to_index ? to_index : from_index;
    }
};

enum class Presence { is_new, is_there };

Result<std::optional<Record>> read_current(store::Database& database, const RegisterStatements& of,
                                           std::int64_t id);
Result<std::optional<LastVersion>> last_version(store::Database& database, const RegisterStatements& of,
                                                std::int64_t id);
// conflict when somebody else changed the record meanwhile; the error names both versions and when it was.
Result<void> check_version(WriteContext& context, const Register& of, std::int64_t id, std::int64_t current,
                           std::optional<std::int64_t> expected);

Result<void> put_current(store::Database& database, const RegisterStatements& of, const Record& record,
                         Presence presence);
// Adds the version to the history, ends the one before, and writes the lists that changed.
Result<void> write_version(store::Database& database, const RegisterStatements& of, const Record& record,
                           const Record* before);
// Takes the record out of the current tables at the entry `index`.
Result<void> end_version(store::Database& database, const RegisterStatements& of, const Record& last,
                         std::int64_t index);

}  // namespace maru::registers
