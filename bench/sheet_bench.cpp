#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "benches.hpp"
#include "checks/cache.hpp"
#include "measure.hpp"
#include "sheets/report.hpp"

namespace maru::bench {

namespace {

namespace fs = std::filesystem;

Result<checks::Evaluation> open_evaluation(const Setting& setting, const Definitions& definitions,
                                           const fs::path& folder, store::Database& reader) {
    checks::EvaluationOptions options;
    options.today = bench_day;
    options.time_limit = std::chrono::minutes(5);
    options.open_reader = [&setting, folder] {
        return registers::Organisation::open_reader(folder, setting.schema);
    };
    return checks::Evaluation::open(reader, definitions.library, setting.schema, options);
}

struct Cost {
    double seconds = 0;
    double cpu_seconds = 0;  // of all threads
};

// As the command does it, from opening the readers to the finished report.
Result<Cost> one_sheet(const Setting& setting, const Definitions& definitions, const fs::path& folder) {
    const double cpu = process_cpu_seconds();
    const Stopwatch watch;
    auto reader = TRY(registers::Organisation::open_reader(folder, setting.schema));
    auto evaluation = TRY(open_evaluation(setting, definitions, folder, reader));
    const auto report = TRY(sheets::report(reader, evaluation, definitions.sheet, {}));
    const Cost cost{watch.seconds(), process_cpu_seconds() - cpu};
    for (const auto& item : report.items)
        for (const auto& link : item.links)
            if (link.error) return std::unexpected(*link.error);
    return cost;
}

Result<Cost> warm_sheet(const Setting& setting, const Definitions& definitions, const fs::path& folder) {
    TRY(one_sheet(setting, definitions, folder));
    std::vector<double> seconds, cpu_seconds;
    for (int i = 0; i < 5; ++i) {
        const Cost cost = TRY(one_sheet(setting, definitions, folder));
        seconds.push_back(cost.seconds);
        cpu_seconds.push_back(cost.cpu_seconds);
    }
    return Cost{median(seconds), median(cpu_seconds)};
}

Result<ProcessRun> sheet_process(const Setting& setting, const fs::path& folder) {
    return run_process({setting.program.string(), "--catalog", setting.catalog.string(), "--clock",
                        bench_instant, "--org", folder.string(), "sheet"});
}

Result<ProcessRun> median_process(const Setting& setting, const fs::path& folder, int runs) {
    TRY(sheet_process(setting, folder));
    std::vector<double> seconds;
    ProcessRun last;
    for (int i = 0; i < runs; ++i) {
        last = TRY(sheet_process(setting, folder));
        seconds.push_back(last.seconds);
    }
    last.seconds = median(seconds);
    return last;
}

struct ChangeKind {
    const char* what;
    const char* item;
    registers::PutRequest request;
    std::string key = {};  // of the record, when it is there before
};

std::vector<ChangeKind> change_kinds(int i) {
    const std::string person = person_code(100 + i);
    const auto put = [](const char* name, registers::WrittenFields fields) {
        return registers::PutRequest{name, {}, {}, std::move(fields), false};
    };
    return {
        {"a training result", "ipa-7",
         put("training",
             {{"person", person}, {"course", "C-B1"}, {"done_on", "2026-11-22"}, {"passed", "1"}})},
        {"an account", "ipa-18",
         put("account", {{"service", service_code(i)},
                         {"account_name", fmt::format("new{}@calllink.example", i)},
                         {"person", person},
                         {"kind", "person"},
                         {"mfa", "1"}})},
        {"a device's fact", "ipa-24",
         put("fact", {{"device", fmt::format("DV{:07}", 2 * i + 200)},
                      {"kind", "security_updates"},
                      {"good", "0"},
                      {"since", "2026-11-20"},
                      {"observed_on", "2026-11-22"}}),
         fmt::format("DV{:07} / セキュリティ更新", 2 * i + 200)},
        {"an acknowledgement", "ipa-12",
         put("acknowledgement", {{"person", person},
                                 {"document", "DOC-MANUAL"},
                                 {"edition", "第9版"},
                                 {"acknowledged_on", "2026-11-22"},
                                 {"method", "click"}})},
    };
}

class Changes {
public:
    Changes(const Setting& setting, const Definitions& definitions, const fs::path& folder)
        : setting_(setting),
          definitions_(definitions),
          folder_(folder),
          cache_(definitions.library, setting.schema,
                 definitions.sheet.keys(sheets::Sheet::Rows::published)) {}

    Result<void> run(Table& table) {
        reader_ = TRY(registers::Organisation::open_reader(folder_, setting_.schema));
        auto evaluation = TRY(open_evaluation(setting_, definitions_, folder_, *reader_));
        cache_.fill(evaluation);
        organisation_ = TRY(registers::Organisation::open(folder_, setting_.schema, bench_environment()));
        const std::size_t kinds = change_kinds(0).size();
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            std::vector<double> milliseconds;
            for (int i = 0; i < 9; ++i) milliseconds.push_back(1000 * TRY(after(change_kinds(i)[kind])));
            table.add({fmt::format("one item after {} changed", change_kinds(0)[kind].what),
                       median(milliseconds), "ms", 20, Better::lower, ""});
        }
        return {};
    }

private:
    // From the change's commit to the item's new report.
    Result<double> after(const ChangeKind& change) {
        checks::Touched touched_before;
        if (!change.key.empty()) {
            const registers::Register& of = *TRY(setting_.schema.get(change.request.register_name));
            const std::array<checks::ChangedRecord, 1> old = {
                {{of.name, TRY(registers::resolve(*reader_, setting_.schema, of, change.key))}}};
            touched_before = TRY(cache_.touched(*reader_, old));
        }
        const auto done = TRY(organisation_->put(change.request));
        const std::array<checks::ChangedRecord, 1> changed = {{{change.request.register_name, done.id}}};
        const Stopwatch watch;
        TRY(registers::Organisation::catch_up(*reader_));
        auto evaluation = TRY(open_evaluation(setting_, definitions_, folder_, *reader_));
        TRY(cache_.update(evaluation, *reader_, touched_before, changed));
        TRY(sheets::report_item(*reader_, evaluation, definitions_.sheet,
                                *definitions_.sheet.item(change.item), {}));
        return watch.seconds();
    }

