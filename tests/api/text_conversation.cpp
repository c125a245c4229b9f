#include "text_conversation.hpp"

#include <fmt/core.h>

namespace maru::conversation {

namespace {

namespace json = boost::json;

constexpr std::string_view any = "...";
constexpr std::string_view absent = "[absent]";

std::unexpected<Error> wrong(int line, const std::string& what) {
    const std::string message = fmt::format("line {}: {}", line, what);
    return fail(ErrorKind::invalid, {message, message});
}

std::pair<std::string, std::string> header_of(std::string_view line) {
    const std::size_t colon = line.find(':');
    return {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))};
}

class Reader {
public:
    Result<std::vector<Turn>> read(std::string_view text) {
        for (const std::string& line : split(text, '\n')) {
            ++number_;
            TRY(take(line));
        }
        for (const Turn& turn : turns_)
            if (turn.status == 0) return wrong(turn.line, "a request without \"< status\"");
        return std::move(turns_);
    }

private:
    Result<void> take(std::string_view line) {
        if (trim(line).empty() || line.starts_with('#')) return {};
        if (line.starts_with('@')) {
            clock_ = trim(line.substr(1));
            return {};
        }
        if (line.starts_with('>')) return take_request(trim(line.substr(1)));
        if (turns_.empty()) return wrong(number_, "begin with \"> who METHOD path\"");
        Turn& turn = turns_.back();
        if (line.starts_with("!~"))
            turn.no_texts.emplace_back(trim(line.substr(2)));
        else if (line.starts_with('~'))
            turn.texts.emplace_back(trim(line.substr(1)));
        else if (line.starts_with('<'))
            return take_answer(trim(line.substr(1)));
        else
            turn.demanded += std::string(line) + "\n";
        return {};
    }

    Result<void> take_request(std::string_view line) {
        if (turns_.empty() || turns_.back().status != 0) return begin(line);
        Turn& turn = turns_.back();
        if (line.starts_with('|'))
            turn.body += std::string(line.substr(1)) + "\n";
        else if (!turn.body.empty() || (!line.empty() && std::string_view("{[\"").contains(line.front())))
            turn.body += std::string(line) + "\n";
        else
            turn.headers.push_back(header_of(line));
        return {};
    }

    Result<void> begin(std::string_view line) {
        const std::vector<std::string> words = split(line, ' ');
        if (words.size() != 3) return wrong(number_, "write \"> who METHOD path\"");
        turns_.push_back({.line = number_, .clock = clock_});
        clock_.clear();
        turns_.back().who = words[0];
        turns_.back().method = words[1];
        turns_.back().target = words[2];
        return {};
    }

    Result<void> take_answer(std::string_view line) {
        Turn& turn = turns_.back();
        if (turn.status != 0)
            turn.demanded_headers.push_back(header_of(line));
        else
            turn.status = std::atoi(std::string(line).c_str());
        return {};
    }

    std::vector<Turn> turns_;
    std::string clock_;
    int number_ = 0;
};

// "${name}" alone; "" otherwise.
std::string_view name_in(std::string_view text) {
    const bool is_one = text.starts_with("${") && text.ends_with('}') && text.find('}') == text.size() - 1;
    return is_one ? text.substr(2, text.size() - 3) : std::string_view();
}

bool matches(std::string_view pattern, std::string_view text) {
    const std::size_t gap = pattern.find(any);
    if (gap == std::string_view::npos) return pattern == text;
    if (!text.starts_with(pattern.substr(0, gap))) return false;
    const std::string_view rest = pattern.substr(gap + any.size());
    for (std::size_t at = gap; at <= text.size(); ++at)
        if (matches(rest, text.substr(at))) return true;
    return false;
}

std::string written(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::optional<std::string> below(std::string_view place, std::optional<std::string> why) {
    if (why) why->insert(0, std::string(place) + (why->starts_with(':') ? "" : "."));
    return why;
}

std::optional<std::string> object_differs(const json::object& demanded, const json::value& value,
                                          Names& names) {
    const json::object* object = value.if_object();
    if (!object) return ": no object but " + json::serialize(value);
    for (const auto& [key, wanted] : demanded) {
        const json::value* found = object->if_contains(key);
        const bool must_be_absent = wanted.is_string() && std::string_view(wanted.get_string()) == absent;
        if (must_be_absent && found) return below(key, ": is there: " + json::serialize(*found));
        if (must_be_absent) continue;
        if (!found) return below(key, ": is not there");
        if (auto why = differs(wanted, *found, names)) return below(key, std::move(why));
    }
    return std::nullopt;
}

std::optional<std::string> array_differs(const json::array& demanded, const json::value& value,
                                         Names& names) {
    const json::array* array = value.if_array();
    if (!array) return ": no array but " + json::serialize(value);
    const bool open = !demanded.empty() && demanded.back().is_string() && demanded.back().get_string() == any;
    const std::size_t wanted = demanded.size() - (open ? 1 : 0);
    if (array->size() < wanted || (!open && array->size() != wanted))
        return fmt::format(": {} items, not {}: {}", array->size(), wanted, json::serialize(*array));
    for (std::size_t i = 0; i < wanted; ++i)
        if (auto why = differs(demanded[i], (*array)[i], names))
            return below(std::to_string(i), std::move(why));
    return std::nullopt;
}

}  // namespace

Result<std::vector<Turn>> read_conversation(std::string_view text) { return Reader().read(text); }

std::string replace_names(std::string_view text, const Names& names) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = std::min(text.find("${", at), text.size());
        const std::size_t close = std::min(text.find('}', open), text.size());
        out += text.substr(at, open - at);
        if (close == text.size()) return out + std::string(text.substr(open));
        const auto known = names.find(text.substr(open + 2, close - open - 2));
        out += known == names.end() ? std::string(text.substr(open, close + 1 - open)) : known->second;
        at = close + 1;
    }
    return out;
}

std::optional<std::string> differs(std::string_view demanded, std::string_view text, Names& names) {
    if (const std::string_view name = name_in(demanded); !name.empty()) {
        const auto [known, is_new] = names.try_emplace(std::string(name), text);
        if (is_new || known->second == text) return std::nullopt;
        return fmt::format(": is {}, not {}", text, known->second);
    }
    if (matches(replace_names(demanded, names), text)) return std::nullopt;
    return fmt::format(": is {}, not {}", text, demanded);
}

std::optional<std::string> differs(const json::value& demanded, const json::value& value, Names& names) {
    if (demanded.is_object()) return object_differs(demanded.get_object(), value, names);
    if (demanded.is_array()) return array_differs(demanded.get_array(), value, names);
    if (demanded.is_string()) {
        const std::string_view text = demanded.get_string();
        if (text == any) return std::nullopt;
        if (!name_in(text).empty() || value.is_string()) return differs(text, written(value), names);
    }
    if (demanded == value) return std::nullopt;
    return fmt::format(": is {}, not {}", json::serialize(value), json::serialize(demanded));
}

}  // namespace maru::conversation
