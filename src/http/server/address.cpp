#include "server/address.hpp"

#include <charconv>
#include <cstdint>

namespace maru::http {

namespace asio = boost::asio;
using asio::ip::tcp;

Result<tcp::endpoint> endpoint_of(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    std::string host = colon == std::string::npos ? "" : text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty()) host = "::";
    std::uint16_t port = 0;
    const char* const end = text.data() + text.size();
    const char* const begin = colon == std::string::npos ? end : text.data() + colon + 1;
    const auto [stop, error] = std::from_chars(begin, end, port);
    boost::system::error_code bad_host;
    const auto address = asio::ip::make_address(host, bad_host);
    if (error == std::errc{} && stop == end && !bad_host) return tcp::endpoint(address, port);
    return fail(ErrorKind::invalid,
                {text + ": 待ち受ける所は「127.0.0.1:8080」のように IP アドレスと番号で指定してください。",
                 text + ": name an IP address and a port to listen on, like 127.0.0.1:8080"});
}

std::string written(const tcp::endpoint& endpoint) {
    const std::string host = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

std::string written_peer(const asio::ip::address& address) {
    if (!address.is_v6()) return address.to_string();
    asio::ip::address_v6 v6 = address.to_v6();
    if (v6.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
    v6.scope_id(0);
    return v6.to_string();
}

std::string written_peer(std::string_view text) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(std::string(text), error);
    return error ? "" : written_peer(address);
}

}  // namespace maru::http
