#include "backup/bucket.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

#include "backup/aside.hpp"
#include "core/causes.hpp"
#include "crypto/hasher.hpp"
#include "s3/answers.hpp"
#include "s3/credentials.hpp"
#include "transport/file_transfer.hpp"

namespace maru::backup {

namespace {

namespace fs = std::filesystem;
using transport::FileTransfer;

constexpr std::string_view scheme = "s3://";
constexpr std::string_view placeholder = "{bucket}";
constexpr int most_pages = 1000;  // of 1000 objects

// As signatures count it: everything but unreserved characters, and "/" in paths (AWS SigV4).
std::string encoded(std::string_view text, std::string_view kept = "-_.~") {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (plain || kept.find(c) != kept.npos)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string address_of(std::string endpoint, const std::string& bucket) {
    while (endpoint.ends_with('/')) endpoint.pop_back();
    if (const std::size_t at = endpoint.find(placeholder); at != endpoint.npos)
        return endpoint.replace(at, placeholder.size(), bucket);
    return endpoint + "/" + bucket;
}

std::unexpected<Error> unreadable(const fs::path& file) {
    return fail(ErrorKind::unavailable, {file.string() + " を読めません。権限を確かめてください。",
                                         file.string() + " cannot be read; check its permissions"});
}

Result<std::string> hash_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    crypto::Hasher hasher;
    std::array<char, 64 * 1024> piece{};
    while (in.read(piece.data(), piece.size()), in.gcount() > 0)
        hasher.add(as_bytes({piece.data(), static_cast<std::size_t>(in.gcount())}));
    if (!in.is_open() || in.bad()) return unreadable(file);
    return hex(hasher.finish());
}

Result<void> expect_fits(const fs::path& file) {
    std::error_code error;
    const std::uint64_t size = fs::file_size(file, error);
    if (error) return unreadable(file);
    if (size <= largest_object) return {};
    return fail(
        ErrorKind::invalid,
        {fmt::format("バックアップが {:.1f} GB あり、S3 に1回で送れる 5 GiB を超えています。フォルダに取り、"
                     "aws s3 cp などで送ってください。",
                     static_cast<double>(size) / 1e9),
         fmt::format("the backup has {:.1f} GB; one request to S3 takes 5 GiB. Make it into a folder and "
                     "copy it from there, with aws s3 cp for example",
                     static_cast<double>(size) / 1e9)});
}

class BucketPlace : public Place {
public:
    BucketPlace(std::string bucket, std::string prefix, std::string address, transport::Signature signature)
        : bucket_(std::move(bucket)),
          prefix_(std::move(prefix)),
          address_(std::move(address)),
          signature_(std::move(signature)) {}

    std::string path_of(const std::string& name) const override {
        return std::string(scheme) + bucket_ + "/" + prefix_ + name;
    }

    Result<std::vector<Stored>> list() const override {
        std::vector<Stored> out;
        std::string next;
        for (int page = 0; page < most_pages; ++page) {
            Listing listing = TRY(list_from(next));
            for (Stored& one : listing.objects) {
                if (!one.name.starts_with(prefix_) || !one.name.ends_with(extension)) continue;
                one.name.erase(0, prefix_.size());
                if (one.name.find('/') == one.name.npos) out.push_back(std::move(one));
            }
            next = listing.next;
            if (next.empty()) break;
        }
        std::ranges::sort(out, {}, &Stored::name);
        return out;
    }

    Result<void> put(const std::string& name, const fs::path& file) const override {
        TRY(expect_fits(file));
        TRY(expect_free(name));
        FileTransfer request = request_for(FileTransfer::Method::put, name);
        request.from = file;
        request.signature.content_hash = TRY(hash_of(file));
        TRY(expect_done(name, TRY(transport::transfer(request))));
        return {};
    }

    Result<void> get(const std::string& name, const fs::path& file) const override {
        FileTransfer request = request_for(FileTransfer::Method::get, name);
        request.into = file;
        TRY(expect_done(name, TRY(transport::transfer(request))));
        return {};
    }

    Result<void> remove(const std::string& name) const override {
        TRY(expect_done(name, TRY(transport::transfer(request_for(FileTransfer::Method::remove, name)))));
        return {};
    }

private:
    FileTransfer request_for(FileTransfer::Method method, const std::string& name) const {
        FileTransfer request;
        request.method = method;
        request.url = address_ + "/" + encoded(prefix_ + name, "-_.~/");
        request.signature = signature_;
        return request;
    }

