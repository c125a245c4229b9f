// SHA-256 (FIPS 180-4) of what comes in pieces.
#pragma once

#include <memory>

#include "core/bytes.hpp"

namespace maru::crypto {

class Hasher {
public:
    Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    ~Hasher();
    void add(ByteView bytes);
    Hash finish();  // and begins anew

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace maru::crypto
