// The commands that a server answers, one function for each.
#pragma once

#include "cli/session.hpp"

namespace maru::cli::remote {

Result<int> run(const Session& session, const ListCommand& command);
Result<int> run(const Session& session, const ShowCommand& command);
Result<int> run(const Session& session, const PutCommand& command);
Result<int> run(const Session& session, const RetireCommand& command);
Result<int> run(const Session& session, const HistoryCommand& command);
Result<int> run(const Session& session, const ImportCommand& command);
Result<int> run(const Session& session, const ExportCommand& command);
Result<int> run(const Session& session, const SheetCommand& command);
Result<int> run(const Session& session, const TasksCommand& command);
Result<int> run(const Session& session, const DiffCommand& command);
Result<int> run(const Session& session, const ForecastCommand& command);
Result<int> run(const Session& session, const WindowCommand& command);

// invalid, naming the option: the server cannot do this.
std::unexpected<Error> not_remote(const std::string& option);

}  // namespace maru::cli::remote
