#include "ledger/checkpoint.hpp"

#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "ledger/cosignature.hpp"
#include "memory_log.hpp"
#include "vectors.hpp"

namespace maru::ledger {
namespace {

const std::string root_text = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

MemoryLog small_log() {
    std::vector<Bytes> entries;
    for (const std::string& entry : all_of(read_vectors("small-log.txt"), "entry"))
        entries.push_back(bytes_of(entry));
    return MemoryLog(std::move(entries));
}

// Tessera's complete log: the same entries and key must give the same roots, proofs, files and signatures.
TEST(SmallLog, HasThePublishedRootsAndSignedCheckpoints) {
    const MemoryLog log = small_log();
    const Vectors vectors = read_vectors("small-log.txt");
    const SigningKey key = signing_key("small_log");
    for (const std::uint64_t size : {0u, 7u, 15u}) {
        const std::string number = std::to_string(size);
        EXPECT_EQ(base64(log.root(size)), one_of(vectors, "root/" + number));
        if (size == 7) continue;
        const auto note = sign_checkpoint({key.name, size, log.root(size), {}}, key);
        ASSERT_TRUE(note);
        EXPECT_EQ(*note, vector_file("small-log-" + number + ".note"));
        EXPECT_TRUE(open_checkpoint(*note, std::vector{verifier_key("small_log")}));
    }
}

std::vector<std::string> base64s(const Proof& proof) {
    std::vector<std::string> out;
    for (const Hash& hash : proof) out.push_back(base64(hash));
    return out;
}

TEST(SmallLog, HasThePublishedProofs) {
    const MemoryLog log = small_log();
    const Vectors vectors = read_vectors("small-log.txt");
    EXPECT_EQ(base64s(*inclusion_proof(log.hashes(), 6, 15)), all_of(vectors, "inclusion/6/15"));
    EXPECT_EQ(base64s(*consistency_proof(log.hashes(), 8, 15)), all_of(vectors, "consistency/8/15"));
    EXPECT_EQ(base64s(*consistency_proof(log.hashes(), 7, 15)), all_of(vectors, "consistency/7/15"));
}

TEST(SmallLog, HasThePublishedFiles) {
    const auto files = small_log().files(signing_key("small_log"));
    const Vectors vectors = read_vectors("small-log.txt");
    EXPECT_EQ(files.size(), 3u);
    for (const char* path : {"tile/0/000.p/15", "tile/entries/000.p/15"})
        EXPECT_EQ(hex(crypto::sha256(files.at(path))), one_of(vectors, std::string("sha256/") + path));
    EXPECT_EQ(files.at("checkpoint"), bytes_of(vector_file("small-log-15.note")));
}

Error refused(const std::string& text) {
    const auto checkpoint = parse_checkpoint(text);
    EXPECT_FALSE(checkpoint) << text;
    return checkpoint ? Error{} : checkpoint.error();
}

TEST(Checkpoint, IsReadAndWritten) {
    const std::string text = "例 log\n9223372036854775807\n" + root_text + "\nextra line\n";
    const auto checkpoint = parse_checkpoint(text);
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->size, (std::uint64_t{1} << 63) - 1);
    EXPECT_EQ(checkpoint->root, empty_root());
    EXPECT_EQ(checkpoint->extensions, std::vector<std::string>{"extra line"});
    EXPECT_EQ(to_text(*checkpoint), text);
}

TEST(Checkpoint, IsRefusedWhenMalformed) {
    refused("");
    refused("a\n");
    refused("a\n1\n");
    refused("a\n1\n" + root_text);
    refused("\n1\n" + root_text + "\n");
    refused("a\n1\n\n");
    refused("a\n1\n" + root_text + "\n\n");
    refused(std::string(256, 'a') + "\n1\n" + root_text + "\n");
    for (const char* size :
         {"01", "+1", "-1", "1 ", " 1", "0x1", "１", "1.0", "9223372036854775808", "18446744073709551616"})
        refused("a\n" + std::string(size) + "\n" + root_text + "\n");
    for (const char* root : {"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", "AAAA", "!",
                             "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV="})
        refused("a\n1\n" + std::string(root) + "\n");
}

TEST(Checkpoint, ErrorsNameTheLine) {
    EXPECT_EQ(refused("a\n01\n" + root_text + "\n").message.en.substr(0, 8), "line 2: ");
    EXPECT_EQ(refused("a\n1\nAAAA\n").message.ja.substr(0, 9), "3行目: ");
}

TEST(SignedCheckpoint, OfOurLogsIsNamedLikeItsKey) {
    const SigningKey key = signing_key("small_log");
    EXPECT_TRUE(sign_checkpoint({key.name, 0, empty_root(), {}}, key));
    EXPECT_FALSE(sign_checkpoint({"example.com/other", 0, empty_root(), {}}, key));
    EXPECT_FALSE(sign_checkpoint({key.name, 0, empty_root(), {"extension"}}, key));
    EXPECT_FALSE(sign_checkpoint({key.name, std::uint64_t{1} << 63, empty_root(), {}}, key));
    EXPECT_FALSE(sign_checkpoint({key.name, 0, empty_root(), {}}, to_cosigner(key)));
}

// A key that we believe for one log must not vouch for another one.
TEST(SignedCheckpoint, OfAnotherLogIsRefusedEvenWithAKnownSignature) {
    const SigningKey key = signing_key("small_log");
    Note note{to_text(Checkpoint{"example.com/other", 0, empty_root(), {}}), {}};
    note.signatures.push_back(sign_text(note.text, key));
    EXPECT_EQ(open_checkpoint(to_text(note), std::vector{key.verifier()}).error().kind, ErrorKind::forbidden);
}

TEST(SignedCheckpoint, WithCosignaturesOnlyIsRefused) {
    const std::string note = vector_file("rome.note");
    EXPECT_TRUE(parse_signed_checkpoint(note));
    EXPECT_EQ(open_checkpoint(note, std::vector{verifier_key("rome")}).error().kind, ErrorKind::forbidden);
}

struct Cosigned {
    const char* file;
    const char* key;
    std::int64_t time;
};
constexpr Cosigned cosigned[] = {{"rome.note", "rome", 1767139200},
                                 {"cosigned.note", "cosigner", 1679315147}};

TEST(Cosignature, OfThePublicNotesVerifiesWithItsTime) {
    for (const auto& [file, key, time] : cosigned) {
        const Note note = *parse_note(vector_file(file));
        EXPECT_EQ(*verify_cosignature(note.text, note.signatures[0], verifier_key(key)), time);
        EXPECT_EQ(verify_note(note, std::vector{verifier_key(key)})->front().time, time);
    }
}

TEST(Cosignature, SignedWithThePublicKeyHasThePublishedBytes) {
    const Note note = *parse_note(vector_file("cosigned.note"));
    EXPECT_EQ(cosign(note.text, to_cosigner(signing_key("cosigner")), 1679315147), note.signatures[0]);
}

TEST(Cosignature, CoversTextAndTime) {
    const Note note = *parse_note(vector_file("cosigned.note"));
    const VerifierKey key = verifier_key("cosigner");
    for (std::size_t i = 0; i < note.signatures[0].signature.size(); ++i) {
        NoteSignature changed = note.signatures[0];
        changed.signature[i] ^= 0x80;
        EXPECT_EQ(verify_cosignature(note.text, changed, key).error().kind, ErrorKind::forbidden) << i;
    }
    EXPECT_FALSE(verify_cosignature(note.text + "x\n", note.signatures[0], key));
    NoteSignature cut = note.signatures[0];
    cut.signature.pop_back();
    EXPECT_FALSE(verify_cosignature(note.text, cut, key));
}

// A plain signature over the same text must not pass as a cosignature, nor the other way round.
TEST(Cosignature, IsNoPlainSignature) {
    const SigningKey plain = signing_key("cosigner");
    Note note{parse_note(vector_file("cosigned.note"))->text, {}};
    note.signatures.push_back(sign_text(note.text, plain));
    note.signatures[0].id = to_cosigner(plain).verifier().id();
    EXPECT_FALSE(verify_note(note, std::vector{verifier_key("cosigner")}));
    note.signatures[0] = cosign(note.text, to_cosigner(plain), 1);
    note.signatures[0].id = plain.verifier().id();
    EXPECT_FALSE(verify_note(note, std::vector{plain.verifier()}));
}

}  // namespace
}  // namespace maru::ledger
