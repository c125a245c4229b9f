// What went wrong, as RFC 9457 problem details (application/problem+json).
#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"
#include "http/message.hpp"

namespace maru::api {

// What is wrong with one field of what was sent.
struct FieldProblem {
    std::string field;
    Text message;
};

// {type, title, status, detail, instance (the request's id), errors: [{field, detail}]}. `type` is
// "/problems/<code>", stable for programs.
struct Problem {
    int status = 400;
    std::string code;  // "invalid", "not_found", "conflict", "forbidden", "sign_in", …
    Text detail;
    std::vector<FieldProblem> fields;
};

Problem problem_of(const Error& error);
http::Response render(const Problem& problem, const http::Request* request, Language language);

}  // namespace maru::api
