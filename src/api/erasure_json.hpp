// Erasures as JSON: what one would do, and what it did.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "api/call.hpp"
#include "registers/erasure.hpp"

namespace maru::api {

// What would go, what stays and why, what stands in the way, what is left to do by hand. Without "hash".
boost::json::object json_of(const Call& call, const registers::ErasurePlan& plan);
// SHA-256, hex, over what would be done: a confirmation is for just this.
std::string hash_of(const registers::ErasurePlan& plan);

boost::json::object json_of(const Call& call, const registers::ErasureDone& done,
                            const registers::Residue& residue);
boost::json::object json_of(const registers::PastErasure& past);

}  // namespace maru::api
