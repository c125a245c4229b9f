#include <ostream>

#include "cli/session.hpp"
#include "sample/sample.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> sample_folders(const Session& session, const Init& command) {
    std::vector<fs::path> folders;
    if (command.sample) folders.push_back(session.catalog() / "sample");
    folders.insert(folders.end(), command.with.begin(), command.with.end());
    return folders;
}

Result<void> name_it(registers::Organisation& organisation, const std::string& name, Day today) {
    registers::PutRequest request;
    request.register_name = "organisation";
    request.fields = {{"name", name}, {"started_on", today.iso()}, {"fiscal_year_start_month", "4"}};
    TRY(organisation.put(request));
    return {};
}

// Wrong sample data is found before anything is made.
Result<void> fill(const Session& session, const Init& command, const registers::Schema& schema,
                  std::vector<sample::SampleRecord> records) {
    auto organisation = TRY(registers::Organisation::open(command.folder, schema, session.environment));
    if (!command.name.empty() && records.empty()) TRY(name_it(*organisation, command.name, session.today()));
    if (!records.empty()) TRY(sample::load(*organisation, schema, std::move(records)));
    return {};
}

}  // namespace

Result<int> run(const Session& session, const Init& command) {
    const auto schema = TRY(session.schema());
    std::vector<sample::SampleRecord> records;
    if (const auto folders = sample_folders(session, command); !folders.empty()) {
        const auto holidays = TRY(checks::Holidays::load(session.catalog() / "calendars" / "jp.toml"));
        records = TRY(sample::expand(folders, schema, holidays, session.today()));
    }
    TRY(registers::Organisation::create(command.folder, schema, session.environment));
    if (auto filled = fill(session, command, schema, std::move(records)); !filled) {
        std::error_code ignored;
        fs::remove_all(command.folder, ignored);  // it was ours a moment ago: leave nothing half made
        return std::unexpected(filled.error());
    }
    session.out << command.folder.string()
                << session.say(" に組織を作りました。次: maru sheet --org ",
                               ": organisation made. Next: maru sheet --org ")
                << command.folder.string() << "\n";
    return 0;
}

}  // namespace maru::cli
