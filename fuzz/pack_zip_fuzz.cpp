// Archives that somebody else made: whatever is read has a harmless name and the size that was announced.
#include <cstdlib>
#include <fstream>

#include "packs/file_tree.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    static const std::filesystem::path file = [] {
        std::string name = (std::filesystem::temp_directory_path() / "maru-fuzz-XXXXXX").string();
        return std::filesystem::path(::mkdtemp(name.data())) / "pack.zip";
    }();
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    packs::TreeLimits limits;
    limits.file_bytes = limits.small_enough = 1 << 20;
    limits.all_bytes = 1 << 22;
    auto tree = packs::FileTree::open(file, limits);
    if (!tree) return 0;
    for (const auto& [name, declared] : tree->sizes()) {
        require(!name.empty() && name.front() != '/' && ("/" + name + "/").find("/../") == std::string::npos,
                "no name leads out of the pack");
        const auto content = tree->read(name);
        if (content) require(content->size() == declared, "a file has the size that it declares");
    }
    return 0;
}
