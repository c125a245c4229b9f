#include "sample_organisation.hpp"

#include <unistd.h>

#include "crypto/hash.hpp"
#include "sample/sample.hpp"

namespace maru::sample {

namespace {

namespace fs = std::filesystem;

const Instant morning = std::chrono::sys_days(today.sys_days()) + std::chrono::hours(0);  // 9:00 in Japan

Result<void> make(SampleOrganisation& made) {
    const fs::path catalog = fs::path(MARU_SOURCE_DIR) / "catalog";
    made.schema = TRY(registers::Schema::load(catalog / "registers"));
    made.library = TRY(checks::Library::load(catalog, made.schema, checks::With::examples));
    made.sheet = TRY(sheets::load_sheet(catalog, "ipa-52", made.library));
    made.folder = fs::temp_directory_path() / ("maru-sample-" + std::to_string(getpid()));
    fs::remove_all(made.folder);
    const registers::Environment environment{[] { return morning; }, crypto::random_bytes};
    const std::vector<fs::path> folders{catalog / "sample"};
    auto records = TRY(expand(folders, made.schema, made.library.holidays, today));
    TRY(registers::Organisation::create(made.folder, made.schema, environment));
    made.organisation = TRY(registers::Organisation::open(made.folder, made.schema, environment));
    return load(*made.organisation, made.schema, std::move(records));
}

constexpr std::string_view rolled_back = "rolled back on purpose";

}  // namespace

SampleOrganisation::~SampleOrganisation() {
    organisation.reset();
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}

Result<void> SampleOrganisation::try_out(const std::function<Result<void>(registers::WriteContext&)>& work) {
    Result<void> outcome;
    const auto done = organisation->exclusively([&](registers::WriteContext& context) -> Result<void> {
        outcome = work(context);
        return fail(ErrorKind::invalid, {std::string(rolled_back), std::string(rolled_back)});
    });
    EXPECT_TRUE(!done && done.error().message.en.contains(rolled_back));
    return outcome;
}

Result<sheets::ItemReport> SampleOrganisation::judge(store::Database& database,
                                                     const sheets::Item& item) const {
    sheets::Sheet one = sheet;
    one.items = {item};
    auto evaluation = TRY(checks::Evaluation::open(database, library, schema, {.today = today}));
    sheets::ReportOptions options;
    options.rows = sheets::Sheet::Rows::all;
    options.horizon_days = 0;
    auto report = TRY(sheets::report(database, evaluation, one, options));
    sheets::ItemReport& judged = report.items.front();
    judged.item = &item;  // not of the copy, which ends here
    for (std::size_t i = 0; i < judged.links.size(); ++i) judged.links[i].link = &item.links[i];
    return std::move(judged);
}

Result<checks::CheckState> SampleOrganisation::state_of(store::Database& database,
                                                        const checks::CheckKey& key) const {
    auto evaluation = TRY(checks::Evaluation::open(database, library, schema, {.today = today}));
    return evaluation.run(key).state_on(today);
}

SampleOrganisation& sample_organisation() {
    static const std::unique_ptr<SampleOrganisation> sample = [] {
        auto made = std::make_unique<SampleOrganisation>();
        if (const auto done = make(*made); !done) ADD_FAILURE() << done.error().message.en;
        return made;
    }();
    return *sample;
}

}  // namespace maru::sample
