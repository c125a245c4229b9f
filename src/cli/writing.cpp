#include "cli/writing.hpp"

#include <cstdlib>
#include <ostream>

#include "cli/session.hpp"
#include "registers/erasure.hpp"
#include "registers/handed_out.hpp"

namespace maru::cli {

namespace {

namespace fs = std::filesystem;

fs::path environment_path(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread starts
    return value == nullptr ? fs::path() : fs::path(value);
}

void warn(const Session& session, const Text& text) {
    session.warnings << session.say("maru: 注意: ", "maru: warning: ") << text.in(session.common.language)
                     << "\n";
}

}  // namespace

Result<Writing> Writing::open(const Session& session, const fs::path& folder,
                              const registers::Schema& schema) {
    auto organisation = TRY(registers::Organisation::open(folder, schema, session.environment));
    for (const Text& notice : organisation->notices()) warn(session, notice);
    return Writing(session, std::move(organisation));
}

Writing::~Writing() {
    if (organisation_) sign(*session_, *organisation_);
}

void sign(const Session& session, registers::Organisation& organisation) {
    const auto checkpoint = organisation.checkpoint();
    if (checkpoint) return;
    const Text& cause = checkpoint.error().message;
    warn(session, {"書き込みは保存しましたが、チェックポイントに署名できません: " + cause.ja,
                   "what was written is safe, but no checkpoint could be signed: " + cause.en});
}

// Relative paths in XDG_STATE_HOME are to be ignored, says the specification.
fs::path anchor_folder() {
    if (const fs::path chosen = environment_path("MARU_ANCHORS"); !chosen.empty())
        return fs::absolute(chosen);
    if (const fs::path state = environment_path("XDG_STATE_HOME"); state.is_absolute())
        return state / "maru/anchors";
    if (const fs::path home = environment_path("HOME"); home.is_absolute())
        return home / ".local/state/maru/anchors";
    return {};
}

void warn_of_fork(const Session& session, const fs::path& folder, store::Database& reader) {
    const auto fork = registers::Organisation::find_fork(folder, reader, session.environment);
    if (!fork) return warn(session, fork.error().message);
    if (!*fork) return;
    const Text what = ledger::summary(**fork);
    warn(session, {what.ja + "読み取り専用です。詳しくは maru ledger status",
                   what.en + "; read-only, see maru ledger status"});
}

void warn_of_restored_people(const Session& session, const fs::path& folder, store::Database& reader) {
    const auto people = registers::brought_back(folder, reader, session.environment.anchors);
    if (!people) return warn(session, people.error().message);
    if (people->empty()) return;
    const std::string count = std::to_string(people->size());
    const auto fork = registers::Organisation::find_fork(folder, reader, session.environment);
    if (fork && *fork)
        return warn(session, {"消去済みの " + count +
                                  " 人の個人データは表示しません。maru ledger renew が消去をやり直します。",
                              "the personal data of " + count +
                                  " erased people is hidden; maru ledger renew erases it again"});
    warn(session, {"データが消去より前の控えから戻されています。消去済みの " + count +
                       " 人の個人データは表示しません。maru erase resume でもう一度消去してください。",
                   "the data was put back from a copy older than an erasure. The personal data of " + count +
                       " erased people is hidden; erase it again with maru erase resume"});
}

void note_written(const Session& session, const std::string& what, const fs::path& file) {
    if (const auto folder = session.organisation_folder())
        registers::note_handed_out(*folder, what, file, session.environment.clock());
}

}  // namespace maru::cli
