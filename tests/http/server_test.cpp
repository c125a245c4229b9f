// Conversations over real sockets: what a client may rely on.
#include <barrier>
#include <latch>

#include "tests/http/world.hpp"

namespace maru::http {
namespace {

Handler says(std::string text) {
    return
        [text](Request&, const Captures&) { return text_response(200, "text/plain; charset=utf-8", text); };
}

// Tells the request back: method, path, query, body.
Response echo(Request& request, const Captures&) {
    std::string text = std::string(name_of(request.method)) + " " + request.path;
    for (const auto& [name, value] : request.query) text += " " + name + "=" + value;
    return text_response(200, "text/plain; charset=utf-8", text + " [" + request.body + "]");
}

TEST(Server, AnswersAndKeepsTheConnection) {
    Served served;
    served.router.add({.pattern = "/点検", .handler = says("○"), .work = Work::quick});
    Client client(served.start());
    for (int i = 0; i < 3; ++i) {
        client.send(get("/%E7%82%B9%E6%A4%9C"));
        const std::string answer = client.read_answer();
        EXPECT_EQ(status_of(answer), 200);
        EXPECT_EQ(content_of(answer), "○");
        EXPECT_EQ(header_of(answer, "Content-Length"), "3");
        EXPECT_EQ(header_of(answer, "X-Request-Id").size(), 9U);
        EXPECT_TRUE(header_of(answer, "Date").ends_with(" GMT")) << answer;
    }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    Served served;
    served.router.add({.pattern = "/slow/{n}", .handler = echo, .work = Work::slow});
    served.router.add({.pattern = "/quick/{n}", .handler = echo, .work = Work::quick});
    Client client(served.start());
    std::string requests;
    for (int i = 0; i < 50; ++i) requests += get((i % 2 == 0 ? "/slow/" : "/quick/") + std::to_string(i));
    client.send(requests);
    for (int i = 0; i < 50; ++i)
        EXPECT_TRUE(content_of(client.read_answer()).contains("/" + std::to_string(i) + " ")) << i;
}

TEST(Server, TakesRequestsByteByByte) {
    Served served;
    served.router.add({.method = Method::post, .pattern = "/a", .handler = echo});
    Client client(served.start());
    for (const char c :
         std::string_view("\r\nPOST /a?x=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n公開"))
        client.send({&c, 1});
    EXPECT_EQ(content_of(client.read_answer()), "POST /a x=1 [公開]");
}

TEST(Server, AnswersHeadLikeGetWithoutContent) {
    Served served;
    served.router.add({.pattern = "/a", .handler = says("内容"), .work = Work::quick});
    Client client(served.start());
    client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + get("/a"));
    const std::string head = client.read_answer("HEAD");
    EXPECT_EQ(header_of(head, "Content-Length"), "6");
    EXPECT_EQ(content_of(head), "");
    EXPECT_EQ(content_of(client.read_answer()), "内容");
}

TEST(Server, SaysWhichMethodsAPathTakes) {
    Served served;
    served.router.add({.pattern = "/a", .handler = says("")});
    served.router.add({.method = Method::put, .pattern = "/a", .handler = says("")});
    const std::string address = served.start();
    const std::string refusal =
        answer_to(address, "DELETE /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(status_of(refusal), 405);
    EXPECT_EQ(header_of(refusal, "Allow"), "GET, HEAD, PUT");
    const std::string options =
        answer_to(address, "OPTIONS /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(status_of(options), 204);
    EXPECT_EQ(header_of(options, "Allow"), "GET, HEAD, PUT");
    EXPECT_EQ(status_of(answer_to(address, get("/b", "Connection: close\r\n"))), 404);
}

TEST(Server, SpeaksHttp10) {
    Served served;
    served.router.add({.pattern = "/a", .handler = says("x"), .work = Work::quick});
    const std::string address = served.start();
    EXPECT_EQ(content_of(answer_to(address, "GET /a HTTP/1.0\r\n\r\n")), "x");
    Client client(address);
    client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(header_of(client.read_answer(), "Connection"), "keep-alive");
    client.send("GET /a HTTP/1.0\r\n\r\n");
    EXPECT_EQ(content_of(client.read_all()), "x");
}

TEST(Server, TakesChunkedBodies) {
    Served served;
    served.router.add({.method = Method::post, .pattern = "/a", .handler = echo});
    Client client(served.start());
    client.send(
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;name=value\r\nabcde\r\n3\r\nfgh\r\n0\r\nTrailer: x\r\n\r\n" +
        get("/missing"));
    EXPECT_EQ(content_of(client.read_answer()), "POST /a [abcdefgh]");
    EXPECT_EQ(status_of(client.read_answer()), 404);
}

TEST(Server, AsksForTheBodyThatWaits) {
    Served served;
    served.router.add({.method = Method::post, .pattern = "/a", .handler = echo, .body_limit = 100});
    const std::string address = served.start();
    Client client(address);
    client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    EXPECT_EQ(content_of(client.read_answer()), "POST /a [abc]");
    Client other(address);  // one whose body is not wanted is told so before it sends it
    other.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(status_of(other.read_answer()), 413);
}

TEST(Server, KeepsLargeBodiesInFilesUntilTheAnswer) {
    Options options;
    options.limits.memory_body = 1000;
    options.spool = std::filesystem::path(testing::TempDir()) / "maru-spool";
    std::filesystem::remove_all(options.spool);
    std::filesystem::create_directories(options.spool);
    Served served(options);
    std::filesystem::path file;
    served.router.add({.method = Method::put,
                       .pattern = "/files/{name}",
                       .handler =
                           [&](Request& request, const Captures&) {
                               file = request.body_file.value();
                               const auto size = std::filesystem::file_size(file);
                               return text_response(200, "text/plain", std::to_string(size) + request.body);
                           },
                       .body_limit = 10'000'000});
    Client client(served.start());
    const std::string body(3'000'000, 'z');
    client.send("PUT /files/a HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n" + body);
    EXPECT_EQ(content_of(client.read_answer()), "3000000");
    client.send("PUT /files/a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2dc6c0\r\n" + body +
                "\r\n0\r\n\r\n");
    EXPECT_EQ(content_of(client.read_answer()), "3000000");
    served.wait_for_log(2);
    EXPECT_TRUE(std::filesystem::is_empty(options.spool)) << "the file goes when it was answered: " << file;
}

TEST(Server, LogsWhatWasAsked) {
    Served served;
    served.router.add({.pattern = "/a", .handler = says("12345")});
    Client client(served.start());
    client.send(get("/a?token=secret"));
    const std::string answer = client.read_answer();
    served.wait_for_log(1);
    const Access access = served.log()[0];
    EXPECT_EQ(access.path, "/a");
    EXPECT_EQ(access.status, 200);
    EXPECT_EQ(access.sent, 5U);
    EXPECT_EQ(access.peer, "127.0.0.1");
    EXPECT_EQ(access.id, header_of(answer, "X-Request-Id"));
    EXPECT_EQ(served.server().statistics().requests, 1U);
}

TEST(Server, SurvivesAHandlerThatThrows) {
    Served served;
    served.router.add(
        {.pattern = "/a", .handler = [](Request&, const Captures&) -> Response { throw std::bad_alloc(); }});
    served.router.add({.pattern = "/b", .handler = says("b")});
    Client client(served.start());
    client.send(get("/a") + get("/b"));
    EXPECT_EQ(status_of(client.read_answer()), 500);
    EXPECT_EQ(content_of(client.read_answer()), "b");
}

TEST(Server, FinishesWhatWasBegunBeforeItStops) {
    Served served;
    std::latch began(1), may_end(1);
    served.router.add({.pattern = "/slow", .handler = [&](Request&, const Captures&) {
                           began.count_down();
                           may_end.wait();
                           return text_response(200, "text/plain", "done");
                       }});
    const std::string address = served.start();
    Client idle(address), busy(address);
    busy.send(get("/slow"));
    began.wait();
    std::jthread stopping([&] { served.stop(std::chrono::seconds(10)); });
    EXPECT_TRUE(idle.is_closed());  // so the server is stopping
    may_end.count_down();
    const std::string answer = busy.read_all();
    EXPECT_EQ(content_of(answer), "done");
    EXPECT_EQ(header_of(answer, "Connection"), "close");
}

TEST(Server, StopsWhenWhatWasBegunTakesTooLong) {
    Served served;
    served.router.add({.method = Method::post, .pattern = "/a", .handler = echo});
    Client client(served.start());
    client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    client.read_until("100 Continue\r\n\r\n");
    served.stop(std::chrono::milliseconds(50));  // returns although the body never comes
    EXPECT_TRUE(client.is_closed());
}

TEST(Server, SaysWhereItCannotListen) {
    Served first;
    const std::string address = first.start();
    const Router router;
    for (const std::string where :
         {"nowhere", "127.0.0.1", "127.0.0.1:70000", "127.0.0.1:80x", "localhost:1"}) {
        const auto server = Server::listen(router, {.listen = where});
        ASSERT_FALSE(server) << where;
        EXPECT_EQ(server.error().kind, ErrorKind::invalid);
        EXPECT_TRUE(server.error().message.en.contains(where));
    }
    const auto taken = Server::listen(router, {.listen = address.substr(7)});
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, ErrorKind::unavailable);
}

TEST(Server, ServesManyAtOnce) {
    Served served;
    served.router.add({.pattern = "/quick/{n}", .handler = echo, .work = Work::quick});
    served.router.add({.pattern = "/slow/{n}", .handler = echo, .work = Work::slow});
    const std::string address = served.start();
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> clients;
        for (int t = 0; t < 8; ++t)
            clients.emplace_back([&, t] {
                Client client(address);
                for (int i = 0; i < 100; ++i) {
                    const std::string path =
                        (i % 2 == 0 ? "/quick/" : "/slow/") + std::to_string(t) + "-" + std::to_string(i);
                    client.send(get(path));
                    if (content_of(client.read_answer()) == "GET " + path + " []") ++right;
                }
            });
    }
    EXPECT_EQ(right, 800);
}

}  // namespace
}  // namespace maru::http
