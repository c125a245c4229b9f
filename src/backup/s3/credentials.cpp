#include "s3/credentials.hpp"

#include <fmt/core.h>
#include <sys/stat.h>

#include <cstdlib>

#include "core/text.hpp"
#include "store/files.hpp"

namespace maru::backup {

namespace {

constexpr std::size_t largest_file = 16 * 1024;

std::unexpected<Error> incomplete() {
    return fail(ErrorKind::invalid,
                {"アクセスキーがありません。aws_access_key_id と aws_secret_access_key の行が必要です。",
                 "there is no access key; it needs the lines aws_access_key_id and aws_secret_access_key"});
}

Result<void> expect_private(const std::filesystem::path& file) {
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)) == 0) return {};
    return fail(ErrorKind::forbidden,
                {fmt::format("{}: ほかの利用者も読めるため使いません。chmod 600 {} を実行してください。",
                             file.string(), file.string()),
                 fmt::format("{}: others may read it, so it is not used; run chmod 600 {}", file.string(),
                             file.string())});
}

}  // namespace

std::string environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets any
    return value ? value : "";
}

Result<Credentials> parse_credentials(std::string_view text) {
    Credentials out;
    bool ours = true;
    for (const std::string& written : split(text, '\n')) {
        const std::string_view line = trim(written);
        if (line.starts_with('[')) ours = line == "[default]";
        const std::size_t equals = line.find('=');
        if (!ours || line.starts_with('#') || equals == line.npos) continue;
        const std::string_view name = trim(line.substr(0, equals));
        const std::string value(trim(line.substr(equals + 1)));
        if (name == "aws_access_key_id") out.key = value;
        if (name == "aws_secret_access_key") out.secret = value;
        if (name == "aws_session_token") out.session = value;
    }
    if (out.key.empty() || out.secret.empty()) return incomplete();
    return out;
}

Result<Credentials> read_credentials(const std::filesystem::path& file) {
    if (!file.empty()) {
        TRY(expect_private(file));
        const Bytes bytes = TRY(store::read_file(file, largest_file));
        auto read = parse_credentials(std::string(bytes.begin(), bytes.end()));
        if (!read) return std::unexpected(prefixed(file.string(), read.error()));
        return read;
    }
    Credentials out{environment("AWS_ACCESS_KEY_ID"), environment("AWS_SECRET_ACCESS_KEY"),
                    environment("AWS_SESSION_TOKEN")};
    if (!out.key.empty() && !out.secret.empty()) return out;
    return fail(
        ErrorKind::invalid,
        {"S3 のアクセスキーがありません。環境変数 AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY "
         "に入れるか、ファイルに書いて --s3-credentials（設定では credentials）で指定してください。",
         "there is no S3 access key; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write them into "
         "a file and name it with --s3-credentials (credentials in the configuration)"});
}

}  // namespace maru::backup
