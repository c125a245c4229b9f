// Every file of tests/api/conversations is a test (README.md).
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "api/endpoints.hpp"
#include "sample_world.hpp"

namespace maru::api {
namespace {

namespace fs = std::filesystem;

const fs::path folder_of_conversations = fs::path(MARU_SOURCE_DIR) / "tests" / "api" / "conversations";

std::vector<fs::path> all_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder_of_conversations))
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

std::vector<conversation::Turn> turns_of(const fs::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    auto turns = conversation::read_conversation(text.str());
    EXPECT_TRUE(turns) << file << ": " << turns.error().message.en;
    return turns ? *turns : std::vector<conversation::Turn>{};
}

class Conversation : public testing::Test {
public:
    explicit Conversation(fs::path file) : file_(std::move(file)) {}
    void TestBody() override {
        SampleWorld world;
        const std::string name = file_.filename().string();
        conversation::Names names;
        for (const conversation::Turn& turn : turns_of(file_)) {
            const testing::ScopedTrace trace(name.c_str(), turn.line,
                                             fmt::format("{} {} {}", turn.who, turn.method, turn.target));
            if (!turn.clock.empty()) world.at(turn.clock);
            EXPECT_EQ(differs(turn, world.ask(turn, names), names), "");
        }
    }

private:
    fs::path file_;
};

const bool registered = [] {
    for (const fs::path& file : all_files()) {
        std::string name = file.stem().string();
        std::ranges::replace(name, '-', '_');  // which --gtest_filter takes for itself
        testing::RegisterTest("Conversations", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                              [file]() -> testing::Test* { return new Conversation(file); });
    }
    return true;
}();

TEST(AllConversations, ShowTheAnswerOfEveryEndpoint) {
    std::set<std::string> silent;
    http::Router router;
    for (const Endpoint& endpoint : all_endpoints()) {
        http::Route route;
        route.method = endpoint.method;
        route.pattern = endpoint.pattern;
        router.add(std::move(route));
        silent.insert(fmt::format("{} {}", http::name_of(endpoint.method), endpoint.pattern));
    }
    for (const fs::path& file : all_files())
        for (const conversation::Turn& turn : turns_of(file)) {
            if (turn.status < 200 || turn.status > 299) continue;
            const std::string path = turn.target.substr(0, turn.target.find('?'));
            for (const http::Method method : {http::Method::get, http::Method::post, http::Method::put,
                                              http::Method::patch, http::Method::remove}) {
                if (http::name_of(method) != turn.method) continue;
                const auto match = router.find(method, path);
                if (match.route) silent.erase(turn.method + " " + match.route->pattern);
            }
        }
    std::string missing;
    for (const std::string& one : silent) missing += one + "\n";
    EXPECT_EQ(missing, "") << "add them to tests/api/conversations";
}

}  // namespace
}  // namespace maru::api
