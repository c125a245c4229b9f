// CSV and TSV: libcsv splits; formulas are made harmless on the way out and restored on the way in.
#include <csv.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "exchange/decoding.hpp"
#include "exchange/messages.hpp"
#include "exchange/table_builder.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t chunk_bytes = 65536;

bool starts_formula(std::string_view cell) {
    static constexpr std::array<std::string_view, 10> starts{"=",  "+",  "-",  "@",  "\t",
                                                             "\r", "＝", "＋", "－", "＠"};
    return std::ranges::any_of(starts, [&](std::string_view start) { return cell.starts_with(start); });
}

std::string_view behind_apostrophes(std::string_view cell) {
    return cell.substr(std::min(cell.find_first_not_of('\''), cell.size()));
}

bool is_negative_number(std::string_view cell) {
    return cell.size() > 1 && cell[0] == '-' &&
           cell.find_first_not_of("0123456789.", 1) == std::string_view::npos;
}

// Adds one apostrophe in front of apostrophes and a formula's start, so that taking one off is its exact
// inverse.
std::string harmless(std::string_view cell) {
    const bool marked = starts_formula(behind_apostrophes(cell)) && !is_negative_number(cell);
    return (marked ? "'" : "") + std::string(cell);
}

std::string_view restored(std::string_view cell) {
    return cell.starts_with('\'') && starts_formula(behind_apostrophes(cell)) ? cell.substr(1) : cell;
}

struct Collector {
    TableBuilder builder;
    std::vector<std::string> cells;
    std::size_t row = 1;
    bool after_return = false;
    std::optional<Error> error;
};

void on_cell(void* text, std::size_t size, void* collector) {
    const std::string_view cell =
        text == nullptr ? std::string_view{} : std::string_view(static_cast<const char*>(text), size);
    static_cast<Collector*>(collector)->cells.emplace_back(restored(cell));
}

// libcsv reports every line end, so that blank lines count as rows; of CR LF the second is no row.
void on_row(int line_end, void* data) {
    auto& collector = *static_cast<Collector*>(data);
    const bool second = line_end == '\n' && collector.after_return && collector.cells.empty();
    collector.after_return = line_end == '\r';
    if (second) return;
    const auto added = collector.builder.add(collector.row, std::exchange(collector.cells, {}));
    if (!added && !collector.error) collector.error = added.error();
    ++collector.row;
}

int no_space(unsigned char) { return 0; }

Text bad_quotes() {
    return {
        "引用符（\"）が正しく閉じられていません。セルの中の \" は \"\" と書き、セル全体を \" で囲みます。",
        "quotation marks do not match; write \" within a cell as \"\" and put the cell in quotation marks"};
}

class Parser {
public:
    Parser(char separator, const ReadLimits& limits)
        : limits_(limits), collector_{.builder = TableBuilder(limits)} {
        csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
        csv_set_delim(&parser_, static_cast<unsigned char>(separator));
        csv_set_space_func(&parser_, no_space);  // spaces belong to the cell
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    ~Parser() { csv_free(&parser_); }

    Result<void> feed(std::string_view chunk) {
        const std::size_t read =
            csv_parse(&parser_, chunk.data(), chunk.size(), on_cell, on_row, &collector_);
        if (collector_.error) return std::unexpected(*collector_.error);
        if (read != chunk.size()) return at_row(collector_.row, bad_quotes());
        if (parser_.entry_pos > limits_.cell_bytes)
            return at_row(collector_.row, cell_too_large(collector_.cells.size() + 1, limits_.cell_bytes));
        if (collector_.cells.size() > limits_.cells)
            return at_row(collector_.row, too_many_cells(limits_.cells));
        return {};
    }

    Result<Table> finish() {
        if (csv_fini(&parser_, on_cell, on_row, &collector_) != 0)
            return at_row(collector_.row, bad_quotes());
        if (collector_.error) return std::unexpected(*collector_.error);
        return collector_.builder.take();
    }

private:
    ReadLimits limits_;
    csv_parser parser_{};
    Collector collector_;
};

std::string quoted_cell(std::string_view cell, char separator) {
    const bool plain = cell.find_first_of("\"\r\n") == std::string_view::npos &&
                       cell.find(separator) == std::string_view::npos && !cell.starts_with(' ') &&
                       !cell.ends_with(' ') && !cell.starts_with(utf8_bom);
    if (plain) return std::string(cell);
    std::string out = "\"";
    for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
}

void write_row(std::string& out, const std::vector<std::string>& cells, char separator) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += separator;
        out += quoted_cell(harmless(cells[i]), separator);
    }
    out += "\r\n";
}

}  // namespace

Result<Table> parse_delimited(std::string_view bytes, char separator, const ReadLimits& limits) {
    if (bytes.size() > limits.file_bytes)
        return fail(ErrorKind::invalid,
                    {fmt::format("ファイルが {} バイトを超えています。分けてください。", limits.file_bytes),
                     fmt::format("the file is larger than {} bytes; split it", limits.file_bytes)});
    const std::string text = TRY(decode(bytes));
    Parser parser(separator, limits);
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min(chunk_bytes, rest.size())))
        TRY(parser.feed(rest.substr(0, chunk_bytes)));
    return parser.finish();
}

std::string to_delimited(const Table& table, char separator) {
    std::string out;
    write_row(out, table.headings, separator);
    for (const std::vector<std::string>& row : table.rows) write_row(out, row, separator);
    return out;
}

}  // namespace maru::registers
