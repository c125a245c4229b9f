// The order in which rows that refer to each other are put.
#pragma once

#include <vector>

#include "exchange/columns.hpp"

namespace maru::registers {

struct RowOrder {
    std::vector<std::size_t> rows;  // referenced rows first
    std::vector<std::size_t>
        deferred;  // of a circle (a manager of each other): put without self references, then again with
};

// References to the same register, found by the written natural key.
RowOrder order_rows(const Register& into, const Table& table, const std::vector<Column>& columns);

bool refers_to_itself(const Register& into, const Column& column);

}  // namespace maru::registers
