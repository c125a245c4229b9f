#include "ledger/verify.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/tile.hpp"
#include "ledger/tile_builder.hpp"
#include "ledger/tree.hpp"

namespace maru::ledger {

namespace {

constexpr const char* checkpoint_path = "checkpoint";

std::unexpected<Error> differs(const std::string& path) {
    return fail(
        ErrorKind::corrupt,
        {fmt::format("{}が、変更記録から計算し直した内容と違います。書き換えられたか、壊れています。", path),
         fmt::format("{} differs from what its entries hash to: it was changed or is damaged", path)});
}

std::unexpected<Error> nothing_checked() {
    return fail(ErrorKind::not_found, {"変更記録が一件もないため、確かめたものがありません。",
                                       "the log has no entries, so nothing was checked"});
}

struct File {
    std::string path;  // that was read
    Bytes bytes;
    bool is_full;
};

// The walk over one log. Bundles are hashed in order; whatever tile this completes is compared at once.
class Walk {
public:
    Walk(const FileSource& files, const EntryVisitor& visit) : files_(files), visit_(visit) {}

    Result<VerifiedLog> run(const Policy& policy) {
        const auto note = TRY(read_checkpoint());
        VerifiedLog out;
        out.trusted = TRY(named(checkpoint_path, open_checkpoint(note, policy)));
        size_ = out.size();
        if (size_ == 0) return nothing_checked();
        out.bundles = tiles_at(size_, 0);
        for (std::uint64_t i = 0; i < out.bundles; ++i) TRY(hash_bundle(bundle_at(size_, i)));
        TRY(builder_.finish());
        if (builder_.root() != out.trusted.checkpoint.root) return wrong_root();
        out.tiles = tiles_;
        return out;
    }

private:
    Result<std::string> read_checkpoint() const {
        const Bytes bytes = TRY(named(checkpoint_path, files_(checkpoint_path)));
        return std::string(bytes.begin(), bytes.end());
    }

    template <class T>
    static Result<T> named(const std::string& path, Result<T> result) {
        if (!result) return std::unexpected(prefixed(path, std::move(result).error()));
        return result;
    }

    // A partial tile or bundle may be gone once the full one exists.
    Result<File> read(const Tile& tile) const {
        const std::string path = tile_path(tile);
        auto bytes = files_(path);
        if (bytes) return File{path, std::move(*bytes), tile.width == full_width};
        if (tile.width < full_width && bytes.error().kind == ErrorKind::not_found) {
            const std::string full_path = tile_path(full(tile));
            if (auto whole = files_(full_path)) return File{full_path, std::move(*whole), true};
        }
        return std::unexpected(prefixed(path, std::move(bytes).error()));
    }

    Result<void> hash_bundle(const Tile& bundle) {
        const File file = TRY(read(bundle));
        BundleReader reader(file.bytes);
        int count = 0;
        while (const auto entry = TRY(named(file.path, reader.next()))) {
            if (++count <= bundle.width) TRY(hash_entry(*entry));
        }
        const int expected = file.is_full ? full_width : bundle.width;
        if (count == expected) return {};
        return fail(
            ErrorKind::corrupt,
            {fmt::format("{}: 変更記録が{}件のはずですが、{}件あります。", file.path, expected, count),
             fmt::format("{}: should hold {} entries, holds {}", file.path, expected, count)});
    }

    Result<void> hash_entry(ByteView entry) {
        if (visit_) TRY(visit_(builder_.size(), entry));
        return builder_.append(leaf_hash(entry));
    }

    Result<void> compare(const Tile& tile, std::span<const Hash> hashes) {
        const File file = TRY(read(tile));
        ++tiles_;
        const std::size_t whole =
            static_cast<std::size_t>(file.is_full ? full_width : tile.width) * sizeof(Hash);
        const ByteView expected(hashes.front().data(), hashes.size() * sizeof(Hash));
        const ByteView bytes = file.bytes;
        if (bytes.size() == whole && std::ranges::equal(bytes.first(expected.size()), expected)) return {};
        return tile.level == 0 ? differs_from_bundle(tile, file.path) : differs(file.path);
    }

    // Either file may be the one that was touched.
    std::unexpected<Error> differs_from_bundle(const Tile& tile, const std::string& path) const {
        const std::string bundle = tile_path(bundle_at(size_, tile.index));
        return fail(
            ErrorKind::corrupt,
            {fmt::format("{}と{}が合いません。どちらかが書き換えられたか、壊れています。", bundle, path),
             fmt::format("{} and {} do not agree: one of them was changed or is damaged", bundle, path)});
    }

    static std::unexpected<Error> wrong_root() {
        return fail(ErrorKind::corrupt,
                    {"変更記録から計算し直したルートが、署名されたルートと違います。書き換えられています。",
                     "the entries do not hash to the signed root: the log was changed"});
    }

    const FileSource& files_;
    const EntryVisitor& visit_;
    std::uint64_t size_ = 0;
    std::uint64_t tiles_ = 0;
    TileBuilder builder_{
        [this](const Tile& tile, std::span<const Hash> hashes) { return compare(tile, hashes); }};
};

}  // namespace

Result<VerifiedLog> verify_log(const FileSource& files, const Policy& policy, const EntryVisitor& visit) {
    return Walk(files, visit).run(policy);
}

}  // namespace maru::ledger
