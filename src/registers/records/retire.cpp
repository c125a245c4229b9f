#include <fmt/core.h>

#include "records/messages.hpp"
#include "records/my_number.hpp"
#include "records/sealing.hpp"
#include "records/versions.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t named_at_most = 5;

struct Referring {
    std::vector<std::string> ja, en;  // "機器管理台帳 PC-001", "device PC-001"
    bool more = false;
};

Result<void> add_referring(WriteContext& context, const Referrer& referrer, std::int64_t id,
                           Referring& found) {
    store::Statement query = TRY(context.database.prepare(referrer.select));
    query.bind(1, id);
    while (const std::optional<store::Row> row = TRY(query.step())) {
        found.more = found.en.size() == named_at_most;
        if (found.more) return {};
        const std::string key =
            natural_key_of(context.database, context.schema, referrer.from->name, row->integer(0));
        found.ja.push_back(fmt::format("{}（{}）の {}", referrer.from->label.ja, referrer.from->name, key));
        found.en.push_back(referrer.from->name + " " + key);
    }
    return {};
}

Result<void> check_unreferenced(WriteContext& context, const RegisterStatements& of, std::int64_t id) {
    Referring found;
    for (const Referrer& referrer : of.referrers) {
        TRY(add_referring(context, referrer, id, found));
        if (found.more) break;
    }
    if (found.en.empty()) return {};
    const std::string key = natural_key_of(context.database, context.schema, of.of->name, id);
    return fail(
        ErrorKind::conflict,
        {fmt::format("「{}」の「{}」はまだ参照されています: {}{}。先にそちらを変えるか、外してください。",
                     of.of->label.ja, key, join(found.ja, "、"), found.more ? " ほか" : ""),
         fmt::format("{} {} is still referred to by {}{}; change or retire those first", of.of->name, key,
                     join(found.en, ", "), found.more ? " and others" : "")});
}

Result<void> check_reason(const RegisterStatements& of, const std::string& reason) {
    if (!is_utf8(reason) || code_points(reason) > 2000)
        return fail(ErrorKind::invalid, {"理由は UTF-8 の2000文字以内で書いてください。",
                                         "the reason is UTF-8 with at most 2000 characters"});
    if (of.guards_my_number && holds_my_number(reason))
        return fail(ErrorKind::invalid,
                    {"理由にマイナンバーと思われる12桁の数字があります。除いて書いてください。",
                     "the reason holds twelve digits that look like a My Number; write it without them"});
    return {};
}

Result<void> keep_reason(WriteContext& context, const Register& of, const Change& change,
                         const std::string& reason) {
    if (reason.empty()) return {};
    store::Statement* insert = TRY(context.database.cached(
        "insert into retirement (idx, register, record, version, reason) values (?1, ?2, ?3, ?4, ?5)"));
    insert->bind(1, change.index)
        .bind(2, of.number)
        .bind(3, change.id)
        .bind(4, change.version)
        .bind(5, std::string_view(reason));
    return insert->run();
}

}  // namespace

Result<Change> retire(WriteContext& context, const std::string& register_name, std::int64_t id,
                      std::optional<std::int64_t> expected_version, const std::string& reason) {
    const RegisterStatements& of = context.statements.of(*TRY(context.schema.get(register_name)));
    const std::optional<Record> last = TRY(read_current(context.database, of, id));
    if (!last) return no_such_record(*of.of, id);
    TRY(check_version(context, *of.of, id, last->version, expected_version));
    TRY(check_reason(of, reason));
    TRY(check_unreferenced(context, of, id));
    Sealed sealed = TRY(seal_reason(context, of, *last, reason));
    const Change change{of.of->name, id, last->version + 1, context.log.next_index(), Change::Kind::retired};
    TRY(end_version(context.database, of, *last, change.index));
    TRY(keep_reason(context, *of.of, change, reason));
    ledger::Entry entry{"retire",          of.of->name,      std::move(sealed.record),
                        change.version,    context.actor,    context.now,
                        sealed.commitment, last->from_index, ""};
    TRY(context.log.append(context.database, std::move(entry)));
    return change;
}

}  // namespace maru::registers
