#include <fmt/core.h>

#include <fstream>

#include "benches.hpp"
#include "measure.hpp"

namespace maru::bench {

namespace {

namespace fs = std::filesystem;

constexpr int import_people = 500;
constexpr int rows = 100'000;

// 200 services with the accounts of 500 people each, headed as a person would.
Result<void> write_accounts(const fs::path& file) {
    std::ofstream out(file, std::ios::binary);
    out << "サービス,アカウント名,利用者,種別,特権,多要素認証,作成日,最終利用日\r\n";
    for (int i = 0; i < rows; ++i)
        out << fmt::format("{},q{}@calllink.example,{},個人,いいえ,はい,2024/04/01,2026-11-20\r\n",
                           service_code(i % services), i / services, person_code(i / services));
    out.close();
    if (out) return {};
    return fail(ErrorKind::unavailable, {"CSV を書けません。", "cannot write the CSV"});
}

}  // namespace

Result<void> bench_import(const Setting& setting, Table& table) {
    const fs::path folder = setting.work / "import";
    TRY(make_organisation(folder, setting.catalog, setting.schema, {import_people}));
    const fs::path file = setting.work / "accounts.csv";
    TRY(write_accounts(file));
    const ProcessRun run = TRY(run_process({setting.program.string(), "--catalog", setting.catalog.string(),
                                            "--org", folder.string(), "import", "account", file.string()}));
    table.add({"`maru import` of 100,000 accounts from CSV", run.seconds, "s", 10, Better::lower,
               fmt::format("{:.0f}/s, {:.0f} MiB", rows / run.seconds, run.peak_mib)});
    fs::remove_all(folder);
    fs::remove(file);
    return {};
}

}  // namespace maru::bench
