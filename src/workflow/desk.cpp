#include "workflow/desk.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "checks/calendar.hpp"
#include "registers/nearest.hpp"

namespace maru::workflow {

namespace {

using identity::Principal;
using registers::Change;
using registers::PutRequest;
using registers::WriteContext;

std::string number(std::int64_t id) { return fmt::format("#{}", id); }

Day today_of(const WriteContext& context) { return local_day(context.now, japan_offset); }

std::unexpected<Error> conflict(const std::string& ja, const std::string& en) {
    return fail(ErrorKind::conflict, {ja, en});
}

Result<void> expect(const Answer& answer, ErrorKind otherwise) {
    if (answer) return {};
    return fail(otherwise, answer.why);
}

Result<std::int64_t> largest(store::Database& database, std::string_view sql, std::int64_t of) {
    store::Statement* const query = TRY(database.cached(sql));
    if (of != 0) query->bind(1, of);
    const auto row = TRY(query->step());
    const std::int64_t out = row ? row->integer(0) : 0;
    query->reset();
    return out;
}

Result<std::string> next_code(store::Database& database) {
    const std::int64_t last =
        TRY(largest(database, "select max(cast(substr(h.code, 4) as integer)) from request_history h", 0));
    return fmt::format("RQ-{:04}", last + 1);
}

Result<Change> put_request(WriteContext& context, std::optional<std::int64_t> id, WrittenFields fields) {
    PutRequest put;
    put.register_name = "request";
    put.id = id;
    put.must_be_new = !id;
    put.fields = std::move(fields);
    return registers::put(context, put);
}

// The fields of the register request that say what is asked.
WrittenFields content_fields(const Kind& kind, const WrittenFields& fields, const Content& content) {
    return {{"target_register", kind.register_name},
            {"target_record", content.target.id ? std::to_string(*content.target.id) : ""},
            {"target_version", content.target.id ? std::to_string(content.target.version) : ""},
            {"proposed", proposed_text(fields)},
            {"content_hash", content.hash}};
}

Result<Content> content_of(store::Database& database, const registers::Schema& schema, const Kind& kind,
                           std::int64_t subject, const WrittenFields& fields) {
    Request as_asked;
    as_asked.fields = fields;
    as_asked.asking.subject = subject;
    return content_now(database, schema, kind, as_asked);
}

// The approval and what it allows, in one.
Result<Change> carry_out(WriteContext& context, const Kind& kind, const Request& request,
                         const Target& target) {
    PutRequest put = TRY(put_of(context.database, kind, request.fields, target));
    add_approval(put, kind, request.decided_by, *request.decided_on);
    return registers::put(context, put);
}

// Whether an approval of today waits for a day to come.
bool waits(const Kind& kind, const Request& request, Day today) {
    const auto day = request.fields.find(kind.carry_out_on);
    return day != request.fields.end() && day->second > today.iso();
}

WrittenFields result_fields(const Change& done) {
    return {{"state", "done"},
            {"result_record", std::to_string(done.id)},
            {"result_version", std::to_string(done.version)}};
}

WrittenFields approved_fields(const Request& request, const Content& content) {
    return {{"state", "approved"},
            {"target_record", content.target.id ? std::to_string(*content.target.id) : ""},
            {"target_version", content.target.id ? std::to_string(content.target.version) : ""},
            {"content_hash", content.hash},
            {"decided_by", number(request.decided_by)},
            {"decided_on", request.decided_on->iso()},
            {"reason", ""}};
}

}  // namespace

// A request that the caller may act upon, and its kind.
struct Desk::Opened {
    Request request;
    const Kind* kind;
};

Result<Desk::Opened> Desk::open(WriteContext& context, const Principal& who, std::int64_t id, Act act) const {
    Request request = TRY(find_request(context.database, *schema_, id));
    const Kind* const kind = TRY(kinds_->get(request.kind));
    const Day today = today_of(context);
    const Answer person = act == Act::approve || act == Act::reject || act == Act::give_back
                              ? TRY(decides(context.database, *schema_, *kind, request, who, today))
                              : Answer{true, {}};
    TRY(expect(person, ErrorKind::forbidden));
    const Answer answer = TRY(may(act, context.database, *schema_, *kind, request, who, today));
    const bool is_askers = act == Act::withdraw || act == Act::change || act == Act::comment;
    const bool wrong_person = is_askers && (who.person == 0 || who.person != request.asking.asker);
    TRY(expect(answer, wrong_person ? ErrorKind::forbidden : ErrorKind::conflict));
    if (request.erased)
        return conflict("この申請の内容は消去済みです。新しく申請してください。",
                        "the content of this request was erased; ask anew");
    return Opened{std::move(request), kind};
}

Result<WrittenFields> Desk::proposal(store::Database& database, const Kind& kind, const Draft& draft,
                                     const Asking& asking) const {
    WrittenFields fields = TRY(propose(database, *schema_, kind, draft.fields, asking));
    if (kind.check_field.empty()) return fields;
    const std::string& check = fields[kind.check_field];
    if (library_->checks.contains(check)) return fields;
    std::vector<std::string> names;
    for (const auto& [name, one] : library_->checks) names.push_back(name);
    const std::string near = join(registers::nearest(check, names), ", ");
    return fail(ErrorKind::invalid, {fmt::format("点検「{}」はありません。候補: {}", check, near),
                                     fmt::format("there is no check {}; {}", check, near)});
}

Result<void> Desk::rehearse(registers::Organisation& organisation, const Principal& who,
                            const Draft& draft) const {
    bool is_right = false;
    const auto outcome = organisation.exclusively([&](WriteContext& context) -> Result<void> {
        const Kind& kind = *TRY(kinds_->get(draft.kind));
        const Asking asking{who.person, draft.subject != 0 ? draft.subject : who.person, today_of(context)};
        TRY(expect(may_ask(kind, who, asking.subject), ErrorKind::forbidden));
        const WrittenFields fields = TRY(proposal(context.database, kind, draft, asking));
        const Content content = TRY(content_of(context.database, *schema_, kind, asking.subject, fields));
        TRY(registers::put(context, TRY(put_of(context.database, kind, fields, content.target))));
        is_right = true;
        // Refusing the command is what takes the rehearsal back.
        return conflict("下見です。", "a rehearsal");
    });
    if (is_right) return {};
    return outcome;
}

Result<std::string> Desk::due_on(store::Database& database, const Kind& kind, Day today) const {
    std::vector<Day> closed;
    store::Statement* const query = TRY(database.cached(
        "select h.from_day, coalesce(h.to_day, h.from_day) from company_holiday h where h.from_day >= ?1"));
    query->bind(1, today.plus_days(-400).iso());
    while (const auto row = TRY(query->step())) {
        const Day to = std::min(TRY(parse_iso_day(row->text(1))), today.plus_days(400));
        for (Day day = TRY(parse_iso_day(row->text(0))); day <= to; day = day.plus_days(1))
            closed.push_back(day);
    }
    return checks::Calendar(library_->holidays, std::move(closed))
        .plus_business_days(today, kind.due_days)
        .iso();
}

Result<Done> Desk::ask(WriteContext& context, const Principal& who, const Draft& draft) const {
    const Kind& kind = *TRY(kinds_->get(draft.kind));
    const Asking asking{who.person, draft.subject != 0 ? draft.subject : who.person, today_of(context)};
    TRY(expect(may_ask(kind, who, asking.subject), ErrorKind::forbidden));
    const WrittenFields fields = TRY(proposal(context.database, kind, draft, asking));
    const Content content = TRY(content_of(context.database, *schema_, kind, asking.subject, fields));
    WrittenFields request = content_fields(kind, fields, content);
    request["code"] = TRY(next_code(context.database));
    request["kind"] = kind.name;
    request["asked_by"] = number(asking.asker);
    request["on_behalf_of"] = number(asking.subject);
    request["asked_on"] = asking.today.iso();
    request["state"] = "asked";
    request["due_on"] = TRY(due_on(context.database, kind, asking.today));
    Done done;
    done.changes.push_back(TRY(put_request(context, std::nullopt, std::move(request))));
    done.request = done.changes.front().id;
    if (!trim(draft.comment).empty())
        done.changes.push_back(TRY(write_comment(context, who.person, done.request, draft.comment)));
    return done;
}

Result<Draft> Desk::changed_draft(store::Database& database, const Principal& who, std::int64_t id,
                                  const WrittenFields& fields) const {
    const Request request = TRY(find_request(database, *schema_, id));
    const Kind& kind = *TRY(kinds_->get(request.kind));
    const Day today = request.asking.today;
    TRY(expect(TRY(may(Act::change, database, *schema_, kind, request, who, today)),
               who.person == request.asking.asker ? ErrorKind::conflict : ErrorKind::forbidden));
    Draft draft{request.kind, request.asking.subject, {}, ""};
    for (const auto& [name, written] : request.fields)
        if (kind.asks_for(name)) draft.fields[name] = written;
    for (const auto& [name, written] : fields) draft.fields[name] = written;
    return draft;
}

Result<Done> Desk::change(WriteContext& context, const Principal& who, std::int64_t id,
                          const WrittenFields& fields) const {
    const Opened opened = TRY(open(context, who, id, Act::change));
    const Draft draft = TRY(changed_draft(context.database, who, id, fields));
    const Asking asking{who.person, draft.subject, today_of(context)};
    TRY(expect(may_ask(*opened.kind, who, asking.subject), ErrorKind::forbidden));
    const WrittenFields proposed = TRY(proposal(context.database, *opened.kind, draft, asking));
    const Content content =
        TRY(content_of(context.database, *schema_, *opened.kind, asking.subject, proposed));
    WrittenFields request = content_fields(*opened.kind, proposed, content);
    request["asked_on"] = asking.today.iso();
    request["state"] = "asked";
    request["due_on"] = TRY(due_on(context.database, *opened.kind, asking.today));
    for (const char* decision : {"decided_by", "decided_on", "reason"}) request[decision] = "";
    return Done{id, {TRY(put_request(context, id, std::move(request)))}};
}

Result<Done> Desk::approve(WriteContext& context, const Principal& who, std::int64_t id,
                           std::string_view hash) const {
    Opened opened = TRY(open(context, who, id, Act::approve));
    Request& request = opened.request;
    const Content content = TRY(content_now(context.database, *schema_, *opened.kind, request));
    if (hash != content.hash)
        return conflict("内容が変わっています。申請を開き直し、違いを確かめてから承認してください。",
                        "the content has changed; open the request again and look at the difference");
    request.decided_by = who.person;
    request.decided_on = today_of(context);
    WrittenFields decision = approved_fields(request, content);
    Done done{id, {}};
    if (!waits(*opened.kind, request, *request.decided_on)) {
        done.changes.push_back(TRY(carry_out(context, *opened.kind, request, content.target)));
        for (auto& [name, value] : result_fields(done.changes.front())) decision[name] = value;
    }
    done.changes.push_back(TRY(put_request(context, id, std::move(decision))));
    return done;
}

Result<Done> Desk::decide(WriteContext& context, const Principal& who, std::int64_t id, Act act,
                          const std::string& reason) const {
    TRY(open(context, who, id, act));
    if (trim(reason).empty())
        return fail(ErrorKind::invalid,
                    {"理由を書いてください。申請者に伝わります。", "give a reason; the asker reads it"});
    return Done{id,
                {TRY(put_request(context, id,
                                 {{"state", act == Act::reject ? "rejected" : "returned"},
                                  {"decided_by", number(who.person)},
                                  {"decided_on", today_of(context).iso()},
                                  {"reason", reason}}))}};
}

Result<Done> Desk::reject(WriteContext& context, const Principal& who, std::int64_t id,
                          const std::string& reason) const {
    return decide(context, who, id, Act::reject, reason);
}

Result<Done> Desk::give_back(WriteContext& context, const Principal& who, std::int64_t id,
                             const std::string& reason) const {
    return decide(context, who, id, Act::give_back, reason);
}

Result<Done> Desk::withdraw(WriteContext& context, const Principal& who, std::int64_t id) const {
    TRY(open(context, who, id, Act::withdraw));
    return Done{id, {TRY(put_request(context, id, {{"state", "withdrawn"}}))}};
}

Result<Change> Desk::write_comment(WriteContext& context, std::int64_t by, std::int64_t request,
                                   const std::string& text) const {
    const std::int64_t last =
        TRY(largest(context.database,
                    "select max(h.position) from request_comment_history h where h.request = ?1", request));
    PutRequest put;
    put.register_name = "request_comment";
    put.must_be_new = true;
    put.fields = {{"request", number(request)},
                  {"position", std::to_string(last + 1)},
                  {"by_person", number(by)},
                  {"at", format_instant(context.now)},
                  {"text", text}};
    return registers::put(context, put);
}

Result<Done> Desk::comment(WriteContext& context, const Principal& who, std::int64_t id,
                           const std::string& text) const {
    TRY(find_request(context.database, *schema_, id));
    if (who.person == 0)
        return fail(ErrorKind::forbidden, {"従業者として登録された利用者だけが書けます。",
                                           "only a user who is a person of the organisation writes"});
    if (trim(text).empty())
        return fail(ErrorKind::invalid, {"コメントを書いてください。", "write a comment"});
    return Done{id, {TRY(write_comment(context, who.person, id, text))}};
}

// An approved request whose day has come is done, one whose content is another now has lapsed.
Result<Change> Desk::settle_one(WriteContext& context, const Request& request,
                                std::vector<Change>& changes) const {
    const Kind& kind = *TRY(kinds_->get(request.kind));
    const Content content = TRY(content_now(context.database, *schema_, kind, request));
    if (content.hash != request.hash) return put_request(context, request.id, {{"state", "lapsed"}});
    if (waits(kind, request, today_of(context)))
        return Change{"request", request.id, request.version, 0, Change::Kind::unchanged};
    const auto done = carry_out(context, kind, request, content.target);
    if (done) {
        changes.push_back(*done);
        return put_request(context, request.id, result_fields(*done));
    }
    // What is wrong with the disk or the database is nothing that the asker can mend.
    const ErrorKind why = done.error().kind;
    if (why == ErrorKind::unavailable || why == ErrorKind::corrupt || why == ErrorKind::internal)
        return std::unexpected(done.error());
    return put_request(context, request.id, {{"state", "lapsed"}, {"reason", done.error().message.ja}});
}

Result<std::vector<Change>> Desk::settle(WriteContext& context) const {
    std::vector<std::int64_t> waiting;
    store::Statement* const query =
        TRY(context.database.cached("select r.id from request r where r.state = 'approved' order by r.id"));
    while (const auto row = TRY(query->step())) waiting.push_back(row->integer(0));
    std::vector<Change> changes;
    for (const std::int64_t id : waiting) {
        const Request request = TRY(find_request(context.database, *schema_, id));
        const Change change = TRY(settle_one(context, request, changes));
        if (change.kind != Change::Kind::unchanged) changes.push_back(change);
    }
    return changes;
}

}  // namespace maru::workflow
