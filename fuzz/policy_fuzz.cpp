// Policies: their own text is read back, all witnesses together are always a quorum, and none of them never.
#include "ledger/policy.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru::ledger;
    const auto policy = parse_policy(text_of(data, size));
    if (!policy) return 0;
    const std::string text = to_text(*policy);
    const auto again = parse_policy(text);
    require(again && to_text(*again) == text, "a policy is read back");
    std::vector<std::string> all;
    for (const PolicyWitness& witness : policy->witnesses) all.push_back(witness.name);
    require(quorum_met(*policy, all), "all witnesses are a quorum");
    require(quorum_met(*policy, {}) == !policy->quorum, "nobody is a quorum only where none is asked for");
    return 0;
}
