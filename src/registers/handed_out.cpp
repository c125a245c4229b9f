#include "registers/handed_out.hpp"

#include <algorithm>
#include <map>
#include <system_error>

#include "core/text.hpp"
#include "store/files.hpp"

namespace maru::registers {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest = 16u << 20;

fs::path file_of(const fs::path& folder) { return folder / "handed-out.tsv"; }

std::vector<HandedOut> all_in(const fs::path& folder) {
    std::vector<HandedOut> out;
    const auto bytes = store::read_file(file_of(folder), largest);
    if (!bytes) return out;
    for (const std::string& line : split({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, '\n'))
        if (const auto parts = split(line, '\t'); parts.size() == 3)
            out.push_back({parts[0], parts[1], parts[2]});
    return out;
}

bool is_plain(const std::string& text) {
    return is_utf8(text) &&
           std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

void note_handed_out(const fs::path& folder, const std::string& what, const fs::path& file, Instant at) {
    std::error_code error;
    const std::string path = fs::absolute(file, error).lexically_normal().string();
    if (error || !is_plain(path) || !is_plain(what)) return;
    std::map<std::string, HandedOut> by_path;
    for (HandedOut& one : all_in(folder)) by_path[one.path] = std::move(one);
    by_path[path] = {format_instant(at), what, path};
    std::string text;
    for (const auto& [name, one] : by_path)
        if (fs::exists(name, error) || name == path)
            text += one.at + "\t" + one.what + "\t" + one.path + "\n";
    (void)store::replace_file(file_of(folder), as_bytes(text), store::Access::owner_only);
}

std::vector<HandedOut> handed_out(const fs::path& folder) {
    std::vector<HandedOut> out = all_in(folder);
    std::erase_if(out, [](const HandedOut& one) {
        std::error_code ignored;
        return !fs::exists(one.path, ignored);
    });
    return out;
}

}  // namespace maru::registers
