#include "access/impl.hpp"

namespace maru::identity {

namespace {

constexpr std::size_t longest_key = 255;

Result<std::optional<Idempotency>> read_answer(store::Database& database, std::int64_t user,
                                               std::string_view key, const Hash& request) {
    store::Statement* query = TRY(
        database.cached("select request, status, type, body from idempotency where user = ? and key = ?"));
    const auto row = TRY(query->bind(1, user).bind(2, key).step());
    std::optional<Idempotency> found;
    if (row) {
        found.emplace();
        if (hash_of(row->blob(0)) != request)
            found->state = Idempotency::State::other;
        else if (row->is_null(1))
            found->state = Idempotency::State::in_progress;
        else
            *found = {
                Idempotency::State::answered,
                {static_cast<int>(row->integer(1)), std::string(row->text(2)), std::string(row->text(3))}};
    }
    query->reset();
    return found;
}

}  // namespace

Result<Idempotency> AccessStore::begin_idempotent(std::int64_t user, std::string_view key,
                                                  const Hash& request) {
    if (key.empty() || key.size() > longest_key || !is_utf8(key) || key.contains('\0'))
        return fail(ErrorKind::invalid, {"Idempotency-Key は255バイト以内の文字列にしてください。",
                                         "Idempotency-Key must be a text of at most 255 bytes"});
    Idempotency answer;
    const std::int64_t at = milliseconds_of(impl_->now());
    TRY(impl_->write([&](store::Database& database) -> Result<void> {
        if (auto found = TRY(read_answer(database, user, key, request))) {
            answer = std::move(*found);
            return {};
        }
        store::Statement* row =
            TRY(database.cached("insert into idempotency (user, key, request, made) values (?, ?, ?, ?)"));
        return row->bind(1, user).bind(2, key).bind(3, ByteView(request)).bind(4, at).run();
    }));
    return answer;
}

Result<void> AccessStore::finish_idempotent(std::int64_t user, std::string_view key,
                                            const StoredAnswer& answer) {
    return impl_->write([&](store::Database& database) -> Result<void> {
        store::Statement* row = TRY(database.cached(
            "update idempotency set status = ?, type = ?, body = ? where user = ? and key = ?"));
        row->bind(1, std::int64_t{answer.status}).bind(2, answer.content_type).bind(3, answer.body);
        return row->bind(4, user).bind(5, key).run();
    });
}

Result<void> AccessStore::abandon_idempotent(std::int64_t user, std::string_view key) {
    return impl_->write([&](store::Database& database) -> Result<void> {
        store::Statement* row =
            TRY(database.cached("delete from idempotency where user = ? and key = ? and status is null"));
        return row->bind(1, user).bind(2, key).run();
    });
}

}  // namespace maru::identity
