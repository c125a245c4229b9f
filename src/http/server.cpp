#include "http/server.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <thread>

#include "crypto/hash.hpp"
#include "server/address.hpp"
#include "server/connection.hpp"
#include "server/converse.hpp"
#include "server/lane.hpp"
#include "server/shared.hpp"

namespace maru::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t most_turned_away = 64;  // at once; more are closed without a word

// Often enough that the shortest patience is kept to within a quarter.
std::chrono::milliseconds sweep_interval(const Limits& limits) {
    using std::chrono::milliseconds;
    return std::clamp(std::min({limits.header_patience, limits.body_patience, limits.idle}) / 4,
                      milliseconds(5), milliseconds(250));
}

std::unexpected<Error> cannot_listen(const std::string& where, const Failure& error) {
    return fail(ErrorKind::unavailable,
                {where + " で待ち受けできません（" + error.message() + "）。別の番号を指定してください。",
                 "cannot listen on " + where + " (" + error.message() + "); name another port"});
}

// OpenSSL writes without MSG_NOSIGNAL. Whoever wants the signal has said so and keeps it.
void ignore_broken_pipes() {
    struct sigaction now{};
    if (::sigaction(SIGPIPE, nullptr, &now) == 0 && now.sa_handler == SIG_DFL) std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

struct Server::Impl {
    Impl(const Router& router, Options options);
    ~Impl();

    Failure open(tcp::endpoint endpoint);
    asio::awaitable<void> accept();
    asio::awaitable<void> pause();
    void welcome(tcp::socket socket, Lane& lane);
    void stop(std::chrono::milliseconds grace);

    Shared shared;
    std::unique_ptr<Certificates> certificates;  // null: plain HTTP
    std::vector<std::unique_ptr<Lane>> lanes;
    std::size_t next_lane = 0;
    tcp::acceptor acceptor;
    asio::signal_set ending;
};

Server::Impl::Impl(const Router& router, Options options)
    : shared(router, std::move(options)),
      lanes([this] {
          std::vector<std::unique_ptr<Lane>> made;
          for (unsigned i = 0; i < std::max(1U, shared.options.threads); ++i)
              made.push_back(std::make_unique<Lane>(shared.options, sweep_interval(shared.options.limits)));
          return made;
      }()),
      acceptor(lanes[0]->context()),
      ending(lanes[0]->context()) {}

// The pool's work knows connections: it ends before them.
Server::Impl::~Impl() { shared.pool.end(); }

Failure Server::Impl::open(tcp::endpoint endpoint) {
    Failure error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && endpoint.address().is_v6() && endpoint.address().is_unspecified())
        acceptor.set_option(asio::ip::v6_only(false), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    return error;
}

asio::awaitable<void> Server::Impl::pause() {
    asio::steady_timer timer(lanes[0]->context(), std::chrono::milliseconds(100));
    co_await timer.async_wait(no_throw);
}

asio::awaitable<void> Server::Impl::accept() {
    while (acceptor.is_open()) {
        Lane& lane = *lanes[next_lane++ % lanes.size()];
        auto accepted = co_await acceptor.async_accept(lane.context(), no_throw);
        auto& [error, socket] = accepted;
        if (error == asio::error::operation_aborted) co_return;
        if (!error) welcome(std::move(socket), lane);
        if (error && error != asio::error::connection_aborted)
            co_await pause();  // no descriptors, most likely
    }
}

void Server::Impl::welcome(tcp::socket socket, Lane& lane) {
    Failure error;
    const auto endpoint = socket.remote_endpoint(error);
    if (!error) socket.non_blocking(true, error);
    if (!error) socket.set_option(tcp::no_delay(true), error);
    if (error) return;  // it left
    const Limits& limits = shared.options.limits;
    const std::size_t open = shared.counters.open_connections;
    if (open >= limits.connections + most_turned_away) return;
    std::string peer = written_peer(endpoint.address());
    const bool counted = shared.trusts(peer) || shared.peers.enter(peer_key(peer));
    if (!counted && open >= limits.connections) return;
    const bool fits = counted && open < limits.connections;
    Certificates::Context certificate;
    if (certificates)
        certificate = certificates->current(std::chrono::steady_clock::now(), shared.options.tell);
    auto connection = std::make_unique<Connection>(shared, lane, std::move(socket),
                                                   Connection::Peer{std::move(peer), counted}, certificate);
    asio::co_spawn(lane.context(), fits ? converse(std::move(connection)) : turn_away(std::move(connection)),
                   asio::detached);
}

void Server::Impl::stop(std::chrono::milliseconds grace) {
    asio::post(lanes[0]->context(), [this, grace] {
        Failure ignored;
        acceptor.close(ignored);
        ending.cancel(ignored);
        for (const auto& lane : lanes) lane->drain(grace);
    });
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::listen(const Router& router, Options options) {
    const tcp::endpoint endpoint = TRY(endpoint_of(options.listen));
    if (!options.random) options.random = crypto::random_bytes;
    std::unique_ptr<Certificates> certificates;
    if (options.tls) certificates = TRY(Certificates::load(*options.tls));
    if (certificates) ignore_broken_pipes();
    auto impl = std::make_unique<Impl>(router, std::move(options));
    impl->certificates = std::move(certificates);
    if (const Failure error = impl->open(endpoint)) return cannot_listen(written(endpoint), error);
    return Server(std::move(impl));
}

std::string Server::address() const {
    Failure ignored;
    return (impl_->certificates ? "https://" : "http://") + written(impl_->acceptor.local_endpoint(ignored));
}

void Server::end_by_signals() {
    impl_->ending.add(SIGINT);
    impl_->ending.add(SIGTERM);
    impl_->ending.async_wait([impl = impl_.get()](const Failure& error, int) {
        if (!error) impl->stop(std::chrono::milliseconds(10'000));
    });
}

void Server::run() {
    asio::co_spawn(impl_->lanes[0]->context(), impl_->accept(), asio::detached);
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < impl_->lanes.size(); ++i)
        others.emplace_back([lane = impl_->lanes[i].get()] { lane->run(); });
    impl_->lanes[0]->run();
    others.clear();
    impl_->shared.pool.end();
}

void Server::stop(std::chrono::milliseconds grace) { impl_->stop(grace); }

Statistics Server::statistics() const {
    const Counters& counters = impl_->shared.counters;
    Statistics statistics{.requests = counters.requests,
                          .connections = counters.connections,
                          .open_connections = counters.open_connections,
                          .refused = counters.refused,
                          .bytes_sent = counters.bytes_sent};
    std::ranges::copy(counters.by_class, statistics.by_class);
    return statistics;
}

}  // namespace maru::http
