#include "judge/keeper.hpp"

#include <set>

#include "ledger/log.hpp"
#include "registers/past.hpp"

namespace maru::api {

namespace {

// From so many changes on running every check once is quicker.
constexpr std::int64_t most_changes = 2000;

std::vector<checks::CheckKey> keys_of(const Catalog& catalog) {
    std::set<checks::CheckKey> keys;
    for (const sheets::Sheet& sheet : catalog.sheets)
        for (checks::CheckKey& key : sheet.keys(sheets::Sheet::Rows::all)) keys.insert(std::move(key));
    return {keys.begin(), keys.end()};
}

}  // namespace

Keeper::Keeper(std::filesystem::path folder, const Catalog& catalog, std::filesystem::path anchors)
    : folder_(std::move(folder)),
      catalog_(&catalog),
      anchors_(std::move(anchors)),
      cache_(catalog.library, catalog.schema, keys_of(catalog)) {}

void Keeper::forget() {
    place_.reset();
    for (Side& side : sides_) {
        side.evaluation.reset();
        side.reader.reset();
    }
}

Result<std::int64_t> Keeper::move_on(Side& side) const {
    const registers::AsOf now{std::nullopt, anchors_};
    if (side.reader)
        TRY(registers::Organisation::catch_up(*side.reader));
    else
        side.reader.emplace(TRY(registers::Organisation::open_reader(folder_, catalog_->schema, now)));
    return TRY(side.reader->query_integer("select size from main.log_state")).value_or(0);
}

Result<void> Keeper::prepare(Side& side, Day today) const {
    if (side.evaluation)
        TRY(side.evaluation->refresh(today));
    else
        side.evaluation.emplace(TRY(
            checks::Evaluation::open(*side.reader, catalog_->library, catalog_->schema, {.today = today})));
    return {};
}

Result<std::optional<Keeper::Changes>> Keeper::changes(store::Database& reader, std::int64_t from,
                                                       std::int64_t to) const {
    if (to < from || to - from > most_changes) return std::nullopt;
    auto entries = TRY(registers::Entries::open(reader, catalog_->schema));
    Changes out;
    for (const registers::ChangedBy& change : TRY(entries.changes(from, to)))
        if (change.of) out.push_back({change.of->name, change.id});
    if (std::cmp_equal(out.size(), to - from)) return out;
    for (std::int64_t index = from; index < to; ++index)
        if (TRY(ledger::entry_at(reader, index)).kind.starts_with("erasure")) return std::nullopt;
    return out;
}

Result<bool> Keeper::bring_up(Day today) {
    Side& next = sides_[1 - now_];
    const std::int64_t entries = TRY(move_on(next));
    if (!begins_anew(today) && place_->entries == entries) return false;
    TRY(prepare(next, today));
    std::optional<Changes> changed;
    if (!begins_anew(today)) changed = TRY(changes(*next.reader, place_->entries, entries));
    place_.reset();  // until all of it is done
    if (changed) {
        const auto touched = TRY(cache_.touched(reader(), *changed));
        TRY(cache_.update(*next.evaluation, *next.reader, touched, *changed));
    } else {
        cache_.fill(*next.evaluation);
    }
    now_ = 1 - now_;
    place_ = Place{entries, today};
    return true;
}

}  // namespace maru::api
