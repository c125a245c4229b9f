// What every command works with: the catalog, the organisation's folder, the time, where to print.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "checks/evaluation.hpp"
#include "cli/arguments.hpp"
#include "cli/writing.hpp"
#include "registers/organisation.hpp"
#include "sheets/render.hpp"
#include "sheets/sheet.hpp"
#include "sheets/timeline.hpp"

namespace maru::cli {

struct Session {
    Common common;
    registers::Environment environment;
    std::ostream& out;
    std::ostream& progress;   // standard error, only when it is a terminal
    std::ostream& warnings;   // standard error
    std::size_t width = 120;  // columns of the terminal
    sheets::Colour colour = sheets::Colour::plain;

    const char* say(const char* ja, const char* en) const { return common.say(ja, en); }
    std::filesystem::path catalog() const;
    Result<registers::Schema> schema() const;
    Result<checks::Library> library(const registers::Schema& schema) const;
    // --org, $MARU_ORG, ./data itself, or the only organisation below ./data.
    Result<std::filesystem::path> organisation_folder() const;
    Result<Writing> open(const registers::Schema& schema) const;
    Day today() const;
    // A command as the reader can type it: the program as it was called, the words quoted, and --org when it
    // was needed this time.
    std::string typed(const std::vector<std::string>& words) const;
    Result<Day> day_of(const When& when) const;
};

// The system's clock, or the instant of --clock. Errors name the option.
Result<Clock> clock_of(const Common& common);

// A reader of the state that `when` asks for, with an evaluation for its day.
struct Reading {
    std::unique_ptr<registers::Schema> schema;
    std::unique_ptr<checks::Library> library;
    std::unique_ptr<store::Database> reader;
    std::int64_t entries = 0;  // ledger entries known
    std::string root;          // over them, base64 as in checkpoints
    std::unique_ptr<checks::Evaluation> evaluation;
};
Result<Reading> read_state(const Session& session, const When& when);
// Without checks: schema and reader only.
struct Plain {
    registers::Schema schema;
    std::unique_ptr<store::Database> reader;
};
Result<Plain> open_plain(const Session& session, const When& when);

// The sheet judged on that state.
Result<sheets::SheetReport> report_of(Reading& reading, const sheets::Sheet& sheet,
                                      const sheets::ReportOptions& options);

// The items of these numbers or codes; without any, the rows of the sheet.
Result<std::vector<const sheets::Item*>> items_named(const sheets::Sheet& sheet,
                                                     const std::vector<std::string>& names,
                                                     sheets::Sheet::Rows otherwise);

// The days up to `to` judged, with progress on the terminal while that takes long. The source must outlive
// it.
Result<sheets::Timeline> timeline_until(const Session& session, const sheets::Timeline::Source& source,
                                        Day to);

// not_found says where the checks are listed.
Result<const checks::Check*> find_check(const checks::Library& library, const std::string& name);

// A record by natural key or #id.
Result<std::int64_t> find_record(store::Database& reader, const registers::Schema& schema,
                                 const std::string& register_name, const std::string& written);

// A current record, else a retired one, by natural key or #id.
Result<std::int64_t> find_any_record(const Plain& plain, const registers::Register& of,
                                     const std::string& written);

// How entries call who acts: by the employee code, "" for nobody in particular.
Result<std::string> actor_of(const Session& session, const registers::Schema& schema,
                             const std::string& code);

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
Result<int> run(const Session& session, const WindowCommand& command);
Result<int> run(const Session& session, const LedgerCommand& command);
Result<int> run(const Session& session, const DiffCommand& command);
Result<int> run(const Session& session, const ForecastCommand& command);
Result<int> run(const Session& session, const WitnessServe& command);
Result<int> run(const Session& session, const WitnessKey& command);
Result<int> run(const Session& session, const CosignCommand& command);
Result<int> run(const Session& session, const StampCommand& command);
Result<int> run(const Session& session, const CatalogCommand& command);
Result<int> run(const Session& session, const ReceiptCommand& command);
Result<int> run(const Session& session, const PackCommand& command);
Result<int> run(const Session& session, const EraseCommand& command);
Result<int> run(const Session& session, const BackupCommand& command);
Result<int> run(const Session& session, const RestoreCommand& command);
Result<int> run(const Session& session, const ServeCommand& command);
Result<int> run(const Session& session, const NoticesCommand& command);

}  // namespace maru::cli
