#include "crypto/timestamp.hpp"

#include <fmt/core.h>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>

#include "crypto/hash.hpp"

namespace maru::crypto {

namespace {

constexpr int longest_quote = 200;  // bytes of an authority's own words

template <auto Free>
struct Release {
    template <class T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Release<Free>>;

void free_certificates(STACK_OF(X509) * certificates) { sk_X509_pop_free(certificates, X509_free); }
void free_list(STACK_OF(X509) * list) { sk_X509_free(list); }
void free_text(char* text) { OPENSSL_free(text); }

using Request = Owned<TS_REQ, TS_REQ_free>;
using Response = Owned<TS_RESP, TS_RESP_free>;
using Context = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using Store = Owned<X509_STORE, X509_STORE_free>;
using Certificate = Owned<X509, X509_free>;
using Certificates = Owned<STACK_OF(X509), free_certificates>;
using Memory = Owned<BIO, BIO_free_all>;
using OwnedText = Owned<char, free_text>;

// Only without memory; going on would send a request that asks for something else.
void must(bool worked) {
    if (worked) return;
    std::fputs("maru: the cryptographic library failed: time stamp\n", stderr);
    std::abort();
}

std::unexpected<Error> no_such(ErrorKind kind, std::string_view ja, std::string_view en) {
    return fail(kind, {std::string(ja), std::string(en)});
}

std::unexpected<Error> not_believed(std::string_view ja, std::string_view en) {
    return fail(ErrorKind::forbidden, {fmt::format("タイムスタンプを信じられません: {}。", ja),
                                       fmt::format("the time stamp cannot be believed: {}", en)});
}

Result<Request> read_request(ByteView der) {
    const unsigned char* at = der.data();
    Request request(d2i_TS_REQ(nullptr, &at, static_cast<long>(der.size())));
    if (request && at == der.data() + der.size()) return request;
    return no_such(ErrorKind::invalid, "タイムスタンプの要求が壊れています。",
                   "the time stamp request is malformed");
}

Result<Response> read_response(ByteView der) {
    const unsigned char* at = der.data();
    Response response(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
    if (response && at == der.data() + der.size()) return response;
    return no_such(ErrorKind::invalid, "応答はタイムスタンプ（RFC 3161 の TimeStampResp）ではありません。",
                   "the answer is no time stamp (TimeStampResp of RFC 3161)");
}

Memory memory_of(std::string_view text) {
    Memory memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    must(memory != nullptr);
    return memory;
}

// All certificates of a PEM text; their stack may be empty.
Certificates certificates_in(std::string_view pem) {
    Certificates all(sk_X509_new_null());
    const Memory memory = memory_of(pem);
    while (X509* one = PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr))
        must(sk_X509_push(all.get(), one) > 0);
    ERR_clear_error();
    return all;
}

Result<Store> roots_of(const TimestampTrust& trust, Instant at) {
    const Certificates roots = certificates_in(trust.roots);
    if (sk_X509_num(roots.get()) == 0)
        return no_such(ErrorKind::invalid, "ルート証明書（PEM）が入っていません。",
                       "there is no root certificate (PEM)");
    Store store(X509_STORE_new());
    must(store != nullptr);
    for (int i = 0; i < sk_X509_num(roots.get()); ++i)
        must(X509_STORE_add_cert(store.get(), sk_X509_value(roots.get(), i)) == 1);
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()),
                               std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    return store;
}

Instant instant_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return Instant(std::chrono::seconds(timegm(&parts)));
}

// A stranger's words in one line.
std::string text_of(const ASN1_UTF8STRING* text) {
    const auto* bytes = ASN1_STRING_get0_data(text);
    std::string words(bytes, bytes + std::min(ASN1_STRING_length(text), longest_quote));
    std::ranges::replace_if(words, [](char c) { return c >= 0 && (c < 0x20 || c == 0x7f); }, ' ');
    return is_utf8(words) ? words : "";
}

// RFC 3161 section 2.4.2, PKIFailureInfo.
std::string failure_words(const ASN1_BIT_STRING* failures) {
    static constexpr std::array<std::pair<int, const char*>, 8> names{{{0, "badAlg"},
                                                                       {2, "badRequest"},
                                                                       {5, "badDataFormat"},
                                                                       {14, "timeNotAvailable"},
                                                                       {15, "unacceptedPolicy"},
                                                                       {16, "unacceptedExtension"},
                                                                       {17, "addInfoNotAvailable"},
                                                                       {25, "systemFailure"}}};
    std::string words;
    for (const auto& [bit, name] : names)
        if (failures != nullptr && ASN1_BIT_STRING_get_bit(failures, bit) == 1)
            words += (words.empty() ? "" : ", ") + std::string(name);
    return words;
}

// An authority that cannot sign still answers: OpenSSL's own exits with success then.
Result<void> expect_granted(TS_RESP* response) {
    const TS_STATUS_INFO* status = TS_RESP_get_status_info(response);
    const long code = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
    if (code == TS_STATUS_GRANTED || code == TS_STATUS_GRANTED_WITH_MODS) return {};
    std::string words = failure_words(TS_STATUS_INFO_get0_failure_info(status));
    const STACK_OF(ASN1_UTF8STRING)* texts = TS_STATUS_INFO_get0_text(status);
    for (int i = 0; texts != nullptr && i < sk_ASN1_UTF8STRING_num(texts); ++i)
        words += (words.empty() ? "" : "; ") + text_of(sk_ASN1_UTF8STRING_value(texts, i));
    return fail(ErrorKind::forbidden, {fmt::format("時刻認証局が断りました（status {}{}{}）。", code,
                                                   words.empty() ? "" : ": ", words),
                                       fmt::format("the time stamping authority refused (status {}{}{})",
                                                   code, words.empty() ? "" : ": ", words)});
}

// The words of the certificate check are the last error's data: "Verify error:certificate has expired".
std::unexpected<Error> reason_of_failure() {
    unsigned long first = 0;
    std::string details;
    const char* data = nullptr;
    int flags = 0;
    while (const unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
        if (first == 0 || ERR_GET_LIB(first) != ERR_LIB_TS) first = code;
        if ((flags & ERR_TXT_STRING) != 0 && data != nullptr && *data != '\0') details = data;
    }
    constexpr std::string_view prefix = "Verify error:";
    if (details.starts_with(prefix)) details.erase(0, prefix.size());
    const int reason = ERR_GET_LIB(first) == ERR_LIB_TS ? ERR_GET_REASON(first) : 0;
    switch (reason) {
        case TS_R_NONCE_MISMATCH:
        case TS_R_NONCE_NOT_RETURNED:
            return not_believed("要求と別の番号（nonce）への応答です",
                                "it answers another request (nonce mismatch)");
        case TS_R_MESSAGE_IMPRINT_MISMATCH:
            return not_believed("別のデータの刻印です", "it stamps other data (message imprint mismatch)");
        case TS_R_CERTIFICATE_VERIFY_ERROR:
            return not_believed("証明書が確かめられません（" + details + "）",
                                "its certificate does not verify (" + details + ")");
        case TS_R_SIGNATURE_FAILURE: return not_believed("署名が違います", "its signature is wrong");
        default: break;
    }
    const char* words = ERR_reason_error_string(first);
    const std::string what = words == nullptr ? "unknown" : words;
    return not_believed(what, what);
}

std::string name_of(X509* certificate) {
    const Memory memory(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(memory.get(), X509_get_subject_name(certificate), 0,
                       XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

std::string serial_of(const ASN1_INTEGER* serial) {
    const Owned<BIGNUM, BN_free> number(ASN1_INTEGER_to_BN(serial, nullptr));
    const OwnedText text(number ? BN_bn2hex(number.get()) : nullptr);
    return text ? text.get() : "";
}

// SHA-256 of what was stamped; nullopt for another function's.
std::optional<Hash> imprint_in(TS_TST_INFO* info) {
    const ASN1_OCTET_STRING* bytes = TS_MSG_IMPRINT_get_msg(TS_TST_INFO_get_msg_imprint(info));
    Hash hash{};
    if (bytes == nullptr || static_cast<std::size_t>(ASN1_STRING_length(bytes)) != hash.size())
        return std::nullopt;
    std::copy_n(ASN1_STRING_get0_data(bytes), hash.size(), hash.begin());
    return hash;
}

// nullopt: no stamp over SHA-256 in it, or its certificate is missing.
std::optional<Timestamp> contents_of(TS_RESP* response, STACK_OF(X509) * untrusted) {
    TS_TST_INFO* info = TS_RESP_get_tst_info(response);
    PKCS7* token = TS_RESP_get_token(response);
    if (info == nullptr || token == nullptr) return std::nullopt;
    const Owned<STACK_OF(X509), free_list> signers(PKCS7_get0_signers(token, untrusted, 0));
    const auto imprint = imprint_in(info);
    if (!imprint || !signers || sk_X509_num(signers.get()) != 1) return std::nullopt;
    X509* signer = sk_X509_value(signers.get(), 0);
    return Timestamp{instant_of(TS_TST_INFO_get_time(info)), name_of(signer),
                     serial_of(TS_TST_INFO_get_serial(info)), instant_of(X509_get0_notAfter(signer)),
                     *imprint};
}

}  // namespace

Bytes timestamp_request(ByteView data, const Random& random) {
    const Request request(TS_REQ_new());
    const Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
    const Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
    const Owned<ASN1_INTEGER, ASN1_INTEGER_free> nonce(ASN1_INTEGER_new());
    must(request && imprint && algorithm && nonce);
    Hash hash = sha256(data);
    std::array<std::uint8_t, 8> bytes{};
    random(bytes);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    must(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
    must(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1);
    must(TS_MSG_IMPRINT_set_msg(imprint.get(), hash.data(), static_cast<int>(hash.size())) == 1);
    must(ASN1_INTEGER_set_uint64(nonce.get(), number) == 1);
    must(TS_REQ_set_version(request.get(), 1) == 1 &&
         TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
         TS_REQ_set_nonce(request.get(), nonce.get()) == 1 && TS_REQ_set_cert_req(request.get(), 1) == 1);
    Bytes der(static_cast<std::size_t>(i2d_TS_REQ(request.get(), nullptr)));
    unsigned char* at = der.data();
    i2d_TS_REQ(request.get(), &at);
    return der;
}

Result<Timestamp> verify_timestamp(ByteView request, ByteView response, const TimestampTrust& trust,
                                   Instant at) {
    ERR_clear_error();
    const Request asked = TRY(read_request(request));
    const Response answer = TRY(read_response(response));
    TRY(expect_granted(answer.get()));
    Store store = TRY(roots_of(trust, at));
    Certificates untrusted = certificates_in(trust.untrusted);
    const Context context(TS_REQ_to_TS_VERIFY_CTX(asked.get(), nullptr));
    must(context != nullptr);
    TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_SIGNATURE);
    TS_VERIFY_CTX_set_store(context.get(), store.release());
    STACK_OF(X509)* const between = untrusted.release();  // the context's now
    TS_VERIFY_CTX_set_certs(context.get(), between);
    if (TS_RESP_verify_response(context.get(), answer.get()) != 1) return reason_of_failure();
    if (const auto contents = contents_of(answer.get(), between)) return *contents;
    return reason_of_failure();
}

Result<Timestamp> read_timestamp(ByteView response) {
    const Response answer = TRY(read_response(response));
    const auto contents = contents_of(answer.get(), nullptr);
    ERR_clear_error();
    if (contents) return *contents;
    return no_such(ErrorKind::invalid, "応答にタイムスタンプと証明書が入っていません。",
                   "the answer holds no time stamp with its certificate");
}

}  // namespace maru::crypto
