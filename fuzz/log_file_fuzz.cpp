// A signed log of 300 entries of which one file, chosen by the first byte, is replaced by the input: it
// verifies only when the file is what it was. (A checkpoint may gain signatures of strangers.)
#include <algorithm>
#include <map>

#include "ledger/log_writer.hpp"
#include "ledger/verify.hpp"
#include "require.hpp"

namespace {

using namespace maru;
using namespace maru::ledger;

using Files = std::map<std::string, Bytes>;

const SigningKey& key() {
    static const SigningKey made =
        *make_signing_key("example.com/log", KeyType::ed25519, [](auto out) { std::ranges::fill(out, 1); });
    return made;
}

Files make_log() {
    Files files;
    LogWriter writer([&](const std::string& path, ByteView bytes) -> Result<void> {
        files[path] = Bytes(bytes.begin(), bytes.end());
        return {};
    });
    for (int i = 0; i < 300; ++i) require(writer.append(as_bytes(std::to_string(i))).has_value(), "entry");
    const std::string note = *sign_checkpoint(*writer.finish(key().name), key());
    files["checkpoint"] = Bytes(note.begin(), note.end());
    return files;
}

std::string text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

bool same(const std::string& path, const Bytes& before, const Bytes& after) {
    if (path != "checkpoint") return before == after;
    return parse_note(text(before))->text == parse_note(text(after))->text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Files honest = make_log();
    static const Policy policy = policy_of(key().verifier());
    if (size == 0) return 0;
    const auto replaced = std::next(honest.begin(), data[0] % static_cast<std::ptrdiff_t>(honest.size()));
    const Bytes other(data + 1, data + size);
    const auto verified = verify_log(
        [&](const std::string& path) -> Result<Bytes> {
            if (path == replaced->first) return other;
            const auto file = honest.find(path);
            if (file != honest.end()) return file->second;
            return fail(ErrorKind::not_found, {"", "missing"});
        },
        policy);
    if (verified) require(same(replaced->first, replaced->second, other), "a changed log does not verify");
    return 0;
}
