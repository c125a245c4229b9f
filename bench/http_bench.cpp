// A server of small answers, to be measured from outside: bench/http_rate.py, bench/http_idle.py.
#include <cstdio>
#include <string>

#include "http/server.hpp"

namespace {

using namespace maru::http;

Handler constant(std::string body) {
    const auto text = std::make_shared<const std::string>(std::move(body));
    return [text](Request&, const Captures&) {
        Response response = text_response(200, "application/json", "");
        response.content = text;
        return response;
    };
}

}  // namespace

// http_bench ADDRESS [certificate key]
int main(int argc, char** argv) {
    Router router;
    router.add({.pattern = "/small", .handler = constant(std::string(512, 'x')), .work = Work::quick});
    router.add({.pattern = "/slow", .handler = constant(std::string(512, 'x')), .work = Work::slow});
    router.add({.pattern = "/records/{id}", .handler = constant(std::string(512, 'x')), .work = Work::quick});
    Options options;
    if (argc > 1) options.listen = argv[1];
    if (argc > 3) options.tls = Tls{argv[2], argv[3]};
    options.limits.connections_per_peer = 20'000;
    auto server = Server::listen(router, std::move(options));
    if (!server) {
        std::fprintf(stderr, "%s\n", server.error().message.en.c_str());
        return 2;
    }
    server->end_by_signals();
    std::printf("%s\n", server->address().c_str());
    std::fflush(stdout);
    server->run();
}
