#include "cli/entries.hpp"

#include <algorithm>
#include <charconv>

#include "ledger/log.hpp"

namespace maru::cli {

namespace {

// "person:12" as "E001 山田".
std::string actor_text(const Session& session, const Plain& plain, std::string_view tag) {
    constexpr std::string_view prefix = "person:";
    if (!tag.starts_with(prefix)) return std::string(tag);
    tag.remove_prefix(prefix.size());
    std::int64_t id = 0;
    if (std::from_chars(tag.data(), tag.data() + tag.size(), id).ec != std::errc{}) return std::string(tag);
    const std::string key = registers::natural_key_of(*plain.reader, plain.schema, "person", id);
    const std::string title =
        registers::title_of(*plain.reader, plain.schema, "person", id, session.common.language);
    return key == title ? key : key + " " + title;
}

}  // namespace

std::string minutes_in_japan(Instant at) {
    std::string text = format_instant(at + japan_offset).substr(0, 16);
    text[10] = ' ';
    return text;
}

Result<EntryText> entry_text(const Session& session, const Plain& plain, std::int64_t index) {
    const ledger::Entry entry = TRY(ledger::entry_at(*plain.reader, index));
    return EntryText{minutes_in_japan(entry.at), actor_text(session, plain, entry.actor)};
}

std::string retired_name(const registers::Register& of, const registers::Record& last, const Naming& naming) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        const registers::Field& field = of.fields[i];
        const bool in_key = std::ranges::find(of.key, field.name) != of.key.end();
        if (!in_key && field.name != of.title) continue;
        const auto erased = naming.erased.entry(last.id, last.version, field.number);
        std::string part = erased ? registers::tombstone(*erased).in(naming.language)
                                  : registers::format_written(field, last.values[i], naming.title);
        if (std::ranges::find(parts, part) == parts.end() || !erased) parts.push_back(std::move(part));
    }
    return join(parts, " ");
}

std::string reason_of(const registers::Retired& retired, const registers::Tombstones& erased,
                      Language language) {
    const auto entry = erased.entry(retired.last.id, retired.last.version + 1, 0);
    return entry ? registers::tombstone(*entry).in(language) : retired.reason;
}

std::string shell_word(const std::string& word) {
    constexpr std::string_view special = " \t\n\"'`$&|;<>()*?[]{}#!~\\";
    if (!word.empty() && word.find_first_of(special) == std::string::npos) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

std::string written_key(const registers::Register& of, const registers::Record& record,
                        const registers::KeyOf& key) {
    std::string out;
    for (const std::string& name : of.key)
        for (std::size_t i = 0; i < of.fields.size(); ++i)
            if (of.fields[i].name == name)
                out += " " + shell_word(name + "=" +
                                        registers::format_written(of.fields[i], record.values[i], key));
    return out;
}

}  // namespace maru::cli
