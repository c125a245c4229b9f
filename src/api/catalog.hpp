// What the product knows, loaded once and shared by every organisation that is served.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.hpp"
#include "registers/schema.hpp"
#include "sheets/sheet.hpp"
#include "workflow/kinds.hpp"

namespace maru::api {

// A register that a check reads and whose records name the check's subject: by it rows are mended and proved.
struct SubjectLink {
    const registers::Register* of = nullptr;
    const registers::Field* field = nullptr;
};

struct Catalog {
    std::filesystem::path folder;
    registers::Schema schema;
    checks::Library library;
    std::vector<sheets::Sheet> sheets;                                   // by name
    std::map<std::string, std::set<std::string>, std::less<>> reads;     // registers that a check reads
    std::map<std::string, std::vector<SubjectLink>, std::less<>> links;  // by check
    workflow::Kinds kinds;                                               // of requests

    // Errors name the file.
    static Result<std::unique_ptr<const Catalog>> load(const std::filesystem::path& folder);
    // not_found names those that there are.
    Result<const sheets::Sheet*> sheet(std::string_view name) const;
    // What the checks of these items (code or number, of every sheet) read.
    std::set<std::string> registers_of_items(const std::vector<std::string>& items) const;
    std::span<const SubjectLink> links_to_subject(const checks::Check& check) const;
};

}  // namespace maru::api
