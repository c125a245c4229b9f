#include "cli/entries.hpp"

#include <algorithm>
#include <charconv>

#include "ledger/log.hpp"

namespace maru::cli {

namespace {

constexpr std::chrono::hours japan_offset{9};

std::string minutes_in_japan(Instant at) {
    std::string text = format_instant(at + japan_offset).substr(0, 16);
    text[10] = ' ';
    return text;
}

// "person:12" as "E001 山田".
std::string actor_text(const Plain& plain, std::string_view tag) {
    constexpr std::string_view prefix = "person:";
    if (!tag.starts_with(prefix)) return std::string(tag);
    tag.remove_prefix(prefix.size());
    std::int64_t id = 0;
    if (std::from_chars(tag.data(), tag.data() + tag.size(), id).ec != std::errc{}) return std::string(tag);
    const std::string key = registers::natural_key_of(*plain.reader, plain.schema, "person", id);
    const std::string title = registers::title_of(*plain.reader, plain.schema, "person", id);
    return key == title ? key : key + " " + title;
}

}  // namespace

Result<EntryText> entry_text(const Plain& plain, std::int64_t index) {
    const ledger::Entry entry = TRY(ledger::entry_at(*plain.reader, index));
    return EntryText{minutes_in_japan(entry.at), actor_text(plain, entry.actor)};
}

std::string retired_name(const registers::Register& of, const registers::Record& last,
                         const registers::KeyOf& title) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        const bool in_key = std::ranges::find(of.key, of.fields[i].name) != of.key.end();
        if (in_key || of.fields[i].name == of.title)
            parts.push_back(registers::format_written(of.fields[i], last.values[i], title));
    }
    return join(parts, " ");
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
