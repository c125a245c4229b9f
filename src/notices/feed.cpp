#include "notices/feed.hpp"

#include <array>

#include "crypto/hash.hpp"
#include "database/messages.hpp"
#include "database/open.hpp"
#include "sheets/forecast.hpp"

namespace maru::notices {

namespace {

constexpr int months_ahead = 6;
constexpr std::size_t rows_per_fall = 20;

}  // namespace

Result<Feeds> Feeds::open(const std::filesystem::path& folder) { return Feeds(TRY(open_database(folder))); }

Result<std::string> Feeds::make(std::int64_t person, Instant now, const Random& random) {
    std::array<std::uint8_t, 32> bytes{};
    random(bytes);
    std::string token = hex(bytes);
    auto put = TRY(
        database_.prepare("insert or replace into feed (person, token_hash, made_at) values (?1, ?2, ?3)"));
    const Hash hash = crypto::sha256(as_bytes(token));
    put.bind(1, person).bind(2, ByteView(hash)).bind(3, number_of(now));
    TRY(put.run());
    return token;
}

Result<std::optional<std::int64_t>> Feeds::find(std::string_view token) {
    auto query = TRY(database_.prepare("select person from feed where token_hash = ?1"));
    const Hash hash = crypto::sha256(as_bytes(token));
    query.bind(1, ByteView(hash));
    const auto row = TRY(query.step());
    return row ? row->maybe_integer(0) : std::nullopt;
}

Result<void> Feeds::revoke(std::int64_t person) {
    auto remove = TRY(database_.prepare("delete from feed where person = ?1"));
    remove.bind(1, person);
    return remove.run();
}

Result<bool> Feeds::has(std::int64_t person) {
    auto query = TRY(database_.prepare("select 1 from feed where person = ?1"));
    query.bind(1, person);
    return TRY(query.step()).has_value();
}

Result<std::string> calendar_of(store::Database& reader, checks::Evaluation& evaluation,
                                const sheets::Sheet& sheet, std::int64_t person, Language language,
                                Instant now) {
    sheets::ForecastOptions options;
    options.rows_per_fall = rows_per_fall;
    options.owner = person;
    const Day until = evaluation.today().plus_months(months_ahead);
    return sheets::render_ics(TRY(sheets::forecast(reader, evaluation, sheet, until, options)), language,
                              now);
}

}  // namespace maru::notices
