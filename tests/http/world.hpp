// A server on a free port, and clients that send what they like.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/server.hpp"

namespace maru::http {

// A socket whose reads give up after ten seconds, so that a test that fails ends.
class Client {
public:
    explicit Client(const std::string& address);  // "http://127.0.0.1:8080"
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client();

    void send(std::string_view bytes);
    void end_sending();
    std::string read_answer(std::string_view method = "GET");  // head and content, by its Content-Length
    std::string read_until(std::string_view text);             // what came up to and with it
    std::string read_all();                                    // until the server ends the connection
    bool is_closed();  // waits for the end; false when bytes come, or nothing

private:
    bool receive();

    int socket_;
    std::string buffer_;
    bool ended_ = false;
};

// The answer to one request, which says "Connection: close".
std::string answer_to(const std::string& address, const std::string& request);

int status_of(std::string_view answer);
std::string header_of(std::string_view answer, std::string_view name);  // "" when it has none
std::string content_of(std::string_view answer);

std::string get(std::string_view path, std::string_view headers = "");  // "GET … Host: maru.test …"

class Served {
public:
    explicit Served(Options options = {});
    ~Served();

    Router router;
    Options options;
    // After the routes are there.
    std::string start();
    void stop(std::chrono::milliseconds grace = std::chrono::milliseconds(2'000));
    Server& server() { return *server_; }
    std::vector<Access> log();  // of the answers so far
    void wait_for_log(std::size_t lines);

private:
    std::mutex mutex_;
    std::vector<Access> log_;
    std::optional<Server> server_;
    std::jthread thread_;
};

}  // namespace maru::http
