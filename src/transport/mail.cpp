#include "transport/mail.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "curl/handle.hpp"
#include "transport/mime.hpp"

namespace maru::transport {

namespace {

constexpr long connect_patience = 10'000;  // milliseconds
constexpr std::size_t answer_kept = 300;   // bytes

struct Unsent {
    std::string_view rest;
};

extern "C" std::size_t give_bytes(char* out, std::size_t size, std::size_t count, void* source) {
    auto* unsent = static_cast<Unsent*>(source);
    const std::size_t length = std::min(size * count, unsent->rest.size());
    std::memcpy(out, unsent->rest.data(), length);
    unsent->rest.remove_prefix(length);
    return length;
}

// The server's lines; the last one is its verdict, but for the "221" with which it says goodbye.
extern "C" std::size_t keep_line(char* bytes, std::size_t size, std::size_t count, void* target) {
    const std::string_view line(bytes, size * count);
    if (!line.starts_with("221")) static_cast<std::string*>(target)->assign(line.substr(0, answer_kept));
    return line.size();
}

// RFC 5321 section 4.2: three digits begin a reply; 0 when there was none.
int code_in(std::string_view line) {
    int code = 0;
    const auto [end, error] =
        std::from_chars(line.data(), line.data() + std::min<std::size_t>(line.size(), 3), code);
    return error == std::errc() && end == line.data() + 3 ? code : 0;
}

std::string printable(std::string_view line) {
    std::string out(trim(line));
    for (char& c : out)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
    return is_utf8(out) ? out : std::string("?");
}

std::unexpected<Error> no_server(const MailServer& server) {
    return fail(
        ErrorKind::invalid,
        {fmt::format(
             "メールサーバー「{}」: smtp:// か smtps:// で始まるアドレスにしてください。利用者名とパスワード"
             "は別に設定します。",
             server.url.find('@') == server.url.npos ? server.url : ""),
         fmt::format("mail server \"{}\": the address begins with smtp:// or smtps://; user and "
                     "password are set apart from it",
                     server.url.find('@') == server.url.npos ? server.url : "")});
}

void set_encryption(CURL* handle, const MailServer& server) {
    long level = CURLUSESSL_ALL;
    switch (server.encryption) {
        case MailServer::Encryption::required: level = CURLUSESSL_ALL; break;
        case MailServer::Encryption::if_offered: level = CURLUSESSL_TRY; break;
        case MailServer::Encryption::none: level = CURLUSESSL_NONE; break;
    }
    curl_easy_setopt(handle, CURLOPT_USE_SSL, level);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!server.certificates.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, server.certificates.c_str());
}

void set_server(CURL* handle, const MailServer& server) {
    const std::string url = server.name.empty() ? server.url : server.url + "/" + server.name;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect_patience);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(server.patience.count()));
    set_encryption(handle, server);
    if (server.user.empty()) return;
    curl_easy_setopt(handle, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, server.password.c_str());
}

List set_letter(CURL* handle, const Letter& letter, Unsent& unsent) {
    List recipients;
    append(recipients, "<" + letter.to + ">");
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, ("<" + letter.from + ">").c_str());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &give_bytes);
    curl_easy_setopt(handle, CURLOPT_READDATA, &unsent);
    return recipients;
}

// A refusal of us, of the sign-in or of TLS is the configuration's fault, not the mail's: the mail waits.
// "530" asks for one of them. libcurl tells the greeting from the answer to the message only by what was
// sent.
bool is_final(CURLcode outcome, int answer, const Unsent& unsent) {
    if (answer < 500 || answer > 599 || answer == 530) return false;
    return outcome == CURLE_SEND_ERROR || (outcome == CURLE_WEIRD_SERVER_REPLY && unsent.rest.empty());
}

std::unexpected<Error> refused(const MailServer& server, const std::string& said) {
    return fail(ErrorKind::forbidden,
                {fmt::format("メールサーバー {} が受け取りを断りました: {}", server.url, said),
                 fmt::format("the mail server {} refused it: {}", server.url, said)});
}

std::unexpected<Error> not_now(const MailServer& server, CURLcode outcome, const std::string& said) {
    const std::string cause = curl_easy_strerror(outcome);
    const std::string what = said.empty() ? cause : cause + ": " + said;
    return fail(ErrorKind::unavailable,
                {fmt::format("メールサーバー {} に渡せませんでした（{}）。", server.url, what),
                 fmt::format("could not hand the mail to {} ({})", server.url, what)});
}

}  // namespace

Result<void> check_server(const MailServer& server) {
    const bool known = server.url.starts_with("smtp://") || server.url.starts_with("smtps://");
    const std::string_view host = std::string_view(server.url).substr(known ? server.url.find("//") + 2 : 0);
    const bool plain =
        std::ranges::all_of(server.url + server.name, [](char c) { return c > ' ' && c <= '~'; });
    if (known && plain && !host.empty() && host.find_first_of("@/?#\\") == host.npos &&
        server.name.find_first_of("/?#\\") == server.name.npos)
        return {};
    return no_server(server);
}

Result<void> send_mail(const MailServer& server, const Letter& letter) {
    TRY(check_server(server));
    TRY(check_address(letter.from));
    TRY(check_address(letter.to));
    start_library();
    const Handle handle(curl_easy_init());
    if (!handle) return not_now(server, CURLE_FAILED_INIT, "");
    std::string last;
    Unsent unsent{letter.message};
    set_server(handle.get(), server);
    const List recipients = set_letter(handle.get(), letter, unsent);
    curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, &keep_line);
    curl_easy_setopt(handle.get(), CURLOPT_HEADERDATA, &last);
    const CURLcode outcome = curl_easy_perform(handle.get());
    if (outcome == CURLE_OK) return {};
    if (outcome == CURLE_UNSUPPORTED_PROTOCOL || outcome == CURLE_URL_MALFORMAT) return no_server(server);
    const int answer = code_in(last);
    const std::string said = answer > 0 ? printable(last) : "";
    if (is_final(outcome, answer, unsent)) return refused(server, said);
    return not_now(server, outcome, said);
}

}  // namespace maru::transport
