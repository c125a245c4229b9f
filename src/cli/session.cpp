#include "cli/session.hpp"

#include <ostream>

#include "cli/entries.hpp"
#include "cli/moments.hpp"
#include "ledger/log.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

bool is_organisation(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / "maru.db", ignored);
}

std::vector<fs::path> organisations_below(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (is_organisation(entry.path())) found.push_back(entry.path());
    return found;
}

struct State {
    std::unique_ptr<store::Database> reader;
    std::int64_t entries = 0;
    registers::AsOf as_of;  // how to open it again
};

Result<State> open_state(const Session& session, const registers::Schema& schema, const When& when) {
    const fs::path folder = TRY(session.organisation_folder());
    registers::AsOf as_of{std::nullopt, session.environment.anchors};
    auto now = TRY(registers::Organisation::open_reader(folder, schema, as_of));
    warn_of_fork(session, folder, now);
    warn_of_restored_people(session, folder, now);
    const std::int64_t entries = when.known_at.empty()
                                     ? TRY(now.query_integer("select s.size from log_state s")).value_or(0)
                                     : TRY(entries_known(session, now, "--known-at", when.known_at));
    if (when.known_at.empty())
        return State{std::make_unique<store::Database>(std::move(now)), entries, as_of};
    as_of.entries = entries;
    auto then = TRY(registers::Organisation::open_reader(folder, schema, as_of));
    return State{std::make_unique<store::Database>(std::move(then)), entries, as_of};
}

}  // namespace

fs::path Session::catalog() const {
    if (!common.catalog.empty()) return common.catalog;
    std::error_code ignored;
    const fs::path beside = fs::weakly_canonical(fs::read_symlink("/proc/self/exe", ignored), ignored)
                                .parent_path()
                                .parent_path() /
                            "catalog";
    return fs::exists(beside / "registers", ignored) ? beside : fs::path(MARU_CATALOG_DIR);
}

Result<registers::Schema> Session::schema() const { return registers::Schema::load(catalog() / "registers"); }

Result<checks::Library> Session::library(const registers::Schema& schema) const {
    return checks::Library::load(catalog(), schema);
}

Result<fs::path> Session::organisation_folder() const {
    if (!common.organisation.empty()) return common.organisation;
    if (is_organisation("data")) return fs::path("data");
    const auto found = organisations_below("data");
    if (found.size() == 1) return found.front();
    if (found.empty())
        return fail(ErrorKind::not_found, {"組織がありません。maru init data/sample --sample で作るか、--org "
                                           "でフォルダを指定してください。",
                                           "there is no organisation. Make one with: maru init data/sample "
                                           "--sample, or name its folder with --org."});
    return fail(ErrorKind::invalid,
                {"./data に組織が複数あります。--org でどれかを指定してください。",
                 "there are several organisations below ./data; say which one with --org."});
}

Result<Writing> Session::open(const registers::Schema& schema) const {
    return Writing::open(*this, TRY(organisation_folder()), schema);
}

std::string Session::typed(const std::vector<std::string>& words) const {
    std::string command = common.program;
    for (const std::string& word : words) command += " " + shell_word(word);
    if (common.organisation_given) command += " --org " + shell_word(common.organisation.string());
    return command;
}

Day Session::today() const { return local_day(environment.clock(), japan_offset); }

Result<Day> Session::day_of(const When& when) const {
    return when.on.empty() ? Result<Day>(today()) : written_day("--on", when.on);
}

Result<Clock> clock_of(const Common& common) {
    if (common.clock.empty()) return system_now;
    const auto instant = parse_instant(common.clock);
    if (!instant) return std::unexpected(prefixed("--clock", instant.error()));
    return [fixed = *instant] { return fixed; };
}

Result<Plain> open_plain(const Session& session, const When& when) {
    Plain plain;
    plain.schema = TRY(session.schema());
    plain.reader = std::move(TRY(open_state(session, plain.schema, when)).reader);
    return plain;
}

Result<Reading> read_state(const Session& session, const When& when) {
    Reading reading;
    reading.schema = std::make_unique<registers::Schema>(TRY(session.schema()));
    reading.library = std::make_unique<checks::Library>(TRY(session.library(*reading.schema)));
    const fs::path folder = TRY(session.organisation_folder());
    State state = TRY(open_state(session, *reading.schema, when));
    reading.reader = std::move(state.reader);
    reading.entries = state.entries;
    reading.root = base64(TRY(ledger::root_at(*reading.reader, state.entries)));
    checks::EvaluationOptions options;
    options.today = TRY(session.day_of(when));
    options.open_reader = [folder, schema = reading.schema.get(), as_of = state.as_of] {
        return registers::Organisation::open_reader(folder, *schema, as_of);
    };
    reading.evaluation = std::make_unique<checks::Evaluation>(
        TRY(checks::Evaluation::open(*reading.reader, *reading.library, *reading.schema, options)));
    return reading;
}

Result<sheets::SheetReport> report_of(Reading& reading, const sheets::Sheet& sheet,
                                      const sheets::ReportOptions& options) {
    auto report = TRY(sheets::report(*reading.reader, *reading.evaluation, sheet, options));
    report.entries = reading.entries;
    report.root = reading.root;
    return report;
}

Result<const checks::Check*> find_check(const checks::Library& library, const std::string& name) {
    const auto found = library.checks.find(name);
    if (found == library.checks.end())
        return fail(ErrorKind::not_found,
                    {"点検 " + name + " がありません。maru catalog checks で一覧できます。",
                     "there is no check " + name + "; see maru catalog checks."});
    return &found->second;
}

Result<std::int64_t> find_record(store::Database& reader, const registers::Schema& schema,
                                 const std::string& register_name, const std::string& written) {
    return registers::resolve(reader, schema, *TRY(schema.get(register_name)), written);
}

Result<std::string> actor_of(const Session& session, const registers::Schema& schema,
                             const std::string& code) {
    if (code.empty()) return std::string();
    auto reader = TRY(registers::Organisation::open_reader(TRY(session.organisation_folder()), schema));
    return "person:" + std::to_string(TRY(find_record(reader, schema, "person", code)));
}

Result<std::vector<const sheets::Item*>> items_named(const sheets::Sheet& sheet,
                                                     const std::vector<std::string>& names,
                                                     sheets::Sheet::Rows otherwise) {
    if (names.empty()) return sheet.rows(otherwise);
    std::vector<const sheets::Item*> out;
    for (const std::string& name : names) {
        const sheets::Item* item = sheet.item(name);
        if (!item)
            return fail(
                ErrorKind::not_found,
                {"設問「" + name + "」はありません。maru catalog sheets " + sheet.name + " で一覧できます。",
                 "there is no item \"" + name + "\"; see maru catalog sheets " + sheet.name + "."});
        out.push_back(item);
    }
    return out;
}

Result<sheets::Timeline> timeline_until(const Session& session, const sheets::Timeline::Source& source,
                                        Day to) {
    auto timeline = TRY(sheets::Timeline::open(source));
    bool drawn = false;
    TRY(timeline.extend(to, [&](Day judged, Day until) {
        drawn = true;
        session.progress << "\r"
                         << session.say("過去の日を判定しています（初回だけ）: ",
                                        "Judging past days (only once): ")
                         << judged.iso() << " → " << until.iso() << std::flush;
    }));
    if (drawn) session.progress << "\r\x1b[K" << std::flush;
    return timeline;
}

}  // namespace maru::cli
