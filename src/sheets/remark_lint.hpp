// The remark lint (備考と設問の突合): ties each sentence of a remark to the checks that make it true, shows
// the parts of the question that no sentence speaks to, and texts that are used twice. Data:
// catalog/sheets/<sheet>/remarks.toml.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sheets/claims.hpp"

namespace maru::sheets {

struct Terms {
    std::vector<std::string> ja, en;
};
struct Tie {
    std::string check;  // linked from the item
    Terms terms;        // one of them in a sentence ties it to the check
};
struct QuestionPart {
    Text label;
    Terms terms;  // one of them in the remark speaks to the part
};
struct ItemTerms {
    std::vector<Tie> ties;
    std::vector<QuestionPart> parts;
};
using RemarkTerms = std::map<std::string, ItemTerms, std::less<>>;  // by item code

Result<RemarkTerms> load_remark_terms(const std::filesystem::path& catalog, const Sheet& sheet);

struct RemarkFinding {
    enum class Kind { untied_sentence, unanswered_part, repeated_text } kind;
    const Item* item = nullptr;
    std::string text;       // the sentence, the part (ja), or the repeated text
    Text label;             // of a part
    std::vector<int> also;  // items with the same text
};
std::vector<RemarkFinding> lint_remarks(const Sheet& sheet, const RemarkTerms& terms, const Claims& claims);

// Sentences of a remark: cut after 。！？ and line feeds, after . ! ? before white space, and before each
// address (http://, https://); trimmed, empty pieces dropped.
std::vector<std::string> sentences_of(std::string_view remark);

}  // namespace maru::sheets
