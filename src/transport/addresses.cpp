#include "transport/addresses.hpp"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace maru::transport {

namespace {

struct Block {
    std::array<std::uint8_t, 16> start;
    int bits;
};

constexpr std::array special_v4{
    Block{{0}, 8},              // this network
    Block{{10}, 8},             // private
    Block{{100, 64}, 10},       // carrier-grade NAT
    Block{{127}, 8},            // loopback
    Block{{169, 254}, 16},      // link-local, where clouds keep their metadata
    Block{{172, 16}, 12},       // private
    Block{{192, 0, 0}, 24},     // protocol assignments
    Block{{192, 0, 2}, 24},     // documentation
    Block{{192, 88, 99}, 24},   // 6to4 relays
    Block{{192, 168}, 16},      // private
    Block{{198, 18}, 15},       // benchmarking
    Block{{198, 51, 100}, 24},  // documentation
    Block{{203, 0, 113}, 24},   // documentation
    Block{{224}, 3},            // multicast, reserved, broadcast
};
constexpr Block global_v6{{0x20}, 3};
constexpr Block nat64{{0x00, 0x64, 0xff, 0x9b}, 96};
constexpr Block mapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
constexpr std::array special_v6{
    Block{{0x20, 0x01}, 23},              // protocol assignments, Teredo
    Block{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    Block{{0x20, 0x02}, 16},              // 6to4
    Block{{0x3f, 0xff}, 20},              // documentation
};

bool within(ByteView address, const Block& block) {
    for (int bit = 0; bit < block.bits; ++bit) {
        const auto at = static_cast<std::size_t>(bit / 8);
        const int shift = 7 - bit % 8;
        if (((address[at] >> shift) & 1) != ((block.start[at] >> shift) & 1)) return false;
    }
    return true;
}

template <std::size_t count>
bool within_any(ByteView address, const std::array<Block, count>& blocks) {
    return std::ranges::any_of(blocks, [&](const Block& block) { return within(address, block); });
}

}  // namespace

bool is_public(ByteView address) {
    if (address.size() == 4) return !within_any(address, special_v4);
    if (address.size() != 16) return false;
    if (within(address, mapped) || within(address, nat64)) return is_public(address.subspan(12));
    return within(address, global_v6) && !within_any(address, special_v6);
}

bool is_public(const sockaddr* address, socklen_t length) {
    if (address->sa_family == AF_INET && length >= sizeof(sockaddr_in)) {
        std::array<std::uint8_t, 4> bytes{};
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
        return is_public(ByteView(bytes));
    }
    if (address->sa_family == AF_INET6 && length >= sizeof(sockaddr_in6)) {
        std::array<std::uint8_t, 16> bytes{};
        sockaddr_in6 v6{};
        std::memcpy(&v6, address, sizeof v6);
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
        return is_public(ByteView(bytes));
    }
    return false;
}

}  // namespace maru::transport
