#include "registers/json_keys.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <set>
#include <vector>

namespace maru::registers {

namespace {

namespace json = boost::json;

struct Handler {
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    std::vector<std::set<std::string, std::less<>>> open;  // keys of the objects around
    std::string part;                                      // keys come in parts
    std::optional<std::string> twice;

    bool on_object_begin(json::error_code&) { return open.emplace_back(), true; }
    bool on_object_end(std::size_t, json::error_code&) { return open.pop_back(), true; }
    bool on_key_part(json::string_view text, std::size_t, json::error_code&) {
        return part.append(text), true;
    }
    bool on_key(json::string_view text, std::size_t, json::error_code& ec) {
        std::string key = std::exchange(part, {}) + std::string(text);
        if (open.back().insert(key).second) return true;
        twice = std::move(key);
        ec = json::error::syntax;
        return false;
    }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t, json::error_code&) { return true; }
    bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
    bool on_double(double, json::string_view, json::error_code&) { return true; }
    bool on_bool(bool, json::error_code&) { return true; }
    bool on_null(json::error_code&) { return true; }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

}  // namespace

std::optional<std::string> key_written_twice(std::string_view json_text) {
    json::basic_parser<Handler> parser(json::parse_options{});
    json::error_code ec;
    parser.write_some(false, json_text.data(), json_text.size(), ec);
    return std::move(parser.handler().twice);
}

}  // namespace maru::registers
