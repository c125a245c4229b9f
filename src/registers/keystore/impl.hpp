// What a keystore has in memory.
#pragma once

#include <unordered_map>
#include <utility>

#include "registers/keystore.hpp"
#include "store/database.hpp"

namespace maru::registers {

struct Keystore::Impl {
    Impl(store::Database opened, Random source, Hash key)
        : database(std::move(opened)), random(std::move(source)), master(key) {}

    Result<void> load_erased();
    Result<std::optional<Hash>> stored_key(std::int64_t person);
    Hash new_key(std::int64_t person);
    Result<void> store_keys();
    Result<void> store_openings();

    store::Database database;
    Random random;
    Hash master;
    std::unordered_map<std::int64_t, Hash> known;
    std::vector<std::int64_t> not_stored;                    // created since the last flush
    std::unordered_map<std::int64_t, std::int64_t> erased;   // entry by person
    std::optional<std::int64_t> before;                      // that of the person being erased, before
    std::vector<std::pair<std::int64_t, Opening>> openings;  // person and what is to be stored
};

}  // namespace maru::registers
