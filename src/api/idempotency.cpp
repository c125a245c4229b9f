#include "api/idempotency.hpp"

#include "crypto/hash.hpp"

namespace maru::api {

namespace {

constexpr std::size_t longest_key = 255;

bool changes_something(http::Method method) {
    return method == http::Method::post || method == http::Method::put || method == http::Method::patch ||
           method == http::Method::remove;
}

// Each part behind its length, so that no two requests run together.
Hash hash_of(const http::Request& request) {
    std::string all(name_of(request.method));
    const auto add = [&all](std::string_view part) {
        all += std::to_string(part.size()) + "\n" + std::string(part);
    };
    add(request.path);
    for (const auto& [name, value] : request.query) {
        add(name);
        add(value);
    }
    add(request.body);
    return crypto::sha256(as_bytes(all));
}

Problem wrong_key() {
    return {400,
            "idempotency_key",
            {"Idempotency-Key は 1〜255 文字で書いてください。", "Idempotency-Key: 1 to 255 characters"},
            {}};
}
Problem other_request() {
    return {422,
            "idempotency_key",
            {"この Idempotency-Key は別の要求に使われています。新しい値にしてください。",
             "this Idempotency-Key was used for another request; make a new one"},
            {}};
}
Problem still_running() {
    return {409,
            "in_progress",
            {"同じ要求を処理中です。しばらくして結果を確かめてください。",
             "the same request is being worked on; look at the result in a moment"},
            {}};
}

http::Response again(const identity::StoredAnswer& answer) {
    http::Response response = http::text_response(answer.status, answer.content_type, answer.body);
    response.headers.set("Idempotency-Replayed", "true");
    response.headers.set("Cache-Control", "no-store");
    return response;
}

identity::StoredAnswer stored(const http::Response& response) {
    return {response.status, std::string(response.headers.find("Content-Type").value_or("")),
            std::string(response.text())};
}

// What cannot be remembered is an answer all the same: the change is durable.
void remember(identity::AccessStore& access, std::int64_t user, const std::string& key,
              const http::Response& response) {
    if (response.status >= 500)
        static_cast<void>(access.abandon_idempotent(user, key));
    else
        static_cast<void>(access.finish_idempotent(user, key, stored(response)));
}

}  // namespace

http::Response once(Site& site, std::int64_t user, const http::Request& request, Language language,
                    const std::function<http::Response()>& work) {
    const auto written = request.headers.find("Idempotency-Key");
    if (!written || user == 0 || !changes_something(request.method) || request.body_file) return work();
    const std::string key(*written);
    if (key.empty() || key.size() > longest_key) return render(wrong_key(), &request, language);
    using State = identity::Idempotency::State;
    const auto begun = site.access().begin_idempotent(user, key, hash_of(request));
    if (!begun) return render(problem_of(begun.error()), &request, language);
    if (begun->state == State::answered) return again(begun->answer);
    if (begun->state == State::other) return render(other_request(), &request, language);
    if (begun->state == State::in_progress) return render(still_running(), &request, language);
    http::Response response = work();
    remember(site.access(), user, key, response);
    return response;
}

}  // namespace maru::api
