// Which of a person's values go and which stay.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/bytes.hpp"
#include "erasure/survey.hpp"
#include "registers/erasure_order.hpp"

namespace maru::registers {

class Fates {
public:
    explicit Fates(const std::vector<KeptFields>& kept);

    // Values that are nobody's, and personal ones that must be kept.
    bool stays(std::int64_t record, const AboutColumn& column) const;
    // How many values of the column go, over the record's versions.
    std::int64_t going(const AboutRecord& record, const AboutColumn& column, std::size_t position) const;
    // The attachments that go, each with the number of its places.
    std::vector<std::pair<std::string, std::int64_t>> files(const std::vector<About>& all) const;

private:
    std::set<std::pair<std::int64_t, int>> kept_;  // record and field number
};

// What texts elsewhere can be searched for: every personal text of the person that tells something.
std::vector<std::string> words_of(const std::vector<About>& all);

// Those of the words that no value that stays has.
std::vector<std::string> erased_words_of(const std::vector<About>& all, const Fates& fates);

// In how many versions of any register the attachment (hexadecimal SHA-256) stands.
Result<std::int64_t> uses_of(store::Database& database, const std::string& file);

}  // namespace maru::registers
