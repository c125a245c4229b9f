#include <ostream>

#include "cli/session.hpp"
#include "sheets/exceptions.hpp"

namespace maru::cli {

namespace {

Result<sheets::ExceptionAsked> asked_by(const Session& session, const ExceptionCommand& command,
                                        Reading& reading) {
    const auto person = [&](const std::string& code) {
        return find_record(*reading.reader, *reading.schema, "person", code);
    };
    sheets::ExceptionAsked asked{.check = TRY(find_check(*reading.library, command.check)),
                                 .subject = command.subject,
                                 .reason = command.reason,
                                 .measure = command.measure,
                                 .today = session.today()};
    const auto until = parse_written_day(command.until);
    if (!until) return std::unexpected(prefixed("--until", until.error()));
    asked.until = *until;
    asked.asked_by = TRY(person(command.asked_by));
    if (!command.owner.empty()) asked.owner = TRY(person(command.owner));
    return asked;
}

Result<int> ask(const Session& session, const ExceptionCommand& command) {
    Reading reading = TRY(read_state(session, {}));
    const auto asked = TRY(asked_by(session, command, reading));
    const checks::Row row =
        TRY(sheets::excepted_row(*reading.reader, *reading.schema, *reading.evaluation, asked));
    const auto request = TRY(sheets::request_of(*reading.reader, *reading.evaluation, asked, row));
    const std::string code = request.fields.at("code");
    auto organisation = TRY(session.open(*reading.schema));
    TRY(organisation->put(request));
    session.out << code
                << session.say(": 申請しました。承認: maru exception approve ",
                               ": asked. Approve it with: maru exception approve ")
                << code << session.say(" --by 従業者番号\n", " --by EMPLOYEE\n");
    return 0;
}

Result<int> approve(const Session& session, const ExceptionCommand& command) {
    const auto schema = TRY(session.schema());
    auto organisation = TRY(session.open(schema));
    auto reader = TRY(registers::Organisation::open_reader(TRY(session.organisation_folder()), schema));
    const std::int64_t exception = TRY(find_record(reader, schema, "exception", command.code));
    const std::int64_t approver = TRY(find_record(reader, schema, "person", command.by));
    TRY(organisation->put(TRY(sheets::approval_of(reader, exception, approver, session.today()))));
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
