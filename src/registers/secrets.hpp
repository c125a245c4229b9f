// What opening commitments to others needs besides a reader: an organisation's keys and attachments, without
// its writer.
#pragma once

#include <filesystem>
#include <vector>

#include "registers/keystore.hpp"
#include "registers/schema.hpp"
#include "registers/values.hpp"
#include "store/blobs.hpp"

namespace maru::registers {

struct Secrets {
    Keystore keys;
    store::Blobs blobs;
};

// Of the organisation in this folder. not_found when it, or its keys, are not there: none are made.
Result<Secrets> open_secrets(const std::filesystem::path& organisation, Random random);

// Where the keys lie.
std::filesystem::path keys_folder(const std::filesystem::path& organisation);

// What salts the commitments to a version with these values (docs/formats/entry.md): the key of the person
// whose data they are, else the record's own. forbidden when that person's key was destroyed.
Result<Hash> commitment_key(Keystore& keys, const Register& of, std::int64_t id,
                            const std::vector<FieldValue>& values);

}  // namespace maru::registers
