// Bytes to and from a socket that does not block.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "server/tls.hpp"
#include "server/transfer.hpp"

namespace maru::http {

class Wire {
public:
    // `certificate`: null for plain HTTP.
    Wire(int socket, const Certificates::Context& certificate);

    bool is_secure() const { return tls_.has_value(); }
    Transfer shake_hands();
    Transfer read(std::span<char> room);
    Transfer write(std::string_view first, std::string_view second);  // some of first, then of second
    void end_sending();

private:
    int socket_;
    std::optional<TlsSession> tls_;
};

}  // namespace maru::http
