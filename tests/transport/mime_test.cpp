#include "transport/mime.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/bytes.hpp"

namespace maru::transport {
namespace {

using testing::HasSubstr;
using testing::Not;

Message example() {
    Message message;
    message.from = {"maru", "maru@mihon.example.jp"};
    message.to = {"山田 太郎", "yamada@mihon.example.jp"};
    message.subject = "対応事項 3 件";
    message.text = "山田さん\n\nパソコンを更新してください。\n";
    message.date = *parse_instant("2026-11-24T08:05:09+09:00");
    message.id = "0123456789abcdef@mihon.example.jp";
    return message;
}

std::string body_of(const std::string& mail) {
    std::string encoded = mail.substr(mail.find("\r\n\r\n") + 4);
    std::erase(encoded, '\r');
    std::erase(encoded, '\n');
    const Bytes bytes = parse_base64(encoded).value_or(Bytes{});
    return {bytes.begin(), bytes.end()};
}

TEST(Mime, a_japanese_mail_is_ascii_with_short_lines) {
    const std::string mail = mime(example()).value();
    EXPECT_THAT(mail, HasSubstr("Date: Mon, 23 Nov 2026 23:05:09 +0000\r\n"));
    EXPECT_THAT(mail, HasSubstr("From: \"maru\" <maru@mihon.example.jp>\r\n"));
    EXPECT_THAT(mail, HasSubstr("Message-ID: <0123456789abcdef@mihon.example.jp>\r\n"));
    EXPECT_THAT(mail, HasSubstr("Subject: =?UTF-8?B?5a++5b+c5LqL6aCFIDMg5Lu2?=\r\n"));
    EXPECT_THAT(mail, HasSubstr("Content-Type: text/plain; charset=UTF-8\r\n"));
    for (const std::string& line : split(mail, '\n')) EXPECT_LE(line.size(), 79U);
    for (const char c : mail) EXPECT_TRUE(c == '\r' || c == '\n' || (c >= ' ' && c <= '~'));
    EXPECT_EQ(body_of(mail), "山田さん\r\n\r\nパソコンを更新してください。\r\n");
}

TEST(Mime, long_subjects_are_cut_between_characters) {
    std::string subject;
    for (int i = 0; i < 40; ++i) subject += "情報資産𠮷";
    std::string joined;
    for (const std::string& line : split(encoded_words(subject), '\n')) {
        const std::string_view word = trim(line);
        EXPECT_LE(word.size(), 75U);
        ASSERT_TRUE(word.starts_with("=?UTF-8?B?") && word.ends_with("?="));
        const Bytes bytes = parse_base64(word.substr(10, word.size() - 12)).value();
        const std::string text(bytes.begin(), bytes.end());
        EXPECT_TRUE(is_utf8(text));
        joined += text;
    }
    EXPECT_EQ(joined, subject);
}

TEST(Mime, what_looks_encoded_is_encoded_once_more) {
    EXPECT_EQ(encoded_words("plain subject"), "plain subject");
    EXPECT_THAT(encoded_words("=?UTF-8?B?aGk=?="), HasSubstr(base64(as_bytes("=?UTF-8?B?aGk=?="))));
}

TEST(Mime, html_comes_beside_the_text) {
    Message message = example();
    message.html = "<p>対応事項</p>";
    const std::string mail = mime(message).value();
    EXPECT_THAT(mail, HasSubstr("multipart/alternative; boundary=\"=_0123456789abcdef\"\r\n"));
    EXPECT_LT(mail.find("text/plain"), mail.find("text/html"));
    EXPECT_TRUE(mail.ends_with("--=_0123456789abcdef--\r\n"));
}

TEST(Mime, names_with_quotes_stay_one_name) {
    Message message = example();
    message.to.name = "a\", <evil@example.com> \\";
    EXPECT_THAT(mime(message).value(),
                HasSubstr("To: \"a\\\", <evil@example.com> \\\\\" <yamada@mihon.example.jp>"));
}

TEST(Mime, headers_cannot_be_injected) {
    const auto refused = [](auto change) {
        Message message = example();
        change(message);
        const auto mail = mime(message);
        return !mail && mail.error().kind == ErrorKind::invalid;
    };
    EXPECT_TRUE(refused([](Message& m) { m.subject = "a\r\nBcc: x@example.com"; }));
    EXPECT_TRUE(refused([](Message& m) { m.subject = "a\nb"; }));
    EXPECT_TRUE(refused([](Message& m) { m.subject = "\xff"; }));
    EXPECT_TRUE(refused([](Message& m) { m.to.name = "a\rb"; }));
    EXPECT_TRUE(refused([](Message& m) { m.from.name = std::string("a\0b", 3); }));
    EXPECT_TRUE(refused([](Message& m) { m.id = "a@b>\r\nX: y"; }));
    EXPECT_TRUE(refused([](Message& m) { m.headers = {{"X-A", "1\r\nBcc: x@example.com"}}; }));
    EXPECT_TRUE(refused([](Message& m) { m.headers = {{"X-A: 1\r\nBcc", "x"}}; }));
    EXPECT_TRUE(refused([](Message& m) { m.text = "\xed\xa0\x80"; }));
    for (const char* address : {"", "a", "@", "a@", "@b", "a@b@c", "a b@c", "<a@b>", "a@b\r\nRCPT TO:<c@d>",
                                "a@b,c@d", "\"a\"@b", "山田@example.jp"}) {
        EXPECT_TRUE(refused([&](Message& m) { m.to.address = address; })) << address;
        EXPECT_FALSE(check_address(address)) << address;
    }
}

}  // namespace
}  // namespace maru::transport
