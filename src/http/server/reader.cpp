#include "server/reader.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include "http/ascii.hpp"
#include "http/target.hpp"

namespace maru::http {

namespace {

namespace beast = boost::beast;
using BeastText = beast::string_view;

constexpr std::size_t most_headers = 100;
// "0\r\n\r\n" is still to come until a body in chunks ends. Given less of it, Beast 1.81 breaks its own
// assertion.
constexpr std::size_t last_chunk = 5;

std::string_view view(BeastText text) { return {text.data(), text.size()}; }

Text malformed(const char* ja, const char* en) {
    return {std::string("HTTP の要求として読めません: ") + ja, std::string("malformed HTTP request: ") + en};
}

std::optional<Method> method_of(std::string_view name) {
    for (const Method method : {Method::get, Method::head, Method::post, Method::put, Method::patch,
                                Method::remove, Method::options})
        if (name == name_of(method)) return method;
    return std::nullopt;
}

bool is_host(std::string_view host) {
    return std::ranges::all_of(host, [](char c) {
        const char lower = lowered(c);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view(".-_:[]%").contains(c);
    });
}

// Beast's parser, filling a Request; remembers the first thing that is wrong.
class Parser final : public beast::http::basic_parser<true> {
public:
    explicit Parser(Request& request) : request_(request) { eager(true); }

    std::optional<Refusal> refusal;
    bool expects_continue = false;
    int version = 11;

    void refuse(int status, const char* ja, const char* en) {
        if (!refusal) refusal = Refusal{status, malformed(ja, en)};
    }
    void check_head();

private:
    using Error = beast::error_code;

    void on_request_impl(beast::http::verb, BeastText method, BeastText target, int written_version,
                         Error&) override;
    void on_field_impl(beast::http::field field, BeastText name, BeastText value, Error&) override;
    void on_header_impl(Error&) override { in_trailer_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
    std::size_t on_body_impl(BeastText body, Error&) override { return append(body); }
    void on_chunk_header_impl(std::uint64_t, BeastText, Error&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, BeastText body, Error&) override { return append(body); }
    void on_finish_impl(Error&) override {}
    void on_response_impl(int, BeastText, int, Error&) override {}

    std::size_t append(BeastText body) {
        request_.body.append(body.data(), body.size());
        return body.size();
    }

    Request& request_;
    std::string authority_;
    int hosts_ = 0, lengths_ = 0, codings_ = 0;
    bool in_trailer_ = false;
};

void Parser::on_request_impl(beast::http::verb, BeastText method, BeastText target, int written_version,
                             Error&) {
    version = written_version;
    if (const auto known = method_of(view(method)))
        request_.method = *known;
    else
        refusal =
            Refusal{501, {"この方法（メソッド）には対応していません。", "this method is not implemented"}};
    auto parsed = http::parse_target(view(target));
    if (!parsed) {
        if (!refusal) refusal = Refusal{400, std::move(parsed.error().message)};
        return;
    }
    authority_ = std::move(parsed->authority);
    request_.path = std::move(parsed->path);
    request_.query = std::move(parsed->query);
}

void Parser::on_field_impl(beast::http::field field, BeastText name, BeastText value, Error&) {
    using Field = beast::http::field;
    if (in_trailer_) return;
    if (request_.headers.all().size() == most_headers)
        refuse(431, "ヘッダーが多すぎます。", "too many headers");
    if (field == Field::host) ++hosts_;
    if (field == Field::host && !is_host(view(value))) refuse(400, "Host が正しくありません。", "bad Host");
    if (field == Field::content_length) ++lengths_;
    if (field == Field::content_length && view(value).contains(','))
        refuse(400, "Content-Length が複数あります。", "several values of Content-Length");
    if (field == Field::transfer_encoding) ++codings_;
    if (field == Field::transfer_encoding && !same_name(view(value), "chunked"))
        refuse(501, "Transfer-Encoding は chunked だけに対応しています。",
               "the only transfer coding that is implemented is chunked");
    if (field == Field::expect && same_name(view(value), "100-continue")) expects_continue = true;
    request_.headers.add(std::string(view(name)), std::string(view(value)));
}

void Parser::check_head() {
    if (lengths_ > 1 || codings_ > 1 || (lengths_ == 1 && codings_ == 1))
        refuse(400, "本文の長さが 2 通りに書かれています。", "the length of the body is given twice");
    if (codings_ == 1 && version == 10)
        refuse(400, "HTTP/1.0 に Transfer-Encoding はありません。", "HTTP/1.0 has no Transfer-Encoding");
    if (hosts_ > 1 || (hosts_ == 0 && version == 11))
        refuse(400, "Host が 1 つ必要です。", "one Host is needed");
    if (!authority_.empty() && is_host(authority_)) request_.headers.set("Host", std::move(authority_));
}

Refusal refusal_of(const beast::error_code& error) {
    using beast::http::error;
    if (error == error::body_limit) return {413, {"本文が大きすぎます。", "the body is too large"}};
    if (error == error::bad_version)
        return {400, malformed("HTTP/1.1 か HTTP/1.0 で要求してください。", "ask in HTTP/1.1 or HTTP/1.0")};
    if (error == error::bad_content_length || error == error::multiple_content_length)
        return {400, malformed("Content-Length が正しくありません。", "bad Content-Length")};
    return {400, malformed("形が正しくありません。", error.message().c_str())};
}

}  // namespace

struct RequestReader::Impl {
    explicit Impl(std::uint32_t most) : limit(most) {}

