#include "cli/signing.hpp"

#include <ostream>

#include "ledger/fork.hpp"
#include "ledger/log.hpp"
#include "ledger/stored_checkpoints.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

Result<bool> is_signed(const fs::path& folder, const registers::Schema& schema) {
    auto reader = TRY(registers::Organisation::open_reader(folder, schema));
    const auto newest = TRY(ledger::newest_checkpoint(reader));
    return newest && newest->checkpoint.size == TRY(ledger::stored_state(reader)).size;
}

}  // namespace

Result<void> sign_if_possible(const Session& session, const fs::path& folder) {
    auto organisation = registers::Organisation::open(folder, TRY(session.schema()), session.environment);
    Result<void> done;
    if (organisation) {
        const auto checkpoint = (*organisation)->checkpoint();
        if (!checkpoint) done = std::unexpected(checkpoint.error());
    } else {
        done = std::unexpected(organisation.error());
    }
    if (!done && done.error().kind == ErrorKind::not_found) return done;
    if (!done)
        session.warnings << session.say("maru: 注意: 新しく署名できません: ",
                                        "maru: warning: nothing new can be signed: ")
                         << done.error().message.in(session.common.language) << "\n";
    return {};
}

Result<void> sign_tail(const Session& session, const fs::path& folder, const registers::Schema& schema) {
    if (TRY(is_signed(folder, schema))) return {};
    return sign_if_possible(session, folder);
}

Result<void> expect_no_fork(const Session& session, const fs::path& folder, store::Database& reader) {
    const auto fork = TRY(registers::Organisation::find_fork(folder, reader, session.environment));
    return fork ? fail(ErrorKind::conflict, ledger::explanation(*fork)) : Result<void>();
}

Result<ledger::StoredCheckpoint> newest_of(store::Database& reader) {
    if (const auto newest = TRY(ledger::newest_checkpoint(reader))) return *newest;
    return fail(ErrorKind::not_found, {"まだ何も署名されていません。", "nothing has been signed yet"});
}

}  // namespace maru::cli
