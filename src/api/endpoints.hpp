// The endpoints of each resource.
#pragma once

#include <vector>

#include "api/call.hpp"

namespace maru::api {

// The register in the path. not_found proposes names; forbidden when the caller may see nothing of it.
Result<const registers::Register*> readable_register(const Call& call);

std::vector<Endpoint> register_endpoints();  // what registers there are
std::vector<Endpoint> document_endpoints();  // OpenAPI and its page
std::vector<Endpoint> record_endpoints();    // list, get, create, change, retire, history

}  // namespace maru::api
