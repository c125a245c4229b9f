// A version of a record of which chosen fields are opened: what its ledger entry commits to
// (docs/formats/receipt.md). Pure: whoever has the file can recompute the commitment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/log.hpp"
#include "registers/values.hpp"

namespace maru::packs {

inline constexpr std::size_t max_disclosure = 4 * 1024 * 1024;  // bytes

// A field's value, and the salt of its commitment.
struct Opening {
    registers::FieldValue value;
    Hash salt{};
    bool operator==(const Opening&) const = default;
};

struct DisclosedField {
    int number = 0;                  // permanent within the register; 0: why the record was retired
    std::string name;                // for people: the proof binds the number
    std::optional<Opening> opening;  // none: withheld
    Hash commitment{};               // of a withheld field
    bool operator==(const DisclosedField&) const = default;
};

struct Disclosure {
    std::string register_name;
    std::string record;  // as in the envelope: decimal id, or "tag:<hex>"
    std::int64_t version = 0;
    std::string envelope;  // the entry's bytes
    // In ascending number; none: the commitment cannot be opened any more (nothing is left of the person's
    // key).
    std::optional<std::vector<DisclosedField>> fields;
    bool operator==(const Disclosure&) const = default;

    std::size_t opened() const;
    std::size_t withheld() const;
};

// JSON as Python's json.dumps(…, ensure_ascii=False, indent=1) writes it, and a line feed.
std::string to_json(const Disclosure& disclosure);
// invalid (with what is wrong) for everything that to_json would not have written.
Result<Disclosure> parse_disclosure(std::string_view json);

// The entry in the envelope, once register, record and version are its own and the fields give its
// commitment. corrupt otherwise.
Result<ledger::Entry> check_disclosure(const Disclosure& disclosure);

}  // namespace maru::packs
