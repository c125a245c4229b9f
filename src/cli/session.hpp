// What every command works with: the catalog, the organisation's folder, the time, where to print.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "checks/evaluation.hpp"
#include "cli/arguments.hpp"
#include "registers/organisation.hpp"
#include "sheets/sheet.hpp"

namespace maru::cli {

struct Session {
    Common common;
    registers::Environment environment;
    std::ostream& out;
    std::ostream& progress;  // standard error, only when it is a terminal
    std::size_t width = 120;
    bool colour = false;
    std::string program;  // path of the running binary

    const char* say(const char* ja, const char* en) const {
        return common.language == Language::ja ? ja : en;
    }
    std::filesystem::path catalog() const;
    Result<registers::Schema> schema() const;
    Result<checks::Library> library(const registers::Schema& schema) const;
    // --org, $MARU_ORG, ./data itself, or the only organisation below ./data.
    Result<std::filesystem::path> organisation_folder() const;
    Result<std::unique_ptr<registers::Organisation>> open(const registers::Schema& schema) const;
    Day today() const;
    Result<Day> day_of(const When& when) const;
};

// A reader of the state that `when` asks for, with an evaluation for its day.
struct Reading {
    registers::Schema schema;
    std::unique_ptr<checks::Library> library;
    std::unique_ptr<store::Database> reader;
    std::int64_t entries = 0;  // ledger entries known
    std::string root;          // over them, hex
    std::unique_ptr<checks::Evaluation> evaluation;
};
Result<Reading> read_state(const Session& session, const When& when);
// Without checks: schema and reader only.
struct Plain {
    registers::Schema schema;
    std::unique_ptr<store::Database> reader;
};
Result<Plain> open_plain(const Session& session, const When& when);

// A record by natural key or #id.
Result<std::int64_t> find_record(store::Database& reader, const registers::Schema& schema,
                                 const std::string& register_name, const std::string& written);

Result<int> run(const Session& session, const Init& command);
Result<int> run(const Session& session, const SheetCommand& command);
Result<int> run(const Session& session, const CheckCommand& command);
Result<int> run(const Session& session, const ListCommand& command);
Result<int> run(const Session& session, const ShowCommand& command);
Result<int> run(const Session& session, const PutCommand& command);
Result<int> run(const Session& session, const RetireCommand& command);
Result<int> run(const Session& session, const HistoryCommand& command);
Result<int> run(const Session& session, const ImportCommand& command);
Result<int> run(const Session& session, const ExportCommand& command);
Result<int> run(const Session& session, const ClaimsImport& command);
Result<int> run(const Session& session, const ClaimsLint& command);
Result<int> run(const Session& session, const ExceptionCommand& command);
Result<int> run(const Session& session, const TasksCommand& command);
Result<int> run(const Session& session, const CatalogCommand& command);

}  // namespace maru::cli
