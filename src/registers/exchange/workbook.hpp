// What an xlsx says about itself: which part is the first sheet, its shared strings, its number formats.
#pragma once

#include <string>
#include <vector>

#include "exchange/archive.hpp"
#include "exchange/number_formats.hpp"
#include "registers/exchange.hpp"

namespace maru::registers {

struct Workbook {
    std::string sheet;  // part name of the first visible sheet
    Epoch epoch = Epoch::since_1900;
    std::vector<std::string> strings;
    std::vector<NumberFormat> formats;  // by cell style
};

Result<Workbook> read_workbook(Archive& archive, const ReadLimits& limits);

// A piece of an xlsx part may be this large while it is parsed.
std::uint64_t piece_limit(const ReadLimits& limits);

}  // namespace maru::registers
