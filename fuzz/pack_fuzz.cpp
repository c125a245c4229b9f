// A small audit pack of which one file, chosen by the first byte, is replaced by the input: it verifies only
// when the file is what it was. With the second byte odd the manifest is made and signed anew, as an
// organisation could that lies: then what the log or a hash vouches for must still be what it was.
#include "require.hpp"
#include "small_pack.hpp"

namespace {

using namespace maru;
using namespace maru::packs;

// What the signature of the manifest alone vouches for.
bool is_bound(const std::string& name) {
    return name != "index.html" && name != "VERIFY.md" && !name.starts_with("MANIFEST");
}

bool same(const std::string& name, const Bytes& before, const Bytes& after) {
    const auto text = [](const Bytes& content) { return ledger::parse_note(small::text(content))->text; };
    if (name == "log/checkpoint" || name == "MANIFEST.sig") return text(before) == text(after);
    return before == after;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const small::Files honest = small::make();
    if (size < 2) return 0;
    const auto replaced = std::next(honest.begin(), data[0] % static_cast<std::ptrdiff_t>(honest.size()));
    const std::string& name = replaced->first;
    const bool lies = data[1] % 2 == 1 && is_bound(name);
    small::Files files = honest;
    files[name] = Bytes(data + 2, data + size);
    if (lies) small::seal(files);
    if (!small::verify(files)) return 0;
    if (!lies) require(same(name, replaced->second, files.at(name)), "a changed pack does not verify");
    // A policy, a receipt's or checkpoint's further signatures and opaque data, and a sheet's other keys may
    // differ; bytes that are hashed may not.
    const bool hashed = name.starts_with("log/tile/") || name.starts_with("evidence/") ||
                        name.starts_with("definitions/") || name.ends_with(".tsr") || name.ends_with(".vkey");
    if (lies && hashed) require(files.at(name) == replaced->second, "what is hashed cannot be changed");
    if (lies && name.starts_with("receipts/") && name.ends_with(".json")) {
        const auto before = *parse_disclosure(small::text(replaced->second));
        const auto after = *parse_disclosure(small::text(files.at(name)));
        require(after.envelope == before.envelope, "a disclosure has the log's envelope");
    }
    return 0;
}
