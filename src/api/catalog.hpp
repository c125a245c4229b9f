// What the product knows, loaded once and shared by every organisation that is served.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "checks/check.hpp"
#include "registers/schema.hpp"
#include "sheets/sheet.hpp"

namespace maru::api {

struct Catalog {
    std::filesystem::path folder;
    registers::Schema schema;
    checks::Library library;
    std::vector<sheets::Sheet> sheets;  // by name

    // Errors name the file.
    static Result<std::unique_ptr<const Catalog>> load(const std::filesystem::path& folder);
    // not_found names those that there are.
    Result<const sheets::Sheet*> sheet(std::string_view name) const;
};

}  // namespace maru::api
