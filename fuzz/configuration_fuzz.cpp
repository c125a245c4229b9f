// Configuration files: whatever was taken holds what its keys promise; what was not says where.
#include "require.hpp"
#include "server/configuration.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru::server;
    const auto read = parse_configuration(text_of(data, size), "/maru.toml");
    if (!read) {
        require(read.error().message.en.find("/maru.toml") != std::string::npos, "a refusal names the file");
        return 0;
    }
    require(read->threads >= 1 && read->threads <= 64 && read->connections >= 16,
            "numbers keep their bounds");
    require(read->certificate.empty() == read->key.empty(), "a certificate comes with its key");
    require(read->daily_minute() < std::chrono::hours(24), "the time lies in the day");
    for (const ServedOrganisation& one : read->organisations)
        require(one.folder.is_absolute(), "folders are relative to the file");
    return 0;
}
