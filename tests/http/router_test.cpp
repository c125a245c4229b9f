// Which route answers, and what handlers find in a request.
#include "http/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/target.hpp"

namespace maru::http {
namespace {

Handler nothing() {
    return [](Request&, const Captures&) { return Response(); };
}

class Routes : public testing::Test {
protected:
    Routes() {
        for (const char* pattern : {"/", "/o/{org}/{rest...}", "/o/{org}/api/v1/registers/{register}",
                                    "/o/{org}/api/v1/registers/{register}/records/{id}", "/healthz"})
            router.add({.pattern = pattern, .handler = nothing()});
        router.add({.method = Method::get, .pattern = "/o/{org}/api/v1/registers/new", .handler = nothing()});
        router.add(
            {.method = Method::put, .pattern = "/o/{name}/api/v1/registers/{code}", .handler = nothing()});
    }
    std::string found(Method method, std::string_view path) {
        const auto match = router.find(method, path);
        return match.route == nullptr ? "" : match.route->pattern;
    }

    Router router;
};

TEST_F(Routes, LiteralsWinOverPlaceholdersAndThoseOverTheRest) {
    EXPECT_EQ(found(Method::get, "/"), "/");
    EXPECT_EQ(found(Method::get, "/o/maru/api/v1/registers/new"), "/o/{org}/api/v1/registers/new");
    EXPECT_EQ(found(Method::get, "/o/maru/api/v1/registers/device"), "/o/{org}/api/v1/registers/{register}");
    EXPECT_EQ(found(Method::get, "/o/maru/api/v1/nowhere"), "/o/{org}/{rest...}");
    EXPECT_EQ(found(Method::put, "/o/maru/api/v1/registers/new"), "/o/{name}/api/v1/registers/{code}");
    EXPECT_EQ(found(Method::head, "/healthz"), "/healthz");
}

TEST_F(Routes, PlaceholdersAreNeverEmptyButTheRestMayBe) {
    EXPECT_EQ(found(Method::get, "/o/maru"), "");
    EXPECT_EQ(found(Method::get, "/o/maru/"), "/o/{org}/{rest...}");
    EXPECT_EQ(router.find(Method::get, "/o/maru/").captures["rest"], "");
    EXPECT_EQ(router.find(Method::get, "/o/maru/a/b/").captures["rest"], "a/b/");
    EXPECT_EQ(found(Method::put, "/o/maru/api/v1/registers/"), "");
}

TEST_F(Routes, EachRouteNamesItsOwnPlaceholders) {
    const auto get = router.find(Method::get, "/o/まる/api/v1/registers/device/records/7").captures;
    EXPECT_EQ(get["org"], "まる");
    EXPECT_EQ(get["register"], "device");
    EXPECT_EQ(get["id"], "7");
    EXPECT_EQ(get["nothing"], "");
    const auto put = router.find(Method::put, "/o/まる/api/v1/registers/device").captures;
    EXPECT_EQ(put["name"], "まる");
    EXPECT_EQ(put["code"], "device");
}

TEST_F(Routes, KnowsWhatAPathTakes) {
    EXPECT_THAT(router.find(Method::post, "/o/maru/api/v1/registers/device").allowed,
                testing::ElementsAre(Method::get, Method::put));
    EXPECT_THAT(router.find(Method::post, "/nowhere").allowed, testing::IsEmpty());
    EXPECT_EQ(router.routes().size(), 7U);
}

TEST_F(Routes, TheSameRouteTwiceIsOurMistake) {
    EXPECT_DEATH(router.add({.pattern = "/o/{x}/{y...}", .handler = nothing()}), "is already there");
}

TEST(Target, IsDecoded) {
    const auto target =
        parse_target("/o/%E3%81%BE%E3%82%8B/a+b;c=1?q=%E7%94%B0%20%E4%B8%AD+x&empty&=v&a=1&a=2%3D");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/o/まる/a+b;c=1");
    EXPECT_THAT(target->query, testing::ElementsAre(testing::Pair("q", "田 中 x"), testing::Pair("empty", ""),
                                                    testing::Pair("", "v"), testing::Pair("a", "1"),
                                                    testing::Pair("a", "2=")));
    const auto absolute = parse_target("http://maru.test:80/a?b=c");
    ASSERT_TRUE(absolute);
    EXPECT_EQ(absolute->authority, "maru.test:80");
    EXPECT_EQ(absolute->path, "/a");
}

TEST(Target, HasAWayBack) {
    EXPECT_EQ(encode_path("/台帳/a b"), "/%E5%8F%B0%E5%B8%B3/a%20b");
    EXPECT_EQ(encode_component("a/b&c"), "a%2Fb%26c");
    EXPECT_EQ(parse_target(encode_path("/台帳/a b%2F"))->path, "/台帳/a b%2F");
}

TEST(Request, FindsHeadersParametersAndCookies) {
    Request request;
    request.headers.add("cookie", "a=1; session=\"x y\";b=; session=second");
    request.headers.add("Cookie", "other=ok");
    request.query = {{"q", "1"}, {"q", "2"}};
    EXPECT_EQ(request.cookie("session"), "x y");
    EXPECT_EQ(request.cookie("b"), "");
    EXPECT_EQ(request.cookie("other"), "ok");
    EXPECT_EQ(request.cookie("Session"), std::nullopt);
    EXPECT_EQ(request.parameter("q"), "1");
    EXPECT_EQ(request.parameter("x"), std::nullopt);
    EXPECT_EQ(request.headers.find("COOKIE"), "a=1; session=\"x y\";b=; session=second");
    request.headers.set("Cookie", "only=1");
    EXPECT_EQ(request.headers.all().size(), 1U);
}

}  // namespace
}  // namespace maru::http
