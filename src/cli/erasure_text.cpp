#include "cli/erasure_text.hpp"

#include <fmt/core.h>

#include <ostream>

#include "registers/handed_out.hpp"

namespace maru::cli {

namespace {

using registers::ErasurePlan;

constexpr std::size_t most_mentions = 50;

class PlanText {
public:
    PlanText(const Session& session, const ErasurePlan& plan) : session_(session), plan_(plan) {}

    void print(const std::filesystem::path& folder) {
        session_.out << session_.say("従業者 ", "Person ") << plan_.name
                     << fmt::format(" (#{})\n", plan_.person);
        if (plan_.erased_by)
            session_.out << fmt::format(
                fmt::runtime(session_.say("以前に変更 {} により一部を消去済みです。\n",
                                          "Partly erased before, by entry {}.\n")),
                *plan_.erased_by);
        blockers();
        kept();
        going();
        mentions();
        copies(folder);
    }

private:
    const std::string& in(const Text& text) const { return text.in(session_.common.language); }
    std::string place(const registers::Register& of, const std::string& key) const {
        return in(of.label) + " " + key;
    }
    void heading(const char* ja, const char* en, std::int64_t count) const {
        session_.out << "\n" << fmt::format(fmt::runtime(session_.say(ja, en)), count) << "\n";
    }

    void blockers() const {
        if (plan_.blockers.empty()) return;
        heading("消去の前に片付けること（{} 件）", "To settle before it can be erased ({})",
                static_cast<std::int64_t>(plan_.blockers.size()));
        for (const auto& one : plan_.blockers)
            session_.out << "  " << place(*one.of, one.key) << ": " << in(one.message) << "\n    → "
                         << in(one.todo) << "\n";
    }

    std::string end_of(const registers::Kept& kept) const {
        if (!kept.until)
            return kept.source.empty()
                       ? session_.say("解除まで", "until lifted")
                       : session_.say("起算日がまだ記録されていません", "its time has not begun to count");
        return fmt::format(fmt::runtime(session_.say("{} まで", "until {}")), kept.until->iso());
    }

    void kept() const {
        heading("法令・契約により残すもの（{} 件）", "Stays, by law or contract ({})",
                static_cast<std::int64_t>(plan_.kept.size()));
        for (const auto& one : plan_.kept) {
            std::vector<std::string> fields;
            for (const auto* field : one.fields) fields.push_back(in(field->label));
            session_.out << "  " << place(*one.of, one.key) << ": " << join(fields, session_.say("、", ", "))
                         << " — " << end_of(one) << "\n    " << in(one.basis) << " " << one.source << "\n";
        }
        if (plan_.kept.empty()) session_.out << session_.say("  ありません。\n", "  nothing.\n");
    }

    std::string label_of(const registers::Register& of, const std::string& name) const {
        const auto* field = of.field(name);
        return field ? in(field->label) : name;
    }

    void going() const {
        heading("消去するもの（{} 個の値、以前の版も含む）", "Goes ({} values, over all versions)",
                plan_.values);
        for (const auto& one : plan_.going) {
            std::vector<std::string> fields;
            for (const std::string& name : one.fields) fields.push_back(label_of(*one.of, name));
            session_.out << "  " << place(*one.of, one.key) << ": " << join(fields, session_.say("、", ", "))
                         << fmt::format(" ({})\n", one.values);
        }
        if (plan_.attachments + plan_.shared_attachments > 0)
            session_.out << fmt::format(
                fmt::runtime(
                    session_.say("  添付ファイル {} 件（ほかの記録と同じため残すもの {} 件）\n",
                                 "  {} attachments ({} stay because other records have the same file)\n")),
                plan_.attachments, plan_.shared_attachments);
        session_.out << fmt::format(
            fmt::runtime(session_.say(
                "  この人を指すほかの記録 {} 件は残り、名前の代わりに「消去済み」と表示されます。\n",
                "  {} other records name the person; they stay and will say \"erased\" instead.\n")),
            plan_.references);
    }

    std::string line_of(const registers::Mention& one) const {
        std::string out =
            "  " + place(*one.of, one.key) + ": " +
            (one.field ? in(one.field->label) : session_.say("外した理由など", "reason of the retirement"));
        out += session_.say("に「", ": \"") + one.found + session_.say("」", "\"");
        if (!one.is_sure)
            out += session_.say("（姓だけの一致。別の人かもしれません）",
                                " (family name only; may be somebody else)");
        if (!one.is_current) out += session_.say("（以前の版）", " (an earlier version)");
        return out;
    }

    void mentions() const {
        if (plan_.mentions.empty()) return;
        heading("ほかの記録の文中に残るもの（{} か所。maru は消しません。書き直しても以前の版に残ります）",
                "Still in texts of other records ({} places). maru does not touch them; rewriting leaves "
                "earlier versions",
                static_cast<std::int64_t>(plan_.mentions.size()));
        for (std::size_t i = 0; i < std::min(plan_.mentions.size(), most_mentions); ++i)
            session_.out << line_of(plan_.mentions[i]) << "\n";
        if (plan_.mentions.size() > most_mentions)
            session_.out << fmt::format(fmt::runtime(session_.say("  ほか {} か所\n", "  and {} more\n")),
                                        plan_.mentions.size() - most_mentions);
    }

    void copies(const std::filesystem::path& folder) const {
        const auto handed_out = registers::handed_out(folder);
        heading("手で対応する控え（{} 件）", "Copies to be handled by hand ({})",
                static_cast<std::int64_t>(plan_.copies.size() + handed_out.size()));
        for (const auto& one : plan_.copies) session_.out << "  " << in(one.message) << "\n";
        for (const auto& one : handed_out)
            session_.out << "  " << session_.say("書き出したファイル: ", "file written: ") << one.path << " ("
                         << one.what << ", " << one.at << ")\n";
    }

    const Session& session_;
    const ErasurePlan& plan_;
};

}  // namespace

void print_plan(const Session& session, const ErasurePlan& plan, const std::filesystem::path& folder) {
    PlanText(session, plan).print(folder);
}

}  // namespace maru::cli
