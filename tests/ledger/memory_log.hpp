// A log in memory for tests: its leaves, its hashes, and the files that it would be exported as.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/checkpoint.hpp"
#include "ledger/log_writer.hpp"
#include "ledger/policy.hpp"
#include "ledger/proof.hpp"
#include "ledger/tile.hpp"
#include "ledger/tree.hpp"
#include "ledger/trusted_tiles.hpp"
#include "ledger/verify.hpp"

namespace maru::ledger {

inline Bytes bytes_of(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

class MemoryLog {
public:
    using Files = std::map<std::string, Bytes>;

    MemoryLog() = default;
    explicit MemoryLog(std::vector<Bytes> entries) : entries_(std::move(entries)) {
        for (const Bytes& entry : entries_) leaves_.push_back(leaf_hash(entry));
        levels_.push_back(leaves_);
        while (levels_.back().size() > 1) {
            std::vector<Hash> above;
            for (std::size_t i = 1; i < levels_.back().size(); i += 2)
                above.push_back(node_hash(levels_.back()[i - 1], levels_.back()[i]));
            levels_.push_back(std::move(above));
        }
    }
    static MemoryLog decimals(int count) {
        std::vector<Bytes> entries;
        for (int i = 0; i < count; ++i) entries.push_back(bytes_of(std::to_string(i)));
        return MemoryLog(std::move(entries));
    }
    static MemoryLog single_bytes(int count) {
        std::vector<Bytes> entries;
        for (int i = 0; i < count; ++i) entries.push_back({static_cast<std::uint8_t>(i)});
        return MemoryLog(std::move(entries));
    }

    std::uint64_t size() const { return leaves_.size(); }
    const Bytes& entry(std::uint64_t index) const { return entries_[index]; }
    const Hash& leaf(std::uint64_t index) const { return leaves_[index]; }
    // By the recursive definition, from the leaves.
    Hash root(std::uint64_t size) const {
        const auto [found, added] = roots_.try_emplace(size);
        if (added) found->second = root_of(std::span(leaves_).first(size));
        return found->second;
    }
    Hash root() const { return root(size()); }
    HashSource hashes() const {
        return [this](int level, std::uint64_t index) -> Result<Hash> {
            return levels_.at(static_cast<std::size_t>(level)).at(index);
        };
    }

    // All files at this size, with the checkpoint signed by the key.
    Files files(const SigningKey& key) const {
        Files out;
        LogWriter writer([&out](const std::string& path, ByteView bytes) -> Result<void> {
            EXPECT_TRUE(out.emplace(path, Bytes(bytes.begin(), bytes.end())).second) << path;
            return {};
        });
        for (const Bytes& entry : entries_) EXPECT_TRUE(writer.append(entry));
        const Checkpoint checkpoint = *writer.finish(key.name);
        EXPECT_EQ(checkpoint.root, root());
        out["checkpoint"] = bytes_of(*sign_checkpoint(checkpoint, key));
        return out;
    }

private:
    std::vector<Bytes> entries_;
    std::vector<Hash> leaves_;
    std::vector<std::vector<Hash>> levels_;  // roots of the perfect subtrees
    mutable std::map<std::uint64_t, Hash> roots_;
};

inline FileSource source_of(const MemoryLog::Files& files) {
    return [&files](const std::string& path) -> Result<Bytes> {
        const auto found = files.find(path);
        if (found != files.end()) return found->second;
        return fail(ErrorKind::not_found, {path + "がありません。", path + " does not exist"});
    };
}

inline TileSource tiles_of(const MemoryLog::Files& files) {
    return [&files](const Tile& tile) -> Result<std::vector<Hash>> {
        return parse_tile(TRY(source_of(files)(tile_path(tile))), tile.width);
    };
}

}  // namespace maru::ledger
