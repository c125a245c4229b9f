#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "cli/session.hpp"
#include "cli/tables.hpp"

namespace maru::cli {

namespace {

using registers::PutRequest;

std::unexpected<Error> wrong(const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid, {ja, en});
}

// "EX-0007": the next free number.
Result<std::string> next_code(store::Database& reader) {
    const auto count =
        TRY(reader.query_integer("select count(*) from exception_history h where h.version = 1")).value_or(0);
    return fmt::format("EX-{:04}", count + 1);
}

// The row as the check knows it: by id, or by the natural key of a record in the check's subject register.
Result<checks::Row> row_of(Reading& reading, const checks::Check& check, const ExceptionCommand& command) {
    std::string subject = command.subject.starts_with('#') ? command.subject.substr(1) : command.subject;
    if (!check.subject.empty())
        if (auto id = find_record(*reading.reader, *reading.schema, check.subject, command.subject))
            subject = std::to_string(*id);
    const std::vector<checks::Row> rows = TRY(reading.evaluation->rows({check.name, ""}));
    const auto found = std::ranges::find(rows, subject, &checks::Row::subject);
    if (found == rows.end())
        return wrong("点検 " + check.name + " に対象「" + command.subject + "」がありません。maru check " +
                         check.name + " --explain で番号を確かめてください。",
                     "the check " + check.name + " has no row \"" + command.subject + "\"; see maru check " +
                         check.name + " --explain.");
    return *found;
}

Result<Day> end_of(const ExceptionCommand& command, Day today, std::int64_t longest_days) {
    const auto until = parse_written_day(command.until);
    if (!until) return std::unexpected(prefixed("--until", until.error()));
    const Day latest = today.plus_days(static_cast<int>(longest_days));
    if (*until > latest)
        return wrong(fmt::format("--until: 例外は最長 {} 日です。{} までの日を指定してください。",
                                 longest_days, latest.iso()),
                     fmt::format("--until: an exception lasts at most {} days; give a day until {}.",
                                 longest_days, latest.iso()));
    return *until;
}

PutRequest request_for(const ExceptionCommand& command, const checks::Row& row, Day today, Day until) {
    PutRequest request;
    request.register_name = "exception";
    request.fields = {{"check_name", command.check},
                      {"subject_record", row.subject},
                      {"subject_label", row.label},
                      {"reason", command.reason},
                      {"compensating_measure", command.measure},
                      {"asked_by", command.asked_by},
                      {"owner", command.owner.empty() ? command.asked_by : command.owner},
                      {"asked_on", today.iso()},
                      {"valid_from", today.iso()},
                      {"valid_until", until.iso()}};
    return request;
}

Result<int> ask(const Session& session, const ExceptionCommand& command) {
    Reading reading = TRY(read_state(session, {}));
    const checks::Check& check = *TRY(find_check(*reading.library, command.check));
    const Day until = TRY(end_of(command, session.today(), reading.evaluation->setting("exception_days")));
    const checks::Row row = TRY(row_of(reading, check, command));
    PutRequest request = request_for(command, row, session.today(), until);
    const std::string code = TRY(next_code(*reading.reader));
    request.fields["code"] = code;
    request.must_be_new = true;  // somebody else may have taken the number
    auto organisation = TRY(session.open(*reading.schema));
    TRY(organisation->put(request));
    session.out << code
                << session.say(": 申請しました。承認: maru exception approve ",
                               ": asked. Approve it with: maru exception approve ")
                << code << session.say(" --by 従業者番号\n", " --by EMPLOYEE\n");
    return 0;
}

// One approval stands until it is taken back: a second one would hide who decided first.
Result<void> refuse_second(store::Database& reader, const ExceptionCommand& command, std::int64_t id) {
    auto statement = TRY(reader.prepare(
        "select p.code, p.name, e.approved_on from exception e join person p on p.id = e.approved_by "
        "where e.id = ?1"));
    statement.bind(1, id);
    const auto row = TRY(statement.step());
    if (!row) return {};
    const std::string who = fmt::format("{} {}", row->text(0), row->text(1));
    const std::string on(row->text(2));
    return fail(
        ErrorKind::conflict,
        {fmt::format("{} は {} に {} が承認済みです。期間や内容を改めるときは、新しく申請してください"
                     "（maru exception ask）。やめるときは maru retire exception {}。",
                     command.code, on, who, command.code),
         fmt::format("{} was approved on {} by {}. To change it ask for a new one (maru exception ask); "
                     "to end it: maru retire exception {}.",
                     command.code, on, who, command.code)});
}

Result<int> approve(const Session& session, const ExceptionCommand& command) {
    const auto schema = TRY(session.schema());
    auto organisation = TRY(session.open(schema));
    auto reader = TRY(registers::Organisation::open_reader(TRY(session.organisation_folder()), schema));
    PutRequest request;
    request.register_name = "exception";
    request.id = TRY(find_record(reader, schema, "exception", command.code));
    TRY(refuse_second(reader, command, *request.id));
    request.fields = {{"approved_by", command.by}, {"approved_on", session.today().iso()}};
    TRY(organisation->put(request));
    session.out << command.code << session.say(": 承認しました。\n", ": approved.\n");
    return 0;
}

}  // namespace

Result<int> run(const Session& session, const ExceptionCommand& command) {
    switch (command.action) {
        case ExceptionCommand::Action::ask: return ask(session, command);
        case ExceptionCommand::Action::approve: return approve(session, command);
        case ExceptionCommand::Action::list: break;
    }
    ListCommand list;
    list.register_name = "exception";
    return run(session, list);
}

}  // namespace maru::cli
