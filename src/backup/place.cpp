#include "backup/place.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <system_error>

#include "core/causes.hpp"
#include "crypto/hash.hpp"
#include "store/files.hpp"

namespace maru::backup {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_slug = 40;
constexpr std::size_t origin_bytes = 4;

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

// What people recognise: the end of the origin in small ASCII letters.
std::string slug_of(const std::string& origin) {
    std::string slug;
    for (const char c : std::string_view(origin).substr(origin.rfind('/') + 1))
        if (is_plain(c)) slug += c;
    slug.resize(std::min(slug.size(), longest_slug));
    return slug.empty() ? "organisation" : slug;
}

std::string stem_of(const std::string& origin) {
    return slug_of(origin) + "-" + hex(ByteView(crypto::sha256(as_bytes(origin))).first(origin_bytes)) + "-";
}

std::unexpected<Error> cannot_copy(const fs::path& to, const std::error_code& error) {
    const Text cause = cause_of(error.value());
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{}: 書けません（{}）。空き容量と権限を確かめてください。", to.string(), cause.ja),
         fmt::format("{}: cannot be written ({}); check free space and permissions", to.string(), cause.en)});
}

Result<void> copy_whole(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
    if (!error) fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
    return error ? cannot_copy(to, error) : Result<void>();
}

class FolderPlace : public Place {
public:
    explicit FolderPlace(fs::path folder) : folder_(std::move(folder)) {}

    std::string path_of(const std::string& name) const override { return (folder_ / name).string(); }

    Result<std::vector<Stored>> list() const override {
        std::vector<Stored> out;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(folder_, error)) {
            const std::string name = entry.path().filename().string();
            if (name.ends_with(extension) && !name.starts_with('.') && entry.is_regular_file(error))
                out.push_back({name, entry.file_size(error)});
        }
        std::ranges::sort(out, {}, &Stored::name);
        return out;
    }

    Result<void> put(const std::string& name, const fs::path& file) const override {
        std::error_code error;
        if (fs::exists(folder_ / name, error))
            return fail(ErrorKind::conflict, {fmt::format("{} は既にあります。", path_of(name)),
                                              fmt::format("{} is there already", path_of(name))});
        return store::replace_file(folder_ / name,
                                   [&](const fs::path& draft) { return copy_whole(file, draft); });
    }

    Result<void> get(const std::string& name, const fs::path& file) const override {
        return copy_whole(folder_ / name, file);
    }

    Result<void> remove(const std::string& name) const override {
        std::error_code error;
        fs::remove(folder_ / name, error);
        return error ? cannot_copy(folder_ / name, error) : store::sync_folder(folder_);
    }

private:
    fs::path folder_;
};

}  // namespace

std::string file_name(const std::string& origin, Instant time) {
    std::string stamp = format_instant_milliseconds(time);
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':' || c == '.'; });
    return stem_of(origin) + stamp + std::string(extension);
}

bool is_name_of(const std::string& origin, std::string_view name) {
    const std::string model = file_name(origin, Instant{});
    return name.size() == model.size() && name.starts_with(stem_of(origin)) && name.ends_with(extension);
}

// "…-20261123T001500123Z.maru-backup"
std::optional<Instant> time_of(std::string_view name) {
    constexpr std::string_view model = "20261123T001500123Z";
    if (!name.ends_with(extension) || name.size() < extension.size() + model.size()) return std::nullopt;
    const std::string_view at = name.substr(name.size() - extension.size() - model.size(), model.size());
    const auto part = [&](std::size_t from, std::size_t length) {
        return std::string(at.substr(from, length));
    };
    const auto instant = parse_instant(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(9, 2) +
                                       ":" + part(11, 2) + ":" + part(13, 2) + "." + part(15, 3) + "Z");
    return instant && at[8] == 'T' && at[18] == 'Z' ? std::optional(*instant) : std::nullopt;
}

Result<std::unique_ptr<Place>> open_folder(const fs::path& folder) {
    std::error_code error;
    if (fs::is_directory(folder, error)) return std::make_unique<FolderPlace>(fs::absolute(folder));
    return fail(
        ErrorKind::not_found,
        {fmt::format("保存先のフォルダ {} がありません。作るか、接続（マウント）を確かめてください。",
                     folder.string()),
         fmt::format("there is no folder {}; make it, or see whether it is mounted", folder.string())});
}

Result<std::vector<std::string>> thin(const Place& place, const std::string& origin, std::size_t keep) {
    std::vector<Stored> all = TRY(place.list());
    std::erase_if(all, [&](const Stored& one) { return !is_name_of(origin, one.name); });
    std::vector<std::string> removed;
    for (std::size_t i = 0; i + keep < all.size(); ++i) {
        TRY(place.remove(all[i].name));
        removed.push_back(all[i].name);
    }
    return removed;
}

}  // namespace maru::backup
