// Our own small witness, for a second company or an auditor.
#include <fmt/core.h>

#include <ostream>

#include "cli/session.hpp"
#include "store/files.hpp"
#include "witness/server.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_key_file = 4096;

std::unexpected<Error> no_witness_key(const fs::path& file) {
    return fail(
        ErrorKind::invalid,
        {fmt::format("{} は立会人の鍵ではありません。maru ledger witness key --key 別のファイル --name 名前 "
                     "で作ってください（記録簿の鍵は使えません）。",
                     file.string()),
         fmt::format("{} holds no witness's key; make one with maru ledger witness key --key FILE --name "
                     "NAME (a log's key cannot be used)",
                     file.string())});
}

// nullopt when the file is missing.
Result<std::optional<ledger::SigningKey>> read_key(const fs::path& file) {
    const Result<Bytes> bytes = store::read_file(file, largest_key_file);
    if (!bytes && bytes.error().kind == ErrorKind::not_found) return std::nullopt;
    if (!bytes) return std::unexpected(bytes.error());
    const std::string text(bytes->begin(), bytes->end());
    const auto key = ledger::parse_signing_key(text.substr(0, text.find('\n')));
    if (!key || key->type != ledger::KeyType::cosignature) return no_witness_key(file);
    return *key;
}

Result<ledger::SigningKey> make_key(const Session& session, const WitnessKey& command) {
    if (command.name.empty())
        return fail(ErrorKind::not_found,
                    {fmt::format("{} はまだありません。--name で立会人の名前を付けると作ります（例 --name "
                                 "witness.example.co.jp）。",
                                 command.key.string()),
                     fmt::format("{} does not exist yet; give the witness a name and it is made (--name "
                                 "witness.example.com)",
                                 command.key.string())});
    const auto key =
        TRY(ledger::make_signing_key(command.name, ledger::KeyType::cosignature, session.environment.random));
    TRY(store::replace_file(command.key, as_bytes(private_text(key) + "\n"), store::Access::owner_only));
    return key;
}

Result<std::vector<ledger::VerifierKey>> logs_of(const WitnessServe& command) {
    std::vector<ledger::VerifierKey> logs;
    for (const std::string& written : command.logs) {
        auto key = ledger::parse_verifier_key(written);
        if (!key) return std::unexpected(prefixed("--log", key.error()));
        logs.push_back(std::move(*key));
    }
    return logs;
}

}  // namespace

Result<int> run(const Session& session, const WitnessKey& command) {
    auto key = TRY(read_key(command.key));
    if (key && !command.name.empty() && key->name != command.name)
        return fail(ErrorKind::conflict,
                    {fmt::format("{} には既に「{}」の鍵があります。", command.key.string(), key->name),
                     fmt::format("{} holds the key of {} already", command.key.string(), key->name)});
    if (!key) key = TRY(make_key(session, command));
    session.out << to_text(key->verifier()) << "\n";
    return 0;
}

Result<int> run(const Session& session, const WitnessServe& command) {
    const auto key = TRY(read_key(command.key));
    if (!key) return no_witness_key(command.key);
    const auto tell = [&session](const Text& words) {
        session.warnings << "maru: " << words.in(session.common.language) << std::endl;
    };
    auto serving = TRY(witness::Witness::open(
        command.state, {*key, TRY(logs_of(command)), session.environment.clock, tell}));
    auto server = TRY(witness::Server::listen(serving, command.listen));
    server.end_by_signals();
    session.out << fmt::format(fmt::runtime(session.say("{} で待っています。立会人の鍵: {}\n",
                                                        "Listening on {} as {}\n")),
                               server.address(), to_text(key->verifier()))
                << session.say("暗号化（TLS）は手前のリバースプロキシで行ってください。終えるには Ctrl+C。\n",
                               "TLS is the business of a reverse proxy in front. Ctrl+C ends it.\n")
                << std::flush;
    server.run();
    return 0;
}

}  // namespace maru::cli
