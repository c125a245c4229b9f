// What is refused, and how: malformed, oversized, smuggled, slow.
#include <latch>
#include <stdexcept>

#include "tests/http/world.hpp"

namespace maru::http {
namespace {

Response found(Request& request, const Captures&) {
    return text_response(200, "text/plain", request.path + "[" + request.body + "]");
}

class Hostile : public testing::Test {
protected:
    Hostile() {
        served_.options.limits.header = 2000;
        served_.router.add({.pattern = "/{all...}", .handler = found, .work = Work::quick});
        served_.router.add(
            {.method = Method::post, .pattern = "/{all...}", .handler = found, .body_limit = 1000});
        address_ = served_.start();
    }
    // The answer, after which the connection has ended: nothing that follows is taken for a request.
    std::string refused(const std::string& request) {
        const std::string answer = answer_to(address_, request);
        EXPECT_EQ(answer.find("X-Request-Id: ", answer.find("X-Request-Id: ") + 1), std::string::npos)
            << "two answers: " << answer;
        EXPECT_EQ(header_of(answer, "Connection"), "close") << answer;
        return answer;
    }

    Served served_;
    std::string address_;
};

TEST_F(Hostile, MalformedRequestLinesAreRefused) {
    for (const std::string line : {"GET", "GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 x", " GET / HTTP/1.1",
                                   "GET / HTTP/2.0", "GET / http/1.1", "GET / HTTP/1.12", "G(T / HTTP/1.1",
                                   "\x16\x03\x01 TLS", "GET /\x01 HTTP/1.1", "GET a HTTP/1.1"})
        EXPECT_EQ(status_of(refused(line + "\r\nHost: h\r\n\r\n" + get("/second"))), 400) << line;
    EXPECT_EQ(status_of(refused("BREW / HTTP/1.1\r\nHost: h\r\n\r\n")), 501);
    EXPECT_EQ(status_of(refused("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n")), 501);
    EXPECT_EQ(status_of(refused("CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n")), 501);
}

TEST_F(Hostile, AmbiguousHeadersAreRefused) {
    for (const std::string headers :
         {"", "Host: a\r\nHost: b\r\n", "Host: a b\r\n", "Host: a/b\r\n", "Host: h\r\nX: a\r\n b\r\n",
          "Host: h\r\n X: a\r\n", "Host: h\r\nX : a\r\n", "Host: h\r\n: a\r\n", "Host: h\r\nnocolon\r\n",
          "Host: h\nX: a\r\n", "Host: h\r\nX: a\rb\r\n", "Host: h\r\nX: a\x01\r\n",
          "Host: h\r\nX\x80: a\r\n"})
        EXPECT_EQ(status_of(refused("GET / HTTP/1.1\r\n" + headers + "\r\n" + get("/second"))), 400)
            << headers;
    EXPECT_EQ(status_of(refused("GET / HTTP/1.1\nHost: h\n\n")), 400);
    EXPECT_EQ(status_of(refused("GET / HTTP/1.1\r\n" + std::string("Host: h\r\nX: a\0b\r\n\r\n", 20))), 400);
}

TEST_F(Hostile, BodiesOfTwoLengthsAreRefused) {
    const std::string smuggled = get("/smuggled");
    for (const std::string headers :
         {"Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n",
          "Content-Length: 5, 5\r\n", "Content-Length: 5,6\r\n", "Content-Length: -1\r\n",
          "Content-Length: +5\r\n", "Content-Length: 0x5\r\n", "Content-Length: 5 5\r\n",
          "Content-Length: \r\n", "Content-Length: 99999999999999999999\r\n",
          "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"})
        EXPECT_EQ(
            status_of(refused("POST /a HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n0\r\n\r\n" + smuggled)), 400)
            << headers;
    for (const std::string coding :
         {"gzip, chunked", "chunked, gzip", "xchunked", "chunked, chunked", "identity"})
        EXPECT_EQ(status_of(refused("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: " + coding +
                                    "\r\n\r\n0\r\n\r\n" + smuggled)),
                  501)
            << coding;
    EXPECT_EQ(status_of(refused("POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")), 400);
    EXPECT_EQ(served_.log().size(), 19U) << "no smuggled request was served";
}

TEST_F(Hostile, MalformedChunksAreRefused) {
    for (const std::string body : {"x\r\n", "-1\r\n", "5\r\nabcdeXX0\r\n\r\n", "5\nabcde\n0\n\n",
                                   "fffffffffffffffff\r\n", "0x5\r\nabcde\r\n0\r\n\r\n", " 5\r\nabcde\r\n"})
        EXPECT_EQ(status_of(refused("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" +
                                    body + get("/second"))),
                  400)
            << body;
    const std::string endless = "5;" + std::string(5000, 'x');
    EXPECT_EQ(
        status_of(refused("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + endless)),
        400);
}

TEST_F(Hostile, PathTricksAreRefused) {
    for (const std::string path : {"/..",         "/../etc/passwd",
                                   "/a/../b",     "/a/./b",
                                   "/.",          "/a//b",
                                   "//",          "//evil.example/",
                                   "/%2e%2e/etc", "/a/%2E%2E",
                                   "/a%2Fb",      "/a%2fb",
                                   "/a%5Cb",      "/a\\b",
                                   "/a%00b",      "/a%0d%0aX:1",
                                   "/a%7f",       "/%",
                                   "/%4",         "/%zz",
                                   "/%c0%af",     "/%c0%ae%c0%ae/",
                                   "/%e0%80%af",  "/%ff",
                                   "/%ed%a0%80",  "/a#b",
                                   "*",           "http://",
                                   "http://h",    "/a?x=%",
                                   "/a?x=%ff",    "/a?x=%00",
                                   "/a?%c0%af=1"})
        EXPECT_EQ(status_of(refused(get(path))), 400) << path;
    std::string many = "/a?";
    for (int i = 0; i < 300; ++i) many += "a&";
    EXPECT_EQ(status_of(refused(get(many))), 400);
}

TEST_F(Hostile, OversizedRequestsAreRefused) {
    EXPECT_EQ(status_of(refused("GET /" + std::string(3000, 'a'))), 414);
    EXPECT_EQ(status_of(refused("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(3000, 'a'))), 431);
    std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (int i = 0; i < 150; ++i) many += "a: b\r\n";
    EXPECT_EQ(status_of(refused(many + "\r\n")), 431);
    EXPECT_EQ(status_of(refused("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n")), 413);
    EXPECT_EQ(status_of(refused("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n")),
              413);
    const std::string chunk = "1f4\r\n" + std::string(500, 'a') + "\r\n";  // three of 500 bytes: one too many
    EXPECT_EQ(status_of(refused("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk +
                                chunk + chunk)),
              413);
}

TEST_F(Hostile, BodiesThatNobodyTakesAreNotReadAsRequests) {
    const std::string body = get("/smuggled");
    const std::string answer = refused(
        "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_EQ(status_of(answer), 405);
}

TEST_F(Hostile, HandlersCannotBreakOutOfAHeader) {
    Served served;
    served.router.add({.pattern = "/to", .handler = [](Request& request, const Captures&) {
                           return redirect(std::string(*request.parameter("where")));
                       }});
    const std::string answer = answer_to(
        served.start(), get("/to?where=/a%0d%0aSet-Cookie:%20x=1%0d%0a%0d%0abody", "Connection: close\r\n"));
    EXPECT_EQ(status_of(answer), 303);
    EXPECT_EQ(header_of(answer, "Set-Cookie"), "");
    EXPECT_EQ(header_of(answer, "Location"), "/a  Set-Cookie: x=1    body");
}

// Whoever may not send a large body is told so before it is sent, and nothing of it is kept.
TEST(Strangers, SendNoLargeBodies) {
    Options options;
    options.limits.memory_body = 1000;
    options.spool = std::filesystem::path(testing::TempDir()) / "maru-strangers";
    std::filesystem::remove_all(options.spool);
    std::filesystem::create_directories(options.spool);
    Served served(options);
    const auto admit = [](Request& request, const Captures&) -> std::optional<Response> {
        if (request.headers.find("X-Throws")) throw std::runtime_error("of a library");
        if (request.headers.find("X-Key")) return std::nullopt;
        return text_response(401, "text/plain", "who are you?");
    };
    served.router.add({.method = Method::post,
                       .pattern = "/files",
                       .handler =
                           [](Request& request, const Captures&) {
                               return text_response(200, "text/plain",
                                                    request.body_file ? "kept" : request.body);
                           },
                       .admit = admit,
                       .body_limit = 10'000'000});
    const std::string address = served.start();
    const auto answer = [&](const std::string& headers, const std::string& body) {
        Client client(address);
        client.send("POST /files HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body);
        return client.read_answer();
    };
    const std::string refused = answer("Content-Length: 3000000\r\n", "");
    EXPECT_EQ(status_of(refused), 401);
    EXPECT_EQ(header_of(refused, "Connection"), "close");
    EXPECT_EQ(status_of(answer("Content-Length: 3000000\r\nExpect: 100-continue\r\n", "")), 401);
    EXPECT_EQ(status_of(answer("Transfer-Encoding: chunked\r\n", "1f4\r\n")), 401) << "of unknown size";
    EXPECT_EQ(status_of(answer("X-Throws: 1\r\nContent-Length: 3000000\r\n", "")), 500);
    EXPECT_TRUE(std::filesystem::is_empty(options.spool));
    EXPECT_EQ(content_of(answer("Content-Length: 3\r\n", "abc")), "abc") << "the handler asks by itself";
    EXPECT_EQ(content_of(answer("X-Key: 1\r\nContent-Length: 20000\r\n", std::string(20'000, 'a'))), "kept");
}

TEST(Slow, RequestsThatDoNotArriveAreRefused) {
    Options options;
    options.limits.header_patience = options.limits.body_patience = std::chrono::milliseconds(60);
    Served served(options);
    served.router.add({.method = Method::post, .pattern = "/a", .handler = found});
    const std::string address = served.start();
    Client header(address), body(address), chunk(address);
    header.send("GET /a HTTP/1.1\r\nHost: h\r\n");
    body.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
    chunk.send("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc");
    for (Client* const client : {&header, &body, &chunk}) EXPECT_EQ(status_of(client->read_all()), 408);
}

TEST(Slow, DrippedBodiesAreRefused) {
    Options options;
    options.limits.body_patience = std::chrono::milliseconds(100);
    Served served(options);
    served.router.add({.method = Method::post, .pattern = "/a", .handler = found});
    Client client(served.start());
    client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
    std::jthread dripping([&](const std::stop_token& stopped) {  // each byte in time, all of them too slowly
        while (!stopped.stop_requested()) {
            client.send("x");
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    });
    EXPECT_EQ(status_of(client.read_answer()), 408);
}

TEST(Slow, IdleConnectionsEndWithoutAWord) {
    Options options;
    options.limits.idle = std::chrono::milliseconds(50);
    Served served(options);
    served.router.add({.pattern = "/a", .handler = found});
    const std::string address = served.start();
    EXPECT_TRUE(Client(address).is_closed());
    Client used(address);
    used.send(get("/a"));
    EXPECT_EQ(status_of(used.read_answer()), 200);
    EXPECT_TRUE(used.is_closed());
}

TEST(Slow, AReaderThatStopsReadingIsDropped) {
    Options options;
    options.limits.body_patience = std::chrono::milliseconds(60);
    Served served(options);
    served.router.add({.pattern = "/large", .handler = [](Request&, const Captures&) {
                           return text_response(200, "application/octet-stream", std::string(64 << 20, 'x'));
                       }});
    Client client(served.start());
    client.send(get("/large"));
    served.wait_for_log(1);  // the answer ends although it was not read
    EXPECT_LT(served.log()[0].sent, 64U << 20);
}

TEST(Limits, ConnectionsAreCounted) {
    Options options;
    options.limits.connections = 2;
    Served served(options);
    served.router.add({.pattern = "/a", .handler = found});
    const std::string address = served.start();
    Client first(address), second(address);
    for (Client* const client : {&first, &second}) {
        client->send(get("/a"));
        EXPECT_EQ(status_of(client->read_answer()), 200);
    }
    Client third(address);
    const std::string refusal = third.read_all();
    EXPECT_EQ(status_of(refusal), 503);
    EXPECT_EQ(header_of(refusal, "Retry-After"), "5");
    first.send(get("/a"));
    EXPECT_EQ(status_of(first.read_answer()), 200) << "those who were there are served on";
}

TEST(Limits, ConnectionsOfAPeerAreCounted) {
    Options options;
    options.limits.connections_per_peer = 1;
    Served served(options);
    served.router.add({.pattern = "/a", .handler = found});
    const std::string address = served.start();
    {
        Client first(address);
        first.send(get("/a"));
        EXPECT_EQ(status_of(first.read_answer()), 200);
        EXPECT_EQ(status_of(Client(address).read_all()), 503);
    }
    while (served.server().statistics().open_connections > 0) std::this_thread::yield();
    Client next(address);
    next.send(get("/a"));
    EXPECT_EQ(status_of(next.read_answer()), 200);
}

TEST(Limits, WhoAsksTooOftenWaits) {
    Options options;
    options.limits.requests_per_second = 0.1;  // and one at once
    Served served(options);
    served.router.add({.pattern = "/a", .handler = found});
    Client client(served.start());
    client.send(get("/a") + get("/a"));
    EXPECT_EQ(status_of(client.read_answer()), 200);
    const std::string refusal = client.read_answer();
    EXPECT_EQ(status_of(refusal), 429);
    EXPECT_EQ(header_of(refusal, "Retry-After"), "10");
}

TEST(Limits, TheQueueForSlowWorkIsFinite) {
    Options options;
    options.limits.queued = 1;
    options.slow_threads = 1;
    Served served(options);
    std::latch began(1), may_end(1);
    served.router.add({.pattern = "/first", .handler = [&](Request& request, const Captures& captures) {
                           began.count_down();
                           may_end.wait();
                           return found(request, captures);
                       }});
    served.router.add({.pattern = "/slow", .handler = found});
    served.router.add({.pattern = "/quick", .handler = found, .work = Work::quick});
    const std::string address = served.start();
    Client first(address), second(address), third(address), fourth(address);
    first.send(get("/first"));
    began.wait();
    second.send(get("/slow"));
    third.send(get("/slow"));
    served.wait_for_log(1);  // one of the two waits, the other was refused
    fourth.send(get("/quick"));
    EXPECT_EQ(status_of(fourth.read_answer()), 200) << "quick work goes on";
    may_end.count_down();
    EXPECT_EQ(status_of(first.read_answer()), 200);
    const std::string answers[] = {second.read_answer(), third.read_answer()};
    const std::string& refusal = status_of(answers[0]) == 503 ? answers[0] : answers[1];
    EXPECT_EQ(status_of(answers[0]) + status_of(answers[1]), 200 + 503);
    EXPECT_EQ(header_of(refusal, "Retry-After"), "1");
}

TEST(Proxies, OnlyTrustedOnesSayWhoAsks) {
    const auto who = [](Request& request, const Captures&) {
        return text_response(200, "text/plain", request.peer + (request.secure ? " secure" : " open"));
    };
    const std::string request =
        get("/a", "X-Forwarded-For: 203.0.113.9, 198.51.100.7, 10.0.0.1\r\nX-Forwarded-Proto: https\r\n");
    Served plain;
    plain.router.add({.pattern = "/a", .handler = who});
    Client stranger(plain.start());
    stranger.send(request);
    EXPECT_EQ(content_of(stranger.read_answer()), "127.0.0.1 open");
    Options options;
    options.trusted_proxies = {"127.0.0.1", "10.0.0.1"};
    Served behind(options);
    behind.router.add({.pattern = "/a", .handler = who});
    Client proxy(behind.start());
    proxy.send(request);
    EXPECT_EQ(content_of(proxy.read_answer()), "198.51.100.7 secure");
    proxy.send(get("/a", "X-Forwarded-For: <script>\r\n"));
    EXPECT_EQ(content_of(proxy.read_answer()), "127.0.0.1 open") << "what is no address counts for nothing";
}

}  // namespace
}  // namespace maru::http
