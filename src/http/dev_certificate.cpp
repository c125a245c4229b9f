#include "http/dev_certificate.hpp"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <string>
#include <system_error>

namespace maru::http {

namespace {

namespace fs = std::filesystem;
template <class T, void (*Free)(T*)>
struct Freeing {
    void operator()(T* p) const { Free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509, X509_free>>;
using Memory = std::unique_ptr<BIO, Freeing<BIO, BIO_free_all>>;

constexpr std::chrono::days lifetime{30};

std::time_t seconds(Instant instant) { return std::chrono::system_clock::to_time_t(instant); }

std::unexpected<Error> cannot_write(const fs::path& path, int error) {
    const std::string why = std::generic_category().message(error), name = path.string();
    return fail(ErrorKind::unavailable,
                {name + ": 書けません（" + why + "）。", name + ": cannot be written (" + why + ")"});
}

bool serves_another_day(const fs::path& path, Instant now) {
    const Memory file(BIO_new_file(path.c_str(), "r"));
    if (!file) return false;
    const Certificate certificate(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr));
    if (!certificate) return false;
    std::time_t then = seconds(now + std::chrono::days(1));
    return X509_cmp_time(X509_get0_notAfter(certificate.get()), &then) > 0;
}

void add_extension(X509* certificate, int kind, const char* value) {
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate signed_certificate(EVP_PKEY* key, Instant now, const Random& random) {
    Certificate made(X509_new());
    X509* const certificate = made.get();
    std::array<std::uint8_t, 16> serial{};
    random(serial);
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7f) | 0x40);  // positive (RFC 5280 section 4.1.2.2)
    BIGNUM* const number = BN_bin2bn(serial.data(), serial.size(), nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(now - std::chrono::hours(1)));
    ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(now + lifetime));
    X509_set_pubkey(certificate, key);
    X509_NAME* const name = X509_get_subject_name(certificate);
    const auto* const subject = reinterpret_cast<const unsigned char*>("localhost (maru --dev-tls)");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, subject, -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate, NID_key_usage, "critical,digitalSignature");
    add_extension(certificate, NID_ext_key_usage, "serverAuth");
    add_extension(certificate, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
    X509_sign(certificate, key, EVP_sha256());
    return made;
}

std::string text_of(BIO* memory) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(memory, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

// Beside its place first, so that nobody reads half a file.
Result<void> write(const fs::path& path, const std::string& text) {
    const fs::path beside = path.string() + ".new";
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return cannot_write(path, errno);
    const ssize_t written = ::write(file, text.data(), text.size());
    ::close(file);
    if (written != static_cast<ssize_t>(text.size())) return cannot_write(path, ENOSPC);
    std::error_code error;
    fs::rename(beside, path, error);
    if (error) return cannot_write(path, error.value());
    return {};
}

}  // namespace

Result<Tls> make_dev_certificate(const fs::path& folder, Instant now, const Random& random) {
    const Tls files{.certificate = folder / "dev-certificate.pem", .key = folder / "dev-key.pem"};
    std::error_code ignored;
    if (fs::exists(files.key, ignored) && serves_another_day(files.certificate, now)) return files;
    fs::create_directories(folder, ignored);
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = signed_certificate(key.get(), now, random);
    const Memory key_text(BIO_new(BIO_s_mem())), certificate_text(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_bio_X509(certificate_text.get(), certificate.get());
    TRY(write(files.key, text_of(key_text.get())));
    TRY(write(files.certificate, text_of(certificate_text.get())));
    return files;
}

}  // namespace maru::http
