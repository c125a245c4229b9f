#include "backup/keys.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <system_error>

#include "core/text.hpp"
#include "store/files.hpp"

namespace maru::backup {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view public_mark = "maru-backup-public:";
constexpr std::string_view private_mark = "maru-backup-private:";
constexpr std::uintmax_t largest_file = 4096;

std::unexpected<Error> no_key() {
    return fail(ErrorKind::invalid,
                {"バックアップの鍵ではありません。maru backup key --out FILE で作れます。",
                 "this is no key of backups; make one with maru backup key --out FILE"});
}

std::optional<Hash> hash_of(std::string_view text) {
    const auto bytes = parse_base64(text);
    if (!bytes || bytes->size() != sizeof(Hash)) return std::nullopt;
    Hash out{};
    std::ranges::copy(*bytes, out.begin());
    return out;
}

}  // namespace

std::string public_text(const Hash& public_key) { return std::string(public_mark) + base64(public_key); }

Result<KeyFile> parse_key(std::string_view text) {
    for (const std::string& raw : split(text, '\n')) {
        const std::string line(trim(raw));
        if (line.empty() || line.starts_with('#')) continue;
        if (line.starts_with(public_mark))
            if (const auto key = hash_of(std::string_view(line).substr(public_mark.size())))
                return KeyFile{*key, std::nullopt};
        if (line.starts_with(private_mark))
            if (const auto key = hash_of(std::string_view(line).substr(private_mark.size())))
                return KeyFile{crypto::public_key_of(*key), key};
        return no_key();
    }
    return no_key();
}

Result<KeyFile> read_key(const fs::path& file) {
    const Bytes bytes = TRY(store::read_file(file, largest_file));
    auto key = parse_key({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (!key) return std::unexpected(prefixed(file.string(), key.error()));
    return key;
}

Result<crypto::BoxKeys> read_private_key(const fs::path& file) {
    const KeyFile key = TRY(read_key(file));
    if (key.private_key) return crypto::BoxKeys{key.public_key, *key.private_key};
    return fail(
        ErrorKind::invalid,
        {fmt::format("{}: 公開鍵です。復元には秘密鍵（maru backup key で作ったファイル）が要ります。",
                     file.string()),
         fmt::format("{}: a public key; opening a backup takes the private one (the file that maru backup "
                     "key made)",
                     file.string())});
}

Result<crypto::BoxKeys> make_key(const fs::path& file, const Random& random) {
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(file, ignored)))
        return fail(ErrorKind::conflict,
                    {fmt::format("{} は既にあります。鍵は上書きしません。別の名前を指定してください。",
                                 file.string()),
                     fmt::format("{} is there already; keys are never overwritten, name another file",
                                 file.string())});
    const crypto::BoxKeys keys = crypto::new_box_keys(random);
    const std::string text =
        "# バックアップの秘密鍵。なくすと復元できません。サーバーとは別の場所に控えてください。\n"
        "# Private key of backups. Without it nothing can be restored; keep it away from the server.\n# " +
        public_text(keys.public_key) + "\n" + std::string(private_mark) + base64(keys.private_key) + "\n";
    TRY(store::replace_file(file, as_bytes(text), store::Access::owner_only));
    return keys;
}

}  // namespace maru::backup
