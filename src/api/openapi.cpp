#include "api/openapi.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "api/endpoints.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using registers::Field;
using registers::FieldType;

json::object reference_to(std::string_view schema) {
    return {{"$ref", "#/components/schemas/" + std::string(schema)}};
}

Result<json::object> common_schemas(const Catalog& catalog) {
    const std::filesystem::path file = catalog.folder / "api/schemas.json";
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    json::error_code failed;
    json::value parsed = json::parse(text, failed);
    if (!failed && parsed.is_object()) return std::move(parsed.get_object());
    return fail(ErrorKind::invalid, {file.string() + ": JSON のオブジェクトとして読めません。",
                                     file.string() + ": cannot be read as one JSON object"});
}

json::object nullable(std::string_view type) { return {{"type", json::array{type, "null"}}}; }

json::object schema_of_scalar(const Field& field) {
    switch (field.element()) {
        case FieldType::integer: return nullable("integer");
        case FieldType::boolean: return nullable("boolean");
        case FieldType::reference:
        case FieldType::person:
            return {{"anyOf", json::array{reference_to("Reference"), {{"type", "null"}}}}};
        case FieldType::date: return {{"type", json::array{"string", "null"}}, {"format", "date"}};
        case FieldType::instant: return {{"type", json::array{"string", "null"}}, {"format", "date-time"}};
        case FieldType::choice: {
            json::array codes;
            for (const registers::Choice& choice : field.choices) codes.emplace_back(choice.code);
            codes.emplace_back(nullptr);
            return {{"enum", std::move(codes)}};
        }
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::decimal:
        case FieldType::money:
        case FieldType::list:
        case FieldType::file:
        case FieldType::url:
        case FieldType::mail:
        case FieldType::mac_address:
        case FieldType::sha256: return nullable("string");
    }
    return nullable("string");
}

json::object schema_of(const Field& field) {
    json::object schema = schema_of_scalar(field);
    if (field.is_list()) schema = {{"type", "array"}, {"items", std::move(schema)}};
    schema["title"] = field.label.en;
    if (!field.help.en.empty()) schema["description"] = field.help.en;
    return schema;
}

// "device" as "FieldsOfDevice".
std::string schema_name(std::string_view register_name) {
    std::string out = "FieldsOf";
    bool upper = true;
    for (const char c : register_name) {
        if (c != '_') out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = c == '_';
    }
    return out;
}

void add_registers(json::object& schemas, const registers::Schema& schema) {
    for (const registers::Register& of : schema.all()) {
        json::object properties;
        for (const Field& field : of.fields) properties[field.name] = schema_of(field);
        schemas[schema_name(of.name)] = {{"type", "object"},
                                         {"title", of.label.en},
                                         {"description", of.help.en},
                                         {"properties", std::move(properties)}};
    }
}

json::object parameter_of(const Parameter& parameter) {
    json::object schema{{"type", parameter.type}};
    if (parameter.type == "day") schema = {{"type", "string"}, {"format", "date"}};
    return {{"name", parameter.name},
            {"in", "query"},
            {"description", parameter.says},
            {"schema", std::move(schema)}};
}

std::string_view without_dots(std::string_view name) { return name.substr(0, name.find("...")); }

// "/o/{organisation}/x/{rest...}": the names in braces, and the pattern as OpenAPI writes it.
struct PathTemplate {
    std::string text;
    std::vector<std::string> names;
};
PathTemplate template_of(std::string_view pattern) {
    PathTemplate out;
    std::size_t at = 0;
    while (at < pattern.size()) {
        const std::size_t open = pattern.find('{', at);
        const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) break;
        const std::string name(without_dots(pattern.substr(open + 1, close - open - 1)));
        out.text += std::string(pattern.substr(at, open - at)) + "{" + name + "}";
        out.names.push_back(name);
        at = close + 1;
    }
    out.text += pattern.substr(at);
    return out;
}

json::array parameters_of(const Endpoint& endpoint, const PathTemplate& path) {
    json::array all;
    for (const std::string& name : path.names)
        all.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    for (const Parameter& one : endpoint.query) all.push_back(parameter_of(one));
    return all;
}

// A schema's name stands for JSON; a media type for itself.
json::object content_of(const std::string& what) {
    if (what.find('/') == std::string::npos) return {{"application/json", {{"schema", reference_to(what)}}}};
    return {{what, {{"schema", {{"type", "string"}, {"format", "binary"}}}}}};
}

