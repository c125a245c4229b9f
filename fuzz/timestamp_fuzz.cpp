// Answers of a time stamping authority: whatever the bytes, nothing that our roots did not sign is believed.
#include "crypto/timestamp.hpp"

#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    // A root whose private key does not exist any more.
    static const crypto::TimestampTrust trust{R"(-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUTYxK/va69c0bHMDgURxobfzeTCQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJRnV6eiBSb290MCAXDTI2MTEyMzE2MzMyMloYDzIxMjYxMDMw
MTYzMzIyWjAUMRIwEAYDVQQDDAlGdXp6IFJvb3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARgfW9dFiDi72svIjE8LEWAmJpvxG9t5N7I3AkqXzIvS/UThgqEIoy4
K8B5cHf+Ki2iA8yYtQ5QiFbCrTvmjUyvo1MwUTAdBgNVHQ4EFgQUH0EFNV0L4qQP
0iROYfVYgNQeLSMwHwYDVR0jBBgwFoAUH0EFNV0L4qQP0iROYfVYgNQeLSMwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA/WIc9tspEzadMXyh4+If
Pc29ZLZbW9iE3ngRa7oeXVQCIFNIK8Q1xTQxRcgjx8CfWok6cGzu2gptX6hBSgVD
1DIw
-----END CERTIFICATE-----
)",
                                              ""};
    const auto zeros = [](std::span<std::uint8_t> out) { std::ranges::fill(out, std::uint8_t{0}); };
    static const Bytes request = crypto::timestamp_request(as_bytes("x"), zeros);
    const ByteView bytes(data, size);
    require(!crypto::verify_timestamp(request, bytes, trust, Instant{}), "nobody signed this");
    require(!crypto::verify_timestamp(bytes, bytes, trust, Instant{}), "a request is no answer");
    if (const auto read = crypto::read_timestamp(bytes))
        require(is_utf8(read->authority) && read->serial.size() <= 2 * size, "what is shown can be printed");
    return 0;
}
