// For the maps that count rows by their terms: there are few terms and many rows.
#pragma once

#include <cstddef>

#include "checks/rows.hpp"

namespace maru::checks {

struct TermsHash {
    static void mix(std::size_t& seed, int value) {
        seed ^= static_cast<std::size_t>(static_cast<unsigned>(value)) + 0x9e3779b97f4a7c15U + (seed << 6U) +
                (seed >> 2U);
    }
    std::size_t operator()(const RowTerms& terms) const {
        std::size_t seed = (terms.unknown ? 1U : 0U) + (terms.miss ? 2U : 0U);
        mix(seed, terms.valid_until ? terms.valid_until->number() : -1'000'000);
        mix(seed, terms.starts_on.number());
        mix(seed, terms.ends_on.number());
        mix(seed, terms.mirror_until.number());
        mix(seed, terms.exempt_from.number());
        mix(seed, terms.exempt_until.number());
        mix(seed, terms.known_from.number());
        return seed;
    }
};

}  // namespace maru::checks
