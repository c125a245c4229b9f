// Puts rows that a reader finds into a Table, within the limits.
#pragma once

#include <vector>

#include "registers/exchange.hpp"

namespace maru::registers {

class TableBuilder {
public:
    explicit TableBuilder(const ReadLimits& limits) : limits_(limits) {}
    // Row numbers ascend. The first row that is not blank becomes the headings.
    Result<void> add(std::size_t row_number, std::vector<std::string> cells);
    Table take() { return std::move(table_); }

private:
    Result<void> check(std::size_t row_number, const std::vector<std::string>& cells);
    std::vector<std::string> fitted(std::vector<std::string> cells) const;

    ReadLimits limits_;
    Table table_;
    std::uint64_t cells_ = 0;
    std::uint64_t text_bytes_ = 0;  // one shared string of an xlsx may stand in millions of cells
};

}  // namespace maru::registers
