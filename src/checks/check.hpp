// Check files (docs/formats/check.md), settings, scope topics and the calendar: what the product knows about
// checking.
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
    int window = 0;     // days; 0 = none
    int tolerance = 0;  // per cent
    int minutes = 10;
    std::vector<std::string> mirrors;
    std::map<std::string, Text> reasons;
    bool uses_item = false;  // calls item(): one result per item
    std::string stages;      // days from which its rows may be others: stage() is each of them
    std::string item_key;    // what the rows depend on through item(): items that give the same share a run
    Example example;         // only when loaded With::examples
    std::vector<Break> breaks;
};

struct Setting {
    std::string name;
    std::int64_t value = 0;
    std::int64_t min = 0, max = 0;
    Text label, unit;
};

// Topic of a scope statement and the queries that find records contradicting "none" (columns: subject, label
// and optionally starts_on, ends_on: first and last day on which the record contradicts).
struct ScopeTopic {
    std::string name;
    Text label;
    std::vector<std::string> contradicted_by;
};

// Examples are most of a check file and only the tests of the catalog need them.
enum class With { definitions, examples };

struct Library {
    std::map<std::string, Check, std::less<>> checks;
    std::map<std::string, Setting, std::less<>> settings;
    std::map<std::string, ScopeTopic, std::less<>> scopes;
    Holidays holidays;
    std::string
        version;  // SHA-256 (hex) over the definitions: registers, checks, sheets, settings, scopes, calendar

    // `catalog` holds registers/ checks/ sheets/ settings.toml scopes.toml calendars/. Errors name the file
    // and key. Files and folders that are not there count as empty. Semantics beyond the form is lint's
    // (checks/lint.hpp).
    static Result<Library> load(const std::filesystem::path& catalog, const registers::Schema& schema,
                                With with = With::definitions);
};

// A file of the catalog that verdicts depend on: registers, checks, sheets, settings, scopes, calendar.
struct Definition {
    std::string path;  // below the catalog
    std::string text;
};
// By path.
Result<std::vector<Definition>> definitions(const std::filesystem::path& catalog);
// SHA-256 (hex) over path and text of each of them in the order given, both behind their length in decimal
// and a line feed.
std::string version_of(const std::vector<Definition>& definitions);

// One check file's text; `file` is named in errors, its stem is the check's name.
Result<Check> parse_check(std::string_view text, const std::filesystem::path& file, With with);

}  // namespace maru::checks
