// An envelope that is read has no other form: encoding it again gives the same bytes.
#include "core/text.hpp"
#include "ledger/log.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    const std::string_view body = text_of(data, size);
    const Result<ledger::Entry> entry = ledger::decode(body);
    if (entry) {
        require(ledger::encode(*entry) == body, "an envelope has one form");
        require(!entry->kind.empty() || body.contains("\"kind\":\"\""), "its kind is read");
    } else {
        require(!entry.error().message.ja.empty() && !entry.error().message.en.empty(), "both languages");
    }
    return 0;
}
