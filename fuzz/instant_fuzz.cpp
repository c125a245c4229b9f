// An instant that is read is written and read back exactly.
#include "core/day.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    const Result<Instant> instant = parse_instant(text_of(data, size));
    if (!instant) return 0;
    const Result<Instant> again = parse_instant(format_instant_milliseconds(*instant));
    require(again && *again == *instant, "milliseconds are read back");
    const Result<Instant> second = parse_instant(format_instant(*instant));
    require(second && *second == std::chrono::floor<std::chrono::seconds>(*instant), "seconds are read back");
    return 0;
}
