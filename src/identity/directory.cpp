#include "identity/directory.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace maru::identity {

namespace {

constexpr std::array concerned{std::string_view("app_user"), std::string_view("custom_role"),
                               std::string_view("person")};

using Lists = std::map<std::int64_t, std::vector<std::string>>;

// What a list field of app_user holds, by record.
Result<Lists> read_lists(store::Database& reader, std::string_view sql) {
    Lists out;
    store::Statement query = TRY(reader.prepare(sql));
    for (;;) {
        const auto row = TRY(query.step());
        if (!row) return out;
        out[row->integer(0)].emplace_back(row->text(1));
    }
}

std::optional<Day> day_of(std::string_view text) {
    const auto day = parse_iso_day(text);
    return day ? std::optional(*day) : std::nullopt;
}

std::optional<Day> earlier(std::optional<Day> one, std::optional<Day> other) {
    if (!one || !other) return one ? one : other;
    return std::min(*one, *other);
}

std::set<Role> roles_of(const std::vector<std::string>& codes) {
    std::set<Role> roles;
    for (const std::string& code : codes)
        if (const auto role = parse_role(code); role && *role != Role::manager) roles.insert(*role);
    if (!roles.contains(Role::auditor)) roles.insert(Role::member);
    return roles;
}

// A user without a mail address was erased. Whoever has left the organisation has left maru.
std::string users_sql(const registers::Schema& schema) {
    const auto* person = schema.find("person");
    const bool has_end = person && person->field("left_on");
    return std::string("select u.id, u.person, coalesce(u.name, p.name), u.mail, u.language, u.from_day, ") +
           "u.to_day, u.disabled, " + (has_end ? "p.left_on" : "null") +
           " from app_user u left join person p on p.id = u.person where u.mail is not null";
}

User user_of(const store::Row& row) {
    User user;
    user.id = row.integer(0);
    user.person = row.integer(1);
    user.name = row.text(2);
    user.mail = row.text(3);
    user.language = row.text(4) == "en" ? Language::en : Language::ja;
    user.from = day_of(row.text(5));
    user.to = earlier(day_of(row.text(6)), day_of(row.text(8)));
    user.disabled = row.integer(7) != 0;
    return user;
}

std::map<std::int64_t, std::vector<std::int64_t>> children_of(
    const std::vector<std::pair<std::int64_t, std::int64_t>>& managed) {
    std::map<std::int64_t, std::vector<std::int64_t>> children;
    for (const auto& [person, manager] : managed) children[manager].push_back(person);
    return children;
}

// Everybody below, at any depth; a circle of managers ends by itself.
std::set<std::int64_t> below(const std::map<std::int64_t, std::vector<std::int64_t>>& children,
                             std::int64_t person) {
    std::set<std::int64_t> found;
    std::vector<std::int64_t> open{person};
    while (!open.empty()) {
        const auto at = children.find(open.back());
        open.pop_back();
        if (at == children.end()) continue;
        for (const std::int64_t child : at->second)
            if (child != person && found.insert(child).second) open.push_back(child);
    }
    return found;
}

Result<std::vector<std::pair<std::int64_t, std::int64_t>>> managed_people(store::Database& reader,
                                                                          const registers::Schema& schema) {
    std::vector<std::pair<std::int64_t, std::int64_t>> out;
    const auto* person = schema.find("person");
    if (!person || !person->field("manager")) return out;
    store::Statement query = TRY(reader.prepare("select id, manager from person where manager is not null"));
    for (;;) {
        const auto row = TRY(query.step());
        if (!row) return out;
        out.emplace_back(row->integer(0), row->integer(1));
    }
}

Result<std::map<std::string, std::vector<Grant>>> read_grants(store::Database& reader,
                                                              const registers::Schema& schema) {
    std::map<std::string, std::vector<Grant>> out;
    store::Statement query =
        TRY(reader.prepare("select r.code, g.value from custom_role r join custom_role_grants g on g.record "
                           "= r.id order by r.id"));
    for (;;) {
        const auto row = TRY(query.step());
        if (!row) return out;
        if (auto grant = parse_grant(schema, row->text(1)))
            out[std::string(row->text(0))].push_back(std::move(*grant));
    }
}

struct UserLists {
    Lists roles, custom_roles, items;
};

Result<UserLists> read_user_lists(store::Database& reader) {
    UserLists lists;
    lists.roles =
        TRY(read_lists(reader, "select record, value from app_user_roles order by record, position"));
    lists.custom_roles =
        TRY(read_lists(reader,
                       "select l.record, r.code from app_user_custom_roles l join custom_role r on "
                       "r.id = l.value order by l.record, l.position"));
    lists.items =
        TRY(read_lists(reader, "select record, value from app_user_items order by record, position"));
    return lists;
}

}  // namespace

std::string normal_mail(std::string_view mail) {
    if (!is_utf8(mail)) return {};
    std::string out = normalize_compatibility(trim(mail));
    std::ranges::transform(out, out.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return out;
}

bool User::is_active(Day today) const {
    return !disabled && (!from || *from <= today) && (!to || today <= *to);
}

bool Directory::concerns(std::string_view register_name) {
    return std::ranges::find(concerned, register_name) != concerned.end();
}

Result<std::shared_ptr<const Directory>> Directory::read(store::Database& reader,
                                                         const registers::Schema& schema) {
    auto directory = std::make_shared<Directory>();
    if (!schema.find("app_user") || !schema.find("custom_role")) return directory;
    UserLists lists = TRY(read_user_lists(reader));
    directory->grants_ = TRY(read_grants(reader, schema));
    const auto children = children_of(TRY(managed_people(reader, schema)));
    store::Statement query = TRY(reader.prepare(users_sql(schema)));
    for (;;) {
        const auto row = TRY(query.step());
        if (!row) break;
        User user = user_of(*row);
        user.roles = roles_of(lists.roles[user.id]);
        user.custom_roles = std::move(lists.custom_roles[user.id]);
        user.items = std::move(lists.items[user.id]);
        auto reports = below(children, user.person);
        if (user.person != 0 && !reports.empty()) {
            user.roles.insert(Role::manager);
            directory->reports_[user.person] = std::move(reports);
        }
        if (user.person != 0) directory->by_person_[user.person] = user.id;
        directory->by_mail_[normal_mail(user.mail)] = user.id;
        directory->users_.emplace(user.id, std::move(user));
    }
    return directory;
}

const User* Directory::find(std::int64_t user) const {
    const auto found = users_.find(user);
    return found == users_.end() ? nullptr : &found->second;
}

const User* Directory::by_mail(std::string_view mail) const {
    const auto found = by_mail_.find(normal_mail(mail));
    return found == by_mail_.end() ? nullptr : find(found->second);
}

const User* Directory::by_person(std::int64_t person) const {
    const auto found = by_person_.find(person);
    return found == by_person_.end() ? nullptr : find(found->second);
}

Principal Directory::principal(const User& user) const {
    Principal who;
    who.user = user.id;
    who.person = user.person;
    who.name = user.name;
    who.mail = user.mail;
    who.language = user.language;
    who.roles = user.roles;
    who.custom_roles = user.custom_roles;
    who.items = user.items;
    if (const auto reports = reports_.find(user.person); reports != reports_.end())
        who.reports = reports->second;
    return who;
}

}  // namespace maru::identity
