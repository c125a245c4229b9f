// The web interface as it was packed into the binary (tools/pack_assets.py).
#pragma once

#include <span>

#include "http/assets.hpp"

namespace maru::server {

std::span<const http::Asset> assets();  // none when maru was built without node

}  // namespace maru::server
