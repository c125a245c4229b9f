#include "http/assets.hpp"

#include "http/coding.hpp"

namespace maru::http {

Response serve(const Request& request, const Asset& asset) {
    const bool gzipped = !asset.gzip.empty() && accepts_gzip(request);
    Response response;
    response.headers.add("Content-Type", std::string(asset.content_type));
    response.headers.add("ETag", std::string(asset.etag));
    response.headers.add("Cache-Control",
                         asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    response.headers.add("X-Content-Type-Options", "nosniff");
    if (!asset.gzip.empty()) vary_by(response, "Accept-Encoding");
    response.content = LastingText{gzipped ? asset.gzip : asset.plain};
    apply_conditions(request, response);
    if (!gzipped) return response;
    response.headers.set("ETag", gzip_tag(asset.etag));
    if (response.status == 200) response.headers.add("Content-Encoding", "gzip");
    return response;
}

}  // namespace maru::http
