#include "ledger/commitment.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "ledger/tree.hpp"

namespace maru::ledger {
namespace {

using std::string_view_literals::operator""sv;

Bytes counting_key() {
    Bytes key(32);
    std::iota(key.begin(), key.end(), std::uint8_t{0});
    return key;
}

constexpr std::int64_t record = 5'000'000'000;  // needs more than 32 bits
const FieldValue code{1, "\x02PC-001"};
const FieldValue holder{2, "\x02山田 花子"};
const FieldValue note{7, "\0"sv};

// Expected values were computed with Python's hmac and hashlib from docs/formats/entry.md.
TEST(Commitment, IsWhatTheFormatSays) {
    const Hash salt = field_salt(counting_key(), record, 3, 1);
    EXPECT_EQ(hex(salt), "57cc95a5d1ee2a184221df4bed54ed2e75c65fd2d18d2fc3fd18f8f8d714fca6");
    EXPECT_EQ(hex(field_commitment(code, salt)),
              "2318cde3c3af8c9557acaea87e2a144c7c3d7799b3ba2cdcec765c72712748ef");
    const FieldValue values[] = {code, holder, note};
    EXPECT_EQ(hex(record_commitment(counting_key(), record, 3, values)),
              "e950b3f6fe84c56092098b31109e554ffaaca35b015b9d9a09e812ded54d1611");
    EXPECT_EQ(hex(record_tag(counting_key(), record)), "8fef003456fe4c458602111a90371f10");
}

TEST(Commitment, DoesNotDependOnTheOrderOfTheFields) {
    const FieldValue ordered[] = {code, holder, note};
    const FieldValue shuffled[] = {note, code, holder};
    EXPECT_EQ(record_commitment(counting_key(), 1, 1, ordered),
              record_commitment(counting_key(), 1, 1, shuffled));
}

// A -> B -> A must not show as equal, and one disclosed salt must not open another version.
TEST(Commitment, OfTheSameValueDiffersByVersionRecordFieldAndKey) {
    const FieldValue values[] = {code};
    const FieldValue elsewhere[] = {{2, code.value}};
    const Hash first = record_commitment(counting_key(), 1, 1, values);
    EXPECT_NE(first, record_commitment(counting_key(), 1, 3, values));
    EXPECT_NE(first, record_commitment(counting_key(), 2, 1, values));
    EXPECT_NE(first, record_commitment(counting_key(), 1, 1, elsewhere));
    EXPECT_NE(first, record_commitment(Bytes(32, 9), 1, 1, values));
}

TEST(Commitment, OfNoFieldsIsTheEmptyTree) {
    EXPECT_EQ(record_commitment(counting_key(), 1, 1, {}), empty_root());
}

}  // namespace
}  // namespace maru::ledger
