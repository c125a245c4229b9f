// TLS 1.2 and 1.3 on a socket that does not block, and the certificate that may change while we serve.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "http/server.hpp"
#include "server/transfer.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace maru::http {

// The certificate and key files, read again when they change. One thread.
class Certificates {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Context = std::shared_ptr<ssl_ctx_st>;

    // invalid: a file cannot be read, or the key is another certificate's.
    static Result<std::unique_ptr<Certificates>> load(const Tls& files);

    // Looks at the files at most once a second. When the new ones cannot be used, the old ones stay and
    // `tell` hears why, once.
    const Context& current(Time now, const std::function<void(const Text&)>& tell);

private:
    struct State {
        std::filesystem::file_time_type certificate{}, key{};
        std::uintmax_t certificate_size = 0, key_size = 0;
        bool operator==(const State&) const = default;
    };
    static State state_of(const Tls& files);

    explicit Certificates(const Tls& files) : files_(files) {}

    Tls files_;
    State state_;
    Context context_;
    Time looked_{};
};

// One connection's end of TLS.
class TlsSession {
public:
    TlsSession(const Certificates::Context& context, int socket);

    Transfer shake_hands();  // moved: done
    Transfer read(std::span<char> room);
    Transfer write(std::string_view first, std::string_view second);
    void say_goodbye();  // close_notify

private:
    Transfer transfer_of(int result);

    std::unique_ptr<ssl_st, void (*)(ssl_st*)> session_;
};

}  // namespace maru::http
