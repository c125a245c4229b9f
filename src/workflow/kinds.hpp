// What can be asked for, as data: catalog/requests/<kind>.toml (docs/formats/request-kind.md).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.hpp"
#include "core/result.hpp"
#include "registers/records.hpp"
#include "registers/schema.hpp"

namespace maru::workflow {

// Who approves: any one of a kind's list.
struct Approver {
    enum class By {
        role,         // of maru: `what` is its code
        appointment,  // who is appointed that day in the register appointment, and deputies: `what` is the
                      // role
        manager,      // managers of the person whom the request is about, at any depth
        owner,  // the person in a field of the record ("owner") or of a record it names ("service.owner")
    } by = By::role;
    std::string what;
    bool operator==(const Approver&) const = default;
};

// The number that a new record gets: prefix and the next free one.
struct NumberField {
    std::string field, prefix;
    int digits = 3;
};

struct Kind {
    std::string name;  // the file's stem
    Text label, help;
    Text sentence;  // what an approval allows; {field}, {asker}, {subject}
    std::string register_name;
    std::vector<std::string> fields;      // that the asker fills
    std::vector<std::string> required;    // of them, also where the register does not demand it
    std::vector<std::string> one_of;      // of them exactly one
    std::string check_field;              // the field that must name a check of the catalog; "" = none
    std::vector<std::string> asks;        // roles as in register files
    std::vector<std::string> for_others;  // who may ask on behalf of somebody else; manager: of one's people
    std::vector<Approver> approves;
    std::vector<std::string> never;  // person fields: these do not approve either
    int due_days = 5;                // business days
    std::string carry_out_on;        // a date field: an approval is carried out on that day; "" = at once
    bool changes = false;            // only records that are there: not all that a new one needs is asked for
    std::vector<std::string> checks;  // that ask for it
    std::optional<NumberField> number;
    // Values written with the asker's fields, and with the approval: as people write them, or {asker},
    // {subject}, {approver}, {today}.
    std::map<std::string, std::string> fixed, approval;
    std::map<std::string, std::vector<std::string>> only;  // choices that a request may take

    bool asks_for(std::string_view field) const;
};

class Kinds {
public:
    // Errors name file and key. A catalog without requests/ has none.
    static Result<Kinds> load(const std::filesystem::path& catalog, const registers::Schema& schema);
    const Kind* find(std::string_view name) const;
    Result<const Kind*> get(std::string_view name) const;  // not_found proposes the nearest names
    const std::vector<Kind>& all() const { return kinds_; }

private:
    std::vector<Kind> kinds_;
};

// One file's text; `file` is named in errors. invalid: whatever could not be carried out.
Result<Kind> parse_kind(std::string_view text, const std::filesystem::path& file,
                        const registers::Schema& schema);

// What is wrong with the kinds of a catalog, also beyond the single file: checks that are not there.
std::vector<Text> lint_kinds(const std::filesystem::path& catalog, const registers::Schema& schema,
                             const checks::Library& library);

// "任命された情報セキュリティ管理者", "上長", "サービスの責任者".
Text name_of(const Approver& approver, const Kind& kind, const registers::Schema& schema);

}  // namespace maru::workflow
