#include "ledger/policy.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>

#include "ledger/cosignature.hpp"
#include "memory_log.hpp"

namespace maru::ledger {
namespace {

SigningKey key_named(const std::string& name, KeyType type, std::uint8_t fill) {
    return *make_signing_key(name, type, [fill](auto out) { std::ranges::fill(out, fill); });
}
const SigningKey log_key = key_named("example.com/log", KeyType::ed25519, 1);

SigningKey witness_key(int number) {
    return key_named(fmt::format("w{}.example", number), KeyType::cosignature,
                     static_cast<std::uint8_t>(100 + number));
}

// Two of X1 X2 X3 and any of Y1 Y2 Y3, the example of the specification. Witness n has witness_key(n).
std::string example() {
    std::string text =
        "# whom we believe\n\nlog " + to_text(log_key.verifier()) + " https://example.com/log/\n";
    for (int i = 1; i <= 6; ++i)
        text += fmt::format("witness {}{} {}\n", i <= 3 ? 'X' : 'Y', (i - 1) % 3 + 1,
                            to_text(witness_key(i).verifier()));
    return text +
           "group X-witnesses 2 X1 X2 X3\n"
           "\tgroup  Y-witnesses any Y1 Y2 Y3  \n"
           "group X-and-Y all X-witnesses Y-witnesses\n"
           "quorum X-and-Y\n";
}

std::string note_with(const std::vector<int>& witnesses) {
    Note note{to_text(Checkpoint{log_key.name, 3, MemoryLog::decimals(3).root(), {}}), {}};
    note.signatures.push_back(sign_text(note.text, log_key));
    for (const int number : witnesses)
        note.signatures.push_back(cosign(note.text, witness_key(number), 1700000000 + number));
    return to_text(note);
}

TEST(Policy, IsReadAsTheSpecificationSays) {
    const auto policy = parse_policy(example());
    ASSERT_TRUE(policy);
    EXPECT_EQ(policy->logs.size(), 1u);
    EXPECT_EQ(policy->logs[0].url, "https://example.com/log/");
    EXPECT_EQ(policy->witnesses.size(), 6u);
    EXPECT_EQ(policy->witnesses[0].url, "");
    EXPECT_EQ(policy->groups[0].threshold, 2u);
    EXPECT_EQ(policy->groups[1].threshold, 1u);
    EXPECT_EQ(policy->groups[2].threshold, 2u);
    EXPECT_EQ(policy->quorum, "X-and-Y");
}

TEST(Policy, IsReadBackFromItsOwnText) {
    const Policy policy = *parse_policy(example());
    const std::string text = to_text(policy);
    EXPECT_EQ(to_text(*parse_policy(text)), text);
    EXPECT_EQ(to_text(*parse_policy("quorum none\n")), "quorum none\n");
}

// Every subset of the six witnesses, judged by hand-written logic.
TEST(Quorum, IsMetByExactlyTheSubsetsThatItDescribes) {
    const Policy policy = *parse_policy(example());
    for (unsigned subset = 0; subset < 64; ++subset) {
        std::vector<std::string> present;
        for (unsigned i = 0; i < 6; ++i)
            if ((subset >> i & 1) != 0) present.push_back(policy.witnesses[i].name);
        const int x = std::popcount(subset & 7), y = std::popcount(subset >> 3);
        EXPECT_EQ(quorum_met(policy, present), x >= 2 && y >= 1) << subset;
    }
}

TEST(Quorum, OfOneWitnessOrNone) {
    const std::string witness = "witness w " + to_text(witness_key(1).verifier()) + "\n";
    EXPECT_FALSE(quorum_met(*parse_policy(witness + "quorum w\n"), {}));
    EXPECT_TRUE(quorum_met(*parse_policy(witness + "quorum w\n"), {"w"}));
    EXPECT_TRUE(quorum_met(*parse_policy(witness + "quorum none\n"), {}));
}

TEST(OpenCheckpoint, WantsTheLogAndAQuorum) {
    const Policy policy = *parse_policy(example());
    const auto trusted = open_checkpoint(note_with({1, 3, 5}), policy);
    ASSERT_TRUE(trusted);
    EXPECT_EQ(trusted->checkpoint.size, 3u);
    EXPECT_EQ(trusted->log, log_key.verifier());
    ASSERT_EQ(trusted->witnesses.size(), 3u);
    EXPECT_EQ(trusted->witnesses[2].witness, "Y2");
    EXPECT_EQ(trusted->witnesses[2].time, 1700000005);
    const auto refused = open_checkpoint(note_with({1, 5}), policy);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
    EXPECT_NE(refused.error().message.en.find("X2, X3, Y1, Y3"), std::string::npos);
}

TEST(OpenCheckpoint, CountsAWitnessOnceHoweverOftenItCosigned) {
    const Policy policy = *parse_policy(example());
    EXPECT_FALSE(open_checkpoint(note_with({1, 1, 1, 5}), policy));
}

TEST(OpenCheckpoint, BelievesNoQuorumWithoutTheLog) {
    const Policy policy = *parse_policy(example());
    Note note = *parse_note(note_with({1, 2, 4}));
    note.signatures.erase(note.signatures.begin());
    EXPECT_EQ(open_checkpoint(to_text(note), policy).error().kind, ErrorKind::forbidden);
}

TEST(OpenCheckpoint, RefusesAWrongCosignatureOfAKnownWitness) {
    const Policy policy = *parse_policy(example());
    Note note = *parse_note(note_with({1, 2, 4, 6}));
    note.signatures[4].signature[20] ^= 1;
    EXPECT_EQ(open_checkpoint(to_text(note), policy).error().kind, ErrorKind::forbidden);
}

TEST(OpenCheckpoint, WithoutWitnessesBelievesTheLogAlone) {
    EXPECT_TRUE(open_checkpoint(note_with({}), policy_of(log_key.verifier())));
    EXPECT_FALSE(
        open_checkpoint(note_with({}), policy_of(key_named(log_key.name, KeyType::ed25519, 2).verifier())));
    EXPECT_FALSE(open_checkpoint(note_with({}), *parse_policy("quorum none\n")));
}

Error refused(const std::string& text) {
    const auto policy = parse_policy(text);
    EXPECT_FALSE(policy) << text;
    return policy ? Error{} : policy.error();
}

TEST(Policy, IsRefusedWithTheLine) {
    const std::string log = to_text(log_key.verifier()), w1 = to_text(witness_key(1).verifier()),
                      w2 = to_text(witness_key(2).verifier());
    const std::string two = "witness a " + w1 + "\nwitness b " + w2 + "\n";
    EXPECT_EQ(refused("quorum none\nwhat\n").message.en.substr(0, 8), "line 2: ");
    refused("");
    refused("log " + log + "\n");  // no quorum
    refused("quorum none\nquorum none\n");
    refused("quorum a\nwitness a " + w1 + "\n");  // defined below
    refused("log\nquorum none\n");
    refused("log " + log + " url more\nquorum none\n");
    refused("log " + log + "\nlog " + log + "\nquorum none\n");
    refused("log " + w1 + "\nquorum none\n");             // a witness key
    refused("witness a " + log + "\nquorum none\n");      // a log key
    refused("log " + log.substr(1) + "\nquorum none\n");  // key id does not fit
    refused("witness none " + w1 + "\nquorum none\n");
    refused("witness a " + w1 + "\nwitness a " + w2 + "\nquorum a\n");
    refused("witness a " + w1 + "\nwitness b " + w1 + "\nquorum a\n");
    refused(two + "group a any b\nquorum a\n");
    refused(two + "group none any b\nquorum none\n");
    refused(two + "group g any c\nquorum g\n");
    refused(two + "group g any none\nquorum g\n");
    refused(two + "group g any g\nquorum g\n");
    refused(two + "group g any\nquorum g\n");
    refused(two + "group g all a a\nquorum g\n");
    refused(two + "group g any a\ngroup h any a b\nquorum h\n");  // a is a member already
    for (const char* k : {"0", "3", "01", "-1", "most", "1.5"})
        refused(two + "group g " + k + " a b\nquorum g\n");
    refused("quorum none\r\n");
    refused("quorum\vnone\n");
    refused("quorum none\n#" + std::string(max_policy, 'x') + "\n");
}

TEST(Policy, TakesNamesAsBytes) {
    const auto policy = parse_policy("witness \xe4\xba\xac\xff " + to_text(witness_key(1).verifier()) +
                                     "\nquorum \xe4\xba\xac\xff");
    ASSERT_TRUE(policy);
    EXPECT_EQ(policy->quorum, "\xe4\xba\xac\xff");
}

// The specification asks for room for 32 logs, witnesses and groups.
TEST(Policy, HasRoomForMany) {
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "log " +
                to_text(key_named(fmt::format("log{}", i), KeyType::ed25519, static_cast<std::uint8_t>(i))
                            .verifier()) +
                "\n";
        text +=
            fmt::format("witness w{} {}\ngroup g{} any w{}\n", i, to_text(witness_key(i).verifier()), i, i);
    }
    EXPECT_TRUE(parse_policy(text + "quorum g99\n"));
}

}  // namespace
}  // namespace maru::ledger
