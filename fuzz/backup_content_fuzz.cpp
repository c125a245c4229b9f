// The stream inside a backup: read in one piece or byte by byte it gives the same, and no path leads
// elsewhere. The header in front of it has one form.
#include <algorithm>

#include "backup/content.hpp"
#include "backup/header.hpp"
#include "require.hpp"

namespace {

using namespace maru;

struct Seen {
    std::string text;
    bool good = false;
};

Seen unpack(ByteView stream, std::size_t step) {
    Seen seen;
    backup::Unpacker unpacker({[&](const std::string& path, std::uint64_t size) -> Result<void> {
                                   require(backup::is_safe_path(path), "stays below the folder");
                                   seen.text += path + std::to_string(size);
                                   return {};
                               },
                               [&](ByteView bytes) -> Result<void> {
                                   seen.text.append(bytes.begin(), bytes.end());
                                   return {};
                               },
                               []() -> Result<void> { return {}; }});
    while (!stream.empty()) {
        const std::size_t count = std::min(step, stream.size());
        if (const auto taken = unpacker.take(stream.first(count)); !taken) {
            require(!taken.error().message.ja.empty() && !taken.error().message.en.empty(), "both languages");
            return seen;
        }
        stream = stream.subspan(count);
    }
    seen.good = unpacker.finish().has_value();
    return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    if (const auto parsed = maru::backup::parse_header(text))
        require(maru::backup::to_text(parsed->header) == text.substr(0, parsed->length),
                "a header has one form");
    const maru::ByteView stream(data, size);
    const Seen whole = unpack(stream, std::max<std::size_t>(size, 1));
    const Seen slow = unpack(stream, 1);
    require(whole.good == slow.good, "pieces do not matter");
    if (whole.good) require(whole.text == slow.text, "nor for what is in it");
    return 0;
}
