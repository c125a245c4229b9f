// The witness's protocol over plain HTTP/1.1. TLS is a reverse proxy's business.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/result.hpp"
#include "witness/witness.hpp"

namespace maru::witness {

struct ServerLimits {
    std::chrono::milliseconds patience{15'000};  // for one request to arrive or one answer to leave
    std::size_t connections = 256;               // at once; further ones are closed
    std::uint32_t header = 8 * 1024;             // bytes
};

class Server {
public:
    // Listens on "127.0.0.1:7380", "[::1]:7380" or ":7380" (every address); port 0 = any free one. invalid:
    // no such address; unavailable: cannot listen there. The witness outlives the server.
    static Result<Server> listen(Witness& witness, const std::string& address,
                                 const ServerLimits& limits = {});
    Server(Server&&) noexcept;
    ~Server();

    std::string address() const;  // "http://127.0.0.1:7380", with the real port
    void end_by_signals();        // from now on SIGTERM and SIGINT are stop(), also before run()
    void run();                   // serves until stop()
    void stop();                  // from any thread

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace maru::witness