    const Setting& setting_;
    const Definitions& definitions_;
    fs::path folder_;
    checks::RowCache cache_;
    std::optional<store::Database> reader_;  // lives on from change to change, as a server keeps it
    std::unique_ptr<registers::Organisation> organisation_;
};

// Makes the organisation, unless one was kept.
Result<void> make(const Setting& setting, const fs::path& folder, int people) {
    if (fs::exists(folder / "maru.db")) return {};
    const Made made = TRY(make_organisation(folder, setting.catalog, setting.schema, {people}));
    fmt::print(stderr, "made {} people: {} records in {:.0f} s ({:.0f}/s), {} MiB\n", people, made.records,
               made.seconds, static_cast<double>(made.records) / made.seconds, bytes_below(folder) >> 20);
    return {};
}

Result<Cost> sheet_of_size(const Setting& setting, const Definitions& definitions, int people) {
    const fs::path folder = setting.work / fmt::format("people{}", people);
    TRY(make(setting, folder, people));
    const Cost cost = TRY(warm_sheet(setting, definitions, folder));
    fs::remove_all(folder);
    return cost;
}

Line growth(const Cost& small, const Cost& large, int from, int to) {
    return {fmt::format("growth of the full sheet, {} → {} people", from, to),
            large.seconds / small.seconds,
            "×",
            1.2 * to / from,
            Better::lower,
            fmt::format("{:.3f} s → {:.3f} s", small.seconds, large.seconds)};
}

}  // namespace

Result<Definitions> load(const Setting& setting) {
    Definitions out;
    out.library = TRY(checks::Library::load(setting.catalog, setting.schema));
    out.sheet = TRY(sheets::load_sheet(setting.catalog, "ipa-52", out.library));
    return out;
}

Result<void> bench_sheet(const Setting& setting, Table& table) {
    const Definitions definitions = TRY(load(setting));
    const Cost thousand = TRY(sheet_of_size(setting, definitions, 1000));
    const fs::path folder = setting.keep.empty() ? setting.work / "people10000" : setting.keep;
    TRY(make(setting, folder, 10'000));
    const Cost ten_thousand = TRY(warm_sheet(setting, definitions, folder));
    table.add({"full sheet, 10,000 people, in the process", ten_thousand.seconds, "s", 1.2, Better::lower,
               fmt::format("median of 5 after the first; {:.2f} s CPU", ten_thousand.cpu_seconds)});
    const ProcessRun fresh = TRY(median_process(setting, folder, 3));
    table.add({"full sheet, 10,000 people, `maru sheet`", fresh.seconds, "s", 1.2, Better::lower,
               fmt::format("median of 3; {:.2f} s CPU, {:.0f} MiB", fresh.cpu_seconds, fresh.peak_mib)});
    TRY(Changes(setting, definitions, folder).run(table));
    if (setting.keep.empty()) fs::remove_all(folder);
    table.add(growth(thousand, ten_thousand, 1000, 10'000));
    if (!setting.full) return {};
    table.add(growth(thousand, TRY(sheet_of_size(setting, definitions, 100'000)), 1000, 100'000));
    return {};
}

Result<void> bench_checks(const Setting& setting, Table& table) {
    const Definitions definitions = TRY(load(setting));
    const fs::path folder = setting.keep.empty() ? setting.work / "people10000" : setting.keep;
    TRY(make(setting, folder, 10'000));
    auto reader = TRY(registers::Organisation::open_reader(folder, setting.schema));
    auto evaluation = TRY(open_evaluation(setting, definitions, folder, reader));
    std::vector<std::pair<double, std::string>> costs;
    for (const checks::CheckKey& key : definitions.sheet.keys(sheets::Sheet::Rows::published)) {
        const double begin = thread_cpu_seconds();
        evaluation.run(key);
        costs.emplace_back(1000 * (thread_cpu_seconds() - begin), key.check + " " + key.item);
    }
    std::ranges::sort(costs, std::greater());
    double sum = 0;
    for (const auto& [milliseconds, name] : costs) sum += milliseconds;
    table.add({"all checks, CPU of one thread", sum, "ms", 0, Better::lower, ""});
    costs.resize(std::min<std::size_t>(costs.size(), 40));
    for (const auto& [milliseconds, name] : costs)
        table.add({name, milliseconds, "ms", 0, Better::lower, ""});
    return {};
}

Result<void> bench_sample(const Setting& setting, Table& table) {
    const fs::path folder = setting.work / "sample";
    TRY(make_sample(folder, setting.catalog, setting.schema));
    const ProcessRun run = TRY(median_process(setting, folder, 9));
    table.add({"`maru sheet` on the sample, start to end", run.seconds, "s", 0.3, Better::lower,
               fmt::format("median of 9; {:.2f} s CPU", run.cpu_seconds)});
    table.add({"`maru sheet` on the sample, peak memory", run.peak_mib, "MiB", 60, Better::lower, ""});
    fs::remove_all(folder);
    return {};
}

}  // namespace maru::bench
