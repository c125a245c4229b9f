// Receipts (tlog-proof): what is read has one written form, and holds for the true entry only.
#include "ledger/receipt.hpp"
#include "ledger/tree.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    using namespace maru::ledger;
    static const Policy policy = policy_of(*parse_verifier_key(
        "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"));
    static const Hash seven = leaf_hash(as_bytes("seven")), never = leaf_hash(as_bytes("never logged"));
    const std::string_view text = text_of(data, size);
    const auto receipt = parse_receipt(text);
    if (!receipt) return 0;
    require(to_text(*receipt) == text, "a receipt has one form");
    require(!verify_receipt(*receipt, never, policy), "nothing proves what is not in the log");
    if (verify_receipt(*receipt, seven, policy)) require(receipt->index == 6, "an entry has one index");
    return 0;
}
