#include "checks/past_rows.hpp"

#include <algorithm>
#include <set>

#include "checks/paths.hpp"
#include "evaluation/inputs.hpp"
#include "evaluation/mirrors.hpp"
#include "evaluation/terms.hpp"
#include "walk/plan.hpp"

namespace maru::checks {

namespace {

struct Form {
    RowState state = RowState::absent;
    std::string reason;
    bool operator==(const Form&) const = default;
};

std::set<std::string> registers_of(const Check& check, const registers::Schema& schema,
                                   store::Database& reader) {
    std::set<std::string> out = registers_read(check.stages, schema, reader);
    for (const auto& [name, path] : paths_to_subject(check, schema)) out.insert(name);
    return out;
}

}  // namespace

struct PastRows::Impl {
    const Library& library;
    const registers::Schema& schema;
    Day day;
    std::int64_t from, to;
    registers::PastReader past;
    registers::Entries entries;
    std::vector<registers::ChangedBy> changes{};  // in [from, to)
    std::vector<std::int64_t> of_surroundings{};  // indexes of entries on which every row may depend
    std::vector<std::int64_t> of_lists{};         // on which rows over mirrored lists may depend, besides
    std::optional<Evaluation> evaluation{};
    std::int64_t refreshed_at = 0;
    std::map<std::pair<std::string, Lists>, std::vector<std::int64_t>> candidates_by_check{};

    Result<void> begin();
    const std::vector<std::int64_t>& candidates(const Check& check, Lists lists);
    bool crosses(const std::vector<std::int64_t>& indexes, std::int64_t entries_known) const;
    Result<Form> form(const CheckKey& key, const std::string& subject, Lists lists, std::int64_t known);
    Result<std::optional<std::int64_t>> search(const CheckKey& key, const std::string& subject, Lists lists);
};

Result<void> PastRows::Impl::begin() {
    changes = TRY(entries.registers(from, to));
    std::set<std::string> lists;
    if (const auto fresh = library.checks.find(mirror_check); fresh != library.checks.end())
        lists = registers_of(fresh->second, schema, past.reader());
    for (const auto& change : changes) {
        const bool every =
            !change.of || std::ranges::find(in_every_row, change.of->name) != in_every_row.end();
        if (every) of_surroundings.push_back(change.index);
        if (change.of && lists.contains(change.of->name)) of_lists.push_back(change.index);
    }
    TRY(past.move_to(to));
    refreshed_at = to;
    evaluation.emplace(TRY(Evaluation::open(past.reader(), library, schema,
                                            {.today = day, .time_limit = std::chrono::milliseconds(0)})));
    return {};
}

// Entries that can have changed a row of the check, by index.
const std::vector<std::int64_t>& PastRows::Impl::candidates(const Check& check, Lists lists) {
    const auto [found, fresh] = candidates_by_check.try_emplace({check.name, lists});
    if (!fresh) return found->second;
    const auto read = registers_of(check, schema, past.reader());
    for (const auto& change : changes)
        if (change.of && read.contains(change.of->name)) found->second.push_back(change.index);
    found->second.insert(found->second.end(), of_surroundings.begin(), of_surroundings.end());
    if (lists == Lists::told) found->second.insert(found->second.end(), of_lists.begin(), of_lists.end());
    std::ranges::sort(found->second);
    found->second.erase(std::unique(found->second.begin(), found->second.end()), found->second.end());
    return found->second;
}

// Whether one of them is known at the one place and not at the other.
bool PastRows::Impl::crosses(const std::vector<std::int64_t>& indexes, std::int64_t known) const {
    const auto first = std::ranges::lower_bound(indexes, std::min(known, refreshed_at));
    return first != indexes.end() && *first < std::max(known, refreshed_at);
}

Result<Form> PastRows::Impl::form(const CheckKey& key, const std::string& subject, Lists lists,
                                  std::int64_t known) {
    const Check& check = library.checks.at(key.check);
    TRY(past.move_to(known));
    if (crosses(of_surroundings, known) || (lists == Lists::told && crosses(of_lists, known))) {
        TRY(evaluation->refresh(day));
        refreshed_at = known;
    }
    auto row = TRY(evaluation->row(key, subject));
    if (row && lists == Lists::left_out) row->terms.mirror_until = forever();
    const RowState state = row ? state_on(row->terms, check.grace, day) : RowState::absent;
    if (state == RowState::absent) return Form{};
    return Form{state, row->reason};
}

// Back from the end in growing steps to a place where the row was another, then by halves to the entry after
// which it was not. None when it has its final form at the start already.
Result<std::optional<std::int64_t>> PastRows::Impl::search(const CheckKey& key, const std::string& subject,
                                                           Lists lists) {
    const auto& places = candidates(library.checks.at(key.check), lists);
    if (places.empty()) return std::nullopt;
    const Form final = TRY(form(key, subject, lists, to));
    if (TRY(form(key, subject, lists, from)) == final) return std::nullopt;
    std::size_t same = places.size();  // after so many candidates the row has its final form
    std::size_t other = 0;             // and after so many it has not
    for (std::size_t step = 1; step < places.size(); step *= 2) {
        const std::size_t probe = places.size() - step;
        if (TRY(form(key, subject, lists, places[probe - 1] + 1)) == final) {
            same = probe;
            continue;
        }
        other = probe;
        break;
    }
    while (same - other > 1) {
        const std::size_t middle = other + (same - other) / 2;
        (TRY(form(key, subject, lists, places[middle - 1] + 1)) == final ? same : other) = middle;
    }
    return places[same - 1];
}

PastRows::PastRows(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PastRows::PastRows(PastRows&&) noexcept = default;
PastRows::~PastRows() = default;

Result<PastRows> PastRows::open(const std::filesystem::path& folder, const Library& library,
                                const registers::Schema& schema, Day day, std::int64_t from,
                                std::int64_t to) {
    auto past = TRY(registers::PastReader::open(folder, schema));
    auto entries = TRY(registers::Entries::open(past.reader(), schema));
    auto impl =
        std::make_unique<Impl>(Impl{library, schema, day, from, to, std::move(past), std::move(entries)});
    TRY(impl->begin());
    return PastRows(std::move(impl));
}

Result<std::optional<std::int64_t>> PastRows::cause(const CheckKey& key, const std::string& subject) {
    Impl& self = *impl_;
    const auto check = self.library.checks.find(key.check);
    if (check == self.library.checks.end()) return std::nullopt;
    if (const auto own = TRY(self.search(key, subject, Lists::left_out))) return own;
    return check->second.mirrors.empty() ? std::nullopt : TRY(self.search(key, subject, Lists::told));
}

registers::Entries& PastRows::entries() { return impl_->entries; }

}  // namespace maru::checks
