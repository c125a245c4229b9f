#include "api/call.hpp"

#include <fmt/core.h>

#include <boost/json.hpp>
#include <charconv>

#include "registers/json_keys.hpp"
#include "registers/values.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;

std::unexpected<Error> wrong_parameter(std::string_view name, std::string_view written, const Text& needed) {
    return fail(ErrorKind::invalid,
                {fmt::format("パラメータ {}: 「{}」は使えません。{}", name, written, needed.ja),
                 fmt::format("parameter {}: \"{}\" cannot be used; {}", name, written, needed.en)});
}

std::unexpected<Error> no_object(const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid, {"本文: " + ja, "the body: " + en});
}

}  // namespace

std::string Call::parameter(std::string_view name) const {
    return std::string(request.parameter(name).value_or(""));
}

Result<std::int64_t> Call::number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                  std::int64_t most) const {
    const auto written = request.parameter(name);
    if (!written) return otherwise;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(written->data(), written->data() + written->size(), value);
    const bool is_number = error == std::errc() && end == written->data() + written->size();
    if (is_number && least <= value && value <= most) return value;
    return wrong_parameter(name, *written,
                           {fmt::format("{} から {} までの整数を指定してください。", least, most),
                            fmt::format("give a whole number from {} to {}", least, most)});
}

Result<std::optional<Day>> Call::day(std::string_view name) const {
    const auto written = request.parameter(name);
    if (!written || written->empty()) return std::nullopt;
    const auto day = parse_written_day(*written);
    if (day) return *day;
    return wrong_parameter(name, *written,
                           {"日付を 2026-11-23 の形で指定してください。", "give a date such as 2026-11-23"});
}

Result<json::object> Call::body() const {
    const auto type = request.headers.find("Content-Type");
    if (!type ||
        (!type->starts_with("application/json") && !type->starts_with("application/merge-patch+json")))
        return fail(ErrorKind::invalid, {"本文は Content-Type: application/json で送ってください。",
                                         "send the body as Content-Type: application/json"});
    json::error_code failed;
    json::parse_options options;
    options.max_depth = 32;
    const json::value parsed = json::parse(request.body, failed, {}, options);
    if (failed)
        return no_object("JSON として読めません。引用符・カンマ・括弧を確かめてください。",
                         "is not JSON (" + failed.message() + "); check quotes, commas and braces");
    if (!parsed.is_object())
        return no_object("オブジェクト {\"項目\": 値, …} を送ってください。",
                         "send one object {\"field\": value, …}");
    if (const auto key = registers::key_written_twice(request.body))
        return no_object("キー " + *key + " が2回あります。1回だけ書いてください。",
                         "the key " + *key + " appears twice; write it once");
    return parsed.get_object();
}

Result<void> Call::expect(identity::Action action) const {
    if (may().may(action)) return {};
    return fail(ErrorKind::forbidden,
                {"この操作の権限がありません。情報セキュリティ管理者に依頼してください。",
                 "you may not do this; ask the security manager"});
}

void Call::note_read(const registers::Register& of, std::vector<std::int64_t> records) const {
    identity::AccessLine line;
    for (const registers::Field& field : of.fields)
        if (field.personal && may().sees(of, field)) line.fields.push_back(field.number);
    if (line.fields.empty()) return;
    line.at = site.now();
    line.who = who().actor();
    line.register_name = of.name;
    line.records = std::move(records);
    line.request = request.id;
    site.access().note_access(std::move(line));
}

std::function<void(std::size_t, std::size_t)> Call::progress() const {
    const std::string job = parameter("job").substr(0, 64);
    if (job.empty()) return [](std::size_t, std::size_t) {};
    return
        [&events = site.events(), job, told = std::size_t{101}](std::size_t done, std::size_t total) mutable {
            const std::size_t percent = done * 100 / std::max<std::size_t>(total, 1);
            if (std::exchange(told, percent) == percent) return;
            events.tell("progress",
                        json::serialize(json::object{{"job", job}, {"done", done}, {"total", total}}), "");
        };
}

Result<std::optional<std::int64_t>> Call::expected_version() const {
    const auto demanded = request.headers.find("If-Match");
    if (!demanded || trim(*demanded) == "*") return std::nullopt;
    const std::string_view tag = trim(*demanded);
    std::int64_t version = 0;
    const bool has_form = tag.size() > 3 && tag.starts_with("\"v") && tag.ends_with('"');
    const char* const end = has_form ? tag.data() + tag.size() - 1 : tag.data();
    if (has_form && std::from_chars(tag.data() + 2, end, version).ptr == end) return version;
    return fail(ErrorKind::invalid, {"If-Match には取得時の ETag（\"v3\" など）をそのまま書いてください。",
                                     "If-Match: send the ETag of the answer that you read, such as \"v3\""});
}

Result<Readers::Lease> Call::reader() const {
    auto now = TRY(site.readers().now());
    const std::int64_t at = TRY(number("at", now.entries(), 0, now.entries()));
    if (at == now.entries()) return now;
    return site.readers().at(at);
}

http::Response json_response(const json::value& value, int status) {
    http::Response response = http::text_response(status, "application/json", json::serialize(value));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

http::Response no_content() {
    http::Response response;
    response.status = 204;
    return response;
}

json::object json_of(const registers::Change& change) {
    static constexpr std::string_view kinds[] = {"created", "changed", "unchanged", "retired"};
    return {{"register", change.register_name},
            {"id", change.id},
            {"version", change.version},
            {"index", change.index},
            {"kind", kinds[static_cast<std::size_t>(change.kind)]}};
}

}  // namespace maru::api
