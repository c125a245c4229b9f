#include "s3/answers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <pugixml.hpp>

namespace maru::backup {

namespace {

constexpr std::size_t longest_said = 200;  // bytes of what the other side says

bool is_one_of(const std::string& code, std::initializer_list<std::string_view> codes) {
    return std::ranges::find(codes, code) != codes.end();
}

// A line that may be printed.
std::string said(int status, const Refusal& refusal) {
    std::string out = fmt::format("HTTP {}", status);
    if (!refusal.code.empty()) out += " " + refusal.code;
    if (!refusal.message.empty()) out += ": " + refusal.message;
    out.resize(std::min(out.size(), longest_said));
    std::ranges::replace_if(out, [](char c) { return c < ' ' || c > '~'; }, ' ');
    return out;
}

std::unexpected<Error> no_bucket(const std::string& bucket) {
    return fail(
        ErrorKind::not_found,
        {fmt::format("バケット {} がありません。名前と --s3-endpoint を確かめるか、作ってください。", bucket),
         fmt::format("there is no bucket {}; check its name and --s3-endpoint, or make it", bucket)});
}

std::unexpected<Error> no_object(const std::string& object) {
    return fail(ErrorKind::not_found,
                {fmt::format("{} はありません。maru backup list --to で一覧を見てください。", object),
                 fmt::format("there is no {}; see maru backup list --to", object)});
}

std::unexpected<Error> wrong_key(const std::string& bucket, const std::string& answer) {
    return fail(
        ErrorKind::forbidden,
        {fmt::format("バケット {} がアクセスキーを受け付けません（{}）。キーと秘密鍵（AWS_ACCESS_KEY_ID・"
                     "AWS_SECRET_ACCESS_KEY または --s3-credentials のファイル）を確かめてください。",
                     bucket, answer),
         fmt::format("bucket {} does not take the access key ({}); check key and secret (AWS_ACCESS_KEY_ID "
                     "and AWS_SECRET_ACCESS_KEY, or the file of --s3-credentials)",
                     bucket, answer)});
}

std::unexpected<Error> not_allowed(const std::string& bucket, const std::string& answer) {
    return fail(
        ErrorKind::forbidden,
        {fmt::format("バケット {} を使う権限がありません（{}）。このキーに s3:ListBucket・s3:GetObject・"
                     "s3:PutObject・s3:DeleteObject を許してください。",
                     bucket, answer),
         fmt::format("bucket {} does not allow this ({}); allow this key s3:ListBucket, s3:GetObject, "
                     "s3:PutObject and s3:DeleteObject",
                     bucket, answer)});
}

std::unexpected<Error> wrong_region(const std::string& bucket, const Refusal& refusal) {
    const std::string region = refusal.region.empty() ? "…" : refusal.region;
    return fail(ErrorKind::invalid,
                {fmt::format("バケット {} は別のリージョンにあります。--s3-region {} を指定してください。",
                             bucket, region),
                 fmt::format("bucket {} is in another region; say --s3-region {}", bucket, region)});
}

std::unexpected<Error> wrong_clock(const std::string& bucket) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("この機械の時計がバケット {} とずれています。時刻を合わせてください（NTP）。", bucket),
         fmt::format("this machine's clock differs from bucket {}'s; set it (NTP)", bucket)});
}

std::unexpected<Error> not_now(const std::string& bucket, const std::string& answer) {
    return fail(ErrorKind::unavailable,
                {fmt::format("バケット {} が応じません（{}）。しばらくしてからもう一度実行してください。",
                             bucket, answer),
                 fmt::format("bucket {} does not do it ({}); try again later", bucket, answer)});
}

}  // namespace

Result<Listing> parse_listing(std::string_view xml) {
    pugi::xml_document document;
    document.load_buffer(xml.data(), xml.size(), pugi::parse_minimal | pugi::parse_escapes);
    const pugi::xml_node root = document.child("ListBucketResult");
    if (!root)
        return fail(ErrorKind::invalid,
                    {"S3 の一覧として読めない応答です。--s3-endpoint を確かめてください。",
                     "the answer is no listing of a bucket; check --s3-endpoint"});
    Listing out;
    for (const pugi::xml_node one : root.children("Contents"))
        out.objects.push_back({one.child_value("Key"), one.child("Size").text().as_ullong()});
    if (std::string_view(root.child_value("IsTruncated")) == "true")
        out.next = root.child_value("NextContinuationToken");
    return out;
}

Refusal parse_refusal(std::string_view xml) {
    pugi::xml_document document;
    document.load_buffer(xml.data(), xml.size(), pugi::parse_minimal | pugi::parse_escapes);
    const pugi::xml_node root = document.child("Error");
    return {root.child_value("Code"), root.child_value("Message"), root.child_value("Region")};
}

std::unexpected<Error> refused(const std::string& bucket, const std::string& object, int status,
                               const Refusal& refusal) {
    const std::string& code = refusal.code;
    const std::string answer = said(status, refusal);
    if (code == "NoSuchBucket") return no_bucket(bucket);
    if (is_one_of(code, {"PermanentRedirect", "AuthorizationHeaderMalformed", "TemporaryRedirect"}) ||
        status == 301 || status == 307)
        return wrong_region(bucket, refusal);
    if (code == "RequestTimeTooSkewed") return wrong_clock(bucket);
    if (is_one_of(code, {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken"}))
        return wrong_key(bucket, answer);
    if (status == 401 || status == 403) return not_allowed(bucket, answer);
    if (code == "NoSuchKey" || status == 404) return no_object(object);
    return not_now(bucket, answer);
}

}  // namespace maru::backup
