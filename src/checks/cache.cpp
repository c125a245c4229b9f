#include "checks/cache.hpp"

#include <algorithm>
#include <unordered_map>

#include "checks/paths.hpp"
#include "evaluation/inputs.hpp"
#include "evaluation/mirrors.hpp"
#include "evaluation/runner.hpp"
#include "evaluation/terms_hash.hpp"

namespace maru::checks {

namespace {

// One check's rows, and how many share the same terms.
class KeptRows {
public:
    void start(int grace, Day day) {
        *this = {};
        grace_ = grace;
        day_ = day;
    }

    void put(const std::string& subject, const RowTerms& terms) {
        rows_[subject].push_back(terms);
        ++counts_[terms];
        if (offends(state_on(terms, grace_, day_))) offending_.insert(subject);
    }

    void drop(const std::string& subject) {
        const auto found = rows_.find(subject);
        if (found == rows_.end()) return;
        for (const auto& terms : found->second) {
            if (--counts_[terms] == 0) counts_.erase(terms);
        }
        rows_.erase(found);
        offending_.erase(subject);
    }

    void give(CheckResult& result) const {
        result.population = {day_, {counts_.begin(), counts_.end()}};
        std::ranges::sort(result.population.groups);
        if (offending_.size() <= few_offenders)
            result.offending.emplace(offending_.begin(), offending_.end());
    }

private:
    std::unordered_map<std::string, std::vector<RowTerms>> rows_;
    std::unordered_map<RowTerms, std::int64_t, TermsHash> counts_;
    std::set<std::string> offending_;
    int grace_ = 0;
    Day day_;
};

struct Kept {
    std::map<std::string, std::optional<std::string>> paths;
    KeptRows rows;
    std::vector<Day> stages;
    std::optional<std::set<std::string>> stage_tables;  // read by the query for them; known once asked
    std::optional<Error> error;
};

struct Update {
    Evaluation& after;
    store::Database& reader;
    std::span<const ChangedRecord> changes;
};

Result<std::set<std::string>> tables_read(store::Database& reader, const std::string& sql) {
    std::set<std::string> tables;
    if (sql.empty()) return tables;
    for (const store::ColumnRead& read : TRY(reader.reads(sql))) tables.insert(read.table);
    return tables;
}

}  // namespace

struct RowCache::Impl {
    const Library& library;
    std::map<CheckKey, Kept> kept;
    std::map<std::string, std::optional<std::string>> list_paths;  // registers that say what is fresh
    std::optional<Day> today;

