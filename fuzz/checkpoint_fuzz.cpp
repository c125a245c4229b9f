// Checkpoints, alone and signed: what is read has one written form.
#include "ledger/checkpoint.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru::ledger;
    const std::string_view text = text_of(data, size);
    if (const auto checkpoint = parse_checkpoint(text)) {
        require(to_text(*checkpoint) == text, "a checkpoint has one form");
        require(checkpoint->size >> 63 == 0, "sizes are below 2^63");
    }
    if (const auto opened = parse_signed_checkpoint(text)) {
        require(to_text(opened->note) == text, "a signed checkpoint has one form");
        require(to_text(opened->checkpoint) == opened->note.text, "and so has its text");
    }
    return 0;
}
