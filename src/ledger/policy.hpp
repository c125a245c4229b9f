// Whom a verifier believes (c2sp.org/tlog-policy): keys of logs, witnesses, and how many of them must have
// cosigned.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/note.hpp"

namespace maru::ledger {

inline constexpr std::size_t max_policy = 256 * 1024;    // bytes
inline constexpr std::size_t max_policy_members = 1000;  // logs, witnesses and groups, each

struct PolicyLog {
    VerifierKey key;  // its name is the log's origin
    std::string url;  // "" when none is given
};
struct PolicyWitness {
    std::string name;  // inside the policy only
    VerifierKey key;
    std::string url;
};
struct PolicyGroup {
    std::string name;
    std::size_t threshold = 1;         // 1 … members.size()
    std::vector<std::string> members;  // witnesses and groups before it
};

struct Policy {
    std::vector<PolicyLog> logs;
    std::vector<PolicyWitness> witnesses;
    std::vector<PolicyGroup> groups;    // in the order of the file
    std::optional<std::string> quorum;  // nullopt: "quorum none"
};

// invalid with the line: unknown words, names used twice or before they are defined, a name in two groups,
// keys of another type than the role needs, thresholds out of range, no quorum or two.
Result<Policy> parse_policy(std::string_view text);
std::string to_text(const Policy& policy);
// Believes one log and asks for no witness.
Policy policy_of(const VerifierKey& log);

// True when these witnesses (policy names) make up the quorum.
bool quorum_met(const Policy& policy, const std::vector<std::string>& witnesses);

struct Cosigned {
    std::string witness;    // name in the policy
    std::int64_t time = 0;  // seconds since 1970
};
struct TrustedCheckpoint {
    Checkpoint checkpoint;
    Note note;
    VerifierKey log;
    std::vector<Cosigned> witnesses;
};
// A checkpoint signed by one of the policy's logs and by a quorum of its witnesses. forbidden otherwise,
// saying which witnesses are missing.
Result<TrustedCheckpoint> open_checkpoint(std::string_view note, const Policy& policy);

}  // namespace maru::ledger
