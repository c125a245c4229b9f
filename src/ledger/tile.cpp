#include "ledger/tile.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "lines/lines.hpp"

namespace maru::ledger {

namespace {

constexpr int bits_per_level = 8;
constexpr std::size_t hash_size = std::tuple_size_v<Hash>;
constexpr std::string_view prefix = "tile/";

std::unexpected<Error> no_tile(std::string_view path) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("「{}」はタイルの名前ではありません（例: tile/0/x001/234.p/5、tile/entries/000）。",
                     path),
         fmt::format("\"{}\" is no tile name (such as tile/0/x001/234.p/5 or tile/entries/000)", path)});
}

std::unexpected<Error> wrong_size(std::size_t bytes, int width) {
    return fail(ErrorKind::invalid, {fmt::format("幅{}のタイルは{}バイトですが、{}バイトあります。", width,
                                                 static_cast<std::size_t>(width) * hash_size, bytes),
                                     fmt::format("a tile of width {} has {} bytes, this has {}", width,
                                                 static_cast<std::size_t>(width) * hash_size, bytes)});
}

// "x001/x234/067": groups of three digits, all but the last with an x.
std::string index_path(std::uint64_t index) {
    std::string out = fmt::format("{:03}", index % 1000);
    while ((index /= 1000) != 0) out.insert(0, fmt::format("x{:03}/", index % 1000));
    return out;
}

// Takes the text before the first `separator` off, and the separator too; all of it when there is none.
std::string_view take(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return part;
}

