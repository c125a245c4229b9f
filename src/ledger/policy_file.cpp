// Reading and writing policy files.
#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "ledger/policy.hpp"
#include "lines/lines.hpp"

namespace maru::ledger {

namespace {

using Words = std::vector<std::string_view>;

std::unexpected<Error> wrong(std::string ja, std::string en) {
    return fail(ErrorKind::invalid, {std::move(ja), std::move(en)});
}

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

Words words_of(std::string_view line) {
    Words words;
    while (true) {
        while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
        if (line.empty()) return words;
        const auto end = std::ranges::find_if(line, is_blank);
        const auto length = static_cast<std::size_t>(end - line.begin());
        words.push_back(line.substr(0, length));
        line.remove_prefix(length);
    }
}

Result<void> require_characters(std::string_view line) {
    for (const char c : line)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f)
            return wrong(fmt::format("制御文字（0x{:02x}）は使えません。改行はLFにしてください。",
                                     static_cast<int>(c)),
                         fmt::format("control character 0x{:02x}; lines end in LF", static_cast<int>(c)));
    return {};
}

class Reader {
public:
    Result<void> line(std::string_view text) {
        TRY(require_characters(text));
        const Words words = words_of(text);
        if (words.empty() || words[0].starts_with('#')) return {};
        if (words[0] == "log") return log(words);
        if (words[0] == "witness") return witness(words);
        if (words[0] == "group") return group(words);
        if (words[0] == "quorum") return quorum(words);
        return wrong(fmt::format("「{}」は使えません。log、witness、group、quorumのどれかです。", words[0]),
                     fmt::format("unknown word \"{}\"; use log, witness, group or quorum", words[0]));
    }

    Result<Policy> finish() {
        if (quorum_seen_) return std::move(policy_);
        return wrong("quorumの行がありません。立会人を求めないなら「quorum none」と書いてください。",
                     "no quorum line; write \"quorum none\" when no witness is asked for");
    }

private:
    Result<void> log(const Words& words) {
        TRY(require_count(words, 2, 3, "log VKEY [URL]"));
        TRY(require_room(policy_.logs.size()));
        const VerifierKey key = TRY(key_of(words[1], KeyType::ed25519));
        if (!log_keys_.insert(key.key).second) return twice(words[1]);
        policy_.logs.push_back({key, word_at(words, 2)});
        return {};
    }

    Result<void> witness(const Words& words) {
        TRY(require_count(words, 3, 4, "witness NAME VKEY [URL]"));
        TRY(require_room(policy_.witnesses.size()));
        const VerifierKey key = TRY(key_of(words[2], KeyType::cosignature));
        if (!witness_keys_.insert(key.key).second) return twice(words[2]);
        TRY(define(words[1]));
        policy_.witnesses.push_back({std::string(words[1]), key, word_at(words, 3)});
        return {};
    }

    Result<void> group(const Words& words) {
        TRY(require_count(words, 4, max_policy_members, "group NAME all|any|K MEMBER…"));
        TRY(require_room(policy_.groups.size()));
        PolicyGroup group{std::string(words[1]), 0, {}};
        for (const std::string_view member : std::span(words).subspan(3)) {
            TRY(require_defined(member));
            if (!members_.emplace(member).second)
                return wrong(
                    fmt::format("「{}」は既に群に入っています。一つの群にだけ入れられます。", member),
                    fmt::format("\"{}\" is a member already; a name can be in one group only", member));
            group.members.emplace_back(member);
        }
        group.threshold = TRY(threshold_of(words[2], group.members.size()));
        TRY(define(words[1]));
        policy_.groups.push_back(std::move(group));
        return {};
    }

    Result<void> quorum(const Words& words) {
        TRY(require_count(words, 2, 2, "quorum NAME|none"));
        if (quorum_seen_) return wrong("quorumの行が二つあります。", "a second quorum line");
        quorum_seen_ = true;
        if (words[1] == "none") return {};
        TRY(require_defined(words[1]));
        policy_.quorum = words[1];
        return {};
    }

