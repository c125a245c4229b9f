// Where backups lie, as the command line says it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "backup/place.hpp"
#include "cli/arguments.hpp"

namespace maru::cli {

// A folder or s3://bucket/prefix. Errors name the option.
Result<std::unique_ptr<backup::Place>> place_of(const std::string& written, const Bucket& bucket);
// A backup as it was written, split into the place and the name there.
struct Written {
    std::string place, name;
};
Written split_place(const std::string& backup);
bool is_bucket(const std::string& written);

}  // namespace maru::cli
