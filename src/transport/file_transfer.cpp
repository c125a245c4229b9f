#include "transport/file_transfer.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

#include "core/causes.hpp"
#include "curl/handle.hpp"

namespace maru::transport {

namespace {

namespace fs = std::filesystem;

constexpr long connect_patience = 10'000;  // milliseconds
constexpr std::size_t largest_answer = 1024 * 1024;
constexpr const char* hash_of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// Where the body of an answer goes.
struct Incoming {
    CURL* handle = nullptr;
    std::FILE* file = nullptr;
    std::string body;
    bool too_large = false;
};

extern "C" std::size_t take_answer(char* bytes, std::size_t size, std::size_t count, void* target) {
    auto* incoming = static_cast<Incoming*>(target);
    const std::size_t length = size * count;
    long status = 0;
    curl_easy_getinfo(incoming->handle, CURLINFO_RESPONSE_CODE, &status);
    if (incoming->file != nullptr && status == 200) return std::fwrite(bytes, 1, length, incoming->file);
    incoming->too_large = length > largest_answer - incoming->body.size();
    if (incoming->too_large) return 0;
    incoming->body.append(bytes, length);
    return length;
}

extern "C" std::size_t give_file(char* into, std::size_t size, std::size_t count, void* source) {
    auto* file = static_cast<std::FILE*>(source);
    const std::size_t length = std::fread(into, 1, size * count, file);
    return std::ferror(file) != 0 ? CURL_READFUNC_ABORT : length;
}

std::unexpected<Error> file_failed(const fs::path& file, int error) {
    const Text cause = cause_of(error);
    return fail(ErrorKind::unavailable,
                {fmt::format("{}: 読み書きできません（{}）。空き容量と権限を確かめてください。",
                             file.string(), cause.ja),
                 fmt::format("{}: cannot be read or written ({}); check free space and permissions",
                             file.string(), cause.en)});
}

Result<File> open_source(CURL* handle, const fs::path& path) {
    File file(std::fopen(path.c_str(), "rbe"));
    struct stat status{};
    if (!file || ::fstat(::fileno(file.get()), &status) != 0) return file_failed(path, errno);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, &give_file);
    curl_easy_setopt(handle, CURLOPT_READDATA, file.get());
    curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(status.st_size));
    return file;
}

Result<File> open_target(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0) return file_failed(path, errno);
    File file(::fdopen(descriptor, "wb"));
    if (!file) return file_failed(path, errno);
    return file;
}

void set_patience(CURL* handle, const FileTransfer& request) {
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect_patience);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stall.count()));
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "maru");
}

// Signed are the headers that are set here, also those that are only named to be left out ("Expect:");
// libcurl takes the hash of the body from its header.
List sign(CURL* handle, const Signature& signature) {
    List headers;
    const std::string& hash = signature.content_hash;
    append(headers, "x-amz-content-sha256: " + (hash.empty() ? std::string(hash_of_nothing) : hash));
    if (!signature.session.empty()) append(headers, "x-amz-security-token: " + signature.session);
    curl_easy_setopt(handle, CURLOPT_AWS_SIGV4, ("aws:amz:" + signature.region + ":s3").c_str());
    curl_easy_setopt(handle, CURLOPT_USERNAME, signature.key.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, signature.secret.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    return headers;
}

std::unexpected<Error> broken(const FileTransfer& request, CURLcode outcome) {
    const std::string address = request.url.substr(0, request.url.find('?'));
    const std::string cause = curl_easy_strerror(outcome);
    if (outcome == CURLE_UNSUPPORTED_PROTOCOL || outcome == CURLE_URL_MALFORMAT)
        return fail(
            ErrorKind::invalid,
            {fmt::format("「{}」はアドレスではありません。http:// か https:// で始めてください。", address),
             fmt::format("\"{}\" is no address; it starts with http:// or https://", address)});
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{} との通信が途切れました（{}）。アドレスと通信路を確かめ、もう一度実行してください。",
                     address, cause),
         fmt::format("lost the connection to {} ({}); check the address and the network, then try again",
                     address, cause)});
}

// On the disk before anybody relies on it.
Result<void> finish(const File& file, const fs::path& path) {
    if (std::fflush(file.get()) != 0 || ::fsync(::fileno(file.get())) != 0) return file_failed(path, errno);
    return {};
}

Result<HttpAnswer> perform(CURL* handle, const FileTransfer& request, Incoming& incoming) {
    const CURLcode outcome = curl_easy_perform(handle);
    if (incoming.file != nullptr && std::ferror(incoming.file) != 0) return file_failed(request.into, ENOSPC);
    if (incoming.too_large)
        return fail(ErrorKind::invalid, {request.url + " の応答が大きすぎます。アドレスを確かめてください。",
                                         request.url + " answers with too much; check the address"});
    if (outcome != CURLE_OK) return broken(request, outcome);
    HttpAnswer answer;
    long status = 0;
    const char* type = nullptr;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
    answer.status = static_cast<int>(status);
    if (type != nullptr) answer.content_type = type;
    answer.body = std::move(incoming.body);
    return answer;
}

void set_method(CURL* handle, FileTransfer::Method method) {
    switch (method) {
        case FileTransfer::Method::get:
        case FileTransfer::Method::put: break;  // set with the file
        case FileTransfer::Method::head: curl_easy_setopt(handle, CURLOPT_NOBODY, 1L); break;
        case FileTransfer::Method::remove: curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "DELETE"); break;
    }
}

Result<HttpAnswer> transfer_with(CURL* handle, const FileTransfer& request) {
    File source, target;
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    set_patience(handle, request);
    set_method(handle, request.method);
    const List headers = sign(handle, request.signature);
    if (request.method == FileTransfer::Method::put) source = TRY(open_source(handle, request.from));
    if (!request.into.empty()) target = TRY(open_target(request.into));
    Incoming incoming{handle, target.get(), {}, false};
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take_answer);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &incoming);
    Result<HttpAnswer> answer = perform(handle, request, incoming);
    if (answer && target)
        if (const auto done = finish(target, request.into); !done) answer = std::unexpected(done.error());
    if (target && !(answer && answer->status == 200)) ::unlink(request.into.c_str());
    return answer;
}

}  // namespace

Result<HttpAnswer> transfer(const FileTransfer& request) {
    start_library();
    const Handle handle(curl_easy_init());
    if (!handle) return broken(request, CURLE_OUT_OF_MEMORY);
    return transfer_with(handle.get(), request);
}

}  // namespace maru::transport
