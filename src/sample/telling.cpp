#include "sample/telling.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "registers/lists.hpp"

namespace maru::sample {

namespace {

using registers::Field;
using registers::FieldType;
using registers::When;
using registers::WrittenFields;

constexpr int known_ahead = 45;  // days: of what is to begin

bool from_the_beginning(const Keyed& of, const Field& field) {
    return field.required || std::ranges::find(of.of->key, field.name) != of.of->key.end();
}

std::optional<Day> day_of(const Field& field, const std::string& text) {
    if (field.type == FieldType::date) {
        const auto day = parse_iso_day(text);
        return day ? std::optional(*day) : std::nullopt;
    }
    if (field.type != FieldType::instant) return std::nullopt;
    const auto instant = parse_instant(text);
    return instant ? std::optional(local_day(*instant, japan_offset).plus_days(1)) : std::nullopt;
}

bool is_key(const Keyed& of, const std::string& name) {
    return std::ranges::find(of.of->key, name) != of.of->key.end();
}

// The days before the one in the record's field, latest first.
std::vector<Day> earlier_days(const SampleRecord& record) {
    std::vector<Day> days;
    const auto field = record.fields.find(record.again.field);
    if (field == record.fields.end()) return days;
    const auto last = parse_iso_day(field->second);
    if (!last || record.again.days < 1) return days;
    for (Day day = last->plus_days(-record.again.days); day >= record.again.from;
         day = day.plus_days(-record.again.days))
        days.push_back(day);
    return days;
}

class Teller {
public:
    Teller(const std::vector<Keyed>& records, Day first, Day today)
        : records_(records), first_(first), today_(today) {
        for (std::size_t i = 0; i < records.size(); ++i) places_[{records[i].of->name, records[i].key}] = i;
    }

    std::map<Day, std::vector<Part>> run() {
        for (const Keyed& record : records_)
            begins_.push_back(std::max(own_beginning(record), first_of_again(record)));
        while (wait_for_required()) {
        }
        std::map<Day, std::vector<Part>> told;
        for (std::size_t i = 0; i < records_.size(); ++i)
            for (auto& [day, fields] : parts_of(i)) told[day].push_back({i, std::move(fields)});
        return told;
    }

private:
    // The day on which a date can be told; none when it says nothing about that.
    std::optional<Day> told_on(const Field& field, const std::string& text) const {
        if (field.when == When::unsaid || field.when == When::limit) return std::nullopt;
        const auto day = day_of(field, text);
        if (!day || (*day > today_ && field.when != When::start)) return std::nullopt;
        return std::clamp(*day > today_ ? day->plus_days(-known_ahead) : *day, first_, today_);
    }

    // The latest of the dates that it cannot do without; else the earliest of the others.
    Day own_beginning(const Keyed& record) const {
        std::optional<Day> needed, earliest;
        std::vector<Day> days;
        for (const auto& [name, text] : record.record.fields) {
            const Field* field = record.of->field(name);
            const auto day = field == nullptr ? std::nullopt : told_on(*field, text);
            if (!day) continue;
            if (name == record.record.again.field && !is_key(record, name)) continue;
            days.push_back(*day);
            if (from_the_beginning(record, *field)) needed = std::max(needed.value_or(*day), *day);
            if (field->when != When::end) earliest = std::min(earliest.value_or(*day), *day);
        }
        const Day begin = needed ? *needed : earliest.value_or(first_);
        const bool next_day = std::ranges::find(days, begin.plus_days(1)) != days.end();
        return next_day ? begin.plus_days(1) : begin;
    }

    // A date that it cannot do without, told again and again: the first of them.
    Day first_of_again(const Keyed& record) const {
        const Field* field = record.of->field(record.record.again.field);
        if (field == nullptr || !field->required || is_key(record, field->name)) return first_;
        const auto days = earlier_days(record.record);
        if (!days.empty()) return std::max(days.back(), first_);
        return told_on(*field, record.record.fields.at(field->name)).value_or(first_);
    }

    std::vector<std::size_t> places(const Field& field, const std::string& text) const {
        std::vector<std::size_t> found;
        for (const std::string& key : references(field, text))
            if (const auto at = places_.find({field.to, key}); at != places_.end())
                found.push_back(at->second);
        return found;
    }

