#include <fmt/core.h>

#include <fstream>

#include "benches.hpp"
#include "ledger/log.hpp"
#include "ledger/log_writer.hpp"
#include "ledger/tree.hpp"
#include "ledger/verify.hpp"
#include "measure.hpp"

namespace maru::bench {

namespace {

namespace fs = std::filesystem;

constexpr int entries = 1'000'000;
constexpr int rounds = 5;

ledger::SigningKey bench_key() {
    return *ledger::make_signing_key("bench.example/log", ledger::KeyType::ed25519,
                                     [](auto out) { out[0] = 1; });
}

// The envelope of a put.
std::string entry_text(int index) {
    ledger::Entry entry;
    entry.kind = "put";
    entry.register_name = "device";
    entry.record = std::to_string(index);
    entry.version = 1;
    entry.actor = "tag:00112233445566778899aabbccddeeff";
    entry.at = Instant(std::chrono::milliseconds(1'790'000'000'000 + index));
    entry.commitment = ledger::leaf_hash(as_bytes(entry.record));
    return encode(entry);
}

Result<void> write_file(const fs::path& path, ByteView bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (file.flush()) return {};
    return fail(ErrorKind::unavailable, {"ファイルを書けません。", "cannot write " + path.string()});
}

Result<void> write_log(const fs::path& folder) {
    ledger::LogWriter writer(
        [&folder](const std::string& path, ByteView bytes) { return write_file(folder / path, bytes); });
    for (int i = 0; i < entries; ++i) TRY(writer.append(as_bytes(entry_text(i))));
    const ledger::SigningKey key = bench_key();
    const ledger::Checkpoint checkpoint = TRY(writer.finish(key.name));
    return write_file(folder / "checkpoint", as_bytes(TRY(sign_checkpoint(checkpoint, key))));
}

Result<Bytes> read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return fail(ErrorKind::not_found, {"ファイルがありません。", "no file " + path.string()});
    Bytes bytes(static_cast<std::size_t>(file.tellg()));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

Result<double> our_seconds(const fs::path& folder) {
    const ledger::Policy policy = policy_of(bench_key().verifier());
    const double before = thread_cpu_seconds();
    const auto log =
        TRY(ledger::verify_log([&](const std::string& path) { return read_file(folder / path); }, policy));
    if (log.size() == entries) return thread_cpu_seconds() - before;
    return fail(ErrorKind::internal, {"件数が違います。", "wrong size"});
}

Result<void> build_checker(const fs::path& program, const fs::path& cache) {
    const std::string source = MARU_SOURCE_DIR "/catalog/pack/tlog-check.go";
    TRY(run_process({"/usr/bin/env", "GO111MODULE=off", "GOPATH=/usr/share/gocode",
                     "GOCACHE=" + cache.string(), "go", "build", "-o", program.string(), source}));
    return {};
}

}  // namespace

Result<void> bench_verify(const Setting& setting, Table& table) {
    const fs::path folder = setting.work / "log", checker = setting.work / "tlog-check";
    TRY(write_log(folder));
    TRY(build_checker(checker, setting.work / "go-cache"));
    const std::string key = to_text(bench_key().verifier());
    std::vector<double> ours, theirs;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(entries / TRY(our_seconds(folder)));
        theirs.push_back(entries / TRY(run_process({checker.string(), folder.string(), key})).cpu_seconds);
    }
    table.add(
        {"verify a log of 1,000,000 entries", median(ours), "entries/s", 1'000'000, Better::higher,
         fmt::format("{} MB; a second of one core; median of {}", bytes_below(folder) / 1'000'000, rounds)});
    table.add({"the same log by a checker in Go (golang.org/x/mod)", median(theirs), "entries/s", 0,
               Better::higher, "a second of one core; taken in turns"});
    table.add({"verify : checker in Go", median(ours) / median(theirs), "", 1, Better::higher, ""});
    fs::remove_all(folder);
    return {};
}

}  // namespace maru::bench
