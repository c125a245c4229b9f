#include "server/head.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace maru::http {

namespace {

std::string_view reason_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 422: return "Unprocessable Content";
        case 423: return "Locked";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        default: return "";
    }
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Whatever a handler put into a header stays in this header.
void append_value(std::string& out, std::string_view value) {
    const std::size_t begin = out.size();
    out += value;
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), is_control, ' ');
}

}  // namespace

bool has_no_content(int status) { return status < 200 || status == 204 || status == 304; }

void append_chunk(std::string& out, std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    int shift = 60;
    while (shift > 0 && (bytes.size() >> shift) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) out += digits[(bytes.size() >> shift) & 15];
    out += "\r\n";
    out += bytes;
    out += "\r\n";
}

void append_head(std::string& out, const Response& response, const HeadFacts& facts) {
    out += "HTTP/1.1 ";
    out += std::to_string(response.status);
    out += ' ';
    out += reason_of(response.status);
    out += "\r\nDate: ";
    out += facts.date;
    if (!facts.request_id.empty()) {
        out += "\r\nX-Request-Id: ";
        out += facts.request_id;
    }
    if (facts.length && !has_no_content(response.status)) {
        out += "\r\nContent-Length: ";
        out += std::to_string(*facts.length);
    }
    if (!facts.length && !facts.http_1_0) out += "\r\nTransfer-Encoding: chunked";
    if (!facts.keep_alive) out += "\r\nConnection: close";
    if (facts.keep_alive && facts.http_1_0) out += "\r\nConnection: keep-alive";
    for (const auto& [name, value] : response.headers.all()) {
        out += "\r\n";
        append_value(out, name);
        out += ": ";
        append_value(out, value);
    }
    out += "\r\n\r\n";
}

std::string http_date(Instant instant) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::string iso = format_instant(instant);  // "2026-11-23T00:15:00Z"
    return std::string(days[std::chrono::weekday(day).c_encoding()]) + ", " + iso.substr(8, 2) + " " +
           months[static_cast<unsigned>(date.month()) - 1] + " " + iso.substr(0, 4) + " " +
           iso.substr(11, 8) + " GMT";
}

}  // namespace maru::http
