#include "server/wire.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>

namespace maru::http {

namespace {

void* without_const(const char* bytes) { return const_cast<char*>(bytes); }  // iovec serves reading, too

Transfer transfer_of(ssize_t moved, Transfer::State when_blocked) {
    if (moved > 0) return {Transfer::State::moved, static_cast<std::size_t>(moved)};
    if (moved < 0 && (errno == EAGAIN || errno == EINTR)) return {when_blocked};
    return {Transfer::State::closed};
}

}  // namespace

Wire::Wire(int socket, const Certificates::Context& certificate) : socket_(socket) {
    if (certificate) tls_.emplace(certificate, socket);
}

Transfer Wire::shake_hands() { return tls_ ? tls_->shake_hands() : Transfer{Transfer::State::moved}; }

void Wire::end_sending() {
    if (tls_) tls_->say_goodbye();
    ::shutdown(socket_, SHUT_WR);
}

Transfer Wire::read(std::span<char> room) {
    if (tls_) return tls_->read(room);
    return transfer_of(::recv(socket_, room.data(), room.size(), 0), Transfer::State::wants_read);
}

Transfer Wire::write(std::string_view first, std::string_view second) {
    if (tls_) return tls_->write(first, second);
    std::array<iovec, 2> parts{iovec{without_const(first.data()), first.size()},
                               iovec{without_const(second.data()), second.size()}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    return transfer_of(::sendmsg(socket_, &message, MSG_NOSIGNAL), Transfer::State::wants_write);
}

}  // namespace maru::http
