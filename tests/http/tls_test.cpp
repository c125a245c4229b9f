// TLS as curl and openssl see it.
#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

#include <unistd.h>

#include "http/dev_certificate.hpp"
#include "tests/http/world.hpp"

namespace maru::http {
namespace {

namespace fs = std::filesystem;

std::string run(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen((command + " 2>&1").c_str(), "r"), ::pclose);
    std::string out;
    std::array<char, 4096> bytes;
    for (std::size_t n; (n = std::fread(bytes.data(), 1, bytes.size(), pipe.get())) > 0;)
        out.append(bytes.data(), n);
    return out;
}

void fixed(std::span<std::uint8_t> out) { std::ranges::fill(out, std::uint8_t{7}); }

class Secure : public testing::Test {
protected:
    Secure() : folder_(fs::path(testing::TempDir()) / ("maru-tls-" + std::to_string(::getpid()))) {
        fs::remove_all(folder_);
        served_.options.tls = make_dev_certificate(folder_, system_now(), fixed).value();
        served_.options.tell = [this](const Text& text) {
            const std::lock_guard lock(mutex_);
            told_ += text.en;
        };
        served_.router.add(
            {.method = Method::post, .pattern = "/echo", .handler = echo, .body_limit = 10 << 20});
        served_.router.add({.pattern = "/who", .handler = [](Request& request, const Captures&) {
                                return text_response(200, "text/plain", request.secure ? "secure" : "open");
                            }});
    }
    ~Secure() override {
        served_.stop();
        fs::remove_all(folder_);
    }
    static Response echo(Request& request, const Captures&) {
        return text_response(200, "application/octet-stream", request.body);
    }
    std::string trusting() const { return " --cacert " + served_.options.tls->certificate.string() + " "; }
    std::string s_client(const std::string& address, const std::string& options) const {
        return run("echo | openssl s_client -connect " + address.substr(8) + " -servername localhost " +
                   options);
    }

    std::string told() {
        const std::lock_guard lock(mutex_);
        return told_;
    }

    fs::path folder_;
    std::mutex mutex_;
    std::string told_;
    Served served_;
};

TEST_F(Secure, CurlTrustsTheCertificateForEveryNameOfThisMachine) {
    const std::string address = served_.start();
    EXPECT_TRUE(address.starts_with("https://127.0.0.1:")) << address;
    EXPECT_EQ(run("curl -sS" + trusting() + address + "/who"), "secure");
    const std::string port = address.substr(address.rfind(':'));
    EXPECT_EQ(run("curl -sS" + trusting() + "https://localhost" + port + "/who"), "secure");
    EXPECT_TRUE(run("curl -sS " + address + "/who").contains("self-signed"));
}

TEST_F(Secure, LargeBodiesGoBothWays) {
    const std::string address = served_.start();
    {
        std::ofstream file(folder_ / "large");
        for (int i = 0; i < 400'000; ++i) file << i << '\n';
    }
    const std::string sent = (folder_ / "large").string(), back = (folder_ / "back").string();
    EXPECT_EQ(run("curl -sS" + trusting() + "-H Expect: --data-binary @" + sent + " -o " + back + " " +
                  address + "/echo && cmp " + sent + " " + back),
              "");
}

TEST_F(Secure, OnlyModernVersionsAreSpoken) {
    const std::string address = served_.start();
    EXPECT_TRUE(s_client(address, "-tls1_3").contains("Protocol  : TLSv1.3") ||
                s_client(address, "-tls1_3").contains("TLSv1.3, Cipher"));
    EXPECT_TRUE(s_client(address, "-tls1_2").contains("TLSv1.2, Cipher is ECDHE"));
    EXPECT_TRUE(s_client(address, "-tls1_1 -cipher DEFAULT:@SECLEVEL=0").contains("Cipher is (NONE)"));
    EXPECT_TRUE(s_client(address, "-tls1_2 -cipher AES128-SHA").contains("Cipher is (NONE)"));
    EXPECT_TRUE(s_client(address, "-alpn h2,http/1.1").contains("ALPN protocol: http/1.1"));
}

TEST_F(Secure, PlainHttpIsNotAnswered) {
    Client client(served_.start());
    client.send(get("/who"));
    EXPECT_FALSE(client.read_all().contains("200"));
}

TEST_F(Secure, HandshakesThatStopAreEnded) {
    served_.options.limits.header_patience = std::chrono::milliseconds(50);
    Client client(served_.start());
    client.send("\x16\x03\x01");
    EXPECT_TRUE(client.is_closed());
}

TEST_F(Secure, ChangedCertificatesAreTakenAndBrokenOnesTold) {
    const std::string address = served_.start();
    const auto fingerprint = [&] {
        return run("echo | openssl s_client -connect " + address.substr(8) +
                   " 2>/dev/null | openssl x509 -noout -fingerprint -sha256");
    };
    const std::string first = fingerprint();
    const fs::path other = folder_ / "other";
    const Tls fresh = make_dev_certificate(other, system_now(), fixed).value();
    fs::rename(fresh.key, served_.options.tls->key);
    fs::rename(fresh.certificate, served_.options.tls->certificate);
    std::string second = first;  // it looks once a second
    for (int i = 0; i < 200 && second == first; ++i) second = fingerprint();
    EXPECT_NE(second, first);
    std::ofstream(served_.options.tls->certificate) << "broken";
    while (told().empty()) EXPECT_EQ(fingerprint(), second) << "the last good one serves on";
    EXPECT_TRUE(told().contains("dev-certificate.pem: cannot be used")) << told();
}

TEST_F(Secure, AKeyOfAnotherCertificateIsRefused) {
    const Tls fresh = make_dev_certificate(folder_ / "other", system_now(), fixed).value();
    Options options;
    options.listen = "127.0.0.1:0";
    for (const Tls& wrong : {Tls{served_.options.tls->certificate, fresh.key},
                             Tls{folder_ / "none", fresh.key}, Tls{fresh.certificate, fresh.certificate}}) {
        options.tls = wrong;
        const auto server = Server::listen(served_.router, options);
        ASSERT_FALSE(server);
        EXPECT_EQ(server.error().kind, ErrorKind::invalid);
    }
}

TEST_F(Secure, DevelopmentCertificatesStayAsLongAsTheyAreGood) {
    const auto read = [&] {
        std::ifstream file(served_.options.tls->certificate);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    const std::string first = read();
    const Instant now = system_now();
    ASSERT_TRUE(make_dev_certificate(folder_, now + std::chrono::days(28), fixed));
    EXPECT_EQ(read(), first);
    ASSERT_TRUE(make_dev_certificate(folder_, now + std::chrono::days(29) + std::chrono::hours(1), fixed));
    EXPECT_NE(read(), first);
    EXPECT_EQ(fs::status(served_.options.tls->key).permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace
}  // namespace maru::http
