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

// The organisation's own record: that of the sample, or a new one.
Result<void> name_it(registers::Organisation& organisation, const std::string& name, Day today) {
    return organisation.exclusively([&](registers::WriteContext& context) -> Result<void> {
        registers::PutRequest request{.register_name = "organisation"};
        request.id = TRY(context.database.query_integer("select min(o.id) from organisation o"));
        request.fields = {{"name", name}};
        if (!request.id)
            request.fields.insert({{"started_on", today.iso()}, {"fiscal_year_start_month", "4"}});
        TRY(registers::put(context, request));
        return {};
    });
}

}  // namespace

Result<int> run(const Session& session, const Init& command) {
    const auto schema = TRY(session.schema());
    std::vector<sample::SampleRecord> records;
    if (const auto folders = sample_folders(session, command); !folders.empty()) {
        const auto holidays = TRY(checks::Holidays::load(session.catalog() / "calendars" / "jp.toml"));
        records = TRY(sample::expand(folders, schema, holidays, session.today()));
    }
    sample::TellingClock clock(session.environment.clock);
    registers::Environment environment = session.environment;
    environment.clock = clock.as_clock();
    const auto first_work = [&](registers::Organisation& organisation) -> Result<void> {
        if (!records.empty() && command.no_past)
            TRY(sample::load(organisation, schema, std::move(records)));
        else if (!records.empty())
            TRY(sample::relive(organisation, schema, std::move(records), clock));
        if (!command.name.empty()) TRY(name_it(organisation, command.name, session.today()));
        sign(session, organisation);
        return {};
    };
    TRY(registers::Organisation::create(command.folder, schema, environment, first_work, command.origin));
    session.out << command.folder.string()
                << session.say(" に組織を作りました。次: ", ": organisation made. Next: ")
                << session.typed({"sheet", "--org", command.folder.string()}) << "\n";
    return 0;
}

}  // namespace maru::cli
