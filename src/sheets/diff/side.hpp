// One of the two moments of a diff: its reader and evaluation, opened when something is asked of them.
#pragma once

#include <map>
#include <memory>

#include "sheets/diff.hpp"
#include "sheets/inputs.hpp"

namespace maru::sheets {

class Side {
public:
    Side(const Timeline::Source& source, const Timeline* remembered, Place place)
        : source_(source), remembered_(remembered), place_(place) {}

    Result<std::map<const Item*, Verdict>> verdicts(const std::vector<const Item*>& items);
    Result<checks::Evaluation*> evaluation();
    Result<store::Database*> reader();
    const Place& place() const { return place_; }

private:
    const Timeline::Source& source_;
    const Timeline* remembered_;
    Place place_;
    std::unique_ptr<store::Database> reader_;
    std::unique_ptr<checks::Evaluation> evaluation_;
};

}  // namespace maru::sheets
