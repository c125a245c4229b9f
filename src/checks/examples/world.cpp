#include "examples/world.hpp"

#include "evaluation/mirrors.hpp"

namespace maru::checks {

std::string_view word(RowState state) {
    switch (state) {
        case RowState::satisfied: return "satisfied";
        case RowState::due: return "due";
        case RowState::expired: return "expired";
        case RowState::missing: return "missing";
        case RowState::unknown: return "unknown";
        case RowState::exempt: return "exempt";
        case RowState::absent: return "absent";
    }
    return "";
}

ExampleWorld::ExampleWorld(store::Database& database, const Library& library, const registers::Schema& schema,
                           const Check& check)
    : database_(database), schema_(schema), check_(check) {
    library_.settings = library.settings;
    library_.scopes = library.scopes;
    library_.holidays = library.holidays;
    if (const auto lists = library.checks.find(mirror_check); lists != library.checks.end())
        library_.checks.insert(*lists);
    library_.checks.insert_or_assign(check.name, check);
}

Result<Evaluation> ExampleWorld::evaluation(Day day) {
    return Evaluation::open(database_, library_, schema_, {.today = day});
}

Result<void> ExampleWorld::with_records(const ExampleRecords& records,
                                        const std::function<Result<void>(const ExampleIds&)>& work) {
    const store::Savepoint savepoint = TRY(store::Savepoint::begin(database_));
    // Lists are only stale where an example speaks of lists at all.
    library_.checks.at(check_.name).mirrors =
        records.contains("mirrored_list") ? check_.mirrors : std::vector<std::string>{};
    return work(TRY(insert_records(database_, schema_, records)));
}

}  // namespace maru::checks
