// Register files (docs/formats/register.md) and the catalog that holds them all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"
#include "registers/retention.hpp"

namespace maru::registers {

enum class FieldType {
    text,
    long_text,
    integer,
    decimal,
    money,
    date,
    instant,
    boolean,
    choice,
    reference,
    person,
    list,
    file,
    url,
    mail,
    mac_address,
    sha256,
};

// What a date says about its record (docs/formats/register.md). `unsaid`: nothing is demanded of it.
enum class When {
    unsaid,
    past,   // it has happened: refused when it lies after today
    start,  // the record counts from that day on
    end,    // the record counts up to that day; empty = no end is known
    limit,  // until then something holds or has to be done
};

struct Choice {
    std::string code;
    Text label;
};

struct Field {
    int number = 0;
    std::string name;
    FieldType type = FieldType::text;
    FieldType of = FieldType::text;  // element type of a list
    Text label;
    Text help;
    bool required = false;
    bool unique = false;
    bool personal = false;
    std::string to;  // referenced register ("person" for person)
    std::vector<Choice> choices;
    std::string format;
    std::optional<std::int64_t> min, max;  // in stored units
    std::optional<std::string> min_day, max_day;
    When when = When::unsaid;  // of dates and instants
    int max_length = 0;        // characters
    int scale = 0;             // decimal digits
    std::string currency;
    Text unit;
    std::vector<std::string> read;

    bool is_list() const { return type == FieldType::list; }
    FieldType element() const { return is_list() ? of : type; }
    bool is_reference() const { return element() == FieldType::reference || element() == FieldType::person; }
};

struct Rule {
    std::string require;  // SQL over the record's own fields
    Text message;
};

struct Register {
    std::string name;
    int number = 0;
    Text label;
    Text help;
    std::vector<std::string> key;
    std::string title;
    std::string subject;
    std::vector<std::string> read, write;
    std::vector<std::vector<std::string>> indexes;
    std::vector<Retention> retention;
    std::vector<ErasureBlock> erasure_blocks;
    std::vector<CopyHint> copies;
    std::optional<Hold> hold;
    std::vector<Field> fields;
    std::vector<Rule> rules;

    const Field* field(std::string_view field_name) const;
    // By field name, ja label or en label (compared after NFKC, trimmed, case-insensitive).
    const Field* field_by_heading(std::string_view heading) const;
    bool about_person() const { return !subject.empty(); }
};

// All registers, by name. Loading checks everything that register.md demands; errors name file, field and
// what to do.
class Schema {
public:
    static Result<Schema> load(const std::filesystem::path& folder);
    // Of registers that were parsed apart.
    static Result<Schema> of(std::vector<Register> registers);
    const Register* find(std::string_view name) const;
    Result<const Register*> get(std::string_view name) const;        // not_found proposes the nearest names
    const std::vector<Register>& all() const { return registers_; }  // by number

private:
    std::vector<Register> registers_;
    std::map<std::string, std::size_t, std::less<>> by_name_;
};

// One register file's text, checked as far as that is possible without the others; `file` is named in errors,
// its stem is the register's name.
Result<Register> parse_register(std::string_view text, const std::filesystem::path& file);

}  // namespace maru::registers
