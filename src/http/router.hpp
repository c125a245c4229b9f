// Which handler answers a method and path.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace maru::http {

// What the pattern's placeholders stood for, by name: "/registers/{register}/records/{id}".
class Captures {
public:
    // "" when there is no such placeholder.
    const std::string& operator[](std::string_view name) const;
    void set(std::string name, std::string value);

private:
    std::vector<std::pair<std::string, std::string>> values_;
};

// Runs on the thread that read the request (quick: well below a millisecond, never waits) or on the pool.
enum class Work { quick, slow };

using Handler = std::function<Response(Request& request, const Captures& captures)>;
using Admission = std::function<std::optional<Response>(Request& request, const Captures& captures)>;

// Bodies up to this size are read before anybody looks at who sends them.
constexpr std::size_t unasked_body = 16 * 1024;

struct Route {
    Method method = Method::get;
    // Literal segments, {name} (never empty), and at the end {name...} for all that is left (with "/", may be
    // empty): "/o/{org}/{rest...}" takes "/o/maru/" but not "/o/maru".
    std::string pattern;
    Handler handler;
    // Asked before a body above `unasked_body`, or of unknown size, is read, on the thread that reads; its
    // answer ends the connection. The handler must ask again: not every request comes by here.
    Admission admit{};
    Work work = Work::slow;
    std::size_t body_limit = 1 << 20;  // bytes; larger bodies are refused with 413 before they are read
};

class Router {
public:
    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    // Literal segments win over placeholders, where they know the method. Two routes of the same method and
    // shape are a mistake of ours: abort.
    void add(Route route);

    struct Match {
        const Route* route = nullptr;
        Captures captures;
        std::vector<Method> allowed;  // when the path is known, but not with this method (405)
    };
    // HEAD is answered by GET's route.
    Match find(Method method, std::string_view path) const;
    std::vector<const Route*> routes() const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace maru::http
