#include "packs/file_tree.hpp"

#include <fmt/core.h>

#include <set>
#include <system_error>

#include "files/names.hpp"
#include "files/zip_reader.hpp"
#include "store/files.hpp"

namespace maru::packs {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> refused(std::string_view name, std::string_view ja, std::string_view en) {
    const std::string shown = shown_name(name);
    return fail(ErrorKind::corrupt, {fmt::format("{}: {}", shown, ja), fmt::format("{}: {}", shown, en)});
}

std::unexpected<Error> cannot_read(const fs::path& path) {
    return fail(ErrorKind::unavailable,
                {fmt::format("{} を読めません。場所と権限を確かめてください。", path.string()),
                 fmt::format("cannot read {}; check its path and permissions", path.string())});
}

// Names and sizes, one after another, against the limits.
class Listing {
public:
    explicit Listing(const TreeLimits& limits) : limits_(limits) {}

    Result<void> add(const std::string& name, std::uint64_t size) {
        if (!is_pack_name(name))
            return refused(name, "パックに入れられる名前ではありません（フォルダの外を指すものを含む）。",
                           "no name for a file of a pack (nor any that leads out of it)");
        if (!folded_.insert(lower(name)).second)
            return refused(name, "同じ名前のファイルが二つあります。", "there are two files of this name");
        if (size > limits_.file_bytes)
            return refused(name, fmt::format("大きすぎます（上限 {} バイト）。", limits_.file_bytes),
                           fmt::format("too large (at most {} bytes)", limits_.file_bytes));
        all_bytes_ += size;  // cannot overflow: each is at most file_bytes
        if (all_bytes_ > limits_.all_bytes || sizes_.size() >= limits_.files)
            return refused(name, "全体として多すぎるか、大きすぎます。",
                           "too many files, or too large altogether");
        sizes_.emplace(name, size);
        return {};
    }
    std::uint64_t all_bytes() const { return all_bytes_; }
    std::map<std::string, std::uint64_t> take() { return std::move(sizes_); }

private:
    // Where upper and lower case are one, both names would be one file.
    static std::string lower(std::string name) {
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return name;
    }

    const TreeLimits& limits_;
    std::map<std::string, std::uint64_t> sizes_;
    std::set<std::string> folded_;
    std::uint64_t all_bytes_ = 0;
};

Result<void> add_entry(Listing& listing, const fs::path& folder, const fs::directory_entry& entry) {
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    std::error_code error;
    const fs::file_status status = entry.symlink_status(error);
    if (!error && fs::is_directory(status)) return {};
    if (error || !fs::is_regular_file(status))
        return refused(name, "通常のファイルではありません（リンクなど）。",
                       "no regular file (a link or a device)");
    const std::uintmax_t size = entry.file_size(error);
    if (error) return cannot_read(entry.path());
    return listing.add(name, size);
}

Result<std::map<std::string, std::uint64_t>> list_folder(const fs::path& folder, const TreeLimits& limits) {
    Listing listing(limits);
    std::error_code error;
    fs::recursive_directory_iterator at(folder, error);
    for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error))
        TRY(add_entry(listing, folder, *at));
    if (error) return cannot_read(folder);
    return listing.take();
}

std::unexpected<Error> bomb() {
    return fail(ErrorKind::corrupt,
                {"圧縮が不自然に高く、展開すると巨大になります（zip爆弾）。展開していません。",
                 "it would grow beyond reason when unpacked (a zip bomb); nothing was unpacked"});
}

Result<std::map<std::string, std::uint64_t>> list_zip(ZipReader& zip, const TreeLimits& limits) {
    Listing listing(limits);
    TRY(zip.each([&](const std::string& name, std::uint64_t size) { return listing.add(name, size); }));
    const std::uint64_t grown = listing.all_bytes();
    if (grown > limits.small_enough && grown / limits.ratio > zip.file_size()) return bomb();
    return listing.take();
}

}  // namespace

struct FileTree::Impl {
    fs::path folder;  // empty: a zip archive
    std::unique_ptr<ZipReader> zip;
    std::map<std::string, std::uint64_t> sizes;
};

FileTree::FileTree(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FileTree::FileTree(FileTree&&) noexcept = default;
FileTree& FileTree::operator=(FileTree&&) noexcept = default;
FileTree::~FileTree() = default;

Result<FileTree> FileTree::open(const fs::path& path, const TreeLimits& limits) {
    auto impl = std::make_unique<Impl>();
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status)) {
        impl->folder = path;
        impl->sizes = TRY(list_folder(path, limits));
    } else if (fs::is_regular_file(status)) {
        impl->zip = std::make_unique<ZipReader>(TRY(ZipReader::open(path, limits.files)));
        impl->sizes = TRY(list_zip(*impl->zip, limits));
    } else {
        return cannot_read(path);
    }
    return FileTree(std::move(impl));
}

const std::map<std::string, std::uint64_t>& FileTree::sizes() const { return impl_->sizes; }

Result<Bytes> FileTree::read(const std::string& name) {
    const auto found = impl_->sizes.find(name);
    if (found == impl_->sizes.end()) return fail(ErrorKind::not_found, {"ありません。", "it is missing"});
    if (impl_->zip) return impl_->zip->read(name, found->second);
    return store::read_file(impl_->folder / name, found->second);
}

}  // namespace maru::packs
