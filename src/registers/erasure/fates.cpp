#include "erasure/fates.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "tables/layout.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t shortest_ascii = 4;  // bytes; shorter words stand everywhere
constexpr std::size_t shortest = 2;        // characters

bool tells_something(const std::string& text) {
    const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii ? text.size() >= shortest_ascii : code_points(text) >= shortest;
}

void add_words(const FieldValue& value, std::set<std::string>& into) {
    const auto add = [&](const store::Value& one) {
        const auto* text = std::get_if<std::string>(&one);
        if (text && tells_something(*text)) into.insert(*text);
    };
    if (const auto* scalar = std::get_if<store::Value>(&value)) return add(*scalar);
    for (const store::Value& item : std::get<std::vector<store::Value>>(value)) add(item);
}

template <class Visit>
void each_text(const std::vector<About>& all, const Visit& visit) {
    for (const About& about : all)
        for (std::size_t i = 0; i < about.columns.size(); ++i) {
            if (!about.columns[i].is_text) continue;
            for (const AboutRecord& record : about.records)
                for (const AboutVersion& version : record.versions)
                    visit(about.columns[i], record, version.values[i]);
        }
}

}  // namespace

Fates::Fates(const std::vector<KeptFields>& kept) {
    for (const KeptFields& one : kept)
        for (const int field : one.fields) kept_.emplace(one.record, field);
}

bool Fates::stays(std::int64_t record, const AboutColumn& column) const {
    return !column.is_personal() || kept_.contains({record, column.number});
}

std::int64_t Fates::going(const AboutRecord& record, const AboutColumn& column, std::size_t position) const {
    if (stays(record.id, column)) return 0;
    return std::ranges::count_if(
        record.versions, [&](const AboutVersion& version) { return is_filled(version.values[position]); });
}

std::vector<std::pair<std::string, std::int64_t>> Fates::files(const std::vector<About>& all) const {
    std::map<std::string, std::int64_t> places;
    for (const About& about : all)
        for (std::size_t i = 0; i < about.columns.size(); ++i) {
            if (!about.columns[i].is_file) continue;
            for (const AboutRecord& record : about.records) {
                if (stays(record.id, about.columns[i])) continue;
                for (const AboutVersion& version : record.versions)
                    if (const auto* file =
                            std::get_if<std::string>(&std::get<store::Value>(version.values[i])))
                        ++places[*file];
            }
        }
    return {places.begin(), places.end()};
}

std::vector<std::string> words_of(const std::vector<About>& all) {
    std::set<std::string> words;
    each_text(all, [&](const AboutColumn& column, const AboutRecord&, const FieldValue& value) {
        if (column.is_personal()) add_words(value, words);
    });
    return {words.begin(), words.end()};
}

std::vector<std::string> erased_words_of(const std::vector<About>& all, const Fates& fates) {
    std::set<std::string> gone, stay;
    each_text(all, [&](const AboutColumn& column, const AboutRecord& record, const FieldValue& value) {
        add_words(value, fates.stays(record.id, column) ? stay : gone);
    });
    // "佐藤" would be found in "佐藤 健一" that stays.
    std::erase_if(gone, [&](const std::string& word) {
        return std::ranges::any_of(stay, [&](const std::string& other) { return other.contains(word); });
    });
    return {gone.begin(), gone.end()};
}

Result<std::int64_t> uses_of(store::Database& database, const std::string& file) {
    std::int64_t uses = 0;
    for (const auto& [number, stored] : TRY(read_layout(database)))
        for (const auto& [field, column] : stored.fields) {
            if (column.storage != "file") continue;
            store::Statement* query = TRY(database.cached(
                fmt::format("select count(*) from main.{} where {} = ?1",
                            store::quoted(stored.name + "_history"), store::quoted(column.name))));
            query->bind(1, std::string_view(file));
            if (const auto row = TRY(query->step())) uses += row->integer(0);
            query->reset();
        }
    return uses;
}

}  // namespace maru::registers
