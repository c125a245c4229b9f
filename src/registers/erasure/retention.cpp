#include "erasure/retention.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "erasure/conditions.hpp"
#include "registers/records.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

// One field of a version; null when it is not stored or a list.
store::Value value_of(const About& about, const AboutVersion& version, const Field& field) {
    const auto at = about.position(field.number);
    const auto* scalar = at ? std::get_if<store::Value>(&version.values[*at]) : nullptr;
    return scalar ? *scalar : store::Value{store::Null{}};
}

std::optional<Day> day_of(const store::Value& value, const Field& field) {
    const auto* text = std::get_if<std::string>(&value);
    if (!text) return std::nullopt;
    if (field.type == FieldType::instant) {
        const auto instant = parse_instant(*text);
        return instant ? std::optional(local_day(*instant, japan_offset)) : std::nullopt;
    }
    const auto day = parse_iso_day(*text);
    return day ? std::optional(*day) : std::nullopt;
}

void bind_values(store::Statement& statement, int& parameter, const About& about,
                 const AboutVersion& version) {
    for (const Field& field : about.of->fields)
        if (!field.is_list()) statement.bind(parameter++, value_of(about, version, field));
}

bool has_value(const AboutRecord& record, std::size_t column) {
    return std::ranges::any_of(
        record.versions, [&](const AboutVersion& version) { return is_filled(version.values[column]); });
}

// Those of the fields that hold anything.
std::vector<const Field*> filled(const About& about, const AboutRecord& record,
                                 const std::vector<const Field*>& fields) {
    std::vector<const Field*> out;
    for (const Field* field : fields)
        if (const auto at = about.position(field->number); at && has_value(record, *at)) out.push_back(field);
    return out;
}

std::vector<const Field*> personal_fields(const Register& of) {
    std::vector<const Field*> out;
    for (const Field& field : of.fields)
        if (field.personal) out.push_back(&field);
    return out;
}

class Keeping {
public:
    Keeping(store::Database& database, const Schema& schema, const std::vector<About>& all, Day today)
        : database_(database), schema_(schema), all_(all), today_(today), person_(find_person()) {}

    Result<std::vector<Kept>> run(std::int64_t person) {
        for (const About& about : all_)
            for (const AboutRecord& record : about.records)
                for (const Retention& rule : about.of->retention) TRY(by_rule(about, record, rule));
        for (const Register& of : schema_.all())
            if (of.hold) TRY(by_holds(of, person));
        return std::move(out_);
    }

private:
    const About* find_person() const {
        const auto found =
            std::ranges::find_if(all_, [](const About& about) { return about.of->subject == "id"; });
        return found == all_.end() || found->records.empty() ? nullptr : &*found;
    }

    const AboutVersion& last_of_person() const { return person_->records.front().versions.back(); }

    Result<bool> applies(const About& about, const AboutRecord& record, const Retention& rule) {
        if (!person_) return false;
        store::Statement query =
            TRY(database_.prepare(condition_on_values(*about.of, *person_->of, rule.where)));
        int parameter = 1;
        bind_values(query, parameter, about, record.versions.back());
        if (about.of != person_->of) bind_values(query, parameter, *person_, last_of_person());
        const auto row = TRY(query.step());
        return row && row->integer(0) != 0;
    }

    std::optional<Day> event(const About& about, const AboutRecord& record, const std::string& from) const {
        if (const Field* own = about.of->field(from))
            return day_of(value_of(about, record.versions.back(), *own), *own);
        const Field* theirs = person_->of->field(from.substr(from.find('.') + 1));
        return day_of(value_of(*person_, last_of_person(), *theirs), *theirs);
    }

    Result<void> by_rule(const About& about, const AboutRecord& record, const Retention& rule) {
        std::vector<const Field*> covered;
        for (const std::string& name : rule.fields) covered.push_back(about.of->field(name));
        covered = filled(about, record, covered);
        if (covered.empty() || !TRY(applies(about, record, rule))) return {};
        Kept kept = about_record(about, record, std::move(covered), rule.basis);
        kept.source = rule.source;
        for (const std::string& from : rule.from)
            if (!kept.began) kept.began = event(about, record, from);
        if (kept.began) kept.until = kept.began->plus_months(12 * rule.years + rule.months);
        add(std::move(kept));
        return {};
    }

