// What the operator of a server decides: a TOML file of which every key is known, described and checked.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "http/server.hpp"

namespace maru::server {

struct ServedOrganisation {
    std::string name;  // in addresses: /o/NAME/
    std::filesystem::path folder;
};

struct Configuration {
    std::string listen = "127.0.0.1:8080";
    std::string base_url;  // as people reach it, without a slash at the end; "" = what is listened on
    std::filesystem::path certificate, key;
    bool dev_tls = false;
    std::vector<std::string> trusted_proxies;
    std::int64_t threads = 2;
    std::int64_t slow_threads = 16;
    std::int64_t connections = 12'000;
    std::int64_t requests_per_second = 0;
    std::filesystem::path access_log;  // "" = standard error, "none"
    std::filesystem::path spool;

    std::string clamd;  // transport::VirusScanner::address; "" = uploads are not examined

    std::string mail_url, mail_user, mail_from;
    std::filesystem::path mail_password_file;
    std::string mail_tls = "required";

    std::string daily_at = "06:00";

    std::string backup_to;  // a folder or s3://bucket/prefix; "" = none are made
    std::filesystem::path backup_key;
    std::string backup_at = "02:00";
    std::int64_t backup_keep = 30;
    std::string s3_endpoint, s3_region;
    std::filesystem::path s3_credentials;

    std::vector<ServedOrganisation> organisations;

    std::chrono::minutes daily_minute() const;   // daily_at as minutes after midnight
    std::chrono::minutes backup_minute() const;  // backup_at
};

// Errors name file, line or key, and what it may be; unknown keys propose the nearest one. Paths are relative
// to the file's folder.
Result<Configuration> read_configuration(const std::filesystem::path& file);
Result<Configuration> parse_configuration(std::string_view text, const std::filesystem::path& file);

// The whole file with every key, its default and what it means, commented out.
std::string documented_configuration(Language language);

}  // namespace maru::server
