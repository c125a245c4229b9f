// The promises about speed and size, measured. README.md says what each line means.
#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>

#include "benches.hpp"

namespace {

using namespace maru;
using namespace maru::bench;
namespace fs = std::filesystem;

using Part = Result<void> (*)(const Setting&, Table&);

const std::vector<std::pair<std::string, Part>>& parts() {
    static const std::vector<std::pair<std::string, Part>> all = {
        {"sample", bench_sample},   {"puts", bench_puts},         {"import", bench_import},
        {"verify", bench_verify},   {"receipts", bench_receipts}, {"sheet", bench_sheet},
        {"history", bench_history}, {"judge", bench_judge},       {"checks", bench_checks}};
    return all;
}

// A folder of our own that goes with us.
class WorkFolder {
public:
    explicit WorkFolder(const fs::path& beside) : path_(beside / fmt::format("maru-bench-{}", ::getpid())) {
        fs::create_directories(path_);
    }
    ~WorkFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

Result<bool> run(Setting setting, const fs::path& beside, const std::vector<std::string>& only) {
    const WorkFolder work(beside);
    setting.work = work.path();
    setting.schema = TRY(registers::Schema::load(setting.catalog / "registers"));
    Table table;
    for (const auto& [name, part] : parts())
        if (only.empty() ? name != "checks" : std::ranges::find(only, name) != only.end())
            TRY(part(setting, table));
    return table.print();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Measures maru's promises about speed and size");
    Setting setting;
    setting.catalog = MARU_CATALOG_DIR;
    setting.program = MARU_PROGRAM;
    fs::path beside = MARU_WORK_DIR;
    std::vector<std::string> only;
    app.add_option(
        "part", only,
        "sample, puts, import, verify, sheet, history, judge (default: these), checks (what each costs)");
    app.add_option("--catalog", setting.catalog, "Another catalog");
    app.add_option("--work", beside, "Where the temporary folder is made (default: the build folder)");
    app.add_option("--keep", setting.keep, "Organisation of 10,000 people: made there once and used again");
    app.add_flag("--full", setting.full,
                 "Also the full sheet at 100,000 people (minutes, and some 10 GB of disk)");
    CLI11_PARSE(app, argc, argv);
    const auto met = run(setting, beside, only);
    if (!met) fmt::print(stderr, "{}\n", met.error().message.en);
    return met ? (*met ? 0 : 1) : 2;
}
