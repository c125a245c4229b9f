#include "sheets/inputs.hpp"

#include <algorithm>

namespace maru::sheets {

ItemInput input_of(const Item& item, checks::Evaluation& evaluation, const Exclusions& exclusions) {
    ItemInput input;
    input.exempt_percent = evaluation.setting("exempt_percent");
    if (const auto found = exclusions.find(item.code); found != exclusions.end()) {
        const Day from = std::max(found->second.first, evaluation.known_from());
        if (from <= found->second.second) input.excluded = {from, found->second.second};
    }
    for (const Link& link : item.links) {
        LinkInput part{&link, {}, std::nullopt};
        for (const checks::CheckKey& key : link.checks) part.members.push_back(&evaluation.run(key));
        if (!link.scope.empty()) part.declared_none = evaluation.declared_none(link.scope);
        input.links.push_back(std::move(part));
    }
    return input;
}

Result<std::vector<JudgedItem>> judged_items(store::Database& reader, checks::Evaluation& evaluation,
                                             const Sheet& sheet, Sheet::Rows rows) {
    const Exclusions exclusions = TRY(load_exclusions(reader, sheet.name));
    evaluation.run_all(sheet.keys(rows));
    std::vector<JudgedItem> out;
    for (const Item* item : sheet.rows(rows)) out.push_back({item, input_of(*item, evaluation, exclusions)});
    return out;
}

}  // namespace maru::sheets