    Day beginning_of_all(const Field& field, const std::string& text, Day at_least) const {
        for (const std::size_t place : places(field, text)) at_least = std::max(at_least, begins_[place]);
        return at_least;
    }

    // True when a record had to be moved.
    bool wait_for_required() {
        bool moved = false;
        for (std::size_t i = 0; i < records_.size(); ++i)
            for (const auto& [name, text] : records_[i].record.fields) {
                const Field* field = records_[i].of->field(name);
                if (field == nullptr || !from_the_beginning(records_[i], *field)) continue;
                const Day day = beginning_of_all(*field, text, begins_[i]);
                moved |= std::exchange(begins_[i], day) != day;
            }
        return moved;
    }

    Day day_of_field(std::size_t at, const std::string& name, const std::string& text) const {
        const Field* field = records_[at].of->field(name);  // null: put says that there is no such field
        if (field == nullptr || from_the_beginning(records_[at], *field)) return begins_[at];
        const Day day = std::max(begins_[at], told_on(*field, text).value_or(begins_[at]));
        return beginning_of_all(*field, text, day);
    }

    void tell_again(const Keyed& record, Day begin, std::map<Day, WrittenFields>& parts) const {
        const std::string& name = record.record.again.field;
        if (name.empty() || is_key(record, name)) return;
        std::vector<Day> days = earlier_days(record.record);
        std::erase_if(days, [&](Day day) { return day < begin; });
        const Field& field = *record.of->field(name);
        if (days.empty() && !field.required) return;
        const std::string& last = record.record.fields.at(name);
        parts[begin].erase(name);
        for (const Day day : days) parts[day][name] = day.iso();
        if (field.required && !days.empty()) parts[begin].try_emplace(name, begin.iso());
        parts[std::max(begin, told_on(field, last).value_or(begin))][name] = last;
    }

    // What is told on two days running is told on the second.
    std::map<Day, WrittenFields> parts_of(std::size_t at) const {
        std::map<Day, WrittenFields> parts;
        for (const auto& [name, text] : records_[at].record.fields)
            parts[day_of_field(at, name, text)][name] = text;
        tell_again(records_[at], begins_[at], parts);
        for (auto part = parts.begin(); part != parts.end();) {
            const auto next = std::next(part);
            const bool joins =
                next != parts.end() && part != parts.begin() && next->first == part->first.plus_days(1);
            if (joins) next->second.merge(part->second);
            part = joins ? parts.erase(part) : next;
        }
        return parts;
    }

    const std::vector<Keyed>& records_;
    Day first_, today_;
    std::map<std::pair<std::string, std::string>, std::size_t> places_;
    std::vector<Day> begins_;
};

}  // namespace

Result<std::vector<Keyed>> keyed(const registers::Schema& schema, std::vector<SampleRecord> records) {
    std::vector<Keyed> all;
    for (SampleRecord& record : records) {
        const registers::Register* of = TRY(schema.get(record.register_name));
        std::vector<std::string> parts;
        for (const std::string& name : of->key) parts.push_back(record.fields[name]);
        all.push_back({std::move(record), of, join(parts, " / ")});
    }
    return all;
}

Result<std::vector<Keyed>> with_earlier_ones(const registers::Schema& schema, std::vector<Keyed> records) {
    std::vector<SampleRecord> earlier;
    for (const Keyed& last : records) {
        if (!is_key(last, last.record.again.field)) continue;
        for (const Day day : earlier_days(last.record)) {
            earlier.push_back(last.record);
            earlier.back().fields[last.record.again.field] = day.iso();
        }
    }
    std::set<std::pair<std::string, std::string>> known;
    for (const Keyed& record : records) known.insert({record.of->name, record.key});
    for (Keyed& record : TRY(keyed(schema, std::move(earlier))))
        if (known.insert({record.of->name, record.key}).second) records.push_back(std::move(record));
    return records;
}

std::vector<std::string> references(const Field& field, const std::string& text) {
    if (!field.is_reference() || text.empty()) return {};
    return field.is_list() ? registers::items_of(text) : std::vector{text};
}

std::map<Day, std::vector<Part>> tell(const std::vector<Keyed>& records, Day first, Day today) {
    return Teller(records, first, today).run();
}

}  // namespace maru::sample
