#include "api/members.hpp"

#include <boost/json.hpp>

namespace maru::api {

Result<std::string> text_member(const boost::json::object& body, std::string_view name) {
    const boost::json::value* value = body.if_contains(name);
    if (!value || value->is_null()) return std::string();
    if (value->is_string()) return std::string(value->get_string());
    return fail(ErrorKind::invalid,
                {std::string(name) + ": 文字列で書いてください。", std::string(name) + ": write a text"});
}

Result<std::string> required_text(const boost::json::object& body, std::string_view name) {
    std::string text = TRY(text_member(body, name));
    if (!text.empty()) return text;
    return fail(ErrorKind::invalid,
                {std::string(name) + ": 必須です。", std::string(name) + ": is required"});
}

}  // namespace maru::api
