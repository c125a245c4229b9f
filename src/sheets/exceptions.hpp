// Exceptions (register `exception`): a row of a check is let off until a day, with what is done instead.
#pragma once

#include <optional>
#include <string>

#include "checks/evaluation.hpp"
#include "registers/records.hpp"

namespace maru::sheets {

struct ExceptionAsked {
    const checks::Check* check = nullptr;
    std::string subject;  // record id, "#id", the natural key of a record in the check's subject register, or
                          // a text constant
    std::string reason, measure;
    std::int64_t asked_by = 0;            // a person
    std::optional<std::int64_t> owner{};  // of the row; the asker, when nobody is named
    Day today, until;
};

// The row that is to be let off. invalid: the check has no such row.
Result<checks::Row> excepted_row(store::Database& reader, const registers::Schema& schema,
                                 checks::Evaluation& evaluation, const ExceptionAsked& asked);
// The record to put, with the next free code. invalid: it would last longer than the setting `exception_days`
// allows, or ends before today.
Result<registers::PutRequest> request_of(store::Database& reader, const checks::Evaluation& evaluation,
                                         const ExceptionAsked& asked, const checks::Row& row);
// The change that approves it. conflict: it is approved already: a second approval would hide who decided
// first. (That neither asker nor owner approves is a rule of the register.)
Result<registers::PutRequest> approval_of(store::Database& reader, std::int64_t exception,
                                          std::int64_t approver, Day today);

}  // namespace maru::sheets
