#include "ledger/witness_protocol.hpp"

#include <gtest/gtest.h>

#include "ledger/cosignature.hpp"
#include "vectors.hpp"

namespace maru::ledger {
namespace {

AddCheckpoint request_of(const std::string& file) { return *parse_add_checkpoint(vector_file(file)); }

TEST(AddCheckpoint, OfThePublicExchangeIsReadAndWritten) {
    for (const char* file : {"add-0-5.request", "add-5-8.request"}) {
        const auto request = parse_add_checkpoint(vector_file(file));
        ASSERT_TRUE(request) << file;
        EXPECT_EQ(to_text(*request), vector_file(file));
    }
    EXPECT_EQ(request_of("add-0-5.request").old_size, 0u);
    EXPECT_EQ(request_of("add-5-8.request").old_size, 5u);
    EXPECT_EQ(request_of("add-5-8.request").proof.size(), 4u);
}

TEST(AddCheckpoint, OfThePublicExchangeProvesTheGrowthOfTheLog) {
    const std::vector<VerifierKey> keys = {verifier_key("monkeys")};
    const auto before = open_checkpoint(request_of("add-0-5.request").checkpoint, keys);
    const AddCheckpoint request = request_of("add-5-8.request");
    const auto after = open_checkpoint(request.checkpoint, keys);
    ASSERT_TRUE(before && after);
    const Consistency claim{before->checkpoint.size, after->checkpoint.size, before->checkpoint.root,
                            after->checkpoint.root};
    EXPECT_TRUE(verify_consistency(claim, request.proof));
    auto changed = request.proof;
    changed[2][7] ^= 1;
    EXPECT_FALSE(verify_consistency(claim, changed));
}

TEST(AddCheckpoint, IsRefusedWhenMalformed) {
    const std::string note = request_of("add-0-5.request").checkpoint, hash = base64(Hash{}) + "\n";
    const auto refused = [](const std::string& body) { return !parse_add_checkpoint(body).has_value(); };
    EXPECT_FALSE(refused("old 5\n\n" + note));
    EXPECT_TRUE(refused(""));
    EXPECT_TRUE(refused("old 6\n\n" + note));  // larger than the checkpoint
    EXPECT_TRUE(refused("old 05\n\n" + note));
    EXPECT_TRUE(refused("old -1\n\n" + note));
    EXPECT_TRUE(refused("Old 0\n\n" + note));
    EXPECT_TRUE(refused("old 0\n" + note));
    EXPECT_TRUE(refused("old 0\nAAAA\n\n" + note));
    EXPECT_TRUE(refused("old 0\n\n"));
    EXPECT_TRUE(refused("old 0\n\n" + note + "x"));
    std::string proof;
    for (std::size_t i = 0; i < max_proof; ++i) proof += hash;
    EXPECT_FALSE(refused("old 0\n" + proof + "\n" + note));
    EXPECT_TRUE(refused("old 0\n" + proof + hash + "\n" + note));
    EXPECT_TRUE(refused("old 0\n\n" + note + std::string(max_witness_request, 'x')));
}

TEST(SizeBody, IsOneLineWithADecimal) {
    EXPECT_EQ(size_body(20852014), "20852014\n");
    EXPECT_EQ(*parse_size_body("0\n"), 0u);
    EXPECT_EQ(*parse_size_body("20852014\n"), 20852014u);
    for (const char* body : {"", "\n", "1", "01\n", "1\n\n", "1\n2\n", " 1\n", "1 \n", "-1\n"})
        EXPECT_FALSE(parse_size_body(body)) << body;
}

class Answer : public testing::Test {
protected:
    const Note checkpoint = parse_signed_checkpoint(request_of("add-0-5.request").checkpoint)->note;
    const SigningKey witness = to_cosigner(signing_key("cosigner"));
    const std::vector<VerifierKey> known = {witness.verifier()};
    const NoteSignature good = cosign(checkpoint.text, witness, 1679315147);
};

TEST_F(Answer, GivesTheLinesOfKnownWitnessesOnly) {
    const SigningKey stranger =
        *make_signing_key("stranger", KeyType::cosignature, [](auto out) { out[0] = 1; });
    const std::string body = to_text(cosign(checkpoint.text, stranger, 1)) + to_text(good);
    const auto accepted = accept_cosignatures(checkpoint, body, known);
    ASSERT_TRUE(accepted);
    EXPECT_EQ(*accepted, std::vector{good});
}

TEST_F(Answer, WithoutAGoodLineIsRefused) {
    NoteSignature wrong = good;
    wrong.signature[0] ^= 1;
    EXPECT_EQ(accept_cosignatures(checkpoint, to_text(wrong), known).error().kind, ErrorKind::forbidden);
    EXPECT_EQ(accept_cosignatures(checkpoint, "", known).error().kind, ErrorKind::forbidden);
    EXPECT_EQ(accept_cosignatures(checkpoint, "<html>\n", known).error().kind, ErrorKind::invalid);
    const Note other{"monkeys\n6\n" + base64(Hash{}) + "\n", {}};
    EXPECT_FALSE(accept_cosignatures(other, to_text(good), known));
}

TEST(OriginHash, IsThePlainHashOfTheOrigin) {
    // printf %s example.com/behind-the-sofa | sha256sum
    EXPECT_EQ(origin_hash("example.com/behind-the-sofa"),
              "5fd2dc0beb4ce54da5050cf6d5c75248b023abad441c3cecde3976fbe9da4fe4");
}

}  // namespace
}  // namespace maru::ledger
