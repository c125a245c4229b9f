// The SQL of a list: filter, search, sort and a page, over the fields that the caller may see.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/call.hpp"
#include "registers/records.hpp"

namespace maru::api {

struct RecordQuery {
    std::string from_where;  // " from x where …"
    std::string order;       // " order by …"
    std::vector<store::Value> values;

    Result<std::int64_t> count(store::Database& reader) const;
    // Ids of the page in order.
    Result<std::vector<std::int64_t>> page(store::Database& reader, std::int64_t offset,
                                           std::int64_t limit) const;
};

// From the parameters `filter` (field:operator:value, several are all demanded; operators eq ne lt le gt ge
// contains empty filled), `q` (words, all of them anywhere in a record: half- and full-width, hiragana and
// katakana alike), `sort` (field, "-field" downwards; at most three, by commas) and `after` (an id: only what
// follows it). invalid names the parameter; fields that the caller may not see are not there.
Result<RecordQuery> query_of(const Call& call, store::Database& reader, const registers::Register& of);

}  // namespace maru::api
