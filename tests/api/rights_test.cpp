// Every operation of the API asked by everybody: rights.txt holds what each is answered with, and
// rights-requests.txt what was asked. MARU_WRITE_RIGHTS=1 writes the table anew, for review.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "api/endpoints.hpp"
#include "crypto/hash.hpp"
#include "sample_world.hpp"

namespace maru::api {
namespace {

namespace fs = std::filesystem;
using conversation::Names;
using conversation::Turn;

const fs::path here = fs::path(MARU_SOURCE_DIR) / "tests" / "api";
constexpr std::string_view password = "錨と灯台 nine lanterns";
constexpr std::string_view start = "2026-11-23T09:00:00+09:00";

std::string text_of(const fs::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

// "= operation, which" and its turns.
struct Row {
    std::string name;
    std::vector<Turn> turns;
    std::string operation() const { return name.substr(0, name.find(',')); }
};

std::vector<Row> rows() {
    std::vector<Row> all;
    std::string name, text;
    const auto close = [&] {
        auto turns = conversation::read_conversation(text);
        EXPECT_TRUE(turns) << name << ": " << turns.error().message.en;
        if (!name.empty() && turns) all.push_back({name, std::move(*turns)});
        text.clear();
    };
    for (const std::string& line : split(text_of(here / "rights-requests.txt"), '\n')) {
        if (!line.starts_with("= ")) {
            text += line + "\n";
            continue;
        }
        close();
        name = line.substr(2);
    }
    close();
    return all;
}

// Who asks: a column of the table.
struct Asker {
    std::string column;
    std::string speaker;  // as in conversations
    std::int64_t user = 0;
    std::string person{};  // its code
};

class Askers {
public:
    explicit Askers(SampleWorld& world) : world_(world) {
        put("custom_role",
            {{"code", "stock"}, {"name", "資産係"}, {"grants", "department:write; absence:read"}});
        add("top", "W01", "top_management");
        add("secm", "E003", "security_manager");
        add("offi", "W02", "security_office");
        add("hr", "W03", "hr");
        add("it", "W04", "it");
        add("mgr", "E018", "member");
        add("mem", "E019", "member");
        add("audi", "", "auditor");
        add("admi", "W05", "system_administrator");
        add("cust", "W06", "member", "stock");
        add("other", "W07", "member");
        others_user = all.back().user;
        all.pop_back();
        const std::int64_t manager = all[1].user;
        add_token("read", manager, identity::TokenScope::read);
        add_token("writ", manager, identity::TokenScope::write);
        add_foreign();
        add_token("ende", manager, identity::TokenScope::admin, std::chrono::hours(-1));
        all.push_back({"nobo", "nobody"});
    }

    void sign_in(const Asker& asker) {
        auto link = world_.site().access().make_link(
            {.kind = identity::LinkKind::sign_in, .user = asker.user, .life = std::chrono::hours(1)});
        const auto session = world_.site().access().redeem_sign_in_link(link.value(), {"127.0.0.1", "test"});
        cookies_[asker.column] = "maru-sample=" + session->token;
        world_.set_cookie(asker.column, cookies_[asker.column]);
    }
    // Signed out, or somebody else by now.
    bool has_changed(const Asker& asker) {
        if (!asker.speaker.starts_with("browser")) return false;
        const std::string& cookie = world_.cookie(asker.column);
        return cookie != cookies_[asker.column] ||
               !world_.site().access().check_session(cookie.substr(cookie.find('=') + 1), "127.0.0.1");
    }

    std::vector<Asker> all;
    std::int64_t others_user = 0;

private:
    std::int64_t put(const std::string& name, registers::WrittenFields fields) {
        auto change = world_.site().put({name, {}, {}, std::move(fields), false}, "");
        EXPECT_TRUE(change) << change.error().message.en;
        return change ? change->id : 0;
    }

    std::string mail_of(const std::string& person) {
        const auto reader = world_.site().readers().now().value();
        const auto id = reader->query_integer("select id from person where code = '" + person + "'").value();
        const auto directory = world_.site().directory();
        const auto* user = directory->by_person(id.value_or(-1));
        return user ? user->mail : person + "@calllink.example";
    }

    void add(const std::string& column, const std::string& person, const std::string& roles,
             const std::string& custom = "") {
        if (person.starts_with("W"))
            put("person", {{"code", person},
                           {"name", "利用者 " + person},
                           {"employment", "employee"},
                           {"joined_on", "2020-04-01"}});
        const std::string mail = person.starts_with("E") ? mail_of(person) : column + "@calllink.example";
        registers::WrittenFields fields{{"mail", mail}, {"roles", roles}, {"custom_roles", custom}};
        if (person.empty())
            fields.insert({{"name", "監査 太郎"}, {"to_day", "2027-03-31"}});
        else
            fields["person"] = person;
        Asker asker{column, "browser(" + column + ")", put("app_user", std::move(fields)), person};
        const auto link = world_.site().access().make_link(
            {.kind = identity::LinkKind::invitation, .user = asker.user, .life = std::chrono::hours(1)});
        EXPECT_TRUE(world_.site().access().redeem_link(link.value(), password, {"127.0.0.1", "test"}));
        sign_in(asker);
        all.push_back(std::move(asker));
    }

    // Of the security manager.
    void add_token(const std::string& column, std::int64_t user, identity::TokenScope scope,
                   std::chrono::hours until_end = std::chrono::hours(1000)) {
        const Instant now = world_.now();
        if (until_end.count() < 0) world_.at(now + 2 * until_end);
        const auto made = world_.site().access().make_token(user, "CI", scope, now + until_end);
        EXPECT_TRUE(made) << made.error().message.en;
        world_.at(now);
        all.push_back({column, "program(" + made->token + ")", user, "E003"});
    }

    // The security manager of another organisation on the same server.
    void add_foreign() {
        Site::Options options{"foreign", folder_ / "foreign", {}};
        options.environment.clock = [this] { return world_.now(); };
        options.environment.random = crypto::random_bytes;
        EXPECT_TRUE(
            registers::Organisation::create(options.folder, sample_catalog().schema, options.environment));
        Site& site = **world_.service().add_site(options);
        const auto user = site.put({"app_user",
                                    {},
                                    {},
                                    {{"name", "他社 花子"},
                                     {"mail", "a@b.example"},
                                     {"roles", "security_manager"},
                                     {"to_day", "2027-03-31"}},
                                    false},
                                   "");
        ASSERT_TRUE(user) << user.error().message.en;
        const auto made = site.access().make_token(user->id, "CI", identity::TokenScope::admin,
                                                   world_.now() + std::chrono::hours(1000));
        all.push_back({"fore", "program(" + made->token + ")", user->id});
    }

    SampleWorld& world_;
    store::TemporaryFolder folder_;
    std::map<std::string, std::string> cookies_;
};

class Rights : public testing::Test {
protected:
    // "yes", or the status that refuses.
    std::string answer(const Row& row, const Asker& asker) {
        Names names{{"who", asker.column},
                    {"person", asker.person},
                    {"user", std::to_string(asker.user)},
                    {"other", std::to_string(askers_.others_user)},
                    {"member", std::to_string(askers_.others_user)},
                    {"manager", std::to_string(askers_.all[1].user)}};
        std::string cell;
        world_.at(std::string(start));
        for (Turn turn : row.turns) {
            if (!turn.clock.empty()) world_.at(turn.clock);
            if (turn.who == "*") turn.who = asker.speaker;
            const http::Response response = world_.ask(turn, names);
            static_cast<void>(differs(turn, response, names));  // keeps what it names
            cell = response.status == turn.status ? "yes" : std::to_string(response.status);
        }
        if (askers_.has_changed(asker)) askers_.sign_in(asker);
        return cell;
    }

    std::string table() {
        std::string out;
        for (const Asker& asker : askers_.all) out += fmt::format("{:<5}", asker.column);
        out += "\n";
        for (const Row& row : rows()) {
            for (const Asker& asker : askers_.all) out += fmt::format("{:<5}", answer(row, asker));
            out += row.name + "\n";
        }
        return out;
    }

    SampleWorld world_;
    Askers askers_{world_};
};

std::string comments_of(const std::string& text) {
    std::string out;
    for (const std::string& line : split(text, '\n'))
        if (line.starts_with('#')) out += line + "\n";
    return out;
}

TEST_F(Rights, AreWhatTheTableSays) {
    const fs::path file = here / "rights.txt";
    const std::string demanded = text_of(file);
    const std::string found = comments_of(demanded) + table();
    if (std::getenv("MARU_WRITE_RIGHTS")) std::ofstream(file) << found;
    EXPECT_EQ(found, demanded);
}

TEST(AllRights, AreShownForEveryOperation) {
    std::set<std::string> shown, all;
    for (const Row& row : rows()) shown.insert(row.operation());
    for (const Endpoint& endpoint : all_endpoints()) all.insert(endpoint.id);
    EXPECT_EQ(shown, all) << "add what is missing to rights-requests.txt";
}

// A part asks for the operation that it is named after.
TEST(AllRights, AreAskedOfTheirOperations) {
    http::Router router;
    std::map<std::string, std::string> ids;
    for (const Endpoint& endpoint : all_endpoints()) {
        http::Route route;
        route.method = endpoint.method;
        route.pattern = endpoint.pattern;
        ids[fmt::format("{} {}", http::name_of(endpoint.method), endpoint.pattern)] = endpoint.id;
        router.add(std::move(route));
    }
    for (const Row& row : rows()) {
        const Turn& last = row.turns.back();
        const std::string path = last.target.substr(0, last.target.find('?'));
        EXPECT_EQ(last.who, "*") << row.name;
        for (const http::Method method : {http::Method::get, http::Method::post, http::Method::put,
                                          http::Method::patch, http::Method::remove}) {
            if (http::name_of(method) != last.method) continue;
            const auto match = router.find(method, path);
            ASSERT_TRUE(match.route) << row.name;
            EXPECT_EQ(ids[last.method + " " + match.route->pattern], row.operation());
        }
    }
}

}  // namespace
}  // namespace maru::api
