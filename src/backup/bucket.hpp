// A bucket that speaks the S3 protocol (Amazon S3, and many others), as a place for backups.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "backup/place.hpp"
#include "core/bytes.hpp"

namespace maru::backup {

struct BucketSettings {
    // "https://s3.example.com": buckets are the first part of the path. "https://{bucket}.s3.example.com": of
    // the name. "" = AWS_ENDPOINT_URL, else Amazon's of the region.
    std::string endpoint;
    std::string region;  // "" = AWS_REGION, AWS_DEFAULT_REGION, else us-east-1
    // A file of mode 0600 with aws_access_key_id, aws_secret_access_key and perhaps aws_session_token in its
    // section [default], as Amazon's tools have it; "" = AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    // AWS_SESSION_TOKEN.
    std::filesystem::path credentials;
};

// One request takes no more (S3: 5 GiB); larger backups are refused before anything is sent.
inline constexpr std::uint64_t largest_object = std::uint64_t(5) << 30;

bool is_bucket(std::string_view written);  // "s3://…"

// "s3://bucket" or "s3://bucket/prefix"; nobody is asked yet. invalid: another form, no credentials, a file
// of credentials that others may read.
Result<std::unique_ptr<Place>> open_bucket(const std::string& written, const BucketSettings& settings);

// A folder or a bucket. Errors are those of open_folder and open_bucket.
Result<std::unique_ptr<Place>> open_place(const std::string& written, const BucketSettings& settings);

// "s3://bucket/prefix/name" and "/mnt/backup/name", split before the name.
struct WrittenBackup {
    std::string place, name;
};
WrittenBackup split_place(const std::string& backup);

// A backup as a file, wherever it lies: from a bucket it is fetched into `workshop`/aside, which is removed
// at the end.
class Fetched {
public:
    static Result<Fetched> fetch(const std::string& backup, const BucketSettings& settings,
                                 const std::filesystem::path& workshop, const Random& random);
    Fetched(Fetched&&) noexcept;
    Fetched& operator=(Fetched&&) = delete;
    ~Fetched();
    const std::filesystem::path& file() const { return file_; }

private:
    Fetched();
    std::unique_ptr<class Aside> aside_;
    std::filesystem::path file_;
};

}  // namespace maru::backup
