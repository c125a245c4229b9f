// One writer per organisation with group commit: what is queued is run in one transaction, each command under
// its own savepoint (a bad command fails alone), committed once with synchronous=FULL, then answered. No
// answer before the commit.
#pragma once

#include <cstddef>
#include <functional>
#include <future>
#include <memory>

#include "store/database.hpp"

namespace maru::store {

// Runs inside the writer's thread and savepoint. An error rolls this command back and reaches its caller
// alone.
using Command = std::move_only_function<Result<void>(Database&)>;

// Called by the writer around commands; the ledger uses it to keep its frontier in step with savepoints and
// commits.
struct WriterHooks {
    std::function<Result<void>(Database&)> on_begin = [](Database&) -> Result<void> { return {}; };
    std::function<void()> on_command_start = [] {};        // before each command
    std::function<void()> on_command_rolled_back = [] {};  // its effects in memory must be undone
    std::function<Result<void>(Database&)> before_commit = [](Database&) -> Result<void> { return {}; };
    std::function<void()> on_commit_failed = [] {};  // the whole batch was rolled back
};

struct WriterOptions {
    std::size_t batch_limit = 512;  // commands per transaction
};

class Writer {
public:
    static Result<std::unique_ptr<Writer>> start(Database database, WriterHooks hooks,
                                                 WriterOptions options = {});
    ~Writer();  // answers what is queued, then stops

    std::future<Result<void>> submit(Command command);
    Result<void> run(Command command) { return submit(std::move(command)).get(); }
    // Commands that stand or fall together (an import): one transaction of their own.
    std::future<Result<void>> submit_exclusive(Command command);
    Result<void> run_exclusive(Command command) { return submit_exclusive(std::move(command)).get(); }
    // Between two transactions, for what SQLite refuses inside one (rewriting the file, emptying the log).
    // Everything queued waits meanwhile.
    Result<void> run_between(Command command);

private:
    struct Impl;
    explicit Writer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::store
