#include "evaluation/mirrors.hpp"

#include <algorithm>

#include "evaluation/inputs.hpp"

namespace maru::checks {

namespace {

struct Columns {
    int mirror = -1, scope = -1, valid_until = -1, starts_on = -1, ends_on = -1, last_day = -1, subject = -1,
        label = -1, owner = -1;
};

Columns columns_of(const store::Statement& statement) {
    Columns out;
    for (int i = 0; i < statement.columns(); ++i) {
        const std::string name = statement.column_name(i);
        if (name == "mirror") out.mirror = i;
        if (name == "mirror_scope") out.scope = i;
        if (name == "valid_until") out.valid_until = i;
        if (name == "starts_on") out.starts_on = i;
        if (name == "ends_on") out.ends_on = i;
        if (name == "last_day") out.last_day = i;
        if (name == "subject") out.subject = i;
        if (name == "label") out.label = i;
        if (name == "owner") out.owner = i;
    }
    return out;
}

Result<Day> optional_day(const store::Row& row, int column, std::string_view name, Day otherwise) {
    if (column < 0) return otherwise;
    return day_column(row, column, name, otherwise);
}

std::string text_at(const store::Row& row, int column) {
    return column < 0 ? std::string() : std::string(row.text(column));
}

std::optional<std::int64_t> number_at(const store::Row& row, int column) {
    return column < 0 ? std::nullopt : row.maybe_integer(column);
}

Result<MirrorList> list_of(const store::Row& row, const Columns& at) {
    MirrorList out;
    out.mirror = row.text(at.mirror);
    out.scope = number_at(row, at.scope);
    const Day starts = TRY(optional_day(row, at.starts_on, "starts_on", first_day()));
    const Day valid = TRY(day_column(row, at.valid_until, "valid_until", never_fresh));
    // A list that is still to come spoils nothing before it starts.
    out.until = valid < starts ? starts.plus_days(-1) : valid;
    out.subject = text_at(row, at.subject);
    out.label = text_at(row, at.label);
    out.owner = number_at(row, at.owner);
    const Day last = TRY(optional_day(row, at.last_day, "last_day", first_day()));
    if (last != first_day()) out.last_day = last;
    return out;
}

}  // namespace

Result<Mirrors> Mirrors::read(store::Database& reader, const Check& lists_fresh, Day today) {
    Mirrors out;
    store::Statement statement = TRY(reader.prepare(lists_fresh.sql));
    const Columns at = columns_of(statement);
    if (at.mirror < 0 || at.valid_until < 0) {
        return fail(ErrorKind::invalid, {"点検 lists-fresh には列 mirror と valid_until が必要です。",
                                         "check lists-fresh needs the columns mirror and valid_until"});
    }
    while (const auto row = TRY(statement.step())) {
        const Day ends = TRY(optional_day(*row, at.ends_on, "ends_on", forever()));
        if (ends < today) continue;
        out.same_until_ = std::min(out.same_until_, ends);
        out.add(TRY(list_of(*row, at)));
    }
    return out;
}

void Mirrors::add(MirrorList list) {
    Dates& dates = by_mirror_[list.mirror];
    dates.all = std::min(dates.all, list.until);
    if (list.scope) {
        auto& own = dates.scoped.try_emplace(*list.scope, forever()).first->second;
        own = std::min(own, list.until);
    } else {
        dates.unscoped = std::min(dates.unscoped.value_or(forever()), list.until);
    }
    lists_.push_back(std::move(list));
}

bool Mirrors::counts_for(const MirrorList& list, const std::string& mirror,
                         std::optional<std::int64_t> scope) const {
    if (list.mirror != mirror) return false;
    if (!scope) return true;
    const bool has_own = by_mirror_.at(mirror).scoped.contains(*scope);
    return has_own ? list.scope == scope : !list.scope;
}

const MirrorList* Mirrors::stalest(const std::vector<std::string>& mirrors,
                                   std::optional<std::int64_t> scope) const {
    const MirrorList* out = nullptr;
    for (const auto& mirror : mirrors) {
        const MirrorList* first = nullptr;
        for (const auto& list : lists_)
            if (counts_for(list, mirror, scope) && (!first || list.until < first->until)) first = &list;
        if (!first) return nullptr;
        if (!out || first->until < out->until) out = first;
    }
    return out;
}

Day Mirrors::until(const std::string& mirror, std::optional<std::int64_t> scope) const {
    const auto found = by_mirror_.find(mirror);
    if (found == by_mirror_.end()) return never_fresh;
    const Dates& dates = found->second;
    if (!scope) return dates.all;
    const auto own = dates.scoped.find(*scope);
    return own != dates.scoped.end() ? own->second : dates.unscoped.value_or(never_fresh);
}

Day Mirrors::until(const std::vector<std::string>& mirrors, std::optional<std::int64_t> scope) const {
    Day out = forever();
    for (const auto& mirror : mirrors) out = std::min(out, until(mirror, scope));
    return out;
}

Day CheckMirrors::until(std::optional<std::int64_t> scope) {
    if (check_.mirrors.empty()) return forever();
    if (!scope) {
        if (!without_scope_) without_scope_ = mirrors_.until(check_.mirrors, scope);
        return *without_scope_;
    }
    const auto [found, fresh] = known_.try_emplace(*scope);
    if (fresh) found->second = mirrors_.until(check_.mirrors, scope);
    return found->second;
}

}  // namespace maru::checks
