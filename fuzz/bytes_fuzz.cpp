// Base64 and hex: every byte string is read back; every text that is read has no other base64 form.
#include "core/bytes.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    const Bytes bytes(data, data + size);
    const Result<Bytes> from_base64 = parse_base64(base64(bytes));
    require(from_base64 && *from_base64 == bytes, "base64 is read back");
    const Result<Bytes> from_hex = parse_hex(hex(bytes));
    require(from_hex && *from_hex == bytes, "hex is read back");
    const std::string_view text = text_of(data, size);
    if (const Result<Bytes> read = parse_base64(text)) require(base64(*read) == text, "base64 has one form");
    if (const Result<Bytes> read = parse_hex(text))
        require(read->size() * 2 == size, "hex has two digits per byte");
    return 0;
}
