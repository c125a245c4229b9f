// Until when mirrored lists are fresh, from the rows of the check lists-fresh.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/check.hpp"
#include "store/database.hpp"

namespace maru::checks {

inline constexpr std::string_view mirror_check = "lists-fresh";
inline constexpr Day never_fresh = Day(1, 1, 1);

struct MirrorList {
    std::string mirror;                 // register
    std::optional<std::int64_t> scope;  // record's id
    Day until = never_fresh;            // fresh up to this day
    std::string subject, label;         // its record
    std::optional<std::int64_t> owner;
    std::optional<Day> last_day;  // when it was complete last
};

class Mirrors {
public:
    // The error is lists-fresh's own; then nothing is known to be fresh.
    static Result<Mirrors> read(store::Database& reader, const Check& lists_fresh, Day today);

    // The last day on which all these mirrors are fresh: the scope's lists, or those without a scope when it
    // has none of its own; without a scope all lists. A mirror without any list is never fresh.
    Day until(const std::vector<std::string>& mirrors, std::optional<std::int64_t> scope) const;
    // The last day on which the same lists count.
    Day same_until() const { return same_until_; }

    // The list that ends first among those that `until` looks at; null when there is none at all.
    const MirrorList* stalest(const std::vector<std::string>& mirrors,
                              std::optional<std::int64_t> scope) const;

private:
    struct Dates {
        Day all = forever();
        std::optional<Day> unscoped;
        std::unordered_map<std::int64_t, Day> scoped;  // by the record's id
    };
    Day until(const std::string& mirror, std::optional<std::int64_t> scope) const;
    void add(MirrorList list);
    bool counts_for(const MirrorList& list, const std::string& mirror,
                    std::optional<std::int64_t> scope) const;
    std::map<std::string, Dates, std::less<>> by_mirror_;
    Day same_until_ = forever();
    std::vector<MirrorList> lists_;
};

// Remembers what Mirrors says for one check: rows by the hundred thousand share few scopes.
class CheckMirrors {
public:
    CheckMirrors(const Mirrors& mirrors, const Check& check) : mirrors_(mirrors), check_(check) {}
    Day until(std::optional<std::int64_t> scope);

private:
    const Mirrors& mirrors_;
    const Check& check_;
    std::unordered_map<std::int64_t, Day> known_;
    std::optional<Day> without_scope_;
};

}  // namespace maru::checks
