#include "store/writer.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace maru::store {

namespace {

// Whether a command may share its transaction with others, or has none at all.
enum class Company { shared, alone, between };

struct Queued {
    Command command;
    Company company;
    std::promise<Result<void>> promise;
    Result<void> outcome;
};

using Batch = std::vector<Queued>;

Error interrupted_batch() {
    return {ErrorKind::unavailable,
            {"書き込みをまとめて取り消しました。もう一度実行してください。",
             "the write was rolled back together with its batch; try again"}};
}

// Commands promise not to throw; should one do so, its caller hears of it and the writer lives on.
Result<void> call(Command& command, Database& database) {
    try {
        return command(database);
    } catch (const std::exception& thrown) {
        return fail(ErrorKind::internal, {std::string("予期しない例外: ") + thrown.what(),
                                          std::string("unexpected exception: ") + thrown.what()});
    }
}

}  // namespace

struct Writer::Impl {
    Impl(Database opened, WriterHooks given, WriterOptions chosen)
        : database(std::move(opened)), hooks(std::move(given)), options(chosen) {}

    void work();
    std::optional<Batch> next_batch();
    void run(Batch& batch);
    Result<void> run_transaction(Batch& batch);
    Result<void> run_commands(Batch& batch);
    Result<void> run_one(Queued& queued, std::size_t batch_size);
    std::future<Result<void>> submit(Command command, Company company);

    Database database;
    WriterHooks hooks;
    WriterOptions options;

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Queued> queue;  // guarded by mutex
    bool stopping = false;     // guarded by mutex
    std::thread thread;        // last: it uses everything above
};

std::future<Result<void>> Writer::Impl::submit(Command command, Company company) {
    Queued queued{std::move(command), company, {}, {}};
    std::future<Result<void>> future = queued.promise.get_future();
    {
        const std::lock_guard lock(mutex);
        queue.push_back(std::move(queued));
    }
    changed.notify_one();
    return future;
}

// Whatever waits, up to the limit: under light load a batch is one command, under heavy load batches grow by
// themselves.
std::optional<Batch> Writer::Impl::next_batch() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return stopping || !queue.empty(); });
    if (queue.empty()) return std::nullopt;
    Batch batch;
    while (!queue.empty() && batch.size() < options.batch_limit) {
        const bool alone = queue.front().company != Company::shared;
        if (alone && !batch.empty()) break;
        batch.push_back(std::move(queue.front()));
        queue.pop_front();
        if (alone) break;
    }
    return batch;
}

void Writer::Impl::work() {
    while (std::optional<Batch> batch = next_batch()) {
        run(*batch);
        for (Queued& queued : *batch) {
            queued.command = nullptr;  // what it captured is gone before its caller goes on
            queued.promise.set_value(std::move(queued.outcome));
        }
    }
}

void Writer::Impl::run(Batch& batch) {
    const bool between = batch.front().company == Company::between;
    const Result<void> done = between ? call(batch.front().command, database) : run_transaction(batch);
    if (done) return;
    for (Queued& queued : batch)
        if (queued.outcome) queued.outcome = done;
}

// An error means that nothing of the batch is stored. Commands that failed alone keep their own error.
Result<void> Writer::Impl::run_transaction(Batch& batch) {
    Transaction transaction = TRY(Transaction::begin(database));
    Result<void> done = hooks.on_begin(database);
    if (done) done = run_commands(batch);
    bool any = false;
    for (const Queued& queued : batch) any = any || queued.outcome.has_value();
    if (done && !any) return {};  // every command failed alone: the empty transaction is dropped
    if (done) done = hooks.before_commit(database);
    if (done) done = transaction.commit();
    if (!done) hooks.on_commit_failed();
    return done;
}

Result<void> Writer::Impl::run_commands(Batch& batch) {
    for (Queued& queued : batch) {
        queued.outcome = run_one(queued, batch.size());
        if (!queued.outcome) hooks.on_command_rolled_back();
        // A full disk or an interrupted write takes the whole transaction with it, also what succeeded
        // before.
        if (!database.in_transaction())
            return std::unexpected(queued.outcome ? interrupted_batch() : queued.outcome.error());
    }
    return {};
}

Result<void> Writer::Impl::run_one(Queued& queued, std::size_t batch_size) {
    hooks.on_command_start();
    if (batch_size == 1) return call(queued.command, database);  // its transaction is its savepoint
    Savepoint savepoint = TRY(Savepoint::begin(database));
    TRY(call(queued.command, database));
    return savepoint.release();
}

Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {
    impl_->thread = std::thread([state = impl_.get()] { state->work(); });
}

Result<std::unique_ptr<Writer>> Writer::start(Database database, WriterHooks hooks, WriterOptions options) {
    auto impl = std::make_unique<Impl>(std::move(database), std::move(hooks), options);
    return std::unique_ptr<Writer>(new Writer(std::move(impl)));
}

Writer::~Writer() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->changed.notify_one();
    impl_->thread.join();
}

std::future<Result<void>> Writer::submit(Command command) {
    return impl_->submit(std::move(command), Company::shared);
}

std::future<Result<void>> Writer::submit_exclusive(Command command) {
    return impl_->submit(std::move(command), Company::alone);
}

Result<void> Writer::run_between(Command command) {
    return impl_->submit(std::move(command), Company::between).get();
}

}  // namespace maru::store