    Result<Listing> list_from(const std::string& next) const {
        FileTransfer request;
        request.url = address_ + (address_.find('/', address_.find("//") + 2) == address_.npos ? "/?" : "?");
        if (!next.empty()) request.url += "continuation-token=" + encoded(next) + "&";
        request.url += "list-type=2&prefix=" + encoded(prefix_);
        request.signature = signature_;
        const transport::HttpAnswer answer = TRY(transport::transfer(request));
        TRY(expect_done("", answer));
        return parse_listing(answer.body);
    }

    // The answer to HEAD has no body that would say why not: listing asks again and says it.
    Result<void> expect_free(const std::string& name) const {
        const auto answer = TRY(transport::transfer(request_for(FileTransfer::Method::head, name)));
        if (answer.status == 404) return {};
        if (answer.status == 200)
            return fail(ErrorKind::conflict, {fmt::format("{} は既にあります。", path_of(name)),
                                              fmt::format("{} is there already", path_of(name))});
        TRY(list_from(""));
        return expect_done(name, answer);
    }

    Result<void> expect_done(const std::string& name, const transport::HttpAnswer& answer) const {
        if (answer.status == 200 || answer.status == 204) return {};
        return refused(bucket_, path_of(name), answer.status, parse_refusal(answer.body));
    }

    std::string bucket_, prefix_;
    std::string address_;  // of the bucket, without a slash at the end
    transport::Signature signature_;
};

bool is_bucket_name(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '.';
    };
    return name.size() >= 3 && name.size() <= 63 && std::ranges::all_of(name, plain);
}

std::string first_of(std::initializer_list<std::string> values) {
    for (const std::string& value : values)
        if (!value.empty()) return value;
    return "";
}

}  // namespace

bool is_bucket(std::string_view written) { return written.starts_with(scheme); }

Result<std::unique_ptr<Place>> open_bucket(const std::string& written, const BucketSettings& settings) {
    const std::string path = written.substr(std::min(scheme.size(), written.size()));
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string bucket = path.substr(0, slash);
    std::string prefix = path.substr(std::min(slash + 1, path.size()));
    while (prefix.ends_with('/')) prefix.pop_back();
    if (!prefix.empty()) prefix += '/';
    if (!is_bucket_name(bucket))
        return fail(
            ErrorKind::invalid,
            {fmt::format("「{}」はバケットではありません。s3://バケット または s3://バケット/フォルダ "
                         "と書いてください。",
                         written),
             fmt::format("\"{}\" is no bucket; write s3://BUCKET or s3://BUCKET/FOLDER", written)});
    Credentials credentials = TRY(read_credentials(settings.credentials));
    const std::string region = first_of(
        {settings.region, environment("AWS_REGION"), environment("AWS_DEFAULT_REGION"), "us-east-1"});
    const std::string endpoint = first_of({settings.endpoint, environment("AWS_ENDPOINT_URL"),
                                           "https://{bucket}.s3." + region + ".amazonaws.com"});
    return std::make_unique<BucketPlace>(
        bucket, std::move(prefix), address_of(endpoint, bucket),
        transport::Signature{region, std::move(credentials.key), std::move(credentials.secret),
                             std::move(credentials.session), ""});
}

Result<std::unique_ptr<Place>> open_place(const std::string& written, const BucketSettings& settings) {
    return is_bucket(written) ? open_bucket(written, settings) : open_folder(written);
}

WrittenBackup split_place(const std::string& backup) {
    const std::size_t slash = backup.rfind('/');
    if (slash == std::string::npos) return {".", backup};
    return {backup.substr(0, slash + 1), backup.substr(slash + 1)};
}

Fetched::Fetched() = default;
Fetched::Fetched(Fetched&&) noexcept = default;
Fetched::~Fetched() = default;

Result<Fetched> Fetched::fetch(const std::string& backup, const BucketSettings& settings,
                               const fs::path& workshop, const Random& random) {
    Fetched out;
    out.file_ = backup;
    if (!is_bucket(backup)) return out;
    const WrittenBackup written = split_place(backup);
    const auto place = TRY(open_bucket(written.place, settings));
    out.aside_ = std::make_unique<Aside>(TRY(Aside::make(workshop, random)));
    out.file_ = out.aside_->path() / written.name;
    TRY(place->get(written.name, out.file_));
    return out;
}

}  // namespace maru::backup
