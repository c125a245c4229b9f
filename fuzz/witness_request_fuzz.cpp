// Bodies of the witness protocol: what is read has one written form.
#include "ledger/witness_protocol.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru::ledger;
    const std::string_view text = text_of(data, size);
    if (const auto request = parse_add_checkpoint(text)) {
        require(to_text(*request) == text, "a request has one form");
        const auto checkpoint = parse_signed_checkpoint(request->checkpoint);
        require(checkpoint && request->old_size <= checkpoint->checkpoint.size,
                "a request does not shrink the log");
    }
    if (const auto last = parse_size_body(text)) require(size_body(*last) == text, "a size has one form");
    if (const auto lines = parse_signature_lines(text)) {
        std::string again;
        for (const NoteSignature& line : *lines) again += to_text(line);
        require(again == text, "signature lines have one form");
    }
    return 0;
}
