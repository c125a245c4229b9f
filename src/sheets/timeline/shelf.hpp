// The file in which timelines are remembered: derived.db (docs/formats/derived.md). It holds nothing that
// cannot be computed again, and nothing personal.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "store/database.hpp"
#include "timeline/courses.hpp"

namespace maru::sheets {

class Shelf {
public:
    // Begins a new file when the old one cannot be used. Where no file can be written it only reads, or
    // remembers nothing.
    static Shelf open(const std::filesystem::path& organisation, std::string sheet, std::string definitions);

    // Empty when nothing usable is there.
    Courses load();
    // Replaces what is kept from `since` on. Nothing is kept when another process has written meanwhile, or
    // the file cannot be written: then it is computed again some day.
    void save(const Courses& courses, Day since);

private:
    Shelf(std::filesystem::path file, std::string sheet, std::string definitions);
    Result<Courses> try_load();
    Result<void> try_save(const Courses& courses, Day since);
    Result<std::int64_t> find_or_make();
    Result<std::optional<std::int64_t>> find();
    Result<std::string> state(std::int64_t timeline);
    Result<void> remove_from(std::int64_t timeline, Day since);

    std::filesystem::path file_;
    std::optional<store::Database> database_;
    std::string sheet_, definitions_;
    std::string known_state_;  // of the file when it was last read or written
};

}  // namespace maru::sheets
