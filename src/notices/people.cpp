#include "notices/people.hpp"

namespace maru::notices {

namespace {

using Reachable = std::map<std::int64_t, Recipient>;

Result<std::map<std::int64_t, std::string>> names_in(store::Database& reader) {
    std::map<std::int64_t, std::string> out;
    auto query = TRY(reader.prepare("select id, name from person where name is not null"));
    while (const auto row = TRY(query.step())) out[row->integer(0)] = row->text(1);
    return out;
}

Result<Reachable> reachable_in(store::Database& reader, Day day, Language language) {
    Reachable out;
    auto query = TRY(reader.prepare(
        "select id, name, mail, manager from person where mail is not null and joined_on <= ?1 and "
        "coalesce(last_working_day, left_on, '9999-12-31') >= ?1"));
    query.bind(1, day.iso());
    while (const auto row = TRY(query.step()))
        out[row->integer(0)] = {row->integer(0), std::string(row->text(1)), std::string(row->text(2)),
                                row->maybe_integer(3), language};
    return out;
}

Result<void> take_languages(store::Database& reader, const registers::Schema& schema, Reachable& people) {
    const registers::Register* users = schema.find("app_user");
    if (!users || !users->field("person") || !users->field("language")) return {};
    auto query = TRY(reader.prepare("select person, language from app_user"));
    while (const auto row = TRY(query.step())) {
        const auto found = people.find(row->integer(0));
        if (found == people.end()) continue;
        if (row->text(1) == "ja") found->second.language = Language::ja;
        if (row->text(1) == "en") found->second.language = Language::en;
    }
    return {};
}

Result<std::map<std::string, std::vector<std::int64_t>>> holders_in(store::Database& reader, Day day) {
    std::map<std::string, std::vector<std::int64_t>> out;
    auto query =
        TRY(reader.prepare("select role, person, 0 as rank from appointment where from_day <= ?1 and (to_day "
                           "is null or to_day >= ?1) "
                           "union all select role, deputy, 1 from appointment where deputy is not null and "
                           "from_day <= ?1 and (to_day is "
                           "null or to_day >= ?1) order by role, rank, person"));
    query.bind(1, day.iso());
    while (const auto row = TRY(query.step())) out[std::string(row->text(0))].push_back(row->integer(1));
    return out;
}

}  // namespace

Result<People> People::load(store::Database& reader, const registers::Schema& schema, Day day,
                            Language otherwise) {
    People out;
    out.names_ = TRY(names_in(reader));
    out.reachable_ = TRY(reachable_in(reader, day, otherwise));
    TRY(take_languages(reader, schema, out.reachable_));
    out.holders_ = TRY(holders_in(reader, day));
    return out;
}

const Recipient* People::find(std::optional<std::int64_t> person) const {
    const auto found = person ? reachable_.find(*person) : reachable_.end();
    return found == reachable_.end() ? nullptr : &found->second;
}

std::vector<const Recipient*> People::holders(const std::string& role) const {
    std::vector<const Recipient*> out;
    const auto found = holders_.find(role);
    if (found == holders_.end()) return out;
    for (const std::int64_t person : found->second)
        if (const Recipient* one = find(person)) out.push_back(one);
    return out;
}

std::string People::name_of(std::optional<std::int64_t> person) const {
    const auto found = person ? names_.find(*person) : names_.end();
    return found == names_.end() ? std::string() : found->second;
}

}  // namespace maru::notices
