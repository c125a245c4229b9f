#include "api/readers.hpp"

#include <optional>
#include <utility>

#include "registers/organisation.hpp"

namespace maru::api {

namespace {

// More than the server has threads; further ones are closed when they come back.
constexpr std::size_t kept = 32;

Result<std::int64_t> size_of_ledger(store::Database& reader) {
    store::Statement* query = TRY(reader.cached("select s.size from log_state s"));
    const auto row = TRY(query->step());
    const std::int64_t size = row ? row->integer(0) : 0;
    query->reset();
    return size;
}

}  // namespace

struct Readers::Slot {
    std::optional<store::Database> current;
    std::optional<registers::PastReader> past;
    std::uint64_t generation = 0;  // of `current`
    std::int64_t entries = 0;
    std::optional<Names> names;  // of just this state
};

Readers::Readers(std::filesystem::path folder, const registers::Schema& schema, std::filesystem::path anchors)
    : folder_(std::move(folder)), schema_(&schema), anchors_(std::move(anchors)) {}

Readers::~Readers() = default;

Readers::Lease::Lease(Readers& home, std::unique_ptr<Slot> slot) : home_(&home), slot_(std::move(slot)) {}
Readers::Lease::Lease(Lease&&) noexcept = default;
Readers::Lease::~Lease() {
    if (slot_) home_->give_back(std::move(slot_));
}

store::Database& Readers::Lease::operator*() const {
    return slot_->current ? *slot_->current : slot_->past->reader();
}

std::int64_t Readers::Lease::entries() const { return slot_->entries; }
Names& Readers::Lease::names() const { return *slot_->names; }

Readers::Closed::Closed(Readers& readers) : readers_(&readers) {
    const std::lock_guard lock(readers.mutex_);
    ++readers.closed_;
    readers.now_.clear();
    readers.past_.clear();
}

Readers::Closed::~Closed() {
    const std::lock_guard lock(readers_->mutex_);
    --readers_->closed_;
}

std::unique_ptr<Readers::Slot> Readers::take(bool past) {
    const std::lock_guard lock(mutex_);
    auto& free = past ? past_ : now_;
    if (free.empty()) return nullptr;
    auto slot = std::move(free.back());
    free.pop_back();
    return slot;
}

void Readers::give_back(std::unique_ptr<Slot> slot) {
    const std::lock_guard lock(mutex_);
    auto& free = slot->past ? past_ : now_;
    if (closed_ == 0 && free.size() < kept) free.push_back(std::move(slot));
}

Result<std::unique_ptr<Readers::Slot>> Readers::fresh() {
    auto slot = std::make_unique<Slot>();
    slot->current.emplace(
        TRY(registers::Organisation::open_reader(folder_, *schema_, {std::nullopt, anchors_})));
    return slot;
}

Result<std::unique_ptr<Readers::Slot>> Readers::fresh_past() {
    auto slot = std::make_unique<Slot>();
    slot->past.emplace(TRY(registers::PastReader::open(folder_, *schema_)));
    return slot;
}

Result<Readers::Lease> Readers::now() {
    const std::uint64_t wanted = generation_.load();
    auto slot = take(false);
    if (slot && slot->generation == wanted) return Lease(*this, std::move(slot));
    if (slot)
        TRY(registers::Organisation::catch_up(*slot->current));
    else
        slot = TRY(fresh());
    slot->generation = wanted;
    slot->entries = TRY(size_of_ledger(*slot->current));
    slot->names.emplace(*slot->current, *schema_);
    return Lease(*this, std::move(slot));
}

Result<Readers::Lease> Readers::at(std::int64_t entries) {
    auto slot = take(true);
    if (!slot || slot->past->size() < entries) slot = TRY(fresh_past());
    if (slot->names && slot->entries == entries) return Lease(*this, std::move(slot));
    TRY(slot->past->move_to(entries));
    slot->entries = entries;
    slot->names.emplace(slot->past->reader(), *schema_);
    return Lease(*this, std::move(slot));
}

}  // namespace maru::api
