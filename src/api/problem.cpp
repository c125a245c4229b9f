#include "api/problem.hpp"

#include <boost/json.hpp>

namespace maru::api {

namespace {

namespace json = boost::json;

Text title_of(int status) {
    switch (status) {
        case 400: return {"入力に誤りがあります", "Something in the request is wrong"};
        case 401: return {"サインインが必要です", "Sign in first"};
        case 403: return {"権限がありません", "Not allowed"};
        case 404: return {"見つかりません", "Not found"};
        case 405: return {"その操作はできません", "Method not allowed"};
        case 408: return {"時間切れです", "Timed out"};
        case 409: return {"ほかの変更と重なりました", "In conflict with another change"};
        case 412: return {"内容が変わっています", "It has changed meanwhile"};
        case 413: return {"大きすぎます", "Too large"};
        case 415: return {"この形式は受け取れません", "Unsupported media type"};
        case 422: return {"入力に誤りがあります", "Some values are wrong"};
        case 429: return {"要求が多すぎます", "Too many requests"};
        case 503: return {"いまは応じられません", "Unavailable for the moment"};
        default: return {"内部の誤りです", "Internal error"};
    }
}

}  // namespace

Problem problem_of(const Error& error) {
    switch (error.kind) {
        case ErrorKind::invalid: return {422, "invalid", error.message, {}};
        case ErrorKind::not_found: return {404, "not_found", error.message, {}};
        case ErrorKind::conflict: return {409, "conflict", error.message, {}};
        case ErrorKind::forbidden: return {403, "forbidden", error.message, {}};
        case ErrorKind::unavailable: return {503, "unavailable", error.message, {}};
        case ErrorKind::corrupt: return {500, "corrupt", error.message, {}};
        case ErrorKind::internal: return {500, "internal", error.message, {}};
    }
    return {500, "internal", error.message, {}};
}

http::Response render(const Problem& problem, const http::Request* request, Language language) {
    json::object body{{"type", "/problems/" + problem.code},
                      {"title", title_of(problem.status).in(language)},
                      {"status", problem.status},
                      {"detail", problem.detail.in(language)}};
    if (request) body["instance"] = request->id;
    json::array fields;
    for (const FieldProblem& one : problem.fields)
        fields.push_back({{"field", one.field}, {"detail", one.message.in(language)}});
    if (!fields.empty()) body["errors"] = std::move(fields);
    http::Response response =
        http::text_response(problem.status, "application/problem+json", json::serialize(body));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Content-Language", language == Language::ja ? "ja" : "en");
    return response;
}

}  // namespace maru::api
