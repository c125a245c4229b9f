#include "ledger/commitment.hpp"

#include <algorithm>
#include <array>

#include "crypto/hash.hpp"
#include "ledger/tree.hpp"

namespace maru::ledger {

namespace {

constexpr std::size_t tag_size = 16;

// Big-endian integers and labels, one after another, on the stack: a put makes two of them per field.
class Message {
public:
    explicit Message(std::string_view label) { add(as_bytes(label)); }
    Message& add(ByteView bytes) {
        for (const std::uint8_t byte : bytes) bytes_.at(size_++) = byte;
        return *this;
    }
    Message& add(std::uint64_t value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            bytes_.at(size_++) = static_cast<std::uint8_t>(value >> shift);
        return *this;
    }
    operator ByteView() const { return {bytes_.data(), size_}; }

private:
    std::array<std::uint8_t, 64> bytes_{};  // the longest: "maru-commit-v1", field, salt, length = 58 bytes
    std::size_t size_ = 0;
};

std::uint64_t bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }

}  // namespace

Hash field_salt(ByteView key, std::int64_t record, std::int64_t version, int field) {
    const Message message =
        Message("maru-salt-v1").add(bits(record), 8).add(bits(version), 8).add(bits(field), 4);
    return crypto::hmac_sha256(key, message);
}

Hash field_commitment(const FieldValue& value, const Hash& salt) {
    const Message head =
        Message("maru-commit-v1").add(bits(value.field), 4).add(salt).add(value.value.size(), 8);
    const std::array<ByteView, 2> parts{head, as_bytes(value.value)};
    return crypto::sha256(parts);
}

Hash record_commitment(ByteView key, std::int64_t record, std::int64_t version,
                       std::span<const FieldValue> values) {
    std::vector<FieldValue> ordered(values.begin(), values.end());
    std::ranges::sort(ordered, {}, &FieldValue::field);
    std::vector<Hash> commitments;
    commitments.reserve(ordered.size());
    for (const FieldValue& value : ordered)
        commitments.push_back(field_commitment(value, field_salt(key, record, version, value.field)));
    return root_of(commitments);
}

Bytes record_tag(ByteView key, std::int64_t record) {
    const Hash tag = crypto::hmac_sha256(key, Message("maru-tag-v1").add(bits(record), 8));
    return {tag.begin(), tag.begin() + tag_size};
}

}  // namespace maru::ledger
