#include "ledger/policy.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "core/text.hpp"

namespace maru::ledger {

namespace {

std::vector<VerifierKey> keys_of(const Policy& policy) {
    std::vector<VerifierKey> keys;
    for (const PolicyLog& log : policy.logs) keys.push_back(log.key);
    for (const PolicyWitness& witness : policy.witnesses) keys.push_back(witness.key);
    return keys;
}

std::vector<Cosigned> cosigned_by(const Policy& policy, const std::vector<GoodSignature>& good) {
    std::vector<Cosigned> out;
    for (const GoodSignature& signature : good)
        for (const PolicyWitness& witness : policy.witnesses)
            if (witness.key == signature.key) out.push_back({witness.name, signature.time.value_or(0)});
    return out;
}

std::vector<std::string> names_of(const std::vector<Cosigned>& cosigned) {
    std::vector<std::string> names;
    for (const Cosigned& one : cosigned) names.push_back(one.witness);
    return names;
}

std::unexpected<Error> no_quorum(const Policy& policy, const std::vector<std::string>& present) {
    std::vector<std::string> missing;
    for (const PolicyWitness& witness : policy.witnesses)
        if (std::ranges::find(present, witness.name) == present.end()) missing.push_back(witness.name);
    return fail(ErrorKind::forbidden,
                {fmt::format("立会人の連署が足りません（quorum {}）。連署のない立会人: {}。", *policy.quorum,
                             join(missing, "、")),
                 fmt::format("too few witnesses cosigned (quorum {}); without cosignature: {}",
                             *policy.quorum, join(missing, ", "))});
}

}  // namespace

bool quorum_met(const Policy& policy, const std::vector<std::string>& witnesses) {
    if (!policy.quorum) return true;
    std::set<std::string> seen(witnesses.begin(), witnesses.end());
    for (const PolicyGroup& group : policy.groups) {  // members come before their group
        const auto count =
            std::ranges::count_if(group.members, [&](const auto& m) { return seen.contains(m); });
        if (static_cast<std::size_t>(count) >= group.threshold) seen.insert(group.name);
    }
    return seen.contains(*policy.quorum);
}

Result<TrustedCheckpoint> open_checkpoint(std::string_view note, const Policy& policy) {
    SignedCheckpoint parsed = TRY(parse_signed_checkpoint(note));
    const auto good = TRY(verify_note(parsed.note, keys_of(policy)));
    TrustedCheckpoint out{
        std::move(parsed.checkpoint), std::move(parsed.note), {}, cosigned_by(policy, good)};
    const auto log = std::ranges::find_if(good, [&](const GoodSignature& signature) {
        return signature.key.type == KeyType::ed25519 && signature.key.name == out.checkpoint.origin;
    });
    if (log == good.end())
        return fail(ErrorKind::forbidden,
                    {fmt::format("「{}」の記録簿自身の署名がありません。", out.checkpoint.origin),
                     fmt::format("no signature of the log {} itself", out.checkpoint.origin)});
    out.log = log->key;
    const auto present = names_of(out.witnesses);
    if (!quorum_met(policy, present)) return no_quorum(policy, present);
    return out;
}

}  // namespace maru::ledger
