// Receipts and disclosures out of an organisation's database.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "ledger/receipt.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "packs/disclosure.hpp"
#include "registers/keystore.hpp"
#include "registers/records.hpp"
#include "store/database.hpp"

namespace maru::packs {

// Proves that entries are under one checkpoint. Keeps tiles in memory, so that further receipts cost little.
class Prover {
public:
    // The checkpoint is one of this database's. The database must outlive the prover.
    static Result<Prover> open(store::Database& database, const ledger::StoredCheckpoint& checkpoint);

    const std::string& note() const { return note_; }  // with its cosignatures
    std::uint64_t size() const { return size_; }
    // not_found for entries that the checkpoint does not cover.
    Result<ledger::Receipt> receipt(std::int64_t index);

private:
    Prover(ledger::HashSource hashes, std::string note, std::uint64_t size)
        : hashes_(std::move(hashes)), note_(std::move(note)), size_(size) {}
    ledger::HashSource hashes_;
    std::string note_;
    std::uint64_t size_;
};

// The bytes of an entry; not_found beyond the end.
Result<std::string> entry_bytes(store::Database& database, std::int64_t index);

using FieldNumbers = std::set<int>;

// What the makers of disclosures need.
struct DisclosureSource {
    store::Database& database;
    registers::Keystore& keys;
};

// The version with these fields opened and the others withheld. Without fields when the person's key was
// destroyed, or when values and commitment do not belong together (any more).
Result<Disclosure> disclose(const DisclosureSource& source, const registers::Register& of,
                            const registers::Record& version, const FieldNumbers& fields);

// The entry with which a record was retired; its field 0 is the reason.
Result<Disclosure> disclose_retirement(const DisclosureSource& source, const registers::Register& of,
                                       const registers::Retired& retired, const FieldNumbers& fields);

}  // namespace maru::packs
