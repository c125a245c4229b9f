#include "server/shared.hpp"

#include <algorithm>

namespace maru::http {

Response Shared::problem(const Request* request, int status, const Text& why) const {
    if (options.problem) return options.problem(request, status, why);
    return text_response(status, "text/plain; charset=utf-8", why.ja + "\n" + why.en + "\n");
}

bool Shared::trusts(const std::string& address) const {
    return std::ranges::find(options.trusted_proxies, address) != options.trusted_proxies.end();
}

}  // namespace maru::http
