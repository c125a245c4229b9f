#include "witness/server.hpp"

#include <fmt/core.h>

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <csignal>
#include <thread>

#include "ledger/witness_protocol.hpp"

namespace maru::witness {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr int threads = 2;  // waiting for the disk of one log must not stop the others' reading
constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

Answer plain(int status, const char* why) {
    return {status, "text/plain; charset=utf-8", std::string(why) + "\n"};
}

// "/…/add-checkpoint" and "/…/<64 hex digits>/checkpoint": whatever prefix a reverse proxy leaves in front.
Answer route(Witness& witness, const Request& request) {
    const std::string_view path(request.target().data(), request.target().size());
    constexpr std::string_view submit = "/add-checkpoint", monitor = "/checkpoint";
    if (path.ends_with(submit)) {
        if (request.method() == http::verb::post) return witness.add_checkpoint(request.body());
        return plain(405, "add-checkpoint wants POST");
    }
    if (!path.ends_with(monitor)) return plain(404, "a witness serves add-checkpoint and <hash>/checkpoint");
    if (request.method() != http::verb::get && request.method() != http::verb::head)
        return plain(405, "checkpoints are read with GET");
    const std::string_view before = path.substr(0, path.size() - monitor.size());
    return witness.checkpoint(before.substr(before.rfind('/') + 1));
}

Response response_to(const Request& request, Answer answer) {
    Response response(static_cast<http::status>(answer.status), request.version());
    response.set(http::field::content_type, answer.content_type);
    response.set(http::field::cache_control, "no-store");
    response.keep_alive(request.keep_alive());
    response.body() = request.method() == http::verb::head ? std::string() : std::move(answer.body);
    response.prepare_payload();
    return response;
}

int status_of(const beast::error_code& error) {
    if (error == http::error::body_limit) return 413;
    if (error == http::error::header_limit) return 431;
    return 400;
}

bool is_protocol_error(const beast::error_code& error) {
    return error.category() == make_error_code(http::error::end_of_stream).category() &&
           error != http::error::end_of_stream && error != http::error::partial_message;
}

// Frees a place when the connection ends.
class Place {
public:
    explicit Place(std::atomic<std::size_t>& taken) : taken_(&taken) { ++*taken_; }
    Place(Place&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
        if (taken_ != nullptr) --*taken_;
    }

private:
    std::atomic<std::size_t>* taken_;
};

asio::awaitable<bool> write(beast::tcp_stream& stream, Response response) {
    const bool stays = response.keep_alive();
    const auto [error, bytes] = co_await http::async_write(stream, response, no_throw);
    co_return !error && stays;
}

// Who still sends when we close would lose our answer to a reset.
asio::awaitable<void> close_gently(beast::tcp_stream& stream) {
    beast::error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream.expires_after(std::chrono::seconds(2));
    std::array<char, 16 * 1024> rest;
    for (int i = 0; i < 64; ++i)
        if (const auto [error, bytes] = co_await stream.async_read_some(asio::buffer(rest), no_throw); error)
            break;
}

asio::awaitable<void> serve(Witness& witness, beast::tcp_stream stream, ServerLimits limits, Place) {
    beast::flat_buffer buffer;
    bool stays = true;
    while (stays) {
        http::request_parser<http::string_body> parser;
        parser.header_limit(limits.header);
        parser.body_limit(ledger::max_witness_request);
        stream.expires_after(limits.patience);
        const auto [error, bytes] = co_await http::async_read(stream, buffer, parser, no_throw);
        if (error && !is_protocol_error(error)) break;
        stream.expires_after(limits.patience);
        if (error) {
            const Request malformed(http::verb::get, "/", 10);  // HTTP/1.0: closes
            co_await write(stream, response_to(malformed, plain(status_of(error), "malformed request")));
            break;
        }
        const Request request = parser.release();
        stays = co_await write(stream, response_to(request, route(witness, request)));
    }
    co_await close_gently(stream);
}

Result<tcp::endpoint> endpoint_of(const std::string& written) {
    const std::size_t colon = written.rfind(':');
    std::string host = colon == std::string::npos ? "" : written.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty()) host = "0.0.0.0";
    std::uint16_t port = 0;
    const char* const end = written.data() + written.size();
    const char* const begin = colon == std::string::npos ? end : written.data() + colon + 1;
    const auto [stop, error] = std::from_chars(begin, end, port);
    beast::error_code bad_host;
    const auto address = asio::ip::make_address(host, bad_host);
    if (error == std::errc{} && stop == end && !bad_host) return tcp::endpoint(address, port);
    return fail(ErrorKind::invalid,
                {fmt::format("--listen {}: 「127.0.0.1:7380」のように IP アドレスと番号で指定してください。",
                             written),
                 fmt::format("--listen {}: name an IP address and a port, like 127.0.0.1:7380", written)});
}

}  // namespace

struct Server::Impl {
    Impl(Witness& served, const ServerLimits& given) : witness(served), limits(given) {}

    asio::awaitable<void> accept();
    asio::awaitable<void> pause();

    Witness& witness;
    ServerLimits limits;
    std::atomic<std::size_t> connections = 0;  // outlives the context's coroutines
    asio::io_context context{threads};
    tcp::acceptor acceptor{context};
    asio::signal_set ending{context};
};

asio::awaitable<void> Server::Impl::pause() {
    asio::steady_timer timer(context, std::chrono::milliseconds(100));
    co_await timer.async_wait(no_throw);
}

asio::awaitable<void> Server::Impl::accept() {
    while (acceptor.is_open()) {
        auto [error, socket] = co_await acceptor.async_accept(asio::make_strand(context), no_throw);
        if (error == asio::error::operation_aborted) co_return;
        if (error) co_await pause();                               // out of descriptors, most likely
        if (error || connections >= limits.connections) continue;  // the socket closes
        const auto strand = socket.get_executor();
        asio::co_spawn(strand,
                       serve(witness, beast::tcp_stream(std::move(socket)), limits, Place(connections)),
                       asio::detached);
    }
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::listen(Witness& witness, const std::string& address, const ServerLimits& limits) {
    const tcp::endpoint endpoint = TRY(endpoint_of(address));
    auto impl = std::make_unique<Impl>(witness, limits);
    beast::error_code error;
    impl->acceptor.open(endpoint.protocol(), error);
    if (!error) impl->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) impl->acceptor.bind(endpoint, error);
    if (!error) impl->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error) return Server(std::move(impl));
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{} で待ち受けできません（{}）。別の番号を指定してください。", address, error.message()),
         fmt::format("cannot listen on {} ({}); name another port", address, error.message())});
}

std::string Server::address() const {
    const tcp::endpoint endpoint = impl_->acceptor.local_endpoint();
    const std::string host = endpoint.address().to_string();
    return fmt::format("http://{}:{}", endpoint.address().is_v6() ? "[" + host + "]" : host, endpoint.port());
}

void Server::end_by_signals() {
    impl_->ending.add(SIGINT);
    impl_->ending.add(SIGTERM);
    impl_->ending.async_wait([context = &impl_->context](const beast::error_code& error, int) {
        if (!error) context->stop();
    });
}

void Server::run() {
    asio::co_spawn(impl_->context, impl_->accept(), asio::detached);
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back([this] { impl_->context.run(); });
    impl_->context.run();
}

void Server::stop() { impl_->context.stop(); }

}  // namespace maru::witness
