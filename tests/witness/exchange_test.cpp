// Server and client over loopback: what an organisation and its witnesses really say to each other.
#include <gtest/gtest.h>

#include <thread>

#include "transport/http_client.hpp"
#include "witness/server.hpp"
#include "world.hpp"

namespace maru::witness {
namespace {

using ledger::MemoryLog;
using store::TemporaryFolder;
using Kind = Outcome::Kind;

class Running {
public:
    explicit Running(const std::filesystem::path& state, std::uint8_t number = 1)
        : witness_(witness_of(state, number)), server_(*Server::listen(witness_, "127.0.0.1:0")) {
        thread_ = std::jthread([this] { server_.run(); });
    }
    ~Running() { server_.stop(); }
    std::string address() const { return server_.address(); }
    Asked asked(std::uint8_t number = 1, std::uint64_t last = 0) const {
        return {{"w" + std::to_string(number), witness_key(number).verifier(), address() + "/"}, last};
    }

private:
    Witness witness_;
    Server server_;
    std::jthread thread_;
};

transport::HttpAnswer post(const std::string& url, const std::string& body) {
    transport::HttpRequest request;
    request.method = transport::HttpRequest::Method::post;
    request.url = url;
    request.content_type = "text/plain";
    request.body = body;
    return transport::send(request).value_or(transport::HttpAnswer{});
}

int get(const std::string& url) {
    transport::HttpRequest request;
    request.url = url;
    return transport::send(request).value_or(transport::HttpAnswer{}).status;
}

TEST(Exchange, TwoWitnessesCosign) {
    const TemporaryFolder folder;
    const Running one(folder / "1.db", 1), two(folder / "2.db", 2);
    const MemoryLog log = MemoryLog::decimals(100);
    const std::vector asked{one.asked(1), two.asked(2)};
    const auto outcomes = submit(submitter_of(log, 60), asked);
    ASSERT_EQ(outcomes.size(), 2u);
    for (const Outcome& outcome : outcomes) {
        EXPECT_EQ(outcome.kind, Kind::cosigned) << outcome.words.en;
        EXPECT_EQ(outcome.size, 60u);
        EXPECT_EQ(outcome.time, 1'767'139'200);
        EXPECT_TRUE(outcome.line);
    }
}

TEST(Exchange, AWitnessThatKnowsMoreThanWeThinkIsAskedAgainFromItsSize) {
    const TemporaryFolder folder;
    const Running one(folder / "1.db");
    const MemoryLog log = MemoryLog::decimals(100);
    ASSERT_EQ(submit(submitter_of(log, 33), std::vector{one.asked()})[0].kind, Kind::cosigned);
    EXPECT_EQ(submit(submitter_of(log, 90), std::vector{one.asked(1, 7)})[0].kind, Kind::cosigned);
    EXPECT_EQ(submit(submitter_of(log, 100), std::vector{one.asked(1, 5000)})[0].kind, Kind::cosigned);
}

TEST(Exchange, ALogThatWasPutBackIsFoundOutWithProof) {
    const TemporaryFolder folder;
    const Running one(folder / "1.db");
    const MemoryLog log = MemoryLog::decimals(100);
    ASSERT_EQ(submit(submitter_of(log, 90), std::vector{one.asked()})[0].kind, Kind::cosigned);
    const Outcome outcome = submit(submitter_of(log, 40), std::vector{one.asked(1, 40)})[0];
    EXPECT_EQ(outcome.kind, Kind::ahead);
    EXPECT_EQ(outcome.size, 90u);
    ASSERT_TRUE(outcome.known);
    EXPECT_TRUE(outcome.known->starts_with(note_of(log, 90)));
}

TEST(Exchange, ASecondHistoryIsFoundOut) {
    const TemporaryFolder folder;
    const Running one(folder / "1.db");
    const MemoryLog log = MemoryLog::decimals(100), other = MemoryLog::single_bytes(100);
    ASSERT_EQ(submit(submitter_of(log, 50), std::vector{one.asked()})[0].kind, Kind::cosigned);
    for (const std::uint64_t size : {50u, 80u}) {
        const Outcome outcome = submit(submitter_of(other, size), std::vector{one.asked(1, 50)})[0];
        EXPECT_EQ(outcome.kind, Kind::differs) << size;
        EXPECT_TRUE(outcome.known);
    }
}

TEST(Exchange, AnotherKeyThanThePolicysIsRefused) {
    const TemporaryFolder folder;
    const Running one(folder / "1.db", 1);
    const MemoryLog log = MemoryLog::decimals(5);
    EXPECT_EQ(submit(submitter_of(log, 5), std::vector{one.asked(2)})[0].kind, Kind::refused);
}

TEST(Exchange, NobodyThereIsNoAlarm) {
    const MemoryLog log = MemoryLog::decimals(5);
    const Asked nobody{{"w", witness_key().verifier(), "http://127.0.0.1:1"}, 0};
    EXPECT_EQ(submit(submitter_of(log, 5), std::vector{nobody})[0].kind, Kind::unreachable);
}

TEST(Server, KeepsItsLimits) {
    const TemporaryFolder folder;
    const Running one(folder / "1.db");
    EXPECT_EQ(
        post(one.address() + "/add-checkpoint", std::string(ledger::max_witness_request + 1, 'x')).status,
        413);
    EXPECT_EQ(post(one.address() + "/add-checkpoint", "x").status, 400);
    EXPECT_EQ(get(one.address() + "/add-checkpoint"), 405);
    EXPECT_EQ(get(one.address() + "/"), 404);
    EXPECT_EQ(get(one.address() + "/" + std::string(64, 'a') + "/checkpoint"), 404);
    EXPECT_EQ(get(one.address() + "/" + std::string(20'000, 'a')), 431);
    EXPECT_EQ(post(one.address() + "/below/a/proxy/add-checkpoint", "x").status, 400);
}

TEST(Server, SaysWhereItCannotListen) {
    const TemporaryFolder folder;
    Witness witness = witness_of(folder / "w.db");
    const Server first = *Server::listen(witness, "[::1]:0");
    const std::string taken = first.address().substr(7);
    EXPECT_EQ(Server::listen(witness, taken).error().kind, ErrorKind::unavailable);
    for (const char* address : {"", "7380", "localhost:7380", "127.0.0.1:x", "127.0.0.1:70000", "127.0.0.1:"})
        EXPECT_EQ(Server::listen(witness, address).error().kind, ErrorKind::invalid) << address;
}

TEST(HttpClient, RefusesWhatIsNotHttpAndAnswersAboveItsLimit) {
    transport::HttpRequest request;
    request.url = "file:///etc/hostname";
    EXPECT_EQ(transport::send(request).error().kind, ErrorKind::invalid);
    const TemporaryFolder folder;
    const Running one(folder / "1.db");
    request.url = one.address() + "/";
    request.largest_answer = 5;
    EXPECT_EQ(transport::send(request).error().kind, ErrorKind::invalid);
}

}  // namespace
}  // namespace maru::witness
