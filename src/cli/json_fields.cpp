#include "cli/json_fields.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include "registers/json_keys.hpp"
#include "registers/lists.hpp"

namespace maru::cli {

namespace {

namespace json = boost::json;

std::unexpected<Error> wrong(const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid, {"JSON: " + ja, "JSON: " + en});
}

Text object_needed() {
    return {"オブジェクト {\"項目\": 値, …} を書いてください。", "write one object {\"field\": value, …}."};
}

// Numbers are kept as they are written, so that no decimal or large integer passes through a double.
struct Handler {
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    registers::WrittenFields fields;
    Text problem;
    std::string key, part;
    int depth = 0;
    bool in_list = false;
    bool first_item = true;

    bool refuse(Text text, json::error_code& ec) {
        if (problem.en.empty()) problem = std::move(text);
        ec = json::error::syntax;
        return false;
    }

    bool take(std::string value, json::error_code& ec) {
        if (depth == 0) return refuse(object_needed(), ec);
        if (!in_list) {
            fields[key] = std::move(value);
            return true;
        }
        fields[key] += (first_item ? "" : ";") + registers::written_item(value);
        first_item = false;
        return true;
    }

    // Strings and numbers come in parts.
    bool take_last(json::string_view text, json::error_code& ec) {
        std::string whole = part + std::string(text);
        part.clear();
        return take(std::move(whole), ec);
    }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code& ec) {
        if (++depth > 1)
            return refuse({key + " の値にオブジェクトは使えません。文字列か配列を書いてください。",
                           key + ": a value cannot be an object; write a string or an array."},
                          ec);
        return true;
    }
    bool on_object_end(std::size_t, json::error_code&) { return --depth, true; }
    bool on_array_begin(json::error_code& ec) {
        if (depth == 0) return refuse(object_needed(), ec);
        if (in_list)
            return refuse({key + " の配列の中に配列は使えません。1列に並べてください。",
                           key + ": an array inside an array cannot be a value; write one flat array."},
                          ec);
        in_list = first_item = true;
        fields[key].clear();
        return true;
    }
    bool on_array_end(std::size_t, json::error_code&) { return in_list = false, true; }
    bool on_key_part(json::string_view text, std::size_t, json::error_code&) {
        return part.append(text), true;
    }
    bool on_key(json::string_view text, std::size_t, json::error_code&) {
        key = part + std::string(text);
        part.clear();
        fields[key].clear();
        return true;
    }
    bool on_string_part(json::string_view text, std::size_t, json::error_code&) {
        return part.append(text), true;
    }
    bool on_string(json::string_view text, std::size_t, json::error_code& ec) { return take_last(text, ec); }
    bool on_number_part(json::string_view text, json::error_code&) { return part.append(text), true; }
    bool on_int64(std::int64_t, json::string_view text, json::error_code& ec) { return take_last(text, ec); }
    bool on_uint64(std::uint64_t, json::string_view text, json::error_code& ec) {
        return take_last(text, ec);
    }
    bool on_double(double, json::string_view text, json::error_code& ec) { return take_last(text, ec); }
    bool on_bool(bool value, json::error_code& ec) { return take(value ? "true" : "false", ec); }
    bool on_null(json::error_code& ec) { return take("", ec); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

// The library's words are English only.
std::string cause_of(const json::error_code& ec) {
    if (ec == json::error::incomplete) return "（途中で終わっています）";
    if (ec == json::error::too_deep) return "（入れ子が深すぎます）";
    if (ec == json::error::exponent_overflow) return "（数が大きすぎます）";
    return "";
}

}  // namespace

Result<registers::WrittenFields> parse_json_fields(std::string_view text) {
    if (const auto key = registers::key_written_twice(text))
        return wrong("キー " + *key + " が2回あります。1回だけ書いてください。",
                     "the key " + *key + " appears twice; write it once.");
    json::basic_parser<Handler> parser(json::parse_options{});
    json::error_code ec;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
    Handler& handler = parser.handler();
    if (!handler.problem.en.empty()) return wrong(handler.problem.ja, handler.problem.en);
    if (ec)
        return wrong(std::to_string(read) + " バイト目で読めません" + cause_of(ec) +
                         "。その付近の引用符・カンマ・括弧を確かめてください。",
                     "cannot be read at byte " + std::to_string(read) + " (" + ec.message() +
                         "); check quotes, commas and braces there.");
    if (!trim(text.substr(read)).empty())
        return wrong("オブジェクトの後に余分な文字があります。消してください。",
                     "there is more text after the object; remove it.");
    return std::move(handler.fields);
}

}  // namespace maru::cli
