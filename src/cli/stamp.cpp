// Time stamps (RFC 3161) of the newest checkpoint.
#include <fmt/core.h>

#include <ostream>

#include "cli/moments.hpp"
#include "cli/session.hpp"
#include "crypto/timestamp.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "ledger/stored_timestamps.hpp"
#include "store/files.hpp"
#include "transport/http_client.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_answer = 256 * 1024;  // bytes; stamps with their chains have a few thousand
constexpr std::size_t largest_bundle = 4 * 1024 * 1024;  // bytes of certificates

Result<std::string> read_text(const fs::path& file) {
    const Bytes bytes = TRY(store::read_file(file, largest_bundle));
    return std::string(bytes.begin(), bytes.end());
}

Result<crypto::TimestampTrust> trust_of(const StampCommand& command) {
    crypto::TimestampTrust trust{TRY(read_text(command.ca)), {}};
    if (!command.untrusted.empty()) trust.untrusted = TRY(read_text(command.untrusted));
    return trust;
}

std::string day_of(Instant instant) { return local_day(instant, japan_offset).iso(); }

// The newest stamp, when it still verifies and its certificate lives longer than `days`.
Result<std::optional<crypto::Timestamp>> still_good(const Session& session,
                                                    const crypto::TimestampTrust& trust, std::int64_t days) {
    const fs::path folder = TRY(session.organisation_folder());
    auto reader = TRY(registers::Organisation::open_reader(folder, TRY(session.schema())));
    const auto newest = TRY(ledger::newest_timestamp(reader));
    if (!newest) return std::nullopt;
    const Instant now = session.environment.clock();
    const auto verified = crypto::verify_timestamp(newest->request, newest->response, trust, now);
    if (!verified || verified->certificate_end <= now + std::chrono::days(days)) return std::nullopt;
    return *verified;
}

Result<Bytes> ask(const std::string& tsa, const Bytes& query) {
    transport::HttpRequest post;
    post.method = transport::HttpRequest::Method::post;
    post.url = tsa;
    post.content_type = "application/timestamp-query";
    post.body.assign(query.begin(), query.end());
    post.largest_answer = largest_answer;
    const transport::HttpAnswer answer = TRY(transport::send(post));
    if (answer.status == 200) return Bytes(answer.body.begin(), answer.body.end());
    return fail(ErrorKind::unavailable,
                {fmt::format("{} が HTTP {} で断りました。アドレスを確かめてください。", tsa, answer.status),
                 fmt::format("{} refuses with HTTP {}; check the address", tsa, answer.status)});
}

struct Stamped {
    ledger::StoredTimestamp stored;
    crypto::Timestamp timestamp;
    std::string body;  // what was stamped
};
Result<Stamped> stamp_newest(const Session& session, const StampCommand& command,
                             const crypto::TimestampTrust& trust) {
    const auto schema = TRY(session.schema());
    const ledger::Checkpoint newest = TRY(TRY(session.open(schema))->checkpoint()).checkpoint;
    Stamped stamped;
    stamped.body = to_text(newest);
    stamped.stored.size = newest.size;
    stamped.stored.request = crypto::timestamp_request(as_bytes(stamped.body), session.environment.random);
    stamped.stored.response = TRY(ask(command.tsa, stamped.stored.request));
    const auto verified = crypto::verify_timestamp(stamped.stored.request, stamped.stored.response, trust,
                                                   session.environment.clock());
    if (!verified) return std::unexpected(prefixed(command.tsa, verified.error()));
    stamped.timestamp = *verified;
    return stamped;
}

Result<std::int64_t> keep(const Session& session, const ledger::StoredTimestamp& stored) {
    const auto schema = TRY(session.schema());
    auto organisation = TRY(session.open(schema));
    std::int64_t index = 0;
    TRY(organisation->exclusively([&](registers::WriteContext& context) -> Result<void> {
        index = TRY(ledger::store_timestamp(context.database, context.log, stored, context.now));
        return {};
    }));
    return index;
}

Result<void> write_files(const fs::path& folder, const Stamped& stamped) {
    TRY(store::make_folder(folder, store::Access::readable));
    const auto write = [&](const char* ending, ByteView bytes) {
        return store::replace_file(folder / fmt::format("{}.{}", stamped.stored.size, ending), bytes,
                                   store::Access::readable);
    };
    TRY(write("body", as_bytes(stamped.body)));
    TRY(write("tsq", stamped.stored.request));
    return write("tsr", stamped.stored.response);
}

}  // namespace

Result<int> run(const Session& session, const StampCommand& command) {
    const crypto::TimestampTrust trust = TRY(trust_of(command));
    if (command.renew_before)
        if (const auto good = TRY(still_good(session, trust, *command.renew_before))) {
            session.out << fmt::format(
                fmt::runtime(
                    session.say("最後のタイムスタンプ（{}）の証明書は {} まで有効です。何もしません。\n",
                                "The certificate of the last time stamp ({}) is valid until {}; nothing to "
                                "do.\n")),
                format_instant(good->time), day_of(good->certificate_end));
            return 0;
        }
    const Stamped stamped = TRY(stamp_newest(session, command, trust));
    const std::int64_t index = TRY(keep(session, stamped.stored));
    if (!command.output.empty()) TRY(write_files(command.output, stamped));
    session.out << fmt::format(
        fmt::runtime(
            session.say("{} 件までを {} が {} に刻印しました（証明書は {} まで）。記録 {} に残しました。\n",
                        "{} entries, stamped by {} at {} (certificate until {}); entered as entry {}\n")),
        stamped.stored.size, stamped.timestamp.authority, format_instant(stamped.timestamp.time),
        day_of(stamped.timestamp.certificate_end), index);
    return 0;
}

}  // namespace maru::cli
