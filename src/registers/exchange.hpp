// Import and export of registers: CSV (RFC 4180), TSV, xlsx (ECMA-376); UTF-8 with or without BOM, and CP932.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "registers/organisation.hpp"

namespace maru::registers {

struct Table {
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::size_t> row_numbers;  // as the person's program shows them, 1 = first line
};

struct ReadLimits {
    std::uint64_t file_bytes = 256ull << 20;
    std::uint64_t inflated_bytes = 512ull << 20;  // of an xlsx, counted while inflating
    std::uint64_t cell_bytes = 1ull << 20;
    std::uint64_t cells = 20'000'000;
};

enum class FileFormat { csv, tsv, xlsx };
Result<FileFormat> format_of(const std::filesystem::path& file);  // by extension
Result<Table> read_table(const std::filesystem::path& file, FileFormat format, const ReadLimits& limits = {});
Result<Table> parse_delimited(std::string_view bytes, char separator, const ReadLimits& limits = {});

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
};

struct ImportOptions {
    bool dry_run = false;
    std::function<void(std::size_t done, std::size_t total)> progress = [](std::size_t, std::size_t) {};
};

Result<ImportReport> import_table(Organisation& organisation, const Schema& schema, const Register& into, const Table& table,
                                  const ImportOptions& options);

enum class Headings { names, ja, en };
// Cells that begin with = + - @ tab or CR get a leading apostrophe in CSV and TSV; import takes it off again.
std::string to_delimited(const Table& table, char separator);
Result<Table> export_table(store::Database& reader, const Schema& schema, const Register& of, Headings headings);
Result<void> write_xlsx(const std::filesystem::path& file, const std::vector<std::pair<std::string, Table>>& sheets);

}  // namespace maru::registers
