#include "registers/secrets.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "organisation/folder.hpp"

namespace maru::registers {

namespace {

// The person whose data the record is; none when it is about nobody.
std::optional<std::int64_t> subject_of(const Register& of, std::int64_t id,
                                       const std::vector<FieldValue>& values) {
    if (!of.about_person()) return std::nullopt;
    const auto field = std::ranges::find(of.fields, of.subject, &Field::name);
    if (field == of.fields.end()) return id;
    const auto* scalar =
        std::get_if<store::Value>(&values[static_cast<std::size_t>(field - of.fields.begin())]);
    const auto* person = scalar ? std::get_if<std::int64_t>(scalar) : nullptr;
    return person ? std::optional(*person) : std::nullopt;
}

Result<void> expect_key_file(const Folder& folder) {
    std::error_code ignored;
    if (std::filesystem::exists(folder.key_file(), ignored)) return {};
    return fail(ErrorKind::not_found,
                {fmt::format("{} に鍵の保管庫（keys.db）がありません。バックアップから戻してください。",
                             folder.keys().string()),
                 fmt::format("the keystore keys.db is not in {}; restore a backup", folder.keys().string())});
}

}  // namespace

std::filesystem::path keys_folder(const std::filesystem::path& organisation) {
    return Folder{organisation}.keys();
}

Result<Secrets> open_secrets(const std::filesystem::path& organisation, Random random) {
    const Folder folder{organisation};
    TRY(expect_organisation(folder));
    TRY(expect_key_file(folder));
    Keystore keys = TRY(Keystore::open(folder.keys(), random));
    const Hash key = keys.blob_key();
    return Secrets{std::move(keys),
                   store::Blobs(folder.blobs(), Bytes(key.begin(), key.end()), std::move(random))};
}

Result<Hash> commitment_key(Keystore& keys, const Register& of, std::int64_t id,
                            const std::vector<FieldValue>& values) {
    const std::optional<std::int64_t> subject = subject_of(of, id, values);
    if (!subject) return keys.record_key(id);
    return keys.subject_key(*subject);
}

}  // namespace maru::registers
