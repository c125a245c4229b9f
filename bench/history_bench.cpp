#include <fmt/core.h>

#include "benches.hpp"
#include "measure.hpp"
#include "sheets/timeline.hpp"

namespace maru::bench {

namespace {

namespace fs = std::filesystem;

constexpr Day first_day = bench_day.plus_days(-364);

Result<void> make(const Setting& setting, const fs::path& folder) {
    if (fs::exists(folder / "maru.db")) return {};
    Size size;
    size.recorded_on = first_day.plus_days(-1);
    const Made base = TRY(make_organisation(folder, setting.catalog, setting.schema, size));
    const Made year = TRY(live(folder, setting.catalog, setting.schema, first_day));
    fmt::print(stderr,
               "made a year of 10,000 people: {} records in {:.0f} s, then {} entries in {:.0f} s, {} MiB\n",
               base.records, base.seconds, year.records, year.seconds, bytes_below(folder) >> 20);
    return {};
}

Result<double> extend(const Setting& setting, const Definitions& definitions, const fs::path& folder,
                      Day until) {
    const Stopwatch watch;
    auto timeline =
        TRY(sheets::Timeline::open({folder, definitions.library, setting.schema, definitions.sheet}));
    TRY(timeline.extend(until, [&](Day judged, Day) {
        if (judged.ymd().day() == std::chrono::day(1))
            fmt::print(stderr, "  {} {:.0f} s\n", judged.iso(), watch.seconds());
    }));
    return watch.seconds();
}

Result<void> bench_series(const Setting& setting, const Definitions& definitions, const fs::path& folder,
                          Table& table) {
    const auto timeline =
        TRY(sheets::Timeline::open({folder, definitions.library, setting.schema, definitions.sheet}));
    std::vector<double> milliseconds;
    std::size_t points = 0;
    for (int i = 0; i < 9; ++i) {
        const Stopwatch watch;
        points = timeline.series(bench_day.plus_days(-550), bench_day, sheets::Sheet::Rows::published).size();
        milliseconds.push_back(1000 * watch.seconds());
    }
    table.add({"series of 550 days", median(milliseconds), "ms", 50, Better::lower,
               fmt::format("{} points", points)});
    return {};
}

Result<void> bench_command(const Setting& setting, const fs::path& folder, std::vector<std::string> words,
                           Table& table) {
    std::vector<std::string> command{
        setting.program.string(), "--catalog", setting.catalog.string(), "--clock", bench_instant, "--org",
        folder.string()};
    command.insert(command.end(), words.begin(), words.end());
    std::vector<double> seconds;
    ProcessRun last;
    for (int i = 0; i < 3; ++i) {
        last = TRY(run_process(command, 1));
        seconds.push_back(last.seconds);
    }
    table.add({fmt::format("`maru {}` over a remembered year", words.front()), median(seconds), "s", 2,
               Better::lower,
               fmt::format("median of 3; {:.2f} s CPU, {:.0f} MiB", last.cpu_seconds, last.peak_mib)});
    return {};
}

}  // namespace

Result<void> bench_history(const Setting& setting, Table& table) {
    const Definitions definitions = TRY(load(setting));
    const fs::path folder =
        setting.keep.empty() ? setting.work / "year" : fs::path(setting.keep.string() + "-year");
    TRY(make(setting, folder));
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(folder / (std::string("derived.db") + ending));
    table.add({"judging every day of a year, the first time",
               TRY(extend(setting, definitions, folder, bench_day.plus_days(-1))), "s", 0, Better::lower,
               "365 days, 244 of them with entries"});
    table.add({"judging one day more", TRY(extend(setting, definitions, folder, bench_day)), "s", 0,
               Better::lower, ""});
    TRY(bench_series(setting, definitions, folder, table));
    const std::string from = first_day.iso();
    TRY(bench_command(setting, folder, {"window", "--from", from}, table));
    TRY(bench_command(setting, folder, {"diff", "--from", from}, table));
    if (setting.keep.empty()) fs::remove_all(folder);
    return {};
}

}  // namespace maru::bench
