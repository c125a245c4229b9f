#include "ledger/log_writer.hpp"

#include "ledger/tree.hpp"

namespace maru::ledger {

Result<void> LogWriter::append(ByteView entry) {
    TRY(append_entry(bundle_, entry));
    TRY(builder_.append(leaf_hash(entry)));
    if (builder_.size() % full_width == 0) return write_bundle(full_width);
    return {};
}

Result<void> LogWriter::write_bundle(int width) {
    TRY(sink_(tile_path({Content::entries, 0, (builder_.size() - 1) / full_width, width}), bundle_));
    bundle_.clear();
    return {};
}

Result<Checkpoint> LogWriter::finish(std::string_view origin) {
    const Checkpoint checkpoint{std::string(origin), builder_.size(), builder_.root(), {}};
    if (const auto width = static_cast<int>(builder_.size() % full_width); width != 0)
        TRY(write_bundle(width));
    TRY(builder_.finish());
    return checkpoint;
}

}  // namespace maru::ledger
