// Check files (docs/formats/check.md), settings, scope topics and the calendar: what the product knows about checking.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/calendar.hpp"
#include "core/day.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "registers/schema.hpp"

namespace maru::checks {

enum class WhenEmpty { unknown, satisfied, declared };

// Records of an example by register and alias, as written; lists joined by ';'.
using ExampleRecords = std::map<std::string, std::map<std::string, std::map<std::string, std::string>>>;

struct Example {
    Day today;
    std::string item;
    ExampleRecords records;
};

struct Break {
    std::string reason;
    std::string subject;
    std::string state;  // missing | expired | unknown
    std::optional<Day> today;
    ExampleRecords put;
    std::vector<std::string> remove;  // "register.alias"
};

struct Check {
    std::string name;
    Text title, why, todo;
    std::string sql;
    std::string subject;  // register of the subject, "" for text constants
    WhenEmpty when_empty = WhenEmpty::unknown;
    std::string scope;
    int grace = 0;
    int window = 0;       // days; 0 = none
    int tolerance = 0;    // per cent
    int minutes = 10;
    std::vector<std::string> mirrors;
    std::map<std::string, Text> reasons;
    Example example;
    std::vector<Break> breaks;
};

struct Setting {
    std::string name;
    std::int64_t value = 0;
    std::int64_t min = 0, max = 0;
    Text label, unit;
};

// Topic of a scope statement and the queries that find records contradicting "none" (columns: subject, label).
struct ScopeTopic {
    std::string name;
    Text label;
    std::vector<std::string> contradicted_by;
};

struct Library {
    std::map<std::string, Check, std::less<>> checks;
    std::map<std::string, Setting, std::less<>> settings;
    std::map<std::string, ScopeTopic, std::less<>> scopes;
    Holidays holidays;
    std::string version;  // SHA-256 (hex) over the definitions: registers, checks, sheets, settings, scopes, calendar

    // `catalog` holds registers/ checks/ sheets/ settings.toml scopes.toml calendars/. Errors name the file and key.
    static Result<Library> load(const std::filesystem::path& catalog, const registers::Schema& schema);
};

}  // namespace maru::checks
