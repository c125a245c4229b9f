#include "transport/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "transport/http_client.hpp"

namespace maru::transport {
namespace {

Letter example() { return {"maru@example.jp", "yamada@example.jp", "Subject: x\r\n\r\nx\r\n"}; }

TEST(Mail, servers_that_are_none_are_refused_without_a_word_sent) {
    for (const char* url :
         {"", "mail.example.jp", "http://mail.example.jp", "smtp://", "smtp://user:pw@mail.example.jp",
          "smtp://mail.example.jp/x", "smtp://mail example.jp", "file:///etc/passwd"}) {
        const auto sent = send_mail({.url = url}, example());
        ASSERT_FALSE(sent) << url;
        EXPECT_EQ(sent.error().kind, ErrorKind::invalid) << url;
        EXPECT_THAT(sent.error().message.en, testing::Not(testing::HasSubstr("pw")));
    }
}

TEST(Mail, commands_cannot_be_injected) {
    Letter letter = example();
    letter.to = "a@example.jp>\r\nRCPT TO:<b@example.jp";
    const auto sent = send_mail({.url = "smtp://127.0.0.1:9"}, letter);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().kind, ErrorKind::invalid);
}

TEST(Mail, a_server_that_is_not_there_is_tried_again_later) {
    const auto sent = send_mail({.url = "smtp://127.0.0.1:9"}, example());
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().kind, ErrorKind::unavailable);
    EXPECT_THAT(sent.error().message.en, testing::HasSubstr("smtp://127.0.0.1:9"));
}

TEST(HttpClient, addresses_inside_are_refused_when_only_public_ones_are_wanted) {
    for (const char* url : {"http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/",
                            "http://169.254.169.254/", "http://0x7f000001:9/", "http://10.0.0.1/"}) {
        HttpRequest request;
        request.url = url;
        request.reach = Reach::public_only;
        const auto answer = send(request);
        ASSERT_FALSE(answer) << url;
        EXPECT_EQ(answer.error().kind, ErrorKind::forbidden) << url;
    }
    HttpRequest anywhere;
    anywhere.url = "http://127.0.0.1:9/";
    EXPECT_EQ(send(anywhere).error().kind, ErrorKind::unavailable);
}

TEST(HttpClient, headers_cannot_be_injected) {
    HttpRequest request;
    request.url = "http://127.0.0.1:9/";
    request.headers = {{"X-A", "1\r\nX-B: 2"}};
    EXPECT_EQ(send(request).error().kind, ErrorKind::invalid);
}

}  // namespace
}  // namespace maru::transport
