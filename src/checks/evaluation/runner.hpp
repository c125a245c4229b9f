// Runs checks on one connection.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checks/evaluation.hpp"
#include "evaluation/terms.hpp"

namespace maru::checks {

// Offenders up to this number are remembered and fetched one by one; above it one pass over all rows is
// cheaper.
inline constexpr std::size_t few_offenders = 400;

// What is read once per evaluation and only read afterwards, by all threads.
struct Surroundings {
    const Library& library;
    const registers::Schema& schema;
    Exceptions exceptions;
    Mirrors mirrors;
    Scopes scopes;
    Day today{};
    Day known_from{};  // the organisation's start; the first day when it has none
};

class Runner {
public:
    // Defines the SQL functions on the reader.
    static Result<Runner> start(store::Database& reader, const FunctionInputs& inputs);

    store::Database& reader() { return *reader_; }
    const FunctionInputs& inputs() const { return *inputs_; }
    void use(const FunctionInputs& inputs) {  // the reader's state or the day is another
        *inputs_ = inputs;
        stages_.clear();
    }

    CheckResult run(const Surroundings& around, const CheckKey& key);
    // All of it but the rows; the error of a check that does not exist.
    static CheckResult frame(const Surroundings& around, const CheckKey& key);
    // Visits every row of `sql` over the check: full_sql, lite_sql or one of them for one subject.
    struct Query {
        std::string sql;
        std::optional<std::string> subject;
        Lists lists = Lists::told;
    };
    using Visit = std::function<Result<void>(const store::Row&, const std::vector<std::string>& names,
                                             const RowTerms&)>;
    Result<void> each(const Surroundings& around, const CheckKey& key, const Query& query,
                      const Visit& visit);
    // Days after today on which a further stage begins, in order.
    Result<std::vector<Day>> later_stages(const Check& check);
    // What item_key gives for an item, whatever the order of its rows.
    Result<std::set<std::string>> item_rows(const Check& check, const std::string& item);
    // Column names of the check's query; an error when one that every check needs is missing.
    Result<std::vector<std::string>> columns(const Check& check);

private:
    Runner(store::Database& reader, std::shared_ptr<FunctionInputs> inputs)
        : reader_(&reader), inputs_(std::move(inputs)) {}
    Result<void> each_of(const RunContext& context, const Query& query, const Visit& visit);
    Result<void> count_rows(const Surroundings& around, CheckResult& into);
    store::Database* reader_;
    std::shared_ptr<FunctionInputs> inputs_;
    // By check, once they were asked for.
    std::map<std::string, std::vector<std::string>> columns_;
    std::map<std::string, std::vector<Day>> stages_;
};

}  // namespace maru::checks