std::optional<std::uint64_t> group_value(std::string_view digits) {
    if (digits.size() != 3 || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return static_cast<std::uint64_t>((digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0'));
}

std::optional<std::uint64_t> parse_index(std::string_view text) {
    std::uint64_t index = 0;
    while (true) {
        const bool more = text.starts_with('x');
        if (more) text.remove_prefix(1);
        const auto value = group_value(more ? take(text, '/') : text);
        if (!value || index > (max_size - *value) / 1000) return std::nullopt;
        index = index * 1000 + *value;
        if (!more) return index;
    }
}

int width_at(std::uint64_t hashes, std::uint64_t index) {
    const std::uint64_t from = index * full_width;
    return static_cast<int>(std::min<std::uint64_t>(full_width, hashes - from));
}

}  // namespace

Tile full(Tile tile) {
    tile.width = full_width;
    return tile;
}

std::string tile_path(const Tile& tile) {
    std::string out(prefix);
    out += tile.content == Content::entries ? std::string("entries") : std::to_string(tile.level);
    out += '/';
    out += index_path(tile.index);
    if (tile.width < full_width) out += fmt::format(".p/{}", tile.width);
    return out;
}

Result<Tile> parse_tile_path(std::string_view path) {
    if (!path.starts_with(prefix)) return no_tile(path);
    std::string_view rest = path.substr(prefix.size());
    Tile tile;
    const std::string_view level = take(rest, '/');
    if (level == "entries") {
        tile.content = Content::entries;
    } else {
        const auto value = parse_decimal(level);
        if (!value || *value > max_tile_level) return no_tile(path);
        tile.level = static_cast<int>(*value);
    }
    if (const std::size_t dot = rest.find(".p/"); dot != std::string_view::npos) {
        const auto width = parse_decimal(rest.substr(dot + 3));
        if (!width || *width == 0 || *width >= full_width) return no_tile(path);
        tile.width = static_cast<int>(*width);
        rest = rest.substr(0, dot);
    }
    const auto index = parse_index(rest);
    if (!index) return no_tile(path);
    tile.index = *index;
    if (tile_path(tile) != path) return no_tile(path);  // a group of leading zeros
    return tile;
}

std::uint64_t hashes_at(std::uint64_t size, int level) {
    const int bits = level * bits_per_level;
    return bits >= 64 ? 0 : size >> bits;
}

std::uint64_t tiles_at(std::uint64_t size, int level) {
    const std::uint64_t hashes = hashes_at(size, level);
    return hashes / full_width + (hashes % full_width == 0 ? 0 : 1);
}

Tile tile_at(std::uint64_t size, int level, std::uint64_t index) {
    return {Content::hashes, level, index, width_at(hashes_at(size, level), index)};
}

Tile bundle_at(std::uint64_t size, std::uint64_t index) {
    return {Content::entries, 0, index, width_at(size, index)};
}

bool had_tile(std::uint64_t size, const Tile& tile) {
    return tile.index < tiles_at(size, tile.level) &&
           tile.width <= tile_at(size, tile.level, tile.index).width;
}

Result<void> for_each_tile(std::uint64_t size, const std::function<Result<void>(const Tile&)>& visit) {
    for (std::uint64_t i = 0; i < tiles_at(size, 0); ++i) TRY(visit(bundle_at(size, i)));
    for (int level = 0; tiles_at(size, level) > 0; ++level)
        for (std::uint64_t i = 0; i < tiles_at(size, level); ++i) TRY(visit(tile_at(size, level, i)));
    return {};
}

Bytes tile_bytes(std::span<const Hash> hashes) {
    Bytes out;
    out.reserve(hashes.size() * hash_size);
    for (const Hash& hash : hashes) out.insert(out.end(), hash.begin(), hash.end());
    return out;
}

Result<std::vector<Hash>> parse_tile(ByteView bytes, int width) {
    if (bytes.size() != static_cast<std::size_t>(width) * hash_size) return wrong_size(bytes.size(), width);
    std::vector<Hash> hashes(static_cast<std::size_t>(width));
    for (Hash& hash : hashes) {
        std::ranges::copy(bytes.first(hash_size), hash.begin());
        bytes = bytes.subspan(hash_size);
    }
    return hashes;
}

Result<void> append_entry(Bytes& bundle, ByteView entry) {
    if (entry.size() > max_entry)
        return fail(ErrorKind::invalid,
                    {fmt::format("変更記録は{}バイトまでですが、{}バイトあります。", max_entry, entry.size()),
                     fmt::format("an entry has at most {} bytes, this has {}", max_entry, entry.size())});
    bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
    bundle.push_back(static_cast<std::uint8_t>(entry.size() & 0xff));
    bundle.insert(bundle.end(), entry.begin(), entry.end());
    return {};
}

Result<std::optional<ByteView>> BundleReader::next() {
    if (rest_.empty()) return std::nullopt;
    const std::size_t length = rest_.size() < 2 ? 0 : static_cast<std::size_t>(rest_[0] << 8 | rest_[1]);
    if (rest_.size() < 2 + length)
        return fail(ErrorKind::invalid,
                    {fmt::format("束の{}件目の途中で途切れています。", entry_ + 1),
                     fmt::format("the bundle breaks off inside its entry {}", entry_ + 1)});
    const ByteView entry = rest_.subspan(2, length);
    rest_ = rest_.subspan(2 + length);
    ++entry_;
    return entry;
}

Result<std::vector<ByteView>> parse_bundle(ByteView bundle, int width) {
    BundleReader reader(bundle);
    std::vector<ByteView> entries;
    while (const auto entry = TRY(reader.next())) {
        entries.push_back(*entry);
        if (entries.size() > static_cast<std::size_t>(width)) break;
    }
    if (entries.size() == static_cast<std::size_t>(width)) return entries;
    const bool more = entries.size() > static_cast<std::size_t>(width);
    return fail(ErrorKind::invalid,
                {fmt::format("束の件数は{}件のはずですが、{}。", width,
                             more ? "それより多くあります" : fmt::format("{}件です", entries.size())),
                 fmt::format("the bundle should have {} entries, it has {}", width,
                             more ? std::string("more") : std::to_string(entries.size()))});
}

}  // namespace maru::ledger
