#include "api/site.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <thread>
#include <utility>

#include "notices/forget.hpp"

namespace maru::api {

namespace {

constexpr std::chrono::milliseconds between_lettings_go{100};

}  // namespace

Site::Site(const Catalog& catalog, Options options, std::unique_ptr<registers::Organisation> organisation,
           std::unique_ptr<identity::AccessStore> access)
    : catalog_(&catalog),
      options_(std::move(options)),
      organisation_(std::move(organisation)),
      access_(std::move(access)),
      readers_(options_.folder, catalog.schema, options_.environment.anchors) {
    Judge::Source source{
        &catalog, options_.folder, options_.environment.anchors, &readers_, options_.environment.clock,
        {},       options_.judging};
    source.changed = [this](const auto& sheet, const auto& items) { tell_verdicts(sheet, items); };
    judge_ = std::make_unique<Judge>(std::move(source));
}

Site::~Site() { events_.close(); }

Result<std::unique_ptr<Site>> Site::open(const Catalog& catalog, Options options) {
    auto organisation =
        TRY(registers::Organisation::open(options.folder, catalog.schema, options.environment));
    identity::AccessOptions access_options = options.access;
    access_options.clock = options.environment.clock;
    access_options.random = options.environment.random;
    auto access = TRY(identity::AccessStore::open(options.folder, std::move(access_options)));
    std::unique_ptr<Site> site(
        new Site(catalog, std::move(options), std::move(organisation), std::move(access)));
    TRY(site->read_directory());
    return site;
}

Result<void> Site::read_directory() {
    const auto reader = TRY(readers_.now());
    access_->use(TRY(identity::Directory::read(*reader, catalog_->schema)));
    return {};
}

Result<registers::Change> Site::put(registers::PutRequest request, const std::string& actor) {
    const auto change = organisation_->put(std::move(request), actor);
    if (change) tell(std::span(&*change, 1));
    return change;
}

Result<registers::Change> Site::retire(const registers::Change& of,
                                       std::optional<std::int64_t> expected_version,
                                       const std::string& reason, const std::string& actor) {
    const auto change = organisation_->retire(of.register_name, of.id, expected_version, reason, actor);
    if (change) tell(std::span(&*change, 1));
    return change;
}

Result<std::vector<registers::Change>> Site::write(const Work& work, const std::string& actor) {
    std::vector<registers::Change> changes;
    const auto run = [&](registers::WriteContext& context) -> Result<void> {
        changes = TRY(work(context));
        return {};
    };
    const auto done = organisation_->submit(run, actor).get();
    if (!done) return std::unexpected(done.error());
    tell(changes);
    return changes;
}

// What lies beside the registers and holds names: mails that wait, and answers that were remembered for
// programs that ask again. The person's own sessions and tokens go, too.
Result<void> Site::forget_beside(const registers::ErasurePlan& plan, std::int64_t user) {
    TRY(notices::forget_person(options_.folder, plan.person, plan.erased_words));
    TRY(access_->forget_answers());
    return user == 0 ? Result<void>() : access_->forget_user(user);
}

Result<registers::ErasureDone> Site::erase(const registers::ErasurePlan& plan,
                                           const registers::ErasureRequest& request,
                                           const std::string& actor) {
    const auto* const known = directory()->by_person(plan.person);
    const std::int64_t user = known ? known->id : 0;
    TRY(forget_beside(plan, 0));
    auto done = [&] {
        // Whoever asks meanwhile opens older states again, and SQLite's log keeps what they need: until the
        // erasure is through, they are let go of again and again.
        const Readers::Closed closed(readers_);
        judge_->forget();
        const std::jthread letting_go([this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                judge_->forget();
                std::this_thread::sleep_for(between_lettings_go);
            }
        });
        return organisation_->erase(request, actor);
    }();
    judge_->forget();
    if (!done) return done;
    TRY(forget_beside(plan, user));
    std::set<std::string> registers;
    for (const registers::Register& one : catalog_->schema.all()) registers.insert(one.name);
    committed(registers);
    return done;
}

void Site::tell(std::span<const registers::Change> changes) {
    std::set<std::string> registers;
    for (const registers::Change& change : changes)
        if (change.kind != registers::Change::Kind::unchanged) registers.insert(change.register_name);
    committed(registers);
}

void Site::tell_verdicts(const sheets::JudgedSheet& sheet, const std::vector<std::string>& items) {
    const boost::json::value data{{"sheet", sheet.sheet().name},
                                  {"day", sheet.day().iso()},
                                  {"entries", sheet.entries()},
                                  {"items", boost::json::value_from(items)}};
    events_.tell("verdicts", boost::json::serialize(data), std::to_string(sheet.entries()));
}

// A listener learns where to look, not what it says: rights are checked when it asks.
void Site::committed(const std::set<std::string>& registers) {
    if (registers.empty()) return;
    readers_.committed();
    // When it cannot be read now, the rights of a moment ago go on until the next change.
    if (std::ranges::any_of(registers, identity::Directory::concerns)) static_cast<void>(read_directory());
    const auto reader = readers_.now();
    const std::int64_t index = reader ? reader->entries() : 0;
    events_.tell("change",
                 boost::json::serialize(boost::json::object{
                     {"index", index}, {"registers", boost::json::value_from(registers)}}),
                 std::to_string(index));
}

}  // namespace maru::api
