// Whom notices can reach, from the registers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/day.hpp"
#include "core/result.hpp"
#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::notices {

struct Recipient {
    std::int64_t person = 0;
    std::string name, mail;
    std::optional<std::int64_t> manager;
    Language language = Language::ja;
};

// The people who are there on a day and have a mail address.
class People {
public:
    // Languages are those of their users (register app_user), else `otherwise`.
    static Result<People> load(store::Database& reader, const registers::Schema& schema, Day day,
                               Language otherwise);
    const Recipient* find(std::optional<std::int64_t> person) const;
    // Who holds an appointment that day (register appointment), deputies last; only those who can be reached.
    std::vector<const Recipient*> holders(const std::string& role) const;
    // The name of anybody, also of those who cannot be reached; "" for nobody.
    std::string name_of(std::optional<std::int64_t> person) const;

private:
    std::map<std::int64_t, Recipient> reachable_;
    std::map<std::int64_t, std::string> names_;
    std::map<std::string, std::vector<std::int64_t>> holders_;
};

}  // namespace maru::notices
