// A line of the list of erasures that is read has no other form, and only its own tag makes it good.
#include "registers/erasure_order.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    const std::string_view line = text_of(data, size);
    const Hash key{1, 2, 3};
    require(!registers::parse_listed(line, key), "nobody guesses a tag");
    const Result<registers::ErasureOrder> order = registers::parse_order(line);
    if (!order) {
        require(!order.error().message.ja.empty() && !order.error().message.en.empty(), "both languages");
        return 0;
    }
    require(registers::to_line(*order) == line, "an order has one form");
    const registers::ListedErasure listed{*order, 1234};
    const Result<registers::ListedErasure> again =
        registers::parse_listed(registers::to_line(listed, key), key);
    require(again && *again == listed, "a listed erasure comes back");
    return 0;
}