    Result<void> by_holds(const Register& of, std::int64_t person) {
        store::Statement query = TRY(database_.prepare(records_where(of, of.hold->person, of.hold->where)));
        query.bind(1, person);
        std::vector<std::int64_t> ids;
        while (const auto row = TRY(query.step())) ids.push_back(row->integer(0));
        for (const std::int64_t id : ids)
            if (const auto record = TRY(read(database_, of, id))) by_hold(of, *record);
        return {};
    }

    void by_hold(const Register& of, const Record& hold) {
        const auto value = [&](const std::string& name) -> const FieldValue& {
            return hold.values[static_cast<std::size_t>(of.field(name) - of.fields.data())];
        };
        const std::string basis =
            fmt::format("{} {}: {}", of.label.ja, natural_key_of(database_, schema_, of.name, hold.id),
                        format_written(*of.field(of.hold->basis), value(of.hold->basis), {}));
        const auto until = day_of(std::get<store::Value>(value(of.hold->until)), *of.field(of.hold->until));
        const std::set<std::string> names = registers_in(value(of.hold->registers));
        for (const About& about : all_) {
            if (!names.empty() && !names.contains(about.of->name)) continue;
            for (const AboutRecord& record : about.records) {
                std::vector<const Field*> covered = filled(about, record, personal_fields(*about.of));
                if (covered.empty()) continue;
                Kept kept = about_record(about, record, std::move(covered), {basis, basis});
                kept.until = until;
                add(std::move(kept));
            }
        }
    }

    // By name or label. A hold that names nothing we know holds everything, rather than nothing.
    std::set<std::string> registers_in(const FieldValue& value) const {
        std::set<std::string> out;
        for (const store::Value& item : std::get<std::vector<store::Value>>(value)) {
            const auto* text = std::get_if<std::string>(&item);
            for (const Register& of : schema_.all())
                if (text && (*text == of.name || *text == of.label.ja || *text == of.label.en))
                    out.insert(of.name);
        }
        return out;
    }

    Kept about_record(const About& about, const AboutRecord& record, std::vector<const Field*> fields,
                      Text basis) {
        return {about.of,
                record.id,
                natural_key_of(database_, schema_, about.of->name, record.id),
                std::move(fields),
                std::move(basis),
                "",
                std::nullopt,
                std::nullopt};
    }

    void add(Kept kept) {
        if (!kept.until || *kept.until >= today_) out_.push_back(std::move(kept));
    }

    store::Database& database_;
    const Schema& schema_;
    const std::vector<About>& all_;
    Day today_;
    const About* person_;
    std::vector<Kept> out_;
};

}  // namespace

Result<std::vector<Kept>> kept_values(store::Database& database, const Schema& schema,
                                      const std::vector<About>& all, std::int64_t person, Day today) {
    return Keeping(database, schema, all, today).run(person);
}

std::vector<KeptFields> kept_fields(const std::vector<Kept>& kept) {
    // The last day of every field, then fields of a record with the same day together.
    std::map<std::pair<std::int64_t, int>, Day> last;
    for (const Kept& one : kept)
        for (const Field* field : one.fields) {
            Day& day = last.try_emplace({one.record, field->number}, first_day()).first->second;
            day = std::max(day, one.until.value_or(forever()));
        }
    std::map<std::pair<std::int64_t, Day>, std::vector<int>> groups;
    for (const auto& [place, day] : last) groups[{place.first, day}].push_back(place.second);
    std::vector<KeptFields> out;
    for (auto& [place, fields] : groups)
        out.push_back({place.first, std::move(fields),
                       place.second == forever() ? std::nullopt : std::optional(place.second)});
    return out;
}

}  // namespace maru::registers
