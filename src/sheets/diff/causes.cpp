#include "diff/causes.hpp"

#include <algorithm>
#include <charconv>

#include "registers/records.hpp"
#include "registers/tombstones.hpp"
#include "registers/values.hpp"

namespace maru::sheets {

namespace {

using registers::Field;
using registers::Record;
using registers::Register;

bool same_as(const Record* before, const Record& now, std::size_t field) {
    if (before != nullptr) return before->values[field] == now.values[field];
    if (const auto* list = std::get_if<std::vector<store::Value>>(&now.values[field])) return list->empty();
    return store::is_null(std::get<store::Value>(now.values[field]));
}

}  // namespace

Result<Text> CauseReader::text_of(const Register& of, const Record& version, std::size_t at) const {
    const Field& field = of.fields[at];
    if (const auto erased = TRY(registers::erased_value(reader_, version.id, version.version, field.number)))
        return registers::tombstone(*erased);
    const auto in = [&](Language language) {
        const registers::KeyOf title = [&, language](std::string_view to, std::int64_t id) {
            return registers::title_of(reader_, schema_, to, id, language);
        };
        return registers::format_for_people(field, version.values[at], title, language);
    };
    return Text{in(Language::ja), in(Language::en)};
}

// Key and title as they were: the record may be gone.
Result<std::string> CauseReader::label_of(const Register& of, const Record& version) const {
    std::vector<std::string> parts;
    const auto add = [&](const std::string& name) -> Result<void> {
        for (std::size_t i = 0; i < of.fields.size(); ++i) {
            if (of.fields[i].name != name || !options_.may_read(of, of.fields[i])) continue;
            const std::string text = TRY(text_of(of, version, i)).ja;
            if (!text.empty() && std::ranges::find(parts, text) == parts.end()) parts.push_back(text);
        }
        return {};
    };
    for (const std::string& name : of.key) TRY(add(name));
    TRY(add(of.title));
    return parts.empty() ? "#" + std::to_string(version.id) : join(parts, " ");
}

std::string CauseReader::actor_name(const std::string& actor) const {
    constexpr std::string_view prefix = "person:";
    if (!actor.starts_with(prefix)) return actor;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(actor.data() + prefix.size(), actor.data() + actor.size(), id);
    return error == std::errc{} ? registers::title_of(reader_, schema_, "person", id, Language::ja) : actor;
}

Result<void> CauseReader::add_record(Cause& cause) {
    const Register& of = *cause.of;
    const auto versions = TRY(registers::history(reader_, of, cause.record));
    const auto after = std::ranges::upper_bound(versions, cause.index, {}, &Record::from_index);
    if (after == versions.begin()) return {};
    const Record& now = *std::prev(after);
    cause.record_label = TRY(label_of(of, now));
    if (now.from_index != cause.index) return {};  // a retirement makes no version
    const Record* before = std::prev(after) == versions.begin() ? nullptr : &*std::prev(after, 2);
    cause.first_version = before == nullptr;
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        const Field& field = of.fields[i];
        if (same_as(before, now, i)) continue;
        FieldChange change{field.name, field.label, {}, {}, !options_.may_read(of, field)};
        if (!change.hidden) {
            if (before != nullptr) change.before = TRY(text_of(of, *before, i));
            change.after = TRY(text_of(of, now, i));
        }
        cause.fields.push_back(std::move(change));
    }
    return {};
}

Result<Cause> CauseReader::tell(std::int64_t index) {
    const registers::LedgerEntry entry = TRY(entries_.at(index));
    Cause cause{.index = index, .at = entry.entry.at, .kind = entry.entry.kind};
    cause.of = entry.change.of;
    cause.record = entry.change.id;
    cause.actor = actor_name(entry.entry.actor);
    if (cause.of == nullptr) return cause;
    TRY(add_record(cause));
    if (cause.kind != "retire") return cause;
    const auto retired = TRY(registers::retired_record(reader_, *cause.of, cause.record));
    if (!retired) return cause;
    const auto erased = TRY(registers::erased_value(reader_, cause.record, retired->last.version + 1, 0));
    cause.reason = erased ? registers::tombstone(*erased).ja : retired->reason;
    return cause;
}

}  // namespace maru::sheets
