#include "remote/client.hpp"

#include <fmt/core.h>
#include <sys/stat.h>

#include <cstdlib>

#include "cli/files.hpp"
#include "http/target.hpp"

namespace maru::cli {

namespace {

namespace json = boost::json;
using transport::HttpAnswer;
using transport::HttpRequest;

constexpr std::chrono::minutes patience{10};
constexpr std::size_t largest_answer = std::size_t(1) << 30;

std::unexpected<Error> no_address(const std::string& written) {
    return fail(
        ErrorKind::invalid,
        {fmt::format(
             "--server「{}」: 組織のアドレスを https://isms.example.co.jp/o/名前 の形で書いてください。",
             written),
         fmt::format("--server \"{}\": write the organisation's address as https://isms.example.com/o/NAME",
                     written)});
}

Result<std::string> token_of(const Session& session) {
    const std::filesystem::path& file = session.common.token_file;
    if (file.empty()) {
        const char* token = std::getenv("MARU_TOKEN");  // NOLINT(concurrency-mt-unsafe): one thread
        if (token != nullptr && *token != '\0') return std::string(token);
        return fail(ErrorKind::invalid, {"トークンがありません。画面の「アカウント」で作り、環境変数 "
                                         "MARU_TOKEN に入れるか、ファイルに書いて "
                                         "--token-file で指定してください。",
                                         "there is no token; make one on your account's page, then set "
                                         "MARU_TOKEN or write it into a file "
                                         "and name that with --token-file."});
    }
    struct stat status{};
    if (::stat(file.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fail(ErrorKind::forbidden,
                    {file.string() + ": ほかの利用者も読めるため使いません。chmod 600 を実行してください。",
                     file.string() + ": others may read it, so it is not used; run chmod 600 on it."});
    const Bytes bytes = TRY(read_file(file));
    return std::string(trim(std::string(bytes.begin(), bytes.end())));
}

ErrorKind kind_of(int status) {
    switch (status) {
        case 401:
        case 403: return ErrorKind::forbidden;
        case 404: return ErrorKind::not_found;
        case 409:
        case 412: return ErrorKind::conflict;
        default: return status >= 500 ? ErrorKind::unavailable : ErrorKind::invalid;
    }
}

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// The problem as the server words it (RFC 9457), with its fields.
std::unexpected<Error> problem_in(const HttpRequest& asked, const HttpAnswer& answer) {
    boost::system::error_code broken;
    const json::value body = json::parse(answer.body, broken);
    if (broken || !body.is_object() || text_in(body.get_object(), "detail").empty())
        return fail(ErrorKind::unavailable,
                    {fmt::format("{} は maru の組織として応じません（HTTP {}）。アドレスを確かめてください。",
                                 asked.url, answer.status),
                     fmt::format("{} does not answer as an organisation of maru (HTTP {}); check the address",
                                 asked.url, answer.status)});
    std::string text = text_in(body.get_object(), "detail");
    if (const json::value* const fields = body.get_object().if_contains("errors");
        fields && fields->is_array())
        for (const json::value& one : fields->get_array())
            if (one.is_object())
                text +=
                    "\n  " + text_in(one.get_object(), "field") + ": " + text_in(one.get_object(), "detail");
    return fail(kind_of(answer.status), {text, text});
}

Result<json::object> object_in(const HttpRequest& asked, const HttpAnswer& answer) {
    if (answer.status < 200 || answer.status > 299) return problem_in(asked, answer);
    boost::system::error_code broken;
    json::value body = json::parse(answer.body, broken);
    if (broken || !body.is_object()) return problem_in(asked, answer);
    return std::move(body.get_object());
}

}  // namespace

std::string path_part(std::string_view text) { return http::encode_component(text); }

Result<Client> Client::open(const Session& session) {
    std::string base = session.common.server;
    while (base.ends_with('/')) base.pop_back();
    const std::size_t name = base.rfind("/o/");
    const bool is_http = base.starts_with("https://") || base.starts_with("http://");
    if (!is_http || name == base.npos || name + 3 == base.size()) return no_address(session.common.server);
    return Client(session, base + "/api/v1", TRY(token_of(session)));
}

HttpRequest Client::request(const std::string& path) const {
    HttpRequest out;
    out.url = base_ + path;
    out.headers = {{"Authorization", "Bearer " + token_}, {"Accept-Language", session_->say("ja", "en")}};
    out.patience = patience;
    out.largest_answer = largest_answer;
    return out;
}

Result<std::string> Client::get(const std::string& path, const Query& query) const {
    std::string address = path;
    for (const auto& [name, value] : query)
        if (!value.empty())
            address +=
                (address.find('?') == address.npos ? "?" : "&") + name + "=" + http::encode_component(value);
    const HttpRequest asked = request(address);
    HttpAnswer answer = TRY(transport::send(asked));
    if (answer.status != 200) return problem_in(asked, answer);
    return std::move(answer.body);
}

Result<json::object> Client::get_json(const std::string& path, const Query& query) const {
    const std::string body = TRY(get(path, query));
    return object_in(request(path), {200, "", body});
}

Result<HttpAnswer> Client::answer(const std::string& path, const Sent& sent) const {
    HttpRequest asked = request(path);
    asked.method = sent.method;
    asked.body = sent.body;
    asked.content_type = sent.type;
    if (!sent.if_match.empty()) asked.headers.emplace_back("If-Match", sent.if_match);
    return transport::send(asked);
}

std::unexpected<Error> Client::problem(const std::string& path, const HttpAnswer& answer) const {
    return problem_in(request(path), answer);
}

Result<json::object> Client::send(const std::string& path, const Sent& sent) const {
    return object_in(request(path), TRY(answer(path, sent)));
}

}  // namespace maru::cli
