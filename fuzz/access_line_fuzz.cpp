// Lines of the access record: what is read is written back byte for byte.
#include "identity/access_record.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru::identity;
    const auto text = text_of(data, size);
    const auto line = decode_access_line(text);
    if (line) require(encode(*line) == text, "a line has one written form");
    return 0;
}
