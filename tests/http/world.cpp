#include "tests/http/world.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>

namespace maru::http {

Client::Client(const std::string& address) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    where.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof where), 0);
}

Client::~Client() { ::close(socket_); }

void Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;  // the server has ended the connection: the test sees its answer
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Client::end_sending() { ::shutdown(socket_, SHUT_WR); }

bool Client::receive() {
    std::array<char, 65536> bytes;
    const ssize_t received = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (received > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(received));
    ended_ = received == 0 || (received < 0 && errno == ECONNRESET);
    return received > 0;
}

std::string Client::read_until(std::string_view text) {
    while (!buffer_.contains(text))
        if (!receive()) return std::exchange(buffer_, "");
    const std::size_t end = buffer_.find(text) + text.size();
    std::string read = buffer_.substr(0, end);
    buffer_.erase(0, end);
    return read;
}

std::string Client::read_answer(std::string_view method) {
    std::string answer = read_until("\r\n\r\n");
    const std::string length = header_of(answer, "Content-Length");
    if (length.empty() || method == "HEAD") return answer;
    const auto wanted = static_cast<std::size_t>(std::stoul(length));
    while (buffer_.size() < wanted)
        if (!receive()) break;
    answer += buffer_.substr(0, wanted);
    buffer_.erase(0, wanted);
    return answer;
}

std::string Client::read_all() {
    while (receive()) {
    }
    return std::exchange(buffer_, "");
}

bool Client::is_closed() { return buffer_.empty() && !receive() && ended_; }

std::string answer_to(const std::string& address, const std::string& request) {
    Client client(address);
    client.send(request);
    return client.read_all();
}

int status_of(std::string_view answer) {
    int status = 0;
    if (answer.starts_with("HTTP/1.1 ")) std::from_chars(answer.data() + 9, answer.data() + 12, status);
    return status;
}

std::string header_of(std::string_view answer, std::string_view name) {
    const std::string_view head = answer.substr(0, answer.find("\r\n\r\n") + 2);
    const std::string line = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(line);
    if (at == std::string_view::npos) return "";
    return std::string(head.substr(at + line.size(), head.find("\r\n", at + 2) - at - line.size()));
}

std::string content_of(std::string_view answer) {
    const std::size_t end = answer.find("\r\n\r\n");
    return end == std::string_view::npos ? "" : std::string(answer.substr(end + 4));
}

std::string get(std::string_view path, std::string_view headers) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: maru.test\r\n" + std::string(headers) + "\r\n";
}

Served::Served(Options given) : options(std::move(given)) {
    options.listen = "127.0.0.1:0";
    options.log = [this](const Access& access) {
        const std::lock_guard lock(mutex_);
        log_.push_back(access);
    };
}

Served::~Served() { stop(); }

std::string Served::start() {
    auto server = Server::listen(router, options);
    EXPECT_TRUE(server) << server.error().message.en;
    server_.emplace(std::move(*server));
    thread_ = std::jthread([this] { server_->run(); });
    return server_->address();
}

void Served::stop(std::chrono::milliseconds grace) {
    if (!thread_.joinable()) return;
    server_->stop(grace);
    thread_.join();
}

std::vector<Access> Served::log() {
    const std::lock_guard lock(mutex_);
    return log_;
}

// The line is written after the answer was sent, so a client may be faster.
void Served::wait_for_log(std::size_t lines) {
    while (log().size() < lines) std::this_thread::yield();
}

}  // namespace maru::http
