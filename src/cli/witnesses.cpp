#include "cli/witnesses.hpp"

#include <fmt/core.h>

#include "cli/moments.hpp"
#include "crypto/timestamp.hpp"
#include "ledger/policy.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "ledger/stored_timestamps.hpp"
#include "store/files.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

constexpr auto renew_in_time = std::chrono::days(90);
constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour;

std::string age_of(const Session& session, std::int64_t seconds) {
    if (seconds < minute) return session.say("1分以内", "less than a minute ago");
    const auto words = [&](std::int64_t unit, const char* ja, const char* en) {
        return fmt::format(fmt::runtime(session.say(ja, en)), seconds / unit);
    };
    if (seconds < 2 * hour) return words(minute, "{} 分前", "{} minutes ago");
    if (seconds < 2 * day) return words(hour, "{} 時間前", "{} hours ago");
    return words(day, "{} 日前", "{} days ago");
}

std::string last_words(const Session& session, const std::optional<ledger::StoredCosignature>& last) {
    if (!last)
        return session.say("まだ連署がありません（maru ledger cosign）",
                           "no cosignature yet (maru ledger cosign)");
    const std::int64_t now =
        std::chrono::floor<std::chrono::seconds>(session.environment.clock()).time_since_epoch().count();
    return fmt::format(fmt::runtime(session.say("{} 件、{}", "{} entries, {}")), last->size,
                       age_of(session, now - last->time));
}

// A stamp proves something only while its certificate can still be checked; the next one carries it on.
std::string validity_words(const Session& session, const crypto::Timestamp& stamp) {
    const std::string end = local_day(stamp.certificate_end, japan_offset).iso();
    const Instant now = session.environment.clock();
    if (stamp.certificate_end <= now)
        return fmt::format(
            fmt::runtime(session.say("証明書は {} に切れました。maru ledger stamp で取り直してください",
                                     "its certificate ended on {}: stamp again (maru ledger stamp)")),
            end);
    if (stamp.certificate_end <= now + renew_in_time)
        return fmt::format(fmt::runtime(session.say(
                               "証明書は {} に切れます。それまでに maru ledger stamp で取り直してください",
                               "its certificate ends on {}: stamp again before (maru ledger stamp)")),
                           end);
    return fmt::format(fmt::runtime(session.say("証明書は {} まで", "certificate until {}")), end);
}

Result<std::string> timestamp_words(const Session& session, store::Database& reader) {
    if (TRY(reader.query_integer("select count(*) from timestamp")) == 0)
        return session.say("なし（maru ledger stamp）", "none (maru ledger stamp)");
    const auto newest = TRY(ledger::newest_timestamp(reader));
    const std::int64_t count = TRY(reader.query_integer("select count(*) from timestamp")).value_or(0);
    const auto read = crypto::read_timestamp(newest->response);
    if (!read) return read.error().message.in(session.common.language);
    return fmt::format(fmt::runtime(session.say("{} 個、最後は {} 件まで、{}、{}。{}",
                                                "{}, the last one of {} entries at {} by {}; {}")),
                       count, newest->size, format_instant(read->time), read->authority,
                       validity_words(session, *read));
}

}  // namespace

fs::path policy_file(const fs::path& organisation) { return organisation / "policy.txt"; }

Result<StatusRows> witness_rows(const Session& session, const fs::path& organisation,
                                store::Database& reader) {
    StatusRows rows;
    const auto bytes = store::read_file(policy_file(organisation), ledger::max_policy);
    if (!bytes && bytes.error().kind != ErrorKind::not_found) return std::unexpected(bytes.error());
    if (bytes) {
        const auto policy = ledger::parse_policy(std::string(bytes->begin(), bytes->end()));
        if (!policy) return std::unexpected(prefixed(policy_file(organisation).string(), policy.error()));
        for (const ledger::PolicyWitness& witness : policy->witnesses)
            rows.push_back({session.say("立会人 ", "witness ") + witness.name,
                            last_words(session, TRY(ledger::last_cosignature(reader, witness.key.name)))});
    }
    if (rows.empty())
        rows.push_back({session.say("立会人", "witnesses"),
                        session.say("なし（policy.txt に書くと maru ledger cosign で連署を求めます）",
                                    "none (name them in policy.txt; maru ledger cosign asks them)")});
    rows.push_back({session.say("タイムスタンプ", "time stamps"), TRY(timestamp_words(session, reader))});
    return rows;
}

}  // namespace maru::cli
