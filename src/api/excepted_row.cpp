#include "api/excepted_row.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "sheets/exceptions.hpp"

namespace maru::api {

namespace {

using registers::WrittenFields;

std::string text_of(const WrittenFields& fields, std::string_view name) {
    const auto found = fields.find(std::string(name));
    return found == fields.end() ? "" : std::string(trim(found->second));
}

Result<const checks::Check*> check_of(const Call& call, const std::string& name) {
    const auto& checks = call.site.catalog().library.checks;
    const auto found = checks.find(name);
    if (found != checks.end()) return &found->second;
    return fail(ErrorKind::invalid, {fmt::format("check_name: 点検「{}」はありません。", name),
                                     fmt::format("check_name: there is no check \"{}\"", name)});
}

Result<sheets::ExceptionAsked> asked_of(const Call& call, const checks::Check& check,
                                        const WrittenFields& fields) {
    sheets::ExceptionAsked asked{.check = &check, .today = call.site.today()};
    asked.subject = text_of(fields, "subject_record");
    asked.asked_by = call.who().person;
    const auto until = parse_written_day(text_of(fields, "valid_until"));
    if (!until) return std::unexpected(prefixed("valid_until", until.error()));
    asked.until = *until;
    return asked;
}

// Those who may not see the names behind verdicts ask for rows that are theirs.
Result<void> expect_own(const Call& call, const checks::Row& row) {
    if (call.may().may(identity::Action::see_rows)) return {};
    if (row.owner && (*row.owner == call.who().person || call.who().reports.contains(*row.owner))) return {};
    return fail(ErrorKind::invalid, {"subject_record: 点検にこの対象はありません。",
                                     "subject_record: the check has no such row"});
}

}  // namespace

Result<void> complete_row(const Call& call, const workflow::Kind& kind, WrittenFields& fields) {
    if (kind.check_field.empty() || text_of(fields, "subject_record").empty()) return {};
    const checks::Check& check = *TRY(check_of(call, text_of(fields, kind.check_field)));
    const sheets::ExceptionAsked asked = TRY(asked_of(call, check, fields));
    const SharedJudged judged = TRY(call.site.judge().now(call.site.catalog().sheets.front()));
    Desks::Lease desk = TRY(call.site.judge().desk(**judged));
    const checks::Row row =
        TRY(sheets::excepted_row(desk.reader(), call.site.catalog().schema, desk.evaluation(), asked));
    TRY(expect_own(call, row));
    TRY(sheets::request_of(desk.reader(), desk.evaluation(), asked, row));  // how long it may last
    fields["subject_record"] = row.subject;
    fields["subject_label"] = row.label;
    if (row.owner) fields["owner"] = fmt::format("#{}", *row.owner);
    return {};
}

}  // namespace maru::api
