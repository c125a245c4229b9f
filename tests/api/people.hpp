// Who speaks in conversations.
#pragma once

#include <memory>
#include <string_view>

#include "api/site.hpp"
#include "identity/principal.hpp"

namespace maru::api {

// "member@E019", "auditor(ipa-1,ipa-2)", "member+manager@E018/en", "nobody" (null). Without a person of the
// sample one that fits the first role. invalid: no such role or person.
Result<std::shared_ptr<const identity::Principal>> person_who_speaks(Site& site, std::string_view who);

}  // namespace maru::api
