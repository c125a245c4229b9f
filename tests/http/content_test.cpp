// Compression, conditions, assets, streams of events: what arrives at the reader.
#include <zlib.h>

#include "http/assets.hpp"
#include "tests/http/world.hpp"

namespace maru::http {
namespace {

std::string gunzip(std::string_view bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string plain(10'000'000, '\0'), input(bytes);
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(plain.data());
    stream.avail_out = static_cast<uInt>(plain.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    plain.resize(stream.total_out);
    inflateEnd(&stream);
    return plain;
}

std::string long_text() {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "台帳 " + std::to_string(i) + "\n";
    return text;
}

class Content : public testing::Test {
protected:
    std::string ask(std::string_view path, std::string_view headers = "") {
        if (!client_) client_.emplace(served_.start());
        client_->send(get(path, headers));
        return client_->read_answer();
    }
    void serves(std::string path, std::string type, std::string text, std::string tag = "") {
        served_.router.add({.pattern = std::move(path), .handler = [=](Request& request, const Captures&) {
                                Response response = text_response(200, type, text);
                                if (!tag.empty()) response.headers.set("ETag", tag);
                                if (!tag.empty()) apply_conditions(request, response);
                                return response;
                            }});
    }

    Served served_;
    std::optional<Client> client_;
};

TEST_F(Content, LongTextsAreCompressedForWhoeverAcceptsIt) {
    serves("/long", "application/json", long_text());
    const std::string answer = ask("/long", "Accept-Encoding: br, gzip;q=0.8\r\n");
    EXPECT_EQ(header_of(answer, "Content-Encoding"), "gzip");
    EXPECT_EQ(header_of(answer, "Vary"), "Accept-Encoding");
    EXPECT_LT(content_of(answer).size(), long_text().size() / 2);
    EXPECT_EQ(gunzip(content_of(answer)), long_text());
    for (const std::string accepted : {"", "Accept-Encoding: br\r\n", "Accept-Encoding: gzip;q=0\r\n",
                                       "Accept-Encoding: gzip; q=0.000, deflate\r\n"}) {
        const std::string plain = ask("/long", accepted);
        EXPECT_EQ(header_of(plain, "Content-Encoding"), "") << accepted;
        EXPECT_EQ(header_of(plain, "Vary"), "Accept-Encoding");
        EXPECT_EQ(content_of(plain), long_text());
    }
}

TEST_F(Content, ShortTextsAndPicturesAreNotCompressed) {
    serves("/short", "application/json", std::string(1000, 'a'));
    serves("/picture", "image/png", long_text());
    EXPECT_EQ(header_of(ask("/short", "Accept-Encoding: gzip\r\n"), "Content-Encoding"), "");
    EXPECT_EQ(header_of(ask("/picture", "Accept-Encoding: gzip\r\n"), "Content-Encoding"), "");
}

TEST_F(Content, TheCompressedFormHasATagOfItsOwn) {
    serves("/long", "application/json", long_text(), "\"v7\"");
    const std::string gzip = "Accept-Encoding: gzip\r\n";
    EXPECT_EQ(header_of(ask("/long", gzip), "ETag"), "\"v7-gzip\"");
    EXPECT_EQ(header_of(ask("/long"), "ETag"), "\"v7\"");
    const std::string same = ask("/long", gzip + "If-None-Match: \"v6\", \"v7-gzip\"\r\n");
    EXPECT_EQ(status_of(same), 304);
    EXPECT_EQ(header_of(same, "ETag"), "\"v7-gzip\"");
    EXPECT_EQ(status_of(ask("/long", gzip + "If-Match: \"v7-gzip\"\r\n")), 200)
        << "both are the same version";
    EXPECT_EQ(status_of(ask("/long", gzip + "If-Match: \"v6-gzip\"\r\n")), 412);
}

TEST_F(Content, WhatIsKnownIsNotSentAgain) {
    served_.router.add({.pattern = "/a", .handler = [](Request& request, const Captures&) {
                            Response response = text_response(200, "text/plain", "○");
                            apply_conditions(request, response);
                            return response;
                        }});
    const std::string first = ask("/a");
    const std::string tag = header_of(first, "ETag");
    EXPECT_TRUE(tag.starts_with('"') && tag.ends_with('"') && tag.size() == 34) << tag;
    for (const std::string& known : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
        const std::string again = ask("/a", "If-None-Match: " + known + "\r\n");
        EXPECT_EQ(status_of(again), 304) << known;
        EXPECT_EQ(content_of(again), "");
        EXPECT_EQ(header_of(again, "ETag"), tag);
        EXPECT_EQ(header_of(again, "Content-Length"), "");
    }
    EXPECT_EQ(status_of(ask("/a", "If-None-Match: \"x\"\r\n")), 200);
    EXPECT_EQ(status_of(ask("/a", "If-Match: W/" + tag + "\r\n")), 412) << "If-Match compares strongly";
    EXPECT_EQ(status_of(ask("/a", "If-Match: \"x\", " + tag + "\r\n")), 200);
}

TEST_F(Content, AssetsAreServedAsTheyWerePacked) {
    const Asset page{
        .path = "index.html", .content_type = "text/html", .plain = "plain", .gzip = "", .etag = "\"1\""};
    const Asset script{.path = "assets/a-1.js",
                       .content_type = "text/javascript",
                       .plain = "plain",
                       .gzip = "packed",
                       .etag = "\"2\"",
                       .immutable = true};
    served_.router.add(
        {.pattern = "/", .handler = [&](Request& r, const Captures&) { return serve(r, page); }});
    served_.router.add(
        {.pattern = "/a.js", .handler = [&](Request& r, const Captures&) { return serve(r, script); }});
    const std::string gzip = "Accept-Encoding: gzip\r\n";
    EXPECT_EQ(header_of(ask("/", gzip), "Cache-Control"), "no-cache");
    EXPECT_EQ(content_of(ask("/", gzip)), "plain");
    EXPECT_EQ(status_of(ask("/", gzip + "If-None-Match: \"1\"\r\n")), 304);
    EXPECT_EQ(header_of(ask("/a.js"), "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(content_of(ask("/a.js")), "plain");
    EXPECT_EQ(content_of(ask("/a.js", gzip)), "packed");
    EXPECT_EQ(header_of(ask("/a.js", gzip), "Content-Encoding"), "gzip");
    EXPECT_EQ(header_of(ask("/a.js", gzip), "ETag"), "\"2-gzip\"");
    EXPECT_EQ(status_of(ask("/a.js", gzip + "If-None-Match: \"2-gzip\"\r\n")), 304);
}

TEST(Streams, EventsArriveAsTheyAreSent) {
    Served served;
    const auto stream = std::make_shared<EventStream>();
    served.router.add({.pattern = "/events", .handler = [&](Request&, const Captures&) {
                           Response response;
                           response.content = stream;
                           return response;
                       }});
    Client client(served.start());
    EXPECT_TRUE(stream->send("progress", "10 %"));  // before anybody listens: kept
    client.send(get("/events"));
    const std::string head = client.read_until("\r\n\r\n");
    EXPECT_EQ(header_of(head, "Content-Type"), "text/event-stream");
    EXPECT_EQ(header_of(head, "Transfer-Encoding"), "chunked");
    EXPECT_TRUE(client.read_until("\n\n").ends_with("event: progress\ndata: 10 %\n\n"));
    EXPECT_TRUE(stream->send("", "二行\nです", "7\nevent: forged"));
    EXPECT_TRUE(client.read_until("\n\n").ends_with("id: 7 event: forged\ndata: 二行\ndata: です\n\n"));
    stream->close();
    EXPECT_TRUE(client.read_all().ends_with("0\r\n\r\n"));
    EXPECT_FALSE(stream->send("late", ""));
}

TEST(Streams, SendersLearnThatTheReaderLeft) {
    Served served;
    const auto stream = std::make_shared<EventStream>();
    served.router.add({.pattern = "/events", .handler = [&](Request&, const Captures&) {
                           Response response;
                           response.content = stream;
                           return response;
                       }});
    {
        Client client(served.start());
        client.send(get("/events"));
        stream->send("hello", "");
        EXPECT_TRUE(client.read_until("hello").ends_with("hello"));
    }
    served.wait_for_log(1);  // it is noticed without anything being sent
    EXPECT_FALSE(stream->send("anybody", "there"));
}

TEST(Streams, AQuietStreamGivesSignsOfLifeAndEndsWithTheServer) {
    Options options;
    options.limits.heartbeat = std::chrono::milliseconds(20);
    Served served(options);
    const auto stream = std::make_shared<EventStream>();
    served.router.add({.pattern = "/events", .handler = [&](Request&, const Captures&) {
                           Response response;
                           response.content = stream;
                           return response;
                       }});
    Client client(served.start());
    client.send(get("/events"));
    EXPECT_TRUE(client.read_until(": \n\n").ends_with(": \n\n"));
    served.stop();
    EXPECT_TRUE(client.read_all().ends_with("0\r\n\r\n"));
    EXPECT_FALSE(stream->send("anybody", "there"));
}

TEST(Streams, AReaderThatDoesNotKeepUpIsDropped) {
    EventStream stream;
    int taken = 0;
    while (stream.send("tick", "")) ++taken;
    EXPECT_EQ(taken, 256);
}

}  // namespace
}  // namespace maru::http
