// From a check's result rows to terms and rows.
#pragma once

#include <string>
#include <vector>

#include "checks/check.hpp"
#include "checks/rows.hpp"
#include "evaluation/inputs.hpp"
#include "evaluation/mirrors.hpp"
#include "store/database.hpp"

namespace maru::checks {

// Positions of the columns that have a meaning; -1 = not there.
struct TermColumns {
    int subject = -1, label = -1, owner = -1, valid_until = -1, reason = -1, unknown = -1, starts_on = -1,
        ends_on = -1, event_on = -1, miss = -1, mirror_scope = -1;
};
std::vector<std::string> column_names(const store::Statement& statement);
TermColumns term_columns(const std::vector<std::string>& names);

// What all rows of one run share.
struct RunContext {
    const Check& check;
    const std::string& item;
    const Exceptions& exceptions;
    const Mirrors& mirrors;
    const FunctionInputs& inputs;
    DayRange stage;  // the days for which the run's rows are
};

// Whether the row's subject is needed for its terms.
bool has_exceptions(const RunContext& context);

// `select …` of nothing but what terms depend on: labels, owners and reasons cost more than all the rest.
std::string lite_sql(const Check& check, const std::vector<std::string>& names);
std::string full_sql(const Check& check);
std::string one_subject(const std::string& sql);  // with the subject as parameter 1

// Whether terms say until when the row's mirrored lists are fresh.
enum class Lists { told, left_out };

class TermsReader {
public:
    TermsReader(const RunContext& context, TermColumns columns, Lists lists = Lists::told)
        : context_(context),
          columns_(columns),
          lists_(lists),
          mirrors_(context.mirrors, context.check),
          has_exceptions_(has_exceptions(context)) {}

    Result<RowTerms> read(const store::Row& row);

private:
    Result<void> read_days(RowTerms& terms, const store::Row& row) const;
    Result<void> narrow_to_window(RowTerms& terms, const store::Row& row) const;
    const RunContext& context_;
    TermColumns columns_;
    Lists lists_;
    CheckMirrors mirrors_;
    bool has_exceptions_;
};

}  // namespace maru::checks
