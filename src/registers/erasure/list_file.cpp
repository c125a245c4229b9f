#include "erasure/list_file.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

#include "crypto/hash.hpp"
#include "store/files.hpp"

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest = 64u << 20;
constexpr std::size_t name_bytes = 16;

Result<std::vector<std::string>> lines_of(const fs::path& file) {
    std::vector<std::string> out;
    if (file.empty()) return out;
    const Result<Bytes> bytes = store::read_file(file, largest);
    if (!bytes && bytes.error().kind == ErrorKind::not_found) return out;
    if (!bytes) return std::unexpected(bytes.error());
    out = split({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, '\n');
    std::erase(out, "");
    return out;
}

Text unreadable(const fs::path& file, std::size_t line, const Text& why) {
    return {
        fmt::format("{} {} 行目: {}この行は使いません。鍵の保管庫とファイルの組み合わせを確かめてください。",
                    file.string(), line, why.ja),
        fmt::format("{} line {}: {}; it is left aside. See that this file belongs to this keystore",
                    file.string(), line, why.en)};
}

}  // namespace

fs::path list_file(const fs::path& anchors, const Keystore& keys) {
    if (anchors.empty()) return {};
    const Hash name = crypto::hmac_sha256(keys.list_key(), as_bytes("name"));
    return anchors / (hex(ByteView(name).first(name_bytes)) + ".erasures");
}

Result<ErasureList> read_list(const fs::path& file, Keystore& keys) {
    ErasureList out;
    const Hash key = keys.list_key();
    const auto add = [&](const std::string& line, const fs::path& where, std::size_t number) {
        const auto listed = parse_listed(line, key);
        if (!listed)
            out.complaints.push_back(unreadable(where, number, listed.error().message));
        else if (std::ranges::find(out.erasures, *listed) == out.erasures.end())
            out.erasures.push_back(*listed);
    };
    const std::vector<std::string> in_file = TRY(lines_of(file));
    for (std::size_t i = 0; i < in_file.size(); ++i) add(in_file[i], file, i + 1);
    const std::vector<std::string> in_keys = TRY(keys.erasures());
    for (std::size_t i = 0; i < in_keys.size(); ++i) add(in_keys[i], "keys.db", i + 1);
    std::ranges::sort(out.erasures, {}, [](const ListedErasure& one) {
        return std::tuple(one.order.executed, one.order.replays.has_value(), one.entry);
    });
    return out;
}

Result<void> add_to_list(const fs::path& file, const std::string& line) {
    if (file.empty()) return {};
    TRY(store::make_folder(file.parent_path(), store::Access::owner_only));
    const store::FileLock lock = TRY(store::FileLock::wait(file.string() + ".lock"));
    std::vector<std::string> lines = TRY(lines_of(file));
    if (std::ranges::find(lines, line) != lines.end()) return {};
    lines.push_back(line);
    return store::replace_file(file, as_bytes(join(lines, "\n") + "\n"), store::Access::owner_only);
}

}  // namespace maru::registers
