#include "server/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace maru::http {

namespace {

using Context = Certificates::Context;

std::string reason() {
    const unsigned long code = ERR_peek_last_error();
    const char* const text = ERR_reason_error_string(code);
    ERR_clear_error();
    return text == nullptr ? "?" : text;
}

std::unexpected<Error> cannot_use(const std::filesystem::path& file) {
    const std::string why = reason(), name = file.string();
    return fail(ErrorKind::invalid,
                {name + ": TLS の証明書・鍵（PEM）として使えません（" + why + "）。",
                 name + ": cannot be used as a certificate or key (PEM) for TLS (" + why + ")"});
}

// HTTP/1.1 is all we speak: whoever offers only others is refused here (RFC 7301).
int select_protocol(SSL*, const unsigned char** out, unsigned char* length, const unsigned char* offered,
                    unsigned int offered_length, void*) {
    // Static: `out` points into it when we return.
    static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* selected = nullptr;
    const int result =
        SSL_select_next_proto(&selected, length, ours.data(), ours.size(), offered, offered_length);
    *out = selected;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void harden(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");  // of TLS 1.2; 1.3 has only good ones
    SSL_CTX_set_options(context,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);      // idle connections hold no buffers
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // tickets instead
    SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
}

Result<Context> load_context(const Tls& files) {
    const Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    harden(context.get());
    if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1)
        return cannot_use(files.certificate);
    if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1)
        return cannot_use(files.key);
    if (SSL_CTX_check_private_key(context.get()) != 1) return cannot_use(files.key);
    return context;
}

}  // namespace

Certificates::State Certificates::state_of(const Tls& files) {
    std::error_code ignored;
    return {.certificate = std::filesystem::last_write_time(files.certificate, ignored),
            .key = std::filesystem::last_write_time(files.key, ignored),
            .certificate_size = std::filesystem::file_size(files.certificate, ignored),
            .key_size = std::filesystem::file_size(files.key, ignored)};
}

Result<std::unique_ptr<Certificates>> Certificates::load(const Tls& files) {
    std::unique_ptr<Certificates> made(new Certificates(files));
    made->state_ = state_of(files);
    made->context_ = TRY(load_context(files));
    return made;
}

const Context& Certificates::current(Time now, const std::function<void(const Text&)>& tell) {
    if (now - looked_ < std::chrono::seconds(1)) return context_;
    looked_ = now;
    const State state = state_of(files_);
    if (state == state_) return context_;
    state_ = state;
    if (auto loaded = load_context(files_))
        context_ = *std::move(loaded);
    else
        tell(loaded.error().message);
    return context_;
}

TlsSession::TlsSession(const Context& context, int socket) : session_(SSL_new(context.get()), SSL_free) {
    if (session_ == nullptr) throw std::bad_alloc();
    SSL_set_fd(session_.get(), socket);
    SSL_set_accept_state(session_.get());
}

Transfer TlsSession::transfer_of(int result) {
    if (result > 0) return {Transfer::State::moved, static_cast<std::size_t>(result)};
    const int error = SSL_get_error(session_.get(), result);
    ERR_clear_error();
    if (error == SSL_ERROR_WANT_READ) return {Transfer::State::wants_read};
    if (error == SSL_ERROR_WANT_WRITE) return {Transfer::State::wants_write};
    return {Transfer::State::closed};
}

Transfer TlsSession::shake_hands() { return transfer_of(SSL_do_handshake(session_.get())); }

Transfer TlsSession::read(std::span<char> room) {
    return transfer_of(SSL_read(session_.get(), room.data(), static_cast<int>(room.size())));
}

// One record for both where they fit. What is sent again after waiting is the same: the caller's offset
// stayed.
Transfer TlsSession::write(std::string_view first, std::string_view second) {
    std::array<char, 16 * 1024> record;
    const std::size_t of_first = first.copy(record.data(), record.size());
    const std::size_t of_second = second.copy(record.data() + of_first, record.size() - of_first);
    return transfer_of(SSL_write(session_.get(), record.data(), static_cast<int>(of_first + of_second)));
}

void TlsSession::say_goodbye() {
    SSL_shutdown(session_.get());
    ERR_clear_error();
}

}  // namespace maru::http
