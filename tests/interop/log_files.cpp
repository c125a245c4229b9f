// A log as files, made and read by the ledger room alone: what the checkers that we did not write are tried
// on.
//   log_files write DIR SIZE SKEY     a log of SIZE entries, signed
//   log_files verify DIR VKEY         hashes everything again; exit code 1 and the reason when it does not
//   hold log_files receipt DIR INDEX VKEY  a tlog-proof out of the tiles
#include <fmt/core.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>

#include "ledger/cosignature.hpp"
#include "ledger/log.hpp"
#include "ledger/log_writer.hpp"
#include "ledger/receipt.hpp"
#include "ledger/tree.hpp"
#include "ledger/trusted_tiles.hpp"
#include "ledger/verify.hpp"

namespace {

using namespace maru;
using namespace maru::ledger;
namespace fs = std::filesystem;
using Words = std::span<const std::string>;

Result<void> write_file(const fs::path& path, ByteView bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (file.flush()) return {};
    return fail(ErrorKind::unavailable, {path.string() + "に書けません。", "cannot write " + path.string()});
}

FileSource files_in(const fs::path& folder) {
    return [folder](const std::string& path) -> Result<Bytes> {
        std::ifstream file(folder / path, std::ios::binary | std::ios::ate);
        if (!file) return fail(ErrorKind::not_found, {path + "がありません。", path + " does not exist"});
        Bytes bytes(static_cast<std::size_t>(file.tellg()));
        file.seekg(0);
        file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        return bytes;
    };
}

Result<std::uint64_t> number(const std::string& text) {
    std::uint64_t value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{}) return value;
    return fail(ErrorKind::invalid, {text + "は数ではありません。", text + " is no number"});
}

// Like the envelope of a put.
std::string entry_text(std::uint64_t index) {
    Entry entry;
    entry.kind = "put";
    entry.register_name = "device";
    entry.record = std::to_string(index);
    entry.version = 1;
    entry.actor = "tag:00112233445566778899aabbccddeeff";
    entry.at = Instant(std::chrono::milliseconds(1'790'000'000'000 + static_cast<std::int64_t>(index)));
    entry.commitment = leaf_hash(as_bytes(entry.record));
    return encode(entry);
}

Result<void> write(Words words) {
    const fs::path folder = words[0];
    const std::uint64_t size = TRY(number(words[1]));
    const SigningKey key = TRY(parse_signing_key(words[2]));
    LogWriter writer(
        [&folder](const std::string& path, ByteView bytes) { return write_file(folder / path, bytes); });
    for (std::uint64_t i = 0; i < size; ++i) TRY(writer.append(as_bytes(entry_text(i))));
    const Checkpoint checkpoint = TRY(writer.finish(key.name));
    return write_file(folder / "checkpoint", as_bytes(TRY(sign_checkpoint(checkpoint, key))));
}

Result<void> verify(Words words) {
    const Policy policy = policy_of(TRY(parse_verifier_key(words[1])));
    const VerifiedLog log = TRY(verify_log(files_in(words[0]), policy));
    fmt::print("OK size={} root={} bundles={} tiles={}\n", log.size(), base64(log.trusted.checkpoint.root),
               log.bundles, log.tiles);
    return {};
}

Result<void> cosign_log(Words words) {
    const fs::path folder = words[0];
    const Bytes bytes = TRY(files_in(folder)("checkpoint"));
    Note note = TRY(parse_note(std::string(bytes.begin(), bytes.end())));
    const SigningKey witness = to_cosigner(TRY(parse_signing_key(words[1])));
    note.signatures.push_back(cosign(note.text, witness, static_cast<std::int64_t>(TRY(number(words[2])))));
    return write_file(folder / "checkpoint", as_bytes(to_text(note)));
}

Result<void> receipt(Words words) {
    const FileSource files = files_in(words[0]);
    const Bytes note = TRY(files("checkpoint"));
    const std::string text(note.begin(), note.end());
    const Policy policy = policy_of(TRY(parse_verifier_key(words[2])));
    const Checkpoint checkpoint = TRY(open_checkpoint(text, policy)).checkpoint;
    auto tiles = TRY(TrustedTiles::open(checkpoint.size, checkpoint.root,
                                        [&](const Tile& tile) -> Result<std::vector<Hash>> {
                                            return parse_tile(TRY(files(tile_path(tile))), tile.width);
                                        }));
    const std::uint64_t index = TRY(number(words[1]));
    const Receipt out{{}, index, TRY(inclusion_proof(std::ref(tiles), index, checkpoint.size)), text};
    fmt::print("{}", to_text(out));
    return {};
}

Result<void> run(Words words) {
    if (words.size() == 4 && words[0] == "write") return write(words.subspan(1));
    if (words.size() == 3 && words[0] == "verify") return verify(words.subspan(1));
    if (words.size() == 4 && words[0] == "cosign") return cosign_log(words.subspan(1));
    if (words.size() == 4 && words[0] == "receipt") return receipt(words.subspan(1));
    return fail(ErrorKind::invalid,
                {"使い方は先頭の注釈にあります。", "see the comment at the top of log_files.cpp"});
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    const auto done = run(words);
    if (!done) fmt::print(stderr, "FAIL: {}\n", done.error().message.en);
    return done ? 0 : 1;
}