    Progress refuse(Refusal why) {
        refusal = std::move(why);
        return Progress::refused;
    }
    Progress scan(Buffer& input);
    Progress overlong(std::string_view text);
    Progress put(Buffer& input);

    std::uint32_t limit;
    std::size_t line = 0, scanned = 0;  // where the line begins that is being read, and what was looked at
    bool begun = false;
    std::optional<Parser> parser;
    Refusal refusal;
};

Progress RequestReader::Impl::overlong(std::string_view text) {
    if (text.size() < limit) return Progress::incomplete;
    if (line == 0) return refuse({414, malformed("URL が長すぎます。", "the URL is too long")});
    return refuse({431, malformed("ヘッダーが長すぎます。", "the headers are too long")});
}

// Complete when the empty line after the headers has come; `scanned` is then their length.
Progress RequestReader::Impl::scan(Buffer& input) {
    while (line == 0 && input.unread().starts_with("\r\n")) {  // RFC 9112 section 2.2
        input.take(2);
        scanned = 0;
    }
    const std::string_view text = input.unread().substr(0, limit);
    begun = begun || !text.empty();
    if (!text.empty() && (lowered(text[0]) < 'a' || lowered(text[0]) > 'z') && text != "\r")
        return refuse({400, malformed("HTTP ではありません。", "this is not HTTP")});
    for (std::size_t end; (end = text.find('\n', scanned)) != std::string_view::npos;) {
        if (end == 0 || text[end - 1] != '\r')
            return refuse({400, malformed("行の終わりは CRLF です。", "lines end in CRLF")});
        if (is_optional_space(text[line]))
            return refuse({400, malformed("行が折り返されています。", "a line is folded")});
        scanned = end + 1;
        if (end - line == 1) return Progress::complete;
        line = scanned;
    }
    scanned = text.size();
    return overlong(text);
}

Progress RequestReader::Impl::put(Buffer& input) {
    const std::string_view text = input.unread();
    if (parser->chunked() && text.size() < last_chunk) return Progress::incomplete;
    beast::error_code error;
    input.take(parser->put(boost::asio::const_buffer(text.data(), text.size()), error));
    if (error && error != beast::http::error::need_more) return refuse(refusal_of(error));
    if (parser->is_done()) return Progress::complete;
    if (input.unread().size() >= limit)  // an endless chunk extension or trailer
        return refuse({400, malformed("chunk が正しくありません。", "bad chunk")});
    return Progress::incomplete;
}

RequestReader::RequestReader(std::uint32_t header_limit) : impl_(std::make_unique<Impl>(header_limit)) {}
RequestReader::~RequestReader() = default;

Progress RequestReader::read_head(Buffer& input, Request& request) {
    if (const Progress progress = impl_->scan(input); progress != Progress::complete) return progress;
    Parser& parser = impl_->parser.emplace(request);
    parser.header_limit(impl_->limit + 1);
    parser.body_limit(boost::none);
    beast::error_code error;
    input.take(parser.put(boost::asio::const_buffer(input.unread().data(), impl_->scanned), error));
    if (parser.refusal) return impl_->refuse(std::move(*parser.refusal));
    if (error && error != beast::http::error::need_more) return impl_->refuse(refusal_of(error));
    parser.check_head();
    if (parser.refusal) return impl_->refuse(std::move(*parser.refusal));
    return Progress::complete;
}

Progress RequestReader::read_body(Buffer& input, Request&) {
    if (impl_->parser->is_done()) return Progress::complete;
    if (input.unread().empty()) return Progress::incomplete;
    return impl_->put(input);
}

void RequestReader::limit_body(std::uint64_t bytes) { impl_->parser->body_limit(bytes); }

void RequestReader::reset() {
    impl_->parser.reset();
    impl_->line = impl_->scanned = 0;
    impl_->begun = false;
}

bool RequestReader::begun() const { return impl_->begun; }
bool RequestReader::has_body() const { return !impl_->parser->is_done(); }

std::optional<std::uint64_t> RequestReader::content_length() const {
    const auto length = impl_->parser->content_length();
    return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

bool RequestReader::keep_alive() const { return impl_->parser && impl_->parser->keep_alive(); }
bool RequestReader::is_http_1_0() const { return !impl_->parser || impl_->parser->version == 10; }
bool RequestReader::expects_continue() const { return impl_->parser->expects_continue; }
const Refusal& RequestReader::refusal() const { return impl_->refusal; }

}  // namespace maru::http