json::object responses_of(const Endpoint& endpoint) {
    const json::object problem{
        {"description", "A problem"},
        {"content", {{"application/problem+json", {{"schema", reference_to("Problem")}}}}}};
    json::object responses;
    if (endpoint.gives.empty())
        responses["204"] = {{"description", "Done"}};
    else
        responses["200"] = {{"description", "OK"}, {"content", content_of(endpoint.gives)}};
    responses["default"] = problem;
    return responses;
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

json::object operation_of(const Endpoint& endpoint, const PathTemplate& path) {
    json::object operation{{"operationId", endpoint.id},
                           {"tags", json::array{endpoint.tag}},
                           {"summary", endpoint.summary},
                           {"parameters", parameters_of(endpoint, path)},
                           {"responses", responses_of(endpoint)}};
    if (endpoint.guard == Guard::anybody) operation["security"] = json::array();
    if (!endpoint.takes.empty())
        operation["requestBody"] = {{"required", true}, {"content", content_of(endpoint.takes)}};
    return operation;
}

Result<void> expect_schema(const json::object& schemas, const Endpoint& endpoint, const std::string& name) {
    if (name.empty() || name.find('/') != std::string::npos || schemas.contains(name)) return {};
    return fail(ErrorKind::invalid,
                {endpoint.id + ": catalog/api/schemas.json に " + name + " がありません。",
                 endpoint.id + ": catalog/api/schemas.json has no " + name});
}

json::object head(json::object paths, json::object schemas) {
    return {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "maru"},
          {"version", "1"},
          {"description",
           "Everything that the web interface and the command line do. Sign in with a session cookie or send "
           "`Authorization: Bearer maru_…`. Errors are RFC 9457 problems."},
          {"license", {{"name", "See LICENSE"}, {"url", "https://www.rfc-editor.org/rfc/rfc9457"}}}}},
        {"servers", json::array{{{"url", "/"}}}},
        {"security",
         json::array{json::object{{"session", json::array()}}, json::object{{"token", json::array()}}}},
        {"paths", std::move(paths)},
        {"components",
         {{"schemas", std::move(schemas)},
          {"securitySchemes",
           {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-maru"}}},
            {"token", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

std::string schema_link(const json::object& content) {
    std::string out;
    for (const auto& [type, media] : content) {
        const json::value* const ref = media.at("schema").as_object().if_contains("$ref");
        const std::string name = ref ? std::string(ref->as_string()).substr(21) : "";
        out += ref ? "<a href=\"#" + escaped(name) + "\">" + escaped(name) + "</a> " : escaped(type) + " ";
    }
    return out;
}

std::string operation_html(std::string_view method, std::string_view path, const json::object& operation) {
    std::string out = "<section id=\"" + escaped(operation.at("operationId").as_string()) + "\"><h3><code>" +
                      escaped(method) + " " + escaped(path) + "</code></h3><p>" +
                      escaped(operation.at("summary").as_string()) + "</p>";
    out += "<dl>";
    for (const json::value& parameter : operation.at("parameters").as_array())
        if (parameter.at("in").as_string() == "query")
            out += "<dt><code>" + escaped(parameter.at("name").as_string()) + "</code></dt><dd>" +
                   escaped(parameter.at("description").as_string()) + "</dd>";
    if (const auto* body = operation.if_contains("requestBody"))
        out += "<dt>body</dt><dd>" + schema_link(body->at("content").as_object()) + "</dd>";
    if (const auto* done = operation.at("responses").as_object().if_contains("200"))
        out += "<dt>answer</dt><dd>" + schema_link(done->at("content").as_object()) + "</dd>";
    return out + "</dl></section>";
}

}  // namespace

Result<json::object> openapi(const Catalog& catalog, std::span<const Endpoint> endpoints) {
    json::object schemas = TRY(common_schemas(catalog));
    add_registers(schemas, catalog.schema);
    json::object paths;
    for (const Endpoint& endpoint : endpoints) {
        TRY(expect_schema(schemas, endpoint, endpoint.takes));
        TRY(expect_schema(schemas, endpoint, endpoint.gives));
        const PathTemplate path = template_of("/o/{organisation}/api/v1" + endpoint.pattern);
        if (!paths.contains(path.text)) paths[path.text] = json::object();
        paths[path.text].as_object()[lower_case(name_of(endpoint.method))] = operation_of(endpoint, path);
    }
    return head(std::move(paths), std::move(schemas));
}

std::string reference_page(const json::object& document) {
    std::string out =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>maru API</title><link rel=\"stylesheet\" "
        "href=\"/reference.css\">"
        "<main><h1>maru API</h1><p>" +
        escaped(document.at("info").at("description").as_string()) +
        " <a href=\"openapi.json\">openapi.json</a></p>";
    for (const auto& [path, operations] : document.at("paths").as_object())
        for (const auto& [method, operation] : operations.as_object())
            out += operation_html(method, path, operation.as_object());
    out += "<h2>Schemas</h2>";
    for (const auto& [name, schema] : document.at("components").at("schemas").as_object())
        out += "<section id=\"" + escaped(name) + "\"><h3>" + escaped(name) + "</h3><pre>" +
               escaped(json::serialize(schema)) + "</pre></section>";
    return out + "</main></html>\n";
}

}  // namespace maru::api
