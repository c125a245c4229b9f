// Files that commands read and write. "-" is standard input or output.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "registers/exchange.hpp"

namespace maru::cli {

// unavailable: names the file, and folder and free space as the places to look.
std::unexpected<Error> cannot_write(const std::filesystem::path& file);

enum class Existing { kept, replaced };
// What is there already is lost only on demand: conflict when a file with content is to be kept, invalid when
// it is a folder.
Result<void> expect_writable(const std::filesystem::path& file, Existing existing);
// not_found: the folder that the file shall lie in is missing.
Result<void> expect_folder_of(const std::filesystem::path& file);
// An xlsx can only be a file: invalid for "-", pipes and devices.
Result<void> expect_regular(const std::filesystem::path& file);

// Replaces the file's content in one step; pipes and devices are written to. Errors name the file.
Result<void> write_file(const std::filesystem::path& file, std::string_view content);

// The whole file. not_found when it is missing; invalid when it is no regular file or over 256 MiB.
Result<Bytes> read_file(const std::filesystem::path& file);
// All of it, up to 256 MiB.
Result<std::string> read_stream(std::istream& in);

// The table in a file or on standard input; `format` is csv, tsv or xlsx, or "": by the file's name, and csv
// for standard input.
Result<registers::Table> read_table(const std::filesystem::path& file, const std::string& format);
// "csv", "tsv", "xlsx"; "" and other words: what the file's name says.
Result<registers::FileFormat> format_of(const std::string& word, const std::filesystem::path& file);

}  // namespace maru::cli
