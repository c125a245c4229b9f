#include "api/desks.hpp"

#include <algorithm>

#include "registers/organisation.hpp"

namespace maru::api {

namespace {

// Each holds a connection with its prepared statements.
constexpr std::size_t kept = 6;

}  // namespace

// Of a state with fewer entries than the ledger has the connection shows just those. On the newest state it
// is opened plainly, because that reads faster, and stays on that state until it is moved on.
struct Desks::Desk {
    store::Database reader;
    std::optional<checks::Evaluation> evaluation{};
    std::int64_t entries = 0;
    bool plain = false;
    std::optional<Day> ready_for{};  // the day of the evaluation, on this state
    std::uint64_t age = 0;

    Result<void> move_on();
};

// To the newest state.
Result<void> Desks::Desk::move_on() {
    ready_for.reset();
    TRY(registers::Organisation::catch_up(reader));
    entries = TRY(reader.query_integer("select size from main.log_state")).value_or(0);
    return {};
}

Desks::Desks(std::filesystem::path folder, const Catalog& catalog, std::filesystem::path anchors)
    : folder_(std::move(folder)), catalog_(&catalog), anchors_(std::move(anchors)) {}
Desks::~Desks() = default;

Desks::Lease::Lease(Desks& home, std::unique_ptr<Desk> desk) : home_(&home), desk_(std::move(desk)) {}
Desks::Lease::Lease(Lease&&) noexcept = default;
Desks::Lease::~Lease() {
    if (desk_) home_->give_back(std::move(desk_));
}
store::Database& Desks::Lease::reader() const { return desk_->reader; }
checks::Evaluation& Desks::Lease::evaluation() const { return *desk_->evaluation; }
std::int64_t Desks::Lease::entries() const { return desk_->entries; }

// One of that state, at best of that day; else a plain one, which can be moved on.
std::unique_ptr<Desks::Desk> Desks::take(const sheets::Place& place) {
    const std::lock_guard lock(mutex_);
    const auto rank = [&](const std::unique_ptr<Desk>& desk) {
        const bool same_state = desk->entries == place.entries;
        if (same_state) return desk->ready_for == place.day ? 3 : 2;
        return desk->plain && desk->entries < place.entries ? 1 : 0;
    };
    const auto best = std::ranges::max_element(free_, {}, rank);
    if (best == free_.end() || rank(*best) == 0) return nullptr;
    auto desk = std::move(*best);
    free_.erase(best);
    return desk;
}

void Desks::forget() {
    const std::lock_guard lock(mutex_);
    ++age_;
    free_.clear();
}

std::uint64_t Desks::age() {
    const std::lock_guard lock(mutex_);
    return age_;
}

void Desks::give_back(std::unique_ptr<Desk> desk) {
    const std::lock_guard lock(mutex_);
    if (desk->age != age_) return;
    if (free_.size() >= kept) free_.erase(free_.begin());
    free_.push_back(std::move(desk));
}

Result<std::unique_ptr<Desks::Desk>> Desks::fresh(std::int64_t entries) const {
    registers::AsOf as_of{std::nullopt, anchors_};
    auto reader = TRY(registers::Organisation::open_reader(folder_, catalog_->schema, as_of));
    const auto size = TRY(reader.query_integer("select size from main.log_state")).value_or(0);
    if (size == entries) return std::make_unique<Desk>(Desk{std::move(reader), {}, entries, true});
    as_of.entries = entries;
    reader = TRY(registers::Organisation::open_reader(folder_, catalog_->schema, as_of));
    return std::make_unique<Desk>(Desk{std::move(reader), {}, entries, false});
}

Result<void> Desks::prepare(Desk& desk, Day day) const {
    if (desk.ready_for == day) return {};
    if (desk.evaluation) {
        TRY(desk.evaluation->refresh(day));
    } else {
        checks::EvaluationOptions options{.today = day};
        registers::AsOf as_of{std::nullopt, anchors_};
        if (!desk.plain) as_of.entries = desk.entries;
        options.open_reader = [folder = folder_, schema = &catalog_->schema, as_of] {
            return registers::Organisation::open_reader(folder, *schema, as_of);
        };
        desk.evaluation.emplace(
            TRY(checks::Evaluation::open(desk.reader, catalog_->library, catalog_->schema, options)));
    }
    desk.ready_for = day;
    return {};
}

Result<Desks::Lease> Desks::at(const sheets::Place& place) {
    auto desk = take(place);
    if (desk && desk->entries != place.entries) TRY(desk->move_on());
    // Somebody wrote meanwhile: it lies further ahead than was asked for.
    if (desk && desk->entries != place.entries) desk.reset();
    if (!desk) {
        const std::uint64_t age = this->age();
        desk = TRY(fresh(place.entries));
        desk->age = age;
    }
    TRY(prepare(*desk, place.day));
    return Lease(*this, std::move(desk));
}

}  // namespace maru::api
