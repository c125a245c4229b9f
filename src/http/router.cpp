#include "http/router.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <tuple>

namespace maru::http {

namespace {

constexpr std::array every_method{Method::get,   Method::head,   Method::post,   Method::put,
                                  Method::patch, Method::remove, Method::options};
constexpr std::size_t index_of(Method method) { return static_cast<std::size_t>(method); }

// "/a/b/" has the segments "a", "b", "".
std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    std::size_t begin = 1;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        segments.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return segments;
}

[[noreturn]] void broken(const Route& route, const char* why) {
    std::fprintf(stderr, "route %s %s: %s\n", std::string(name_of(route.method)).c_str(),
                 route.pattern.c_str(), why);
    std::abort();
}

}  // namespace

const std::string& Captures::operator[](std::string_view name) const {
    static const std::string none;
    for (const auto& [key, value] : values_)
        if (key == name) return value;
    return none;
}

void Captures::set(std::string name, std::string value) {
    values_.emplace_back(std::move(name), std::move(value));
}

struct Router::Node {
    struct Place {
        Route route;
        std::vector<std::string> names;  // of its placeholders, in order
    };
    using Places = std::array<std::optional<Place>, every_method.size()>;

    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> any;
    Places ends;   // patterns that end here
    Places rests;  // patterns that end here with {name...}

    // `values`: what the placeholders stand for.
    const Place* find(Method method, std::span<const std::string_view> segments,
                      std::vector<std::string_view>& values) const;
};

const Router::Node::Place* Router::Node::find(Method method, std::span<const std::string_view> segments,
                                              std::vector<std::string_view>& values) const {
    const auto in = [method](const Places& places) {
        const auto& place = places[index_of(method)];
        return place ? &*place : nullptr;
    };
    if (segments.empty()) return in(ends);
    const std::string_view segment = segments.front();
    if (const auto literal = literals.find(segment); literal != literals.end())
        if (const Place* const found = literal->second->find(method, segments.subspan(1), values))
            return found;
    if (any && !segment.empty()) {
        values.push_back(segment);
        if (const Place* const found = any->find(method, segments.subspan(1), values)) return found;
        values.pop_back();
    }
    if (in(rests) == nullptr) return nullptr;
    const std::string_view last = segments.back();
    values.emplace_back(segment.data(), static_cast<std::size_t>(last.data() + last.size() - segment.data()));
    return in(rests);
}

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(Route route) {
    if (!route.pattern.starts_with('/')) broken(route, "a pattern begins with /");
    Node* node = root_.get();
    Node::Places* places = &node->ends;
    std::vector<std::string> names;
    for (const std::string_view segment : segments_of(route.pattern)) {
        if (places == &node->rests) broken(route, "nothing follows {name...}");
        if (!segment.starts_with('{')) {
            auto& child = node->literals[std::string(segment)];
            if (!child) child = std::make_unique<Node>();
            node = child.get();
            places = &node->ends;
            continue;
        }
        if (!segment.ends_with('}')) broken(route, "a placeholder is {name}");
        std::string_view name = segment.substr(1, segment.size() - 2);
        const bool rest = name.ends_with("...");
        if (rest) name.remove_suffix(3);
        names.emplace_back(name);
        if (!rest) {
            if (!node->any) node->any = std::make_unique<Node>();
            node = node->any.get();
        }
        places = rest ? &node->rests : &node->ends;
    }
    auto& place = (*places)[index_of(route.method)];
    if (place) broken(route, "is already there");
    place.emplace(std::move(route), std::move(names));
}

Router::Match Router::find(Method method, std::string_view path) const {
    Match match;
    const std::vector<std::string_view> segments = segments_of(path);
    std::vector<std::string_view> values;
    const Node::Place* place = root_->find(method, segments, values);
    if (place == nullptr && method == Method::head) place = root_->find(Method::get, segments, values);
    if (place == nullptr) {
        for (const Method other : every_method)
            if (root_->find(other, segments, values) != nullptr) match.allowed.push_back(other);
        return match;
    }
    match.route = &place->route;
    for (std::size_t i = 0; i < values.size(); ++i)
        match.captures.set(place->names[i], std::string(values[i]));
    return match;
}

std::vector<const Route*> Router::routes() const {
    std::vector<const Route*> all;
    std::vector<const Node*> open{root_.get()};
    while (!open.empty()) {
        const Node* const node = open.back();
        open.pop_back();
        for (const auto* const places : {&node->ends, &node->rests})
            for (const auto& place : *places)
                if (place) all.push_back(&place->route);
        for (const auto& [name, child] : node->literals) open.push_back(child.get());
        if (node->any) open.push_back(node->any.get());
    }
    std::ranges::sort(all, [](const Route* a, const Route* b) {
        return std::tie(a->pattern, a->method) < std::tie(b->pattern, b->method);
    });
    return all;
}

}  // namespace maru::http
