#include "packs/manifest.hpp"

#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "fuzz/small_pack.hpp"

namespace {

using namespace maru;
using namespace maru::packs;

const std::string zero(64, '0');

TEST(Manifest, is_what_sha256sum_writes) {
    const Manifest manifest{{"a/b.txt", crypto::sha256(as_bytes("x"))}, {"c", {}}};
    const std::string text =
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  a/b.txt\n" + zero + "  c\n";
    EXPECT_EQ(to_text(manifest), text);
    EXPECT_EQ(*parse_manifest(text), manifest);
}

TEST(Manifest, refuses_other_forms_and_names) {
    for (const std::string& text :
         {zero + "  a", zero + " *a\n", zero + "  \n", zero + "  /a\n", zero + "  ../a\n",
          zero + "  a/../b\n", zero + "  a//b\n", zero + "  a\\b\n", zero + "  a b\n", zero + "  あ\n",
          std::string(64, 'A') + "  a\n", zero.substr(2) + "  a\n", zero + "  b\n" + zero + "  a\n",
          zero + "  a\n" + zero + "  a\n", std::string("\n")})
        EXPECT_FALSE(parse_manifest(text)) << text;
}

TEST(Manifest, is_sealed_by_the_logs_key) {
    const ManifestSeal seal{300, crypto::sha256(as_bytes("manifest"))};
    const std::string note = sign_manifest(seal, small::key());
    EXPECT_EQ(*open_seal(note, small::key().verifier()), seal);
    EXPECT_EQ(sign_manifest(seal, small::key()), note);
    EXPECT_FALSE(open_seal(note, small::key_of("example.com/maru", 2).verifier()));
    EXPECT_FALSE(open_seal(note, small::key_of("example.com/other", 1).verifier()));
}

TEST(Manifest, neither_seal_nor_checkpoint_can_be_taken_for_the_other) {
    const std::string seal = sign_manifest({300, {}}, small::key());
    EXPECT_FALSE(ledger::open_checkpoint(seal, ledger::policy_of(small::key().verifier())));
    const std::string checkpoint = *ledger::sign_checkpoint({small::key().name, 300, {}, {}}, small::key());
    EXPECT_FALSE(open_seal(checkpoint, small::key().verifier()));
}

}  // namespace
