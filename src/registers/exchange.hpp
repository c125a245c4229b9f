// Import and export of registers: CSV (RFC 4180), TSV, xlsx (ECMA-376); UTF-8 with or without BOM, and CP932.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "registers/organisation.hpp"

namespace maru::registers {

// The first row that is not blank holds the headings; blank rows are left out. Every row has as many cells as
// there are headings, or one more: the first cell that stands beyond them.
struct Table {
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::size_t> row_numbers;  // as the person's spreadsheet shows them, 1 = first row
};

struct ReadLimits {
    std::uint64_t file_bytes = 256ull << 20;
    std::uint64_t inflated_bytes = 512ull << 20;  // of an xlsx, counted while inflating
    std::uint64_t cell_bytes = 1ull << 20;
    std::uint64_t cells = 20'000'000;
};

enum class FileFormat { csv, tsv, xlsx };
Result<FileFormat> format_of(const std::filesystem::path& file);  // by extension
// Errors name the file and the row. Of an xlsx the first visible sheet: dates as ISO text, other numbers with
// at most 15 digits, booleans as true/false, a merged cell's value in the first column of each of its rows.
Result<Table> read_table(const std::filesystem::path& file, FileFormat format, const ReadLimits& limits = {});
// What such a file consists of, from anywhere; errors name the row.
Result<Table> parse_table(std::string_view bytes, FileFormat format, const ReadLimits& limits = {});
// UTF-8 with or without BOM, UTF-16 with BOM, or CP932 (what is no UTF-8 and does not look like broken
// UTF-8).
Result<Table> parse_delimited(std::string_view bytes, char separator, const ReadLimits& limits = {});
// ECMA-376, SpreadsheetML.
Result<Table> parse_xlsx(std::string_view bytes, const ReadLimits& limits = {});

struct ImportProblem {
    std::size_t row = 0;
    std::string column;
    std::string value;
    Text reason;
};

struct ImportReport {
    std::size_t rows = 0, created = 0, changed = 0, unchanged = 0;
    std::vector<ImportProblem> problems;  // the first 100; nothing was imported when there is one
    std::size_t problem_count = 0;
    std::int64_t first_entry = -1, last_entry = -1;  // what the ledger tells of it; -1 = nothing was written
};

struct ImportOptions {
    bool dry_run = false;  // everything is tried and rolled back
    std::string actor;
    // Every 1,000 rows, on the writer's thread.
    std::function<void(std::size_t done, std::size_t total)> progress = [](std::size_t, std::size_t) {};
};

// One put per row, all or nothing. Headings are field names or labels; `id` (#12 or 12) and `version` are
// taken too. A column left out stays unchanged, an empty cell empties its field. Rows may refer to rows of
// the same table in any order. Errors: headings that are unknown or there twice; what is wrong in rows is in
// the report.
Result<ImportReport> import_table(Organisation& organisation, const Schema& schema, const Register& into,
                                  const Table& table, const ImportOptions& options);

enum class Headings { names, ja, en };
inline constexpr std::string_view utf8_bom = "\xEF\xBB\xBF";  // Excel reads UTF-8 only behind it
// RFC 4180 with CRLF, no BOM. Cells that begin with = + - @ (also full-width), tab or CR and are no negative
// number get a leading apostrophe; parse_delimited takes it off again.
std::string to_delimited(const Table& table, char separator);
Result<Table> export_table(store::Database& reader, const Schema& schema, const Register& of,
                           Headings headings);
// Every cell as text, so that codes keep their zeros and nothing is a formula. Replaces the file in one step.
Result<void> write_xlsx(const std::filesystem::path& file,
                        const std::vector<std::pair<std::string, Table>>& sheets);

}  // namespace maru::registers
