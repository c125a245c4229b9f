// A table that is read is well-formed UTF-8 of even rows and comes back from its written form; a refusal
// explains itself.
#include "registers/exchange.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    using namespace maru::registers;
    const ReadLimits limits{
        .file_bytes = 1 << 20, .inflated_bytes = 1 << 20, .cell_bytes = 1 << 12, .cells = 10'000};
    for (const char separator : {',', '\t'}) {
        const Result<Table> table = parse_delimited(text_of(data, size), separator, limits);
        if (!table) {
            require(!table.error().message.ja.empty() && !table.error().message.en.empty(), "both languages");
            require(is_utf8(table.error().message.ja), "a refusal is readable");
            continue;
        }
        require(table->rows.size() == table->row_numbers.size(), "every row has its number");
        std::size_t last = 0;
        for (std::size_t i = 0; i < table->rows.size(); ++i) {
            require(table->row_numbers[i] > last, "row numbers ascend");
            last = table->row_numbers[i];
            require(table->rows[i].size() - table->headings.size() <= 1,
                    "rows are as long as the headings, or one more");
            for (const std::string& cell : table->rows[i]) require(is_utf8(cell), "cells are UTF-8");
        }
        const Result<Table> again = parse_delimited(to_delimited(*table, separator), separator);
        require(again.has_value(), "what is written is read");
        require(again->headings == table->headings && again->rows == table->rows,
                "what is written is read back");
    }
    return 0;
}
