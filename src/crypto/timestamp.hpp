// Time stamps (RFC 3161, with the certificate identifiers of RFC 5816): asking a time stamping authority
// (TSA) to sign a hash and its time, and checking what it answers. DER in, DER out; no I/O.
#pragma once

#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/day.hpp"
#include "core/result.hpp"

namespace maru::crypto {

// TimeStampReq over SHA-256 of the data, with a nonce of 64 bits, asking for the certificates.
Bytes timestamp_request(ByteView data, const Random& random);

// Whom to believe, as PEM: roots, and certificates between them and the TSA that its answers leave out.
struct TimestampTrust {
    std::string roots;
    std::string untrusted;  // may be ""
};

struct Timestamp {
    Instant time{};             // genTime, to the second
    std::string authority;      // subject of the signing certificate, RFC 2253
    std::string serial;         // of the stamp, hexadecimal
    Instant certificate_end{};  // the signing certificate's notAfter
    Hash imprint{};             // SHA-256 of what was stamped
};

// What an answer says of itself, for showing; nothing is verified. invalid: no TimeStampResp over SHA-256
// that holds a stamp and its certificate.
Result<Timestamp> read_timestamp(ByteView response);

// A TimeStampResp to this request: granted, of the same data and nonce, signed by a certificate that is for
// time stamping, leads to one of the roots and is valid at `at`. invalid: not DER, no PEM. forbidden: refused
// by the TSA (with its words) or not to be believed (with the reason).
Result<Timestamp> verify_timestamp(ByteView request, ByteView response, const TimestampTrust& trust,
                                   Instant at);

}  // namespace maru::crypto
