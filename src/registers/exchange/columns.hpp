// Which column of a table holds which field.
#pragma once

#include <string>
#include <vector>

#include "registers/exchange.hpp"

namespace maru::registers {

struct Column {
    enum class Kind { field, id, version, empty } kind = Kind::empty;
    const Field* field = nullptr;
};

// One per heading. invalid when headings are unknown (with the nearest ones), stand twice, are missing over
// cells, or when neither the natural key nor `id` is there to find records by.
Result<std::vector<Column>> match_columns(const Register& into, const Table& table);

// "C列" for an empty heading, else the heading as written.
std::string heading_of(const Table& table, std::size_t column);

}  // namespace maru::registers
