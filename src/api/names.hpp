// How records are called, each looked up once as long as a reader's state stays.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "registers/records.hpp"
#include "registers/tombstones.hpp"
#include "store/database.hpp"

namespace maru::api {

struct RecordName {
    std::string key;  // natural key or #id
    Text title;
};

class Names {
public:
    // Both must outlive this.
    Names(store::Database& reader, const registers::Schema& schema) : reader_(&reader), schema_(&schema) {}
    const RecordName& of(std::string_view register_name, std::int64_t id);
    // Which values of the register's records were erased.
    Result<const registers::Tombstones*> erased(const registers::Register& of);

private:
    store::Database* reader_;
    const registers::Schema* schema_;
    std::map<std::string, std::unordered_map<std::int64_t, RecordName>, std::less<>> names_;
    std::map<int, registers::Tombstones> erased_;  // by the register's number
};

}  // namespace maru::api
