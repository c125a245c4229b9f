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

class Mirrors {
public:
    // The error is lists-fresh's own; then nothing is known to be fresh.
    static Result<Mirrors> read(store::Database& reader, const Check& lists_fresh, Day today);

    // The last day on which all these mirrors are fresh: the scope's lists, or those without a scope when it
    // has none of its own; without a scope all lists. A mirror without any list is never fresh.
    Day until(const std::vector<std::string>& mirrors, const std::optional<std::string>& scope) const;

private:
    struct Dates {
        Day all = forever();
        std::optional<Day> unscoped;
        std::map<std::string, Day, std::less<>> scoped;
    };
    Day until(const std::string& mirror, const std::optional<std::string>& scope) const;
    void add(const std::string& mirror, const std::optional<std::string>& scope, Day until);
    std::map<std::string, Dates, std::less<>> by_mirror_;
};

// Remembers what Mirrors says for one check: rows by the hundred thousand share few scopes.
class CheckMirrors {
public:
    CheckMirrors(const Mirrors& mirrors, const Check& check) : mirrors_(mirrors), check_(check) {}
    Day until(const std::optional<std::string>& scope);

private:
    const Mirrors& mirrors_;
    const Check& check_;
    std::unordered_map<std::string, Day> known_;
    std::optional<Day> without_scope_;
};

}  // namespace maru::checks
