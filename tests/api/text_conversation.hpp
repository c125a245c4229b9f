// Conversations with the API as text (README.md): reading them and comparing answers with what they demand.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace maru::conversation {

struct Turn {
    int line = 0;       // of the request
    std::string clock;  // to set before it; "" = as it is
    std::string who, method, target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    int status = 0;
    std::vector<std::pair<std::string, std::string>> demanded_headers;
    std::string demanded;  // JSON; "" = none
    std::vector<std::string> texts, no_texts;
};

Result<std::vector<Turn>> read_conversation(std::string_view text);

// What ${name} stands for.
using Names = std::map<std::string, std::string, std::less<>>;
std::string replace_names(std::string_view text, const Names& names);

// Why the text is not what is demanded (with "..."); nullopt when it is.
std::optional<std::string> differs(std::string_view demanded, std::string_view text, Names& names);
// Why the value does not hold what is demanded, with the place in it.
std::optional<std::string> differs(const boost::json::value& demanded, const boost::json::value& value,
                                   Names& names);

}  // namespace maru::conversation
