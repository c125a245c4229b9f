// What a request proposes: the values that an approval would write, and the hash that the approval binds to.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "registers/records.hpp"
#include "workflow/kinds.hpp"

namespace maru::workflow {

using registers::WrittenFields;
using Values = std::map<std::string, registers::FieldValue, std::less<>>;

// Whom and when a request is made.
struct Asking {
    std::int64_t asker = 0, subject = 0;  // persons
    Day today;
};

// The asker's fields with what the kind writes itself, every reference by number: the one form that is
// stored and hashed. invalid: fields that the kind does not ask for, what is missing, broken values.
Result<WrittenFields> propose(store::Database& database, const registers::Schema& schema, const Kind& kind,
                              const WrittenFields& asked, const Asking& asking);

// One JSON object, keys in order, values as they are written.
std::string proposed_text(const WrittenFields& fields);
Result<WrittenFields> parse_proposed(std::string_view text);

// Of proposed fields, or of a current record, as values.
Result<Values> values_of(const registers::Register& of, const WrittenFields& fields);
Values values_of(const registers::Register& of, const registers::Record& record);

// The record that the proposal changes; no id: a new one.
struct Target {
    std::optional<std::int64_t> id;
    std::int64_t version = 0;
    bool operator==(const Target&) const = default;
};
// As things stand: by the natural key among the values.
Result<Target> find_target(store::Database& database, const registers::Register& of, const Kind& kind,
                           const Values& values);

// SHA-256 over "maru-request-v1\n" and the JSON object {fields, kind, record, register, subject, version},
// in lower-case hexadecimal.
std::string content_hash(const Kind& kind, std::int64_t subject, const WrittenFields& fields,
                         const Target& target);

// What carrying it out writes: the proposal, what the approval writes, the next free number.
Result<registers::PutRequest> put_of(store::Database& database, const Kind& kind, const WrittenFields& fields,
                                     const Target& target);
void add_approval(registers::PutRequest& put, const Kind& kind, std::int64_t approver, Day approved_on);

// The sentence that an approval makes true, with the values of the proposal for people.
std::string sentence_of(store::Database& database, const registers::Schema& schema, const Kind& kind,
                        const WrittenFields& fields, const Asking& asking, Language language);

}  // namespace maru::workflow
