#include "ledger/log_key_file.hpp"

#include <fmt/core.h>

#include <array>
#include <system_error>

#include "ledger/stored_checkpoints.hpp"
#include "store/files.hpp"

namespace maru::ledger {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_key_file = 4096;
constexpr std::size_t longest_name = 100;

fs::path current(const fs::path& keys) { return keys / "log.key"; }
fs::path next(const fs::path& keys) { return keys / "log.key.next"; }

bool may_stand_in_origin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

// Lower case ASCII; runs of anything else become one hyphen, none at the ends.
std::string slug_of(std::string_view name) {
    std::string slug;
    for (const char c : name) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (may_stand_in_origin(lower))
            slug += lower;
        else if (!slug.empty() && slug.back() != '-')
            slug += '-';
    }
    slug.resize(std::min(slug.size(), longest_name));
    while (!slug.empty() && (slug.back() == '-' || slug.back() == '.')) slug.pop_back();
    slug.erase(0, slug.find_first_not_of("-."));
    return slug.empty() ? "organisation" : slug;
}

Result<std::optional<SigningKey>> read_key(const fs::path& file) {
    const Result<Bytes> bytes = store::read_file(file, largest_key_file);
    if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::nullopt;
    if (!bytes) return std::unexpected(bytes.error());
    const std::string text(bytes->begin(), bytes->end());
    Result<SigningKey> key = parse_signing_key(text.substr(0, text.find('\n')));
    if (key) return std::optional(std::move(*key));
    return fail(ErrorKind::corrupt,
                {fmt::format("{}: 署名鍵が壊れています。バックアップから戻してください。", file.string()),
                 fmt::format("{}: the signing key is damaged; restore it from a backup", file.string())});
}

Result<void> write_key(const fs::path& file, const SigningKey& key) {
    return store::replace_file(file, as_bytes(private_text(key) + "\n"), store::Access::owner_only);
}

std::unexpected<Error> lost(const fs::path& file, const VerifierKey& wanted) {
    const std::string key = to_text(wanted);
    return fail(ErrorKind::corrupt,
                {fmt::format("変更記録簿の署名鍵 {} がありません（{}）。バックアップから戻してください。",
                             file.string(), key),
                 fmt::format("the ledger's signing key {} is missing ({}); restore it from a backup",
                             file.string(), key)});
}

std::unexpected<Error> of_another_log(const fs::path& file, const VerifierKey& found,
                                      const VerifierKey& wanted) {
    return fail(
        ErrorKind::conflict,
        {fmt::format("{} は別の変更記録簿の鍵です（{}）。この記録簿の鍵は {} "
                     "です。同じバックアップの maru.db と keys を揃えて戻してください。",
                     file.string(), to_text(found), to_text(wanted)),
         fmt::format("{} is another ledger's key ({}); this ledger's is {}. Restore maru.db and keys of the "
                     "same backup together",
                     file.string(), to_text(found), to_text(wanted))});
}

// A renewal that was interrupted between its second and third step.
Result<std::optional<SigningKey>> finish_renewal(const fs::path& keys, const VerifierKey& wanted) {
    std::optional<SigningKey> prepared = TRY(read_key(next(keys)));
    if (!prepared || prepared->verifier() != wanted) return std::nullopt;
    TRY(adopt_new_key(keys));
    return prepared;
}

Result<SigningKey> key_named(const VerifierKey& wanted, const fs::path& keys) {
    std::optional<SigningKey> found = TRY(read_key_file(keys));
    if (found && found->verifier() == wanted) return *found;
    if (std::optional<SigningKey> renewed = TRY(finish_renewal(keys, wanted))) return *renewed;
    if (found) return of_another_log(current(keys), found->verifier(), wanted);
    return lost(current(keys), wanted);
}

Result<std::uint64_t> entries_in(store::Database& database) {
    return static_cast<std::uint64_t>(TRY(database.query_integer("select size from log_state")).value_or(0));
}

}  // namespace

std::string default_origin(std::string_view name, const Random& random) {
    std::array<std::uint8_t, 4> unique{};
    random(unique);
    return fmt::format("maru.internal/{}-{}", slug_of(name), hex(unique));
}

Result<std::optional<SigningKey>> read_key_file(const fs::path& keys) { return read_key(current(keys)); }

Result<SigningKey> ensure_log_key(store::Database& database, const fs::path& keys, const NewLogKey& if_none) {
    if (const auto wanted = TRY(log_key(database))) return key_named(*wanted, keys);
    std::optional<SigningKey> key = TRY(read_key_file(keys));
    if (!key) {
        key = TRY(make_signing_key(if_none.origin, KeyType::ed25519, if_none.random));
        TRY(write_key(current(keys), *key));
    }
    TRY(store_log_key(database, key->verifier(), TRY(entries_in(database))));
    return *key;
}

Result<SigningKey> prepare_new_key(const fs::path& keys, const NewLogKey& wanted) {
    SigningKey key = TRY(make_signing_key(wanted.origin, KeyType::ed25519, wanted.random));
    TRY(write_key(next(keys), key));
    return key;
}

Result<void> adopt_new_key(const fs::path& keys) {
    if (const auto old = TRY(read_key_file(keys)))
        TRY(write_key(fmt::format("{}.{:08x}", current(keys).string(), old->verifier().id()), *old));
    std::error_code error;
    fs::rename(next(keys), current(keys), error);
    if (error)
        return fail(ErrorKind::unavailable,
                    {fmt::format("{} に書けません（{}）。", current(keys).string(), error.message()),
                     fmt::format("cannot write {} ({})", current(keys).string(), error.message())});
    return store::sync_folder(keys);
}

}  // namespace maru::ledger
