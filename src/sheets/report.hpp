// A whole sheet on a day: verdicts with their reasons, dates and numbers beside what is claimed. Same input,
// same report.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sheets/claims.hpp"
#include "sheets/inputs.hpp"

namespace maru::sheets {

struct Offender {
    std::string subject;
    std::string label;
    std::string owner;  // name, "" when nobody
    checks::RowState state = checks::RowState::missing;
    std::string code;  // of the reason
    Text reason;       // sentence
    std::optional<Day> valid_until;
};

struct LinkReport {
    const Link* link = nullptr;
    const checks::Check* check = nullptr;  // the one that speaks for the link
    LinkOutcome outcome;
    std::vector<Offender> offenders;  // the first few
    std::int64_t offender_count = 0;
    std::optional<Error> error;
    std::optional<Text> doubt;                // why an empty population is not believed
    std::vector<std::string> contradictions;  // records that contradict a scope statement
};

struct ItemReport {
    const Item* item = nullptr;
    Verdict verdict;
    Flips flips;
    std::vector<LinkReport> links;
    Claim claim;
    std::string remark;        // the claim's remark, placeholders filled
    bool claim_stands = true;  // no ○ or remark is claimed that is not earned
};

struct SheetReport {
    const Sheet* sheet = nullptr;
    std::string organisation;
    Day day;
    std::int64_t entries = 0;  // ledger entries known
    std::string root;          // Merkle root over them, base64 as in checkpoints
    std::string definitions;   // version of the catalog, hex
    std::vector<ItemReport> items;

    std::int64_t count(Mark mark) const;
};

struct ReportOptions {
    Sheet::Rows rows = Sheet::Rows::published;
    std::size_t offenders = 3;  // per check
    int horizon_days = 800;     // how far flips are looked for
};

// What else a report needs: what is claimed, and the records that contradict scope statements, by topic.
struct Surroundings {
    Claims claims;
    std::map<std::string, std::vector<std::string>, std::less<>> contradictions;
};
Result<Surroundings> surroundings_of(store::Database& reader, checks::Evaluation& evaluation,
                                     const Sheet& sheet);
// One item on a day, which is not before that of its results; without offenders. Pure.
ItemReport item_on(const JudgedItem& item, const Surroundings& around, Day day, int horizon_days);

Result<SheetReport> report(store::Database& reader, checks::Evaluation& evaluation, const Sheet& sheet,
                           const ReportOptions& options);
// One item of it; runs only that item's checks.
Result<ItemReport> report_item(store::Database& reader, checks::Evaluation& evaluation, const Sheet& sheet,
                               const Item& item, const ReportOptions& options);

// "" when the organisation has not said its name.
Result<std::string> organisation_name(store::Database& reader);
// The name of a person for `owner` columns.
std::string person_name(store::Database& reader, std::optional<std::int64_t> person);

}  // namespace maru::sheets