    static Result<void> require_count(const Words& words, std::size_t least, std::size_t most,
                                      std::string_view form) {
        if (words.size() >= least && words.size() <= most) return {};
        return wrong(fmt::format("「{}」の形で書いてください。", form), fmt::format("write it as: {}", form));
    }

    static Result<void> require_room(std::size_t present) {
        if (present < max_policy_members) return {};
        return wrong(fmt::format("{}件を超えています。", max_policy_members),
                     fmt::format("more than {} of these", max_policy_members));
    }

    static Result<VerifierKey> key_of(std::string_view text, KeyType type) {
        VerifierKey key = TRY(parse_verifier_key(text));
        if (key.type == type) return key;
        const bool log = type == KeyType::ed25519;
        return wrong(log ? "記録簿の鍵は種類0x01のものにしてください（これは立会人の鍵です）。"
                         : "立会人の鍵は種類0x04のものにしてください（これは記録簿の鍵です）。",
                     log ? "a log needs a key of type 0x01 (this is a witness key)"
                         : "a witness needs a key of type 0x04 (this is a log key)");
    }

    static Result<std::size_t> threshold_of(std::string_view word, std::size_t members) {
        if (word == "all") return members;
        if (word == "any") return 1;
        const auto value = parse_decimal(word);
        if (value && *value >= 1 && *value <= members) return static_cast<std::size_t>(*value);
        return wrong(fmt::format("「{}」ではなく、all、anyか1～{}の数を書いてください。", word, members),
                     fmt::format("\"{}\" should be all, any or a number from 1 to {}", word, members));
    }

    Result<void> define(std::string_view name) {
        if (name != "none" && names_.emplace(name).second) return {};
        return wrong(fmt::format("名前「{}」は既に使われています。", name),
                     fmt::format("the name \"{}\" is taken", name));
    }

    Result<void> require_defined(std::string_view name) const {
        if (names_.contains(std::string(name))) return {};
        return wrong(fmt::format("「{}」がこの行より前に定義されていません。", name),
                     fmt::format("\"{}\" is not defined above this line", name));
    }

    static std::unexpected<Error> twice(std::string_view key) {
        return wrong(fmt::format("同じ鍵が二度あります: {}", key),
                     fmt::format("the same key twice: {}", key));
    }

    static std::string word_at(const Words& words, std::size_t i) {
        return i < words.size() ? std::string(words[i]) : "";
    }

    Policy policy_;
    bool quorum_seen_ = false;
    std::set<crypto::PublicKey> log_keys_, witness_keys_;
    std::set<std::string> names_, members_;
};

std::string with_url(const std::string& url) { return url.empty() ? "\n" : " " + url + "\n"; }

}  // namespace

Result<Policy> parse_policy(std::string_view text) {
    if (text.size() > max_policy)
        return wrong(fmt::format("ポリシーは{}バイトまでです。", max_policy),
                     fmt::format("a policy has at most {} bytes", max_policy));
    Reader reader;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (auto read = reader.line(text.substr(0, end)); !read)
            return std::unexpected(at_line(number, std::move(read).error()));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return reader.finish();
}

std::string to_text(const Policy& policy) {
    std::string out;
    for (const PolicyLog& log : policy.logs) out += "log " + to_text(log.key) + with_url(log.url);
    for (const PolicyWitness& witness : policy.witnesses)
        out += fmt::format("witness {} {}", witness.name, to_text(witness.key)) + with_url(witness.url);
    for (const PolicyGroup& group : policy.groups) {
        out += fmt::format("group {} {}", group.name, group.threshold);
        for (const std::string& member : group.members) out += " " + member;
        out += "\n";
    }
    return out + fmt::format("quorum {}\n", policy.quorum.value_or("none"));
}

Policy policy_of(const VerifierKey& log) {
    Policy policy;
    policy.logs.push_back({log, ""});
    return policy;
}

}  // namespace maru::ledger
