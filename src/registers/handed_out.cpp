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

// Whether it is there cannot be seen from here.
bool is_address(std::string_view path) { return path.find("://") != path.npos; }

bool is_there(const std::string& path) {
    std::error_code ignored;
    return is_address(path) || fs::exists(path, ignored);
}

void write(const fs::path& folder, const std::map<std::string, HandedOut>& by_path) {
    std::string text;
    for (const auto& [path, one] : by_path) text += one.at + "\t" + one.what + "\t" + one.path + "\n";
    (void)store::replace_file(file_of(folder), as_bytes(text), store::Access::owner_only);
}

std::map<std::string, HandedOut> living_in(const fs::path& folder) {
    std::map<std::string, HandedOut> by_path;
    for (HandedOut& one : all_in(folder))
        if (is_there(one.path)) by_path[one.path] = std::move(one);
    return by_path;
}

bool is_plain(const std::string& text) {
    return is_utf8(text) &&
           std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

void note_handed_out(const fs::path& folder, const std::string& what, const fs::path& file, Instant at) {
    std::error_code error;
    const std::string path =
        is_address(file.string()) ? file.string() : fs::absolute(file, error).lexically_normal().string();
    if (error || !is_plain(path) || !is_plain(what)) return;
    std::map<std::string, HandedOut> by_path = living_in(folder);
    by_path[path] = {format_instant(at), what, path};
    write(folder, by_path);
}

void note_gone(const fs::path& folder, const std::string& address) {
    std::map<std::string, HandedOut> by_path = living_in(folder);
    if (by_path.erase(address) != 0) write(folder, by_path);
}

std::vector<HandedOut> handed_out(const fs::path& folder) {
    std::vector<HandedOut> out = all_in(folder);
    std::erase_if(out, [](const HandedOut& one) { return !is_there(one.path); });
    return out;
}

}  // namespace maru::registers
