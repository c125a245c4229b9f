#include "sheets/exceptions.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace maru::sheets {

namespace {

std::unexpected<Error> wrong(const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid, {ja, en});
}

std::string person(std::int64_t id) { return fmt::format("#{}", id); }

// "EX-0007": the next free number.
Result<std::string> next_code(store::Database& reader) {
    const auto count =
        TRY(reader.query_integer("select count(*) from exception_history h where h.version = 1")).value_or(0);
    return fmt::format("EX-{:04}", count + 1);
}

Result<void> expect_short(const ExceptionAsked& asked, std::int64_t longest_days) {
    const Day latest = asked.today.plus_days(static_cast<int>(longest_days));
    if (asked.until > latest)
        return wrong(fmt::format("until: 例外は最長 {} 日です。{} までの日を指定してください。", longest_days,
                                 latest.iso()),
                     fmt::format("until: an exception lasts at most {} days; give a day until {}.",
                                 longest_days, latest.iso()));
    if (asked.until >= asked.today) return {};
    return wrong(fmt::format("until: {} 以降の日を指定してください。", asked.today.iso()),
                 fmt::format("until: give {} or a later day.", asked.today.iso()));
}

}  // namespace

Result<checks::Row> excepted_row(store::Database& reader, const registers::Schema& schema,
                                 checks::Evaluation& evaluation, const ExceptionAsked& asked) {
    const checks::Check& check = *asked.check;
    std::string subject = asked.subject.starts_with('#') ? asked.subject.substr(1) : asked.subject;
    const bool is_number =
        !subject.empty() && std::ranges::all_of(subject, [](char c) { return c >= '0' && c <= '9'; });
    if (!check.subject.empty() && !is_number)
        if (auto id = registers::resolve(reader, schema, *TRY(schema.get(check.subject)), asked.subject))
            subject = std::to_string(*id);
    const std::vector<checks::Row> rows = TRY(evaluation.rows({check.name, ""}));
    const auto found = std::ranges::find(rows, subject, &checks::Row::subject);
    if (found != rows.end()) return *found;
    return wrong("点検 " + check.name + " に対象「" + asked.subject + "」がありません。maru check " +
                     check.name + " --explain で番号を確かめてください。",
                 "the check " + check.name + " has no row \"" + asked.subject + "\"; see maru check " +
                     check.name + " --explain.");
}

Result<registers::PutRequest> request_of(store::Database& reader, const checks::Evaluation& evaluation,
                                         const ExceptionAsked& asked, const checks::Row& row) {
    TRY(expect_short(asked, evaluation.setting("exception_days")));
    registers::PutRequest request;
    request.register_name = "exception";
    request.must_be_new = true;  // somebody else may have taken the number
    request.fields = {{"code", TRY(next_code(reader))},
                      {"check_name", asked.check->name},
                      {"subject_record", row.subject},
                      {"subject_label", row.label},
                      {"reason", asked.reason},
                      {"compensating_measure", asked.measure},
                      {"asked_by", person(asked.asked_by)},
                      {"owner", person(asked.owner.value_or(asked.asked_by))},
                      {"asked_on", asked.today.iso()},
                      {"valid_from", asked.today.iso()},
                      {"valid_until", asked.until.iso()}};
    return request;
}

Result<registers::PutRequest> approval_of(store::Database& reader, std::int64_t exception,
                                          std::int64_t approver, Day today) {
    auto statement =
        TRY(reader.prepare("select e.code, p.code, p.name, e.approved_on from exception e left join person p "
                           "on p.id = e.approved_by "
                           "where e.id = ?1"));
    statement.bind(1, exception);
    const auto row = TRY(statement.step());
    if (!row) return fail(ErrorKind::not_found, {"この例外承認はありません。", "there is no such exception"});
    const std::string code(row->text(0));
    if (!row->is_null(3)) {
        const std::string who = fmt::format("{} {}", row->text(1), row->text(2));
        const std::string on(row->text(3));
        return fail(
            ErrorKind::conflict,
            {fmt::format("{0} は {1} に {2} が承認済みです。期間や内容を改めるときは、新しく申請してください"
                         "（maru exception ask）。やめるときは maru retire exception {0}。",
                         code, on, who),
             fmt::format(
                 "{0} was approved on {1} by {2}. To change it ask for a new one (maru exception ask); "
                 "to end it: maru retire exception {0}.",
                 code, on, who)});
    }
    registers::PutRequest request;
    request.register_name = "exception";
    request.id = exception;
    request.fields = {{"approved_by", person(approver)}, {"approved_on", today.iso()}};
    return request;
}

}  // namespace maru::sheets
