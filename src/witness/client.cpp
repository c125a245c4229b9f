#include "witness/client.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <future>
#include <mutex>

#include "ledger/cosignature.hpp"
#include "ledger/witness_protocol.hpp"
#include "transport/http_client.hpp"

namespace maru::witness {

namespace {

using Kind = Outcome::Kind;
using transport::HttpAnswer;
using transport::HttpRequest;

constexpr int attempts = 3;                         // a busy log's witness moves between two requests
constexpr std::size_t largest_answer = 256 * 1024;  // bytes: a note and a few lines
constexpr std::size_t longest_quote = 200;          // bytes of a witness's own words

std::string below(const std::string& prefix, const std::string& path) {
    return prefix + (prefix.ends_with('/') ? "" : "/") + path;
}

// A stranger's words in one line.
std::string quoted_words(const std::string& body) {
    std::string words = body.substr(0, std::min(body.find('\n'), longest_quote));
    std::ranges::replace_if(words, [](char c) { return c >= 0 && (c < 0x20 || c == 0x7f); }, ' ');
    return is_utf8(words) ? words : "";
}

class Conversation {
public:
    Conversation(const Submitter& submitter, std::mutex& proofs, const Asked& asked)
        : submitter_(submitter), proofs_(proofs), witness_(asked.witness), old_size_(asked.last_size) {}

    Outcome run() {
        old_size_ = std::min(old_size_, submitter_.newest.checkpoint.size);
        for (int attempt = 0; attempt < attempts; ++attempt) {
            const Result<HttpAnswer> answer = ask();
            if (!answer) return ended(Kind::unreachable, answer.error().message);
            if (std::optional<Outcome> outcome = judge(*answer)) return *outcome;
        }
        return ended(Kind::refused,
                     {"立会人の件数が問い合わせるたびに変わります。", "its size changes with every request"});
    }

private:
    Result<HttpAnswer> ask() {
        ledger::AddCheckpoint request{old_size_, {}, submitter_.note};
        {
            const std::lock_guard one_at_a_time(proofs_);
            request.proof = TRY(submitter_.proof_from(old_size_));
        }
        HttpRequest post;
        post.method = HttpRequest::Method::post;
        post.url = below(witness_.url, "add-checkpoint");
        post.content_type = "text/plain; charset=utf-8";
        post.body = to_text(request);
        post.largest_answer = largest_answer;
        return transport::send(post);
    }

    // nullopt: ask again, from another size.
    std::optional<Outcome> judge(const HttpAnswer& answer) {
        if (answer.status == 200) return accept(answer.body);
        if (answer.status == 409 && answer.content_type.starts_with(ledger::size_content_type))
            return other_size(answer.body);
        if (answer.status == 409 || answer.status == 422)  // older witnesses say 409 to another root
            return contradicted(answer);
        return ended(Kind::refused,
                     {fmt::format("断られました（HTTP {}: {}）。", answer.status, quoted_words(answer.body)),
                      fmt::format("it refuses (HTTP {}: {})", answer.status, quoted_words(answer.body))});
    }

    Outcome accept(const std::string& body) {
        const std::array keys{witness_.key};
        const auto lines = ledger::accept_cosignatures(submitter_.newest.note, body, keys);
        if (!lines) return ended(Kind::refused, lines.error().message);
        Outcome outcome = ended(Kind::cosigned, {});
        outcome.size = submitter_.newest.checkpoint.size;
        outcome.line = lines->front();
        outcome.time =
            ledger::verify_cosignature(submitter_.newest.note.text, lines->front(), witness_.key).value_or(0);
        outcome.words = {fmt::format("{} 件に連署しました。", outcome.size),
                         fmt::format("cosigned {} entries", outcome.size)};
        return outcome;
    }

    std::optional<Outcome> other_size(const std::string& body) {
        const auto size = ledger::parse_size_body(body);
        if (!size) return ended(Kind::refused, size.error().message);
        if (*size > submitter_.newest.checkpoint.size) return ahead(*size);
        if (*size == old_size_)
            return ended(Kind::refused,
                         {"同じ件数を求め続けます。", "it keeps asking for the size that it got"});
        old_size_ = *size;
        return std::nullopt;
    }

    Outcome ahead(std::uint64_t size) {
        Outcome outcome = ended(Kind::ahead, {});
        outcome.size = size;
        outcome.known = known_note();
        const std::uint64_t ours = submitter_.newest.checkpoint.size;
        outcome.words = {
            fmt::format("警報: この立会人は {} 件まで見ています。こちらは {} 件しかありません。", size, ours),
            fmt::format("ALARM: this witness has seen {} entries; here are only {}", size, ours)};
        return outcome;
    }

    Outcome contradicted(const HttpAnswer& answer) {
        Outcome outcome = ended(Kind::differs, {});
        outcome.known = known_note();
        const std::string words = quoted_words(answer.body);
        outcome.words = {
            fmt::format("警報: この立会人が見た内容と食い違うと言っています（HTTP {}: {}）。", answer.status,
                        words),
            fmt::format("ALARM: it says that this log does not continue what it saw (HTTP {}: {})",
                        answer.status, words)};
        return outcome;
    }

    // What the witness keeps of this log, when the log signed it.
    std::optional<std::string> known_note() const {
        HttpRequest get;
        get.url = below(witness_.url, ledger::origin_hash(submitter_.log.name) + "/checkpoint");
        get.largest_answer = largest_answer;
        const auto answer = transport::send(get);
        if (!answer || answer->status != 200) return std::nullopt;
        const std::array keys{submitter_.log};
        if (!ledger::open_checkpoint(answer->body, keys)) return std::nullopt;
        return answer->body;
    }

    Outcome ended(Kind kind, Text words) const {
        Outcome outcome;
        outcome.kind = kind;
        outcome.witness = witness_.name;
        outcome.words = std::move(words);
        return outcome;
    }

    const Submitter& submitter_;
    std::mutex& proofs_;
    const ledger::PolicyWitness& witness_;
    std::uint64_t old_size_;
};

}  // namespace

std::vector<Outcome> submit(const Submitter& submitter, std::span<const Asked> witnesses) {
    std::mutex proofs;
    std::vector<std::future<Outcome>> running;
    for (const Asked& asked : witnesses)
        running.push_back(std::async(std::launch::async, [&submitter, &proofs, &asked] {
            return Conversation(submitter, proofs, asked).run();
        }));
    std::vector<Outcome> outcomes;
    for (std::future<Outcome>& one : running) outcomes.push_back(one.get());
    return outcomes;
}

}  // namespace maru::witness
