#include "witness/witness.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "ledger/cosignature.hpp"
#include "ledger/proof.hpp"
#include "ledger/tree.hpp"
#include "store/migrations.hpp"

namespace maru::witness {

namespace {

using ledger::Checkpoint;
using ledger::VerifierKey;

constexpr std::array<store::Migration, 1> tables{{{1, R"sql(
create table witnessed (origin text primary key, origin_hash text not null unique, size integer not null, root blob not null,
                        note text not null, time integer not null) without rowid;
create table contradiction (number integer primary key, origin text not null, root blob not null, note text not null,
                            time integer not null, unique (origin, root));
)sql"}}};

// What was cosigned last of one log.
struct Witnessed {
    std::uint64_t size = 0;
    Hash root = ledger::empty_root();
};

Answer refused(int status, std::string why) {
    return {status, "text/plain; charset=utf-8", std::move(why) + "\n"};
}

Result<Witnessed> last_of(store::Database& database, const std::string& origin) {
    store::Statement* query = TRY(database.cached("select size, root from witnessed where origin = ?1"));
    query->bind(1, std::string_view(origin));
    Witnessed last;
    if (const auto row = TRY(query->step())) {
        last.size = static_cast<std::uint64_t>(row->integer(0));
        const ByteView root = row->blob(1);
        if (root.size() != last.root.size())
            return fail(ErrorKind::corrupt,
                        {"立会人の状態ファイルが壊れています。", "the witness's state is damaged"});
        std::ranges::copy(root, last.root.begin());
    }
    query->reset();
    return last;
}

Result<void> replace_row(store::Database& database, const Checkpoint& checkpoint, const std::string& note,
                         std::int64_t time) {
    store::Statement* statement =
        TRY(database.cached("insert or replace into witnessed (origin, origin_hash, size, root, note, time) "
                            "values (?1, ?2, ?3, ?4, ?5, ?6)"));
    const std::string hash = ledger::origin_hash(checkpoint.origin);
    statement->bind(1, std::string_view(checkpoint.origin))
        .bind(2, std::string_view(hash))
        .bind(3, static_cast<std::int64_t>(checkpoint.size))
        .bind(4, ByteView(checkpoint.root))
        .bind(5, std::string_view(note))
        .bind(6, time);
    return statement->run();
}

// True when this note is new. Only who holds the log's key can fill the table, and only so far.
Result<bool> keep_contradiction(store::Database& database, const Checkpoint& checkpoint,
                                const std::string& note, std::int64_t time) {
    store::Statement* statement = TRY(database.cached(
        "insert or ignore into contradiction (origin, root, note, time) select ?1, ?2, ?3, ?4 "
        "where (select count(*) from contradiction c where c.origin = ?1) < 100"));
    statement->bind(1, std::string_view(checkpoint.origin))
        .bind(2, ByteView(checkpoint.root))
        .bind(3, std::string_view(note))
        .bind(4, time);
    TRY(statement->run());
    return database.changes() > 0;
}

// Nothing when the checkpoint continues what was cosigned; else the refusal, in the protocol's order.
std::optional<Answer> contradiction(const Witnessed& last, const ledger::AddCheckpoint& request,
                                    const Checkpoint& checkpoint) {
    if (request.old_size != last.size)
        return Answer{409, std::string(ledger::size_content_type), ledger::size_body(last.size)};
    if (checkpoint.size == 0 && checkpoint.root != ledger::empty_root())
        return refused(422, "the root of the empty tree is wrong");
    if (request.old_size == 0)
        return request.proof.empty() ? std::nullopt : std::optional(refused(422, "old 0 needs no proof"));
    const ledger::Consistency claim{last.size, checkpoint.size, last.root, checkpoint.root};
    if (ledger::verify_consistency(claim, request.proof)) return std::nullopt;
    return refused(422, "the checkpoint does not continue what this witness cosigned before");
}

// The log's own good lines; the rest of what was sent is not kept.
std::string log_signed(const ledger::Note& note, const std::vector<ledger::GoodSignature>& good) {
    ledger::Note kept{note.text, {}};
    for (const ledger::GoodSignature& one : good) {
        const auto line = std::ranges::find_if(note.signatures, [&](const ledger::NoteSignature& signature) {
            return signature.name == one.key.name && signature.id == one.key.id();
        });
        if (line != note.signatures.end()) kept.signatures.push_back(*line);
    }
    return to_text(kept);
}

std::int64_t seconds_of(Instant now) {
    return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
}

Result<void> expect_roles(const WitnessOptions& options) {
    if (options.key.type != ledger::KeyType::cosignature)
        return fail(ErrorKind::invalid, {"立会人の鍵は種類0x04（連署用）でなければなりません。",
                                         "a witness's key is of type 0x04 (cosignature)"});
    if (options.logs.empty())
        return fail(ErrorKind::invalid, {"立ち会う記録簿の公開鍵（--log VKEY）を一つ以上指定してください。",
                                         "name at least one log by its public key (--log VKEY)"});
    for (const VerifierKey& log : options.logs)
        if (log.type != ledger::KeyType::ed25519)
            return fail(ErrorKind::invalid,
                        {log.name + " の鍵は記録簿の鍵ではありません（種類0x01ではない）。",
                         "the key of " + log.name + " is no log's key (not of type 0x01)"});
    return {};
}

}  // namespace

struct Witness::State {
    State(WitnessOptions given, store::Database opened)
        : options(std::move(given)), database(std::move(opened)) {}

    Result<Answer> compare_and_store(const ledger::AddCheckpoint& request, const Checkpoint& checkpoint,
                                     const std::string& note);
    Result<void> expose(const Witnessed& last, const Checkpoint& checkpoint, const std::string& note);
    Answer failed(const Error& error);
    std::vector<VerifierKey> keys_of(const std::string& origin) const;

    WitnessOptions options;
    std::mutex mutex;  // for the database
    store::Database database;
};

std::vector<VerifierKey> Witness::State::keys_of(const std::string& origin) const {
    std::vector<VerifierKey> keys;
    std::ranges::copy_if(options.logs, std::back_inserter(keys),
                         [&](const VerifierKey& key) { return key.name == origin; });
    return keys;
}

// Two notes of one log over as many entries with two roots prove that it signed two histories.
Result<void> Witness::State::expose(const Witnessed& last, const Checkpoint& checkpoint,
                                    const std::string& note) {
    if (checkpoint.size == 0 || checkpoint.size != last.size || checkpoint.root == last.root) return {};
    if (!TRY(keep_contradiction(database, checkpoint, note, seconds_of(options.clock())))) return {};
    options.tell(
        {fmt::format("警報: {} は、{} "
                     "件の内容が異なる二つの履歴に署名しました。二つ目の控え（状態ファイルの表 contradiction "
                     "にも残ります）:\n{}",
                     checkpoint.origin, checkpoint.size, note),
         fmt::format("ALARM: {} has signed two histories of {} entries. The second note, which the table "
                     "contradiction of the state file keeps too:\n{}",
                     checkpoint.origin, checkpoint.size, note)});
    return {};
}

// Strangers are told nothing about our disk.
Answer Witness::State::failed(const Error& error) {
    const std::lock_guard one_at_a_time(mutex);
    options.tell(error.message);
    return refused(500, "the witness cannot use its state; its operator has been told");
}

Result<Answer> Witness::State::compare_and_store(const ledger::AddCheckpoint& request,
                                                 const Checkpoint& checkpoint, const std::string& note) {
    const std::lock_guard one_at_a_time(mutex);
    store::Transaction transaction = TRY(store::Transaction::begin(database));
    const Witnessed last = TRY(last_of(database, checkpoint.origin));
    TRY(expose(last, checkpoint, note));
    if (auto refusal = contradiction(last, request, checkpoint)) {
        TRY(transaction.commit());
        return *refusal;
    }
    const std::int64_t now = seconds_of(options.clock());
    const std::string line = to_text(ledger::cosign(to_text(checkpoint), options.key, now));
    TRY(replace_row(database, checkpoint, note + line, now));
    TRY(transaction.commit());
    return Answer{200, "text/plain; charset=utf-8", line};
}

Witness::Witness(std::unique_ptr<State> state) : state_(std::move(state)) {}
Witness::Witness(Witness&&) noexcept = default;
Witness::~Witness() = default;

Result<Witness> Witness::open(const std::filesystem::path& state, WitnessOptions options) {
    TRY(expect_roles(options));
    store::Database database = TRY(store::Database::open(state, store::OpenMode::create));
    TRY(store::migrate(database, tables));
    return Witness(std::make_unique<State>(std::move(options), std::move(database)));
}

Answer Witness::add_checkpoint(std::string_view body) {
    const auto request = ledger::parse_add_checkpoint(body);
    if (!request) return refused(400, request.error().message.en);
    const auto parsed = ledger::parse_signed_checkpoint(request->checkpoint);
    if (!parsed) return refused(400, parsed.error().message.en);
    const auto keys = state_->keys_of(parsed->checkpoint.origin);
    if (keys.empty()) return refused(404, "unknown log: " + parsed->checkpoint.origin);
    const auto good = ledger::verify_note(parsed->note, keys);
    if (!good) return refused(403, good.error().message.en);
    const auto answer =
        state_->compare_and_store(*request, parsed->checkpoint, log_signed(parsed->note, *good));
    return answer ? *answer : state_->failed(answer.error());
}

Answer Witness::checkpoint(std::string_view origin_hash) {
    const auto find = [&]() -> Result<std::optional<std::string>> {
        const std::lock_guard one_at_a_time(state_->mutex);
        store::Statement* query =
            TRY(state_->database.cached("select note from witnessed where origin_hash = ?1"));
        query->bind(1, origin_hash);
        const auto row = TRY(query->step());
        std::optional<std::string> note;
        if (row) note = row->text(0);
        query->reset();
        return note;
    };
    const auto note = find();
    if (!note) return state_->failed(note.error());
    if (!*note) return refused(404, "nothing was cosigned of this log yet");
    return {200, "text/plain; charset=utf-8", **note};
}

}  // namespace maru::witness
