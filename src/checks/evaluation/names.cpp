#include "evaluation/names.hpp"

#include <charconv>

#include "registers/records.hpp"

namespace maru::checks {

void name_row(Row& row, const Check& check, const registers::Schema& schema, store::Database& reader) {
    if (!row.label.empty() || check.subject.empty()) return;
    std::int64_t id = 0;
    const char* const end = row.subject.data() + row.subject.size();
    if (const auto [at, error] = std::from_chars(row.subject.data(), end, id);
        error != std::errc() || at != end)
        return;
    const std::string ja = registers::title_of(reader, schema, check.subject, id, Language::ja);
    const std::string en = registers::title_of(reader, schema, check.subject, id, Language::en);
    row.label = ja == en ? ja : ja + " / " + en;
    for (auto& [name, text] : row.columns)
        if (name == "label") text = row.label;
}

}  // namespace maru::checks
