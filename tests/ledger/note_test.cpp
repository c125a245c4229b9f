#include "ledger/note.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "vectors.hpp"

namespace maru::ledger {
namespace {

constexpr std::string_view dash = "\xe2\x80\x94 ";

bool verifies(const std::string& text, const std::vector<VerifierKey>& keys) {
    const auto note = parse_note(text);
    return note && verify_note(*note, keys);
}

TEST(Note, OfTheSpecificationAndOfGoVerify) {
    for (const char* name : {"foo", "neumann"}) {
        const std::string bytes = vector_file(std::string(name) + ".note");
        const auto note = parse_note(bytes);
        ASSERT_TRUE(note) << name;
        EXPECT_EQ(to_text(*note), bytes);
        const std::vector<VerifierKey> keys = {verifier_key(name)};
        const auto good = verify_note(*note, keys);
        ASSERT_TRUE(good) << name;
        EXPECT_EQ(good->size(), 1u);
        EXPECT_EQ(good->front().key, keys.front());
        EXPECT_EQ(good->front().time, std::nullopt);
    }
}

TEST(Note, SignedWithThePublishedKeyHasThePublishedBytes) {
    const std::string bytes = vector_file("neumann.note");
    Note note{parse_note(bytes)->text, {}};
    note.signatures.push_back(sign_text(note.text, signing_key("neumann")));
    EXPECT_EQ(to_text(note), bytes);
}

TEST(Note, VerifiesWithNoOtherKeyAndNoChangedByte) {
    const std::string bytes = vector_file("neumann.note");
    const std::vector<VerifierKey> keys = {verifier_key("neumann")};
    EXPECT_FALSE(verifies(bytes, {verifier_key("foo")}));
    EXPECT_FALSE(verifies(bytes, {}));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string changed = bytes;
        changed[i] = changed[i] == 'a' ? 'b' : 'a';
        EXPECT_FALSE(verifies(changed, keys)) << i;
        EXPECT_FALSE(verifies(bytes.substr(0, i), keys)) << i;
    }
}

Error refused(const std::string& bytes) {
    const auto note = parse_note(bytes);
    EXPECT_FALSE(note) << bytes;
    return note ? Error{} : note.error();
}

std::string line_of(const std::string& name) { return to_text(NoteSignature{name, 7, Bytes(64, 1)}); }

TEST(Note, IsRefusedWhenMalformed) {
    const std::string line = line_of("example.com/a");
    EXPECT_TRUE(parse_note("text\n\n" + line));
    refused("");
    refused("\n");
    refused("text\n");
    refused("text\n" + line);               // no blank line
    refused("text\n\n");                    // no signature
    refused("text\n\n" + line + "text\n");  // something after the signatures
    refused("text\n\n" + line.substr(0, line.size() - 1));
    refused("\x01text\n\n" + line);
    refused("te\xffxt\n\n" + line);
    refused("text\r\n\n" + line);
    refused("text\n\n" + std::string(dash) + "two words AAAABBBBCCCC\n");
    refused("text\n\n" + std::string(dash) + "a+b AAAABBBBCCCC\n");
    refused("text\n\n" + std::string(dash) + " AAAABBBBCCCC\n");
    refused("text\n\n" + std::string(dash) + "a AAAABBBBCCC\n");
    refused("text\n\n" + std::string(dash) + "a AAAA\n");      // three bytes
    refused("text\n\n" + std::string(dash) + "a AAAAAA==\n");  // a key id and nothing
    refused("text\n\n" + std::string(dash) + "a\xe3\x80\x80z AAAABBBBCCCC\n");
    refused("text\n\n- a AAAABBBBCCCC\n");
    refused(std::string(max_note, 'x') + "\n\n" + line);
}

TEST(Note, ErrorsNameTheLine) {
    const std::string line = line_of("a");
    EXPECT_EQ(refused("one\ntwo\n\n" + line + "oops\n").message.en.substr(0, 8), "line 5: ");
    EXPECT_EQ(refused("one\nt\x01wo\n\n" + line).message.en.substr(0, 8), "line 2: ");
    EXPECT_EQ(refused("one\n\n" + line + "oops\n").message.ja.substr(0, 9), "4行目: ");
}

TEST(Note, MayHaveBlankLinesInItsText) {
    const auto note = parse_note("one\n\ntwo\n\n" + line_of("a"));
    ASSERT_TRUE(note);
    EXPECT_EQ(note->text, "one\n\ntwo\n");
}

TEST(Note, HasAtMost100Signatures) {
    std::string bytes = "text\n\n";
    for (std::size_t i = 0; i < max_note_signatures; ++i) bytes += line_of("k" + std::to_string(i));
    EXPECT_TRUE(parse_note(bytes));
    refused(bytes + line_of("k100"));
}

// 16 lines with signatures as long as those of ML-DSA-44 must be accepted by every verifier.
TEST(Note, With16LongSignaturesIsRead) {
    std::string bytes = "text\n\n";
    for (int i = 0; i < 16; ++i) bytes += to_text(NoteSignature{"k" + std::to_string(i), 7, Bytes(3600, 1)});
    EXPECT_TRUE(parse_note(bytes));
}

Note signed_by(const std::vector<SigningKey>& keys) {
    Note note{"text\n", {}};
    for (const SigningKey& key : keys) note.signatures.push_back(sign_text(note.text, key));
    return note;
}

SigningKey key_named(const std::string& name, std::uint8_t fill) {
    return *make_signing_key(name, KeyType::ed25519, [fill](auto out) { std::ranges::fill(out, fill); });
}

TEST(VerifyNote, IgnoresUnknownKeysEvenOfTheSameName) {
    const auto known = key_named("log", 1), stranger = key_named("log", 2), other = key_named("other", 3);
    const std::vector<VerifierKey> keys = {known.verifier()};
    const Note note = signed_by({stranger, other, known});
    EXPECT_EQ(verify_note(note, keys)->size(), 1u);
    EXPECT_EQ(verify_note(signed_by({stranger, other}), keys).error().kind, ErrorKind::forbidden);
}

TEST(VerifyNote, RefusesTheWholeNoteForOneWrongSignatureOfAKnownKey) {
    const auto first = key_named("first", 1), second = key_named("second", 2);
    Note note = signed_by({first, second});
    const std::vector<VerifierKey> keys = {first.verifier(), second.verifier()};
    EXPECT_EQ(verify_note(note, keys)->size(), 2u);
    note.signatures[1].signature[5] ^= 1;
    EXPECT_EQ(verify_note(note, keys).error().kind, ErrorKind::forbidden);
    EXPECT_EQ(verify_note(note, std::vector{first.verifier()})->size(), 1u);
}

TEST(VerifyNote, DropsRepeatedLinesOfOneKey) {
    const auto key = key_named("log", 1);
    Note note = signed_by({key, key});
    note.signatures[1].signature[5] ^= 1;
    EXPECT_EQ(verify_note(note, std::vector{key.verifier()})->size(), 1u);
}

TEST(VerifierKey, IsReadAndWritten) {
    for (const char* name : {"foo", "neumann", "small_log", "rome", "cosigner", "monkeys"}) {
        const std::string text = key_text(std::string("vkey/") + name);
        const auto key = parse_verifier_key(text);
        ASSERT_TRUE(key) << name;
        EXPECT_EQ(to_text(*key), text);
    }
    EXPECT_EQ(verifier_key("rome").type, KeyType::cosignature);
    EXPECT_EQ(verifier_key("foo").type, KeyType::ed25519);
    EXPECT_EQ(verifier_key("foo").id(), 0x530d903a);
}

TEST(VerifierKey, OfThePublishedBadFormsIsRefused) {
    const auto bad = all_of(read_vectors("keys.txt"), "refused");
    EXPECT_EQ(bad.size(), 2u);
    for (const std::string& text : bad)
        EXPECT_EQ(parse_verifier_key(text).error().kind, ErrorKind::invalid) << text;
}

TEST(VerifierKey, NeverSurvivesACutOrAChangedByte) {
    const std::string text = key_text("vkey/neumann");
    for (std::size_t from = 0; from < text.size(); ++from)
        for (std::size_t length = 0; length <= text.size() - from; ++length) {
            if (length < text.size())
                EXPECT_FALSE(parse_verifier_key(text.substr(from, length))) << from << " " << length;
        }
    for (std::size_t i = 0; i < text.size(); ++i)
        for (int c = 0; c < 256; ++c) {
            std::string changed = text;
            changed[i] = static_cast<char>(c);
            if (changed != text) EXPECT_FALSE(parse_verifier_key(changed)) << changed;
        }
}

TEST(VerifierKey, OfATypeThatWeDoNotKnowSaysSo) {
    // ML-DSA-44, type 0x06: only its first byte matters here.
    const auto refused = parse_verifier_key("example.com/a+00000000+BgAA");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.en.find("0x06"), std::string::npos);
}