    void run_whole(Evaluation& evaluation, const CheckKey& key, Kept& entry) const;
    void run_subjects(Evaluation& evaluation, const CheckKey& key, Kept& entry,
                      const std::set<std::string>& subjects) const;
    void hand_over(Evaluation& evaluation, const CheckKey& key, const Kept& entry) const;
    bool touches_whole(const CheckKey& key, const Kept& entry, const std::string& register_name) const;
    Result<bool> staged_otherwise(const Update& update, const CheckKey& key, Kept& entry) const;
};

RowCache::RowCache(const Library& library, const registers::Schema& schema, const std::vector<CheckKey>& keys)
    : impl_(std::make_unique<Impl>(Impl{library, {}, {}, std::nullopt})) {
    for (const auto& key : keys) {
        const auto check = library.checks.find(key.check);
        if (check == library.checks.end()) continue;
        const CheckKey normal{key.check, check->second.uses_item ? key.item : ""};
        impl_->kept[normal].paths = paths_to_subject(check->second, schema);
    }
    if (const auto lists = library.checks.find(mirror_check); lists != library.checks.end()) {
        impl_->list_paths = paths_to_subject(lists->second, schema);
    }
}
RowCache::RowCache(RowCache&&) noexcept = default;
RowCache::~RowCache() = default;

void RowCache::Impl::run_whole(Evaluation& evaluation, const CheckKey& key, Kept& entry) const {
    entry.rows.start(library.checks.at(key.check).grace, evaluation.today());
    entry.error.reset();
    entry.stages = evaluation.later_stages(key).value_or(std::vector<Day>{});
    auto terms = evaluation.terms(key);
    if (!terms) {
        entry.error = prefixed("check " + key.check, std::move(terms).error());
        return;
    }
    for (const auto& [subject, row] : *terms) entry.rows.put(subject, row);
}

void RowCache::Impl::run_subjects(Evaluation& evaluation, const CheckKey& key, Kept& entry,
                                  const std::set<std::string>& subjects) const {
    for (const auto& subject : subjects) {
        const auto terms = evaluation.terms_of(key, subject);
        if (!terms) return run_whole(evaluation, key, entry);
        entry.rows.drop(subject);
        for (const auto& [name, row] : *terms) entry.rows.put(name, row);
    }
}

void RowCache::Impl::hand_over(Evaluation& evaluation, const CheckKey& key, const Kept& entry) const {
    CheckResult result = evaluation.without_rows(key);
    result.error = entry.error;
    entry.rows.give(result);
    evaluation.adopt(std::move(result));
}

bool RowCache::Impl::touches_whole(const CheckKey& key, const Kept& entry,
                                   const std::string& register_name) const {
    if (std::ranges::find(in_every_row, register_name) != in_every_row.end()) return true;
    if (!library.checks.at(key.check).mirrors.empty() && list_paths.contains(register_name)) return true;
    const auto path = entry.paths.find(register_name);
    return path != entry.paths.end() && (!path->second || entry.error);
}

// Another stage cuts the days of all rows.
Result<bool> RowCache::Impl::staged_otherwise(const Update& update, const CheckKey& key, Kept& entry) const {
    if (!entry.stage_tables)
        entry.stage_tables = TRY(tables_read(update.reader, library.checks.at(key.check).stages));
    const auto is_read = [&](const ChangedRecord& change) {
        return entry.stage_tables->contains(change.register_name);
    };
    if (std::ranges::none_of(update.changes, is_read)) return false;
    return update.after.later_stages(key).value_or(entry.stages) != entry.stages;
}

void RowCache::fill(Evaluation& evaluation) {
    impl_->today = evaluation.today();
    for (auto& [key, entry] : impl_->kept) {
        impl_->run_whole(evaluation, key, entry);
        impl_->hand_over(evaluation, key, entry);
    }
}

Result<Touched> RowCache::touched(store::Database& reader, std::span<const ChangedRecord> changes) const {
    Touched out;
    for (const auto& change : changes) {
        for (const auto& [key, entry] : impl_->kept) {
            if (impl_->touches_whole(key, entry, change.register_name)) {
                out.whole.insert(key);
                continue;
            }
            const auto path = entry.paths.find(change.register_name);
            if (path == entry.paths.end()) continue;
            store::Statement* statement = TRY(reader.cached(*path->second));
            statement->bind(1, change.id);
            while (const auto row = TRY(statement->step())) {
                if (!row->is_null(0)) out.subjects[key].emplace(row->text(0));
            }
        }
    }
    return out;
}

Result<void> RowCache::update(Evaluation& after, store::Database& reader, const Touched& before,
                              std::span<const ChangedRecord> changes) {
    if (impl_->today != after.today()) {
        fill(after);
        return {};
    }
    Touched touched = TRY(this->touched(reader, changes));
    touched.whole.insert(before.whole.begin(), before.whole.end());
    for (const auto& [key, subjects] : before.subjects)
        touched.subjects[key].insert(subjects.begin(), subjects.end());
    for (auto& [key, entry] : impl_->kept) {
        if (touched.whole.contains(key) ||
            TRY(impl_->staged_otherwise({after, reader, changes}, key, entry))) {
            impl_->run_whole(after, key, entry);
        } else if (const auto subjects = touched.subjects.find(key); subjects != touched.subjects.end()) {
            impl_->run_subjects(after, key, entry, subjects->second);
        }
        impl_->hand_over(after, key, entry);
    }
    return {};
}

}  // namespace maru::checks
