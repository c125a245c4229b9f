// The records of an example in a database, and one check judged on them.
#pragma once

#include <functional>

#include "checks/evaluation.hpp"
#include "checks/examples.hpp"

namespace maru::checks {

std::string_view word(RowState state);

class ExampleWorld {
public:
    ExampleWorld(store::Database& database, const Library& library, const registers::Schema& schema,
                 const Check& check);

    CheckKey key() const { return {check_.name, check_.example.item}; }
    Result<Evaluation> evaluation(Day day);
    // Puts the records in place for as long as `work` runs.
    Result<void> with_records(const ExampleRecords& records,
                              const std::function<Result<void>(const ExampleIds&)>& work);

private:
    store::Database& database_;
    const registers::Schema& schema_;
    const Check& check_;
    Library library_;
};

}  // namespace maru::checks
