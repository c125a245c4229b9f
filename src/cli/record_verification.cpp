#include "cli/record_verification.hpp"

#include <fmt/core.h>

#include <ostream>

#include "registers/verify.hpp"

namespace maru::cli {

namespace {

void print_erased(const Session& session, const registers::RecordVerification& found) {
    for (const auto& [entry, values] : found.erased)
        session.out << fmt::format(
            fmt::runtime(session.say("  {} 個の値は変更 {} により消去済み（コミットメントだけが残る）\n",
                                     "  {} values were erased by entry {} (their commitments are left)\n")),
            values, entry);
    if (found.unproved > 0)
        session.out << fmt::format(
            fmt::runtime(
                session.say("  {} 版は、カタログにもうない台帳のもので、確かめていません\n",
                            "  {} versions are of registers that the catalog has no more; not checked\n")),
            found.unproved);
}

// "person #12 version 3 (entry 45)".
std::string place_of(const Session& session, const registers::RecordProblem& one) {
    std::string out = one.register_name;
    if (one.record > 0)
        out += fmt::format(" #{} {} {}", one.record, session.say("版", "version"), one.version);
    if (one.entry > 0 || one.record == 0)
        out += fmt::format(" ({} {})", session.say("変更記録", "entry"), one.entry);
    return out;
}

void print_problems(const Session& session, const registers::RecordVerification& found) {
    for (const auto& one : found.problems)
        session.out << "  " << place_of(session, one) << ": " << one.what.in(session.common.language) << "\n";
    if (found.problem_count > static_cast<std::int64_t>(found.problems.size()))
        session.out << fmt::format(fmt::runtime(session.say("  ほか {} 件\n", "  and {} more\n")),
                                   found.problem_count - static_cast<std::int64_t>(found.problems.size()));
}

}  // namespace

Result<bool> verify_records(const Session& session, const std::filesystem::path& folder) {
    const auto schema = TRY(session.schema());
    auto reader = TRY(registers::Organisation::open_reader(folder, schema));
    auto keys = TRY(registers::Keystore::open_reader(folder / "keys"));
    const auto found = TRY(registers::verify_records(reader, schema, keys));
    if (found.problem_count > 0) {
        session.out << fmt::format(
            fmt::runtime(session.say("✗ 台帳の内容が、変更記録の証明するものと {} か所で違います。\n",
                                     "✗ the registers are not what the ledger proves, in {} places.\n")),
            found.problem_count);
        print_problems(session, found);
        return false;
    }
    session.out << fmt::format(
        fmt::runtime(session.say("✓ 台帳の {} 版（{} 個の値）と、外した記録 {} "
                                 "件の理由が、変更記録のコミットメントと一致しました。\n",
                                 "✓ {} versions of records ({} values) and {} retirements give the "
                                 "commitments of their entries.\n")),
        found.versions, found.fields, found.retirements);
    print_erased(session, found);
    return true;
}

}  // namespace maru::cli
