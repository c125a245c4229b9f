// Every file of tests/api/conversations is a test (README.md).
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "api/service.hpp"
#include "crypto/hash.hpp"
#include "http/target.hpp"
#include "people.hpp"
#include "tests/sample/sample_organisation.hpp"
#include "tests/store/temporary_folder.hpp"
#include "text_conversation.hpp"

namespace maru::api {
namespace {

namespace fs = std::filesystem;

const fs::path folder_of_conversations = fs::path(MARU_SOURCE_DIR) / "tests" / "api" / "conversations";

const Catalog& catalog() {
    static const auto loaded = Catalog::load(fs::path(MARU_SOURCE_DIR) / "catalog").value();
    return *loaded;
}

// A copy of the sample organisation, served.
class World {
public:
    World()
        : service_(catalog(), {[this](Site& site, const http::Request&) { return authenticated(site); }}) {
        const fs::path original = sample::sample_organisation().folder;
        auto database = store::Database::open(original / "maru.db", store::OpenMode::read_only).value();
        EXPECT_TRUE(database.execute("vacuum into '" + (folder_ / "maru.db").string() + "'"));
        fs::copy(original / "keys", folder_ / "keys", fs::copy_options::recursive);
        Site::Options options{"sample", folder_.path(), {}};
        options.environment.clock = [this] { return now_; };
        options.environment.random = crypto::random_bytes;
        options.judging = {std::chrono::minutes(1), std::chrono::minutes(1)};  // nothing stale, however slow
        const auto added = service_.add_site(std::move(options));
        EXPECT_TRUE(added) << added.error().message.en;
        for (http::Route& route : service_.routes()) router_.add(std::move(route));
    }

    void at(const std::string& clock) { now_ = parse_instant(clock).value(); }

    http::Response ask(const conversation::Turn& turn, const conversation::Names& names) {
        http::Request request;
        const std::string written = conversation::replace_names(turn.target, names);
        const auto target =
            http::parse_target(written.starts_with("/o/") ? written : "/o/sample/api/v1" + written);
        EXPECT_TRUE(target) << turn.target;
        request.path = target->path;
        request.query = target->query;
        request.body = conversation::replace_names(turn.body, names);
        for (const auto& [name, value] : turn.headers)
            request.headers.set(name, conversation::replace_names(value, names));
        if (!request.body.empty() && !request.headers.find("Content-Type"))
            request.headers.set("Content-Type", "application/json");
        request.id = "TEST-0001";
        who_ = turn.who;
        return answer(turn.method, request);
    }

private:
    std::expected<Authenticated, Problem> authenticated(Site& site) const {
        auto who = person_who_speaks(site, who_);
        if (!who) return std::unexpected(problem_of(who.error()));
        return Authenticated{*who, ""};
    }

    http::Response answer(const std::string& method, http::Request& request) {
        using enum http::Method;
        for (const http::Method one : {get, head, post, put, patch, remove, options})
            if (http::name_of(one) == method) request.method = one;
        const auto match = router_.find(request.method, request.path);
        if (!match.route)
            return Service::protocol_problem(&request, match.allowed.empty() ? 404 : 405,
                                             {"-", "no such route"});
        http::Response response = match.route->handler(request, match.captures);
        if (request.method == get) http::apply_conditions(request, response);
        return response;
    }

    store::TemporaryFolder folder_;
    Instant now_ = Instant(sample::today.sys_days());  // 9:00 in Japan
    std::string who_;
    http::Router router_;
    Service service_;
};

void check_answer(const conversation::Turn& turn, const http::Response& response,
                  conversation::Names& names) {
    EXPECT_EQ(response.status, turn.status) << response.text();
    for (const auto& [name, wanted] : turn.demanded_headers) {
        const auto why = conversation::differs(wanted, response.headers.find(name).value_or("(none)"), names);
        EXPECT_FALSE(why) << name << why.value_or("");
    }
    for (const std::string& text : turn.texts)
        EXPECT_NE(response.text().find(conversation::replace_names(text, names)), std::string_view::npos)
            << text << " is not in " << response.text();
    for (const std::string& text : turn.no_texts)
        EXPECT_EQ(response.text().find(conversation::replace_names(text, names)), std::string_view::npos)
            << text << " is in " << response.text();
    if (turn.demanded.empty()) return;
    boost::json::error_code failed;
    const auto demanded = boost::json::parse(turn.demanded, failed);
    ASSERT_FALSE(failed) << "what is demanded is no JSON: " << turn.demanded;
    const auto value = boost::json::parse(response.text(), failed);
    ASSERT_FALSE(failed) << "no JSON: " << response.text();
    const auto why = conversation::differs(demanded, value, names);
    EXPECT_FALSE(why) << why.value_or("");
}

class Conversation : public testing::Test {
public:
    explicit Conversation(fs::path file) : file_(std::move(file)) {}
    void TestBody() override {
        std::ifstream in(file_);
        std::stringstream text;
        text << in.rdbuf();
        const auto turns = conversation::read_conversation(text.str());
        ASSERT_TRUE(turns) << turns.error().message.en;
        World world;
        const std::string name = file_.filename().string();
        conversation::Names names;
        for (const conversation::Turn& turn : *turns) {
            const testing::ScopedTrace trace(name.c_str(), turn.line,
                                             fmt::format("{} {} {}", turn.who, turn.method, turn.target));
            if (!turn.clock.empty()) world.at(turn.clock);
            check_answer(turn, world.ask(turn, names), names);
        }
    }

private:
    fs::path file_;
};

const bool registered = [] {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder_of_conversations))
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::ranges::sort(files);
    for (const fs::path& file : files) {
        std::string name = file.stem().string();
        std::ranges::replace(name, '-', '_');  // which --gtest_filter takes for itself
        testing::RegisterTest("Conversations", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                              [file]() -> testing::Test* { return new Conversation(file); });
    }
    return true;
}();

}  // namespace
}  // namespace maru::api
