#include <fmt/core.h>

#include <array>
#include <thread>

#include "benches.hpp"
#include "measure.hpp"
#include "store/database.hpp"

namespace maru::bench {

namespace {

namespace fs = std::filesystem;

constexpr int queued = 256;
constexpr int rows_per_round = 80 * queued;
constexpr int rounds = 5;
constexpr int callers = 32;
constexpr int puts_per_caller = 600;

// A sighting of a device: ten fields, two of them references, three indexes.
registers::PutRequest sighting(const std::string& network, int i) {
    registers::PutRequest request;
    request.register_name = "sighting";
    request.fields = {
        {"code", fmt::format("SB-{:07}", i)},
        {"kind", "device"},
        {"name", fmt::format("検知した機器 {}", i)},
        {"network", network},
        {"mac", fmt::format("02:00:{:02x}:{:02x}:{:02x}:01", i >> 16 & 0xff, i >> 8 & 0xff, i & 0xff)},
        {"random_mac", "0"},
        {"first_seen_on", "2026-11-01"},
        {"last_seen_on", "2026-11-20"},
        {"decision", "registered"},
        {"decided_by", "E003"}};
    return request;
}

using Values = std::vector<store::Value>;
using Answer = std::future<Result<void>>;

// Puts rows into the organisation, and the very rows that this made into plain SQLite with the same tables
// and indexes.
class Duel {
public:
    Duel(registers::Organisation& organisation, store::Database reader, store::Database plain,
         std::string network)
        : organisation_(organisation),
          reader_(std::move(reader)),
          plain_(std::move(plain)),
          network_(std::move(network)) {}

    Result<void> make_tables() {
        auto query =
            TRY(reader_.prepare("select sql from sqlite_schema where tbl_name in ('sighting', "
                                "'sighting_history', 'entry') and sql is not null order by type desc"));
        while (const auto row = TRY(query.step())) TRY(plain_.execute(row->text(0)));
        return {};
    }

    // Rows per second while the writer finds 256 commands queued whenever it looks: it works on one wave, the
    // next one waits.
    Result<double> queued_puts() {
        const auto requests = next_requests(rows_per_round);
        const Stopwatch watch;
        std::vector<Answer> before;
        for (std::size_t from = 0; from < requests.size(); from += queued) {
            std::vector<Answer> wave;
            for (std::size_t i = from; i < from + queued; ++i) wave.push_back(submit(requests[i]));
            TRY(all_done(before));
            before = std::move(wave);
        }
        TRY(all_done(before));
        return rows_per_round / watch.seconds();
    }

    Result<double> plain_inserts() {
        std::array<std::vector<Values>, 3> rows;
        constexpr std::array<const char*, 3> tables = {"sighting", "sighting_history", "entry"};
        for (std::size_t t = 0; t < tables.size(); ++t)
            rows[t] = TRY(newest(tables[t], t == 2 ? "idx" : "from_index"));
        const Stopwatch watch;
        for (std::size_t from = 0; from < rows_per_round; from += queued) {
            auto transaction = TRY(store::Transaction::begin(plain_));
            for (std::size_t i = from; i < from + queued; ++i)
                for (std::size_t t = 0; t < tables.size(); ++t) TRY(insert(tables[t], rows[t][i]));
            TRY(transaction.commit());
        }
        return rows_per_round / watch.seconds();
    }

    // Rows per second from callers that each wait for their answer.
    Result<double> waiting_callers() {
        const auto requests = next_requests(callers * puts_per_caller);
        const Stopwatch watch;
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (std::size_t caller = 0; caller < callers; ++caller)
                threads.emplace_back([&, caller] {
                    for (std::size_t i = caller; i < requests.size(); i += callers)
                        if (!organisation_.put(requests[i])) ++failures;
                });
        }
        if (failures > 0) return fail(ErrorKind::internal, {"書き込みに失敗しました。", "a put failed"});
        return static_cast<double>(requests.size()) / watch.seconds();
    }

private:
    std::vector<registers::PutRequest> next_requests(int count) {
        std::vector<registers::PutRequest> requests;
        for (int i = 0; i < count; ++i) requests.push_back(sighting(network_, next_++));
        return requests;
    }

    Answer submit(const registers::PutRequest& request) {
        return organisation_.submit([&request](registers::WriteContext& context) -> Result<void> {
            TRY(registers::put(context, request));
            return {};
        });
    }

    static Result<void> all_done(std::vector<Answer>& answers) {
        for (Answer& answer : answers) TRY(answer.get());
        return {};
    }

    Result<std::vector<Values>> newest(const char* table, const char* order) {
        auto query = TRY(reader_.prepare(
            fmt::format("select * from (select * from {0} order by {1} desc limit {2}) order by {1}", table,
                        order, rows_per_round)));
        std::vector<Values> rows;
        while (const auto row = TRY(query.step())) {
            Values& values = rows.emplace_back();
            for (int column = 0; column < row->columns(); ++column) values.push_back(row->value(column));
        }
        return rows;
    }

    Result<void> insert(const char* table, const Values& values) {
        std::string marks = "?";
        for (std::size_t i = 1; i < values.size(); ++i) marks += ", ?";
        store::Statement* statement =
            TRY(plain_.cached(fmt::format("insert into {} values ({})", table, marks)));
        for (std::size_t i = 0; i < values.size(); ++i) statement->bind(static_cast<int>(i + 1), values[i]);
        return statement->run();
    }

    registers::Organisation& organisation_;
    store::Database reader_;
    store::Database plain_;
    std::string network_;
    int next_ = 0;
};

Result<std::string> first_network(store::Database& reader) {
    return fmt::format("#{}", TRY(reader.query_integer("select min(n.id) from network n")).value_or(0));
}

}  // namespace

Result<void> bench_puts(const Setting& setting, Table& table) {
    const fs::path folder = setting.work / "puts";
    TRY(make_sample(folder, setting.catalog, setting.schema));
    const auto organisation = TRY(registers::Organisation::open(folder, setting.schema, {}));
    auto reader = TRY(store::Database::open(folder / "maru.db", store::OpenMode::read_only));
    const std::string network = TRY(first_network(reader));
    Duel duel(*organisation, std::move(reader),
              TRY(store::Database::open(folder / "plain.db", store::OpenMode::create)), network);
    TRY(duel.make_tables());
    std::vector<double> puts, inserts, callers_puts;
    for (int round = 0; round < rounds; ++round) {
        puts.push_back(TRY(duel.queued_puts()));
        inserts.push_back(TRY(duel.plain_inserts()));
        callers_puts.push_back(TRY(duel.waiting_callers()));
    }
    table.add({"durable puts, 256 queued", median(puts), "/s", 20'000, Better::higher, "median of 5"});
    table.add({"durable puts, 32 callers that wait", median(callers_puts), "/s", 8'000, Better::higher,
               "median of 5"});
    table.add({"the same rows as plain SQLite inserts, 256 a transaction", median(inserts), "/s", 0,
               Better::higher, "median of 5, taken in turns"});
    table.add({"puts : plain inserts", median(puts) / median(inserts), "", 0.6, Better::higher, ""});
    return {};
}

}  // namespace maru::bench
