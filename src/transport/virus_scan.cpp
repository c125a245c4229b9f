#include "transport/virus_scan.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>

#include "curl/handle.hpp"

namespace maru::transport {

using namespace std::string_view_literals;

namespace {

constexpr std::size_t part_size = std::size_t(256) * 1024;
constexpr std::size_t longest_answer = 4096;

std::unexpected<Error> nobody(const VirusScanner& scanner, std::string_view why) {
    return fail(
        ErrorKind::unavailable,
        {fmt::format("ウイルス検査（clamd、{}）が応答しません: "
                     "{}。管理者に連絡し、しばらくしてからやり直してください。",
                     scanner.address, why),
         fmt::format(
             "the virus scanner (clamd at {}) does not answer: {}; tell the operator and try again later",
             scanner.address, why)});
}

// A conversation of bytes; libcurl finds and connects the socket.
class Conversation {
public:
    static Result<Conversation> with(const VirusScanner& scanner) {
        start_library();
        Conversation made(scanner);
        CURL* const handle = made.handle_.get();
        const bool is_path = scanner.address.starts_with('/');
        const std::string url = "http://" + (is_path ? "localhost" : scanner.address);
        curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
        if (is_path) curl_easy_setopt(handle, CURLOPT_UNIX_SOCKET_PATH, scanner.address.c_str());
        curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L);
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_PROXY, "");
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(scanner.patience.count()));
        const CURLcode code = curl_easy_perform(handle);
        if (code != CURLE_OK) return nobody(scanner, curl_easy_strerror(code));
        curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &made.socket_);
        made.wait_at_most(scanner.patience);
        return made;
    }

    Result<void> say(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return nobody(*scanner_, "it stopped listening");
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return {};
    }

    // Up to the zero byte that ends every answer to a z command.
    Result<std::string> hear() {
        std::string heard;
        std::array<char, 512> part{};
        while (!heard.ends_with('\0')) {
            const auto got = ::recv(socket_, part.data(), part.size(), 0);
            if (got <= 0 || heard.size() > longest_answer) return nobody(*scanner_, "no answer came");
            heard.append(part.data(), static_cast<std::size_t>(got));
        }
        heard.pop_back();
        return heard;
    }

private:
    explicit Conversation(const VirusScanner& scanner) : scanner_(&scanner), handle_(curl_easy_init()) {}

    void wait_at_most(std::chrono::milliseconds patience) const {
        ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) & ~O_NONBLOCK);
        const timeval limit{patience.count() / 1000, patience.count() % 1000 * 1000};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    }

    const VirusScanner* scanner_;
    Handle handle_;
    curl_socket_t socket_ = CURL_SOCKET_BAD;
};

// A part is its length in four bytes, the highest first, and its bytes; an empty one ends the file.
Result<void> say_part(Conversation& daemon, std::string_view part) {
    std::string length;
    for (int shift = 24; shift >= 0; shift -= 8) length += static_cast<char>(part.size() >> shift & 0xff);
    TRY(daemon.say(length));
    return daemon.say(part);
}

Result<void> say_file(Conversation& daemon, std::string_view file) {
    TRY(daemon.say("zINSTREAM\0"sv));
    for (; !file.empty(); file.remove_prefix(std::min(part_size, file.size())))
        TRY(say_part(daemon, file.substr(0, part_size)));
    return say_part(daemon, "");
}

std::unexpected<Error> harmful(std::string_view name) {
    return fail(ErrorKind::invalid,
                {fmt::format("ウイルス検査が「{}」を見つけました。ファイルは保存していません。", name),
                 fmt::format("the virus scanner found {}; the file was not kept", name)});
}

std::unexpected<Error> too_large() {
    return fail(ErrorKind::invalid,
                {"ファイルがウイルス検査の上限（clamd の StreamMaxLength）を超えています。",
                 "the file is larger than the virus scanner takes (StreamMaxLength of clamd)"});
}

}  // namespace

Result<void> expect_harmless(const VirusScanner& scanner, ByteView file) {
    Conversation daemon = TRY(Conversation::with(scanner));
    const Result<void> said = say_file(daemon, {reinterpret_cast<const char*>(file.data()), file.size()});
    // A daemon that hangs up before the end has usually said why.
    const auto heard = daemon.hear();
    if (!heard) return said ? std::unexpected(heard.error()) : said;
    std::string_view answer = *heard;
    if (answer.starts_with("stream: ")) answer.remove_prefix("stream: "sv.size());
    if (answer == "OK") return {};
    if (answer.ends_with(" FOUND")) return harmful(answer.substr(0, answer.size() - " FOUND"sv.size()));
    if (answer.find("size limit exceeded") != answer.npos) return too_large();
    return nobody(scanner, answer);
}

}  // namespace maru::transport
