// Handing a mail to a mail server (SMTP, RFC 5321; submission, RFC 6409) by libcurl.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "core/result.hpp"

namespace maru::transport {

struct MailServer {
    std::string url;  // smtp://host:587, or smtps://host:465 (TLS from the first byte, RFC 8314)
    // Of smtp://: STARTTLS (RFC 3207) or no mail; STARTTLS when the server offers it; never.
    enum class Encryption { required, if_offered, none } encryption = Encryption::required;
    std::string user, password;                  // "" = without signing in
    std::filesystem::path certificates{};        // PEM with whom to believe; "" = the system's
    std::string name;                            // ours, for EHLO; "" = the machine's
    std::chrono::milliseconds patience{60'000};  // for everything
};

struct Letter {
    std::string from, to;  // addr-specs of the envelope
    std::string message;   // transport/mime.hpp
};

// Returns when the server has taken over the responsibility (250 after DATA); a mail whose answer was lost is
// reported as unavailable and may have been taken. Errors name the server and say what it answered:
// unavailable = try again later (no connection, 4xx, refused sign-in, no TLS: somebody has to mend that),
// forbidden = refused for good (5xx to the sender, the recipient or the message), invalid = the server's URL
// or an address is none.
Result<void> send_mail(const MailServer& server, const Letter& letter);

// The server's URL as far as it can be checked without asking it.
Result<void> check_server(const MailServer& server);

}  // namespace maru::transport
