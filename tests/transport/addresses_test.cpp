#include "transport/addresses.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <string>

namespace maru::transport {
namespace {

bool public_text(const std::string& text) {
    std::array<std::uint8_t, 16> bytes{};
    const bool v6 = text.find(':') != text.npos;
    EXPECT_EQ(inet_pton(v6 ? AF_INET6 : AF_INET, text.c_str(), bytes.data()), 1) << text;
    return is_public(ByteView(bytes).first(v6 ? 16 : 4));
}

TEST(Addresses, what_everybody_can_reach_is_public) {
    for (const char* text : {"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.255.255",
                             "172.32.0.0", "192.167.255.255", "198.20.0.0", "223.255.255.255",
                             "2606:4700::1111", "2001:200::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"})
        EXPECT_TRUE(public_text(text)) << text;
}

TEST(Addresses, what_lies_inside_is_not) {
    for (const char* text : {"0.0.0.0",
                             "10.1.2.3",
                             "100.64.0.1",
                             "127.0.0.1",
                             "127.255.255.254",
                             "169.254.169.254",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.0.0.8",
                             "192.0.2.1",
                             "192.168.0.1",
                             "198.18.0.1",
                             "198.19.255.255",
                             "203.0.113.9",
                             "224.0.0.1",
                             "240.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "fc00::1",
                             "fdff::1",
                             "fe80::1",
                             "ff02::1",
                             "2001:db8::1",
                             "2001::1",
                             "2002:7f00:1::",
                             "3fff::1",
                             "::ffff:127.0.0.1",
                             "::ffff:169.254.169.254",
                             "64:ff9b::10.0.0.1",
                             "64:ff9b:1::1",
                             "100::1",
                             "::127.0.0.1"})
        EXPECT_FALSE(public_text(text)) << text;
}

TEST(Addresses, other_families_and_lengths_are_not) {
    EXPECT_FALSE(is_public(ByteView()));
    const sockaddr unix_socket{.sa_family = AF_UNIX, .sa_data = {}};
    EXPECT_FALSE(is_public(&unix_socket, sizeof unix_socket));
}

}  // namespace
}  // namespace maru::transport