TEST(SigningKey, IsReadAndWrittenInTheFormOfGo) {
    for (const char* name : {"neumann", "small_log", "cosigner"}) {
        const std::string text = key_text(std::string("skey/") + name);
        const auto key = parse_signing_key(text);
        ASSERT_TRUE(key) << name;
        EXPECT_EQ(private_text(*key), text);
    }
    EXPECT_EQ(signing_key("neumann").verifier(), verifier_key("neumann"));
    EXPECT_EQ(to_cosigner(signing_key("cosigner")).verifier(), verifier_key("cosigner"));
}

TEST(SigningKey, OfACosignerIsReadBackAsOne) {
    const SigningKey key = to_cosigner(signing_key("cosigner"));
    EXPECT_EQ(parse_signing_key(private_text(key))->verifier(), verifier_key("cosigner"));
}

TEST(SigningKey, IsRefusedWhenDamagedOrPublic) {
    const std::string text = key_text("skey/neumann");
    EXPECT_FALSE(parse_signing_key(key_text("vkey/neumann")));
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(parse_signing_key(changed)) << i;
        EXPECT_FALSE(parse_signing_key(text.substr(0, i))) << i;
    }
}

TEST(NewKey, NeedsANameThatCanBeAnOrigin) {
    const auto make = [](std::string_view name) {
        return make_signing_key(name, KeyType::ed25519, [](auto out) { std::ranges::fill(out, 1); })
            .has_value();
    };
    EXPECT_TRUE(make("example.co.jp/maru"));
    EXPECT_TRUE(make(std::string(255, 'a')));
    for (const std::string& name : {std::string(), std::string("a b"), std::string("a+b"),
                                    std::string("記録簿"), std::string("a\n"), std::string(256, 'a')})
        EXPECT_FALSE(make(name)) << name;
}

}  // namespace
}  // namespace maru::ledger
