#include "cli/guide.hpp"

#include "cli/entries.hpp"
#include "cli/tables.hpp"
#include "sheets/first_steps.hpp"

namespace maru::cli {

namespace {

constexpr std::size_t steps_shown = 4;

std::string text_of(const Session& session, const sheets::FirstStep& step, std::size_t number) {
    std::string out =
        aligned({{std::to_string(number) + ".", step.say.in(session.common.language)}}, session.width);
    for (const auto& words : step.commands) out += "     " + session.typed(words) + "\n";
    if (step.more > 0)
        out += "     " + std::string(session.say("（ほか ", "(and ")) + std::to_string(step.more) +
               session.say(" 件も同様に）\n", " more of this kind)\n");
    return out;
}

}  // namespace

Result<std::string> guide(const Session& session, Reading& reading, const sheets::SheetReport& report) {
    if (!sheets::has_earned_little(report)) return std::string();
    const auto steps = TRY(sheets::first_steps(*reading.reader, session.catalog(), report, steps_shown));
    if (steps.empty()) return std::string();
    std::string out = session.say("\n次にすること（値は自社のものに書き換えてください）\n",
                                  "\nWhat to do next (put your own values in)\n");
    for (std::size_t i = 0; i < steps.size(); ++i) out += text_of(session, steps[i], i + 1);
    return out + session.say("終わったら maru sheet をもう一度実行すると、次の手順を示します。\n",
                             "Then run maru sheet again: it shows the next steps.\n");
}

}  // namespace maru::cli
