#include "records/validation.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "records/messages.hpp"
#include "records/my_number.hpp"
#include "records/sealing.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

const store::Value& scalar(const FieldValue& value) { return std::get<store::Value>(value); }

Result<void> check_required(const Register& of, const std::vector<FieldValue>& values) {
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        if (!of.fields[i].required || !is_empty(values[i])) continue;
        const Text name = name_of(of.fields[i]);
        return fail(ErrorKind::invalid, {name.ja + "は必須です。値を書いてください。",
                                         name.en + " is required; give it a value"});
    }
    return {};
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The fields that the rule's SQL speaks of, in the order of the register.
std::vector<std::size_t> fields_in(const Register& of, std::string_view sql) {
    std::set<std::string, std::less<>> words;
    for (std::size_t at = 0; at < sql.size();) {
        std::size_t end = at;
        while (end < sql.size() && is_word(sql[end])) ++end;
        if (end > at) words.emplace(sql.substr(at, end - at));
        at = std::max(end, at + 1);
    }
    std::vector<std::size_t> fields;
    for (std::size_t i = 0; i < of.fields.size(); ++i)
        if (words.contains(of.fields[i].name)) fields.push_back(i);
    return fields;
}

std::string value_in(const Field& field, const FieldValue& value, Language language) {
    const KeyOf number = [](std::string_view, std::int64_t id) { return fmt::format("#{}", id); };
    if (is_empty(value)) return language == Language::ja ? "空" : "empty";
    return shown(format_for_people(field, value, number, language));
}

// What is wrong, with the values that make it so.
std::unexpected<Error> broken_rule(const Register& of, const Rule& rule,
                                   const std::vector<FieldValue>& values) {
    std::vector<std::string> ja, en;
    for (const std::size_t i : fields_in(of, rule.require)) {
        const Field& field = of.fields[i];
        ja.push_back(fmt::format("{}（{}）は {}", field.label.ja, field.name,
                                 value_in(field, values[i], Language::ja)));
        en.push_back(fmt::format("{} is {}", field.name, value_in(field, values[i], Language::en)));
    }
    return fail(ErrorKind::invalid,
                {fmt::format("「{}」: {}。{}。どれかを直してください。", of.label.ja, rule.message.ja,
                             join(ja, "、")),
                 fmt::format("{}: {}; {}. Mend one of them", of.name, rule.message.en, join(en, ", "))});
}

Result<void> check_rules_of(store::Database& database, const RegisterStatements& of,
                            const std::vector<FieldValue>& values) {
    if (of.rules.empty()) return {};
    store::Statement* query = TRY(database.cached(of.rules));
    for (std::size_t i = 0; i < of.scalars.size(); ++i)
        query->bind(static_cast<int>(i + 1), scalar(values[of.scalars[i]]));
    const std::optional<store::Row> row = TRY(query->step());
    const Rule* broken = nullptr;
    for (std::size_t i = 0; row && !broken && i < of.of->rules.size(); ++i) {
        const int column = static_cast<int>(i);
        if (!row->is_null(column) && row->integer(column) == 0) broken = &of.of->rules[i];
    }
    query->reset();
    if (broken) return broken_rule(*of.of, *broken, values);
    return {};
}

bool is_free_text(const Field& field) {
    const FieldType type = field.element();
    return type == FieldType::long_text || (type == FieldType::text && field.format.empty());
}

bool shows_my_number(const store::Value& value) {
    const auto* const text = std::get_if<std::string>(&value);
    return text && holds_my_number(*text);
}

bool shows_my_number(const FieldValue& value) {
    if (const auto* one = std::get_if<store::Value>(&value)) return shows_my_number(*one);
    for (const store::Value& item : std::get<std::vector<store::Value>>(value))
        if (shows_my_number(item)) return true;
    return false;
}

Result<void> check_my_number(const Register& of, const std::vector<FieldValue>& values) {
    for (std::size_t i = 0; i < of.fields.size(); ++i) {
        if (!is_free_text(of.fields[i]) || !shows_my_number(values[i])) continue;
        const Text name = name_of(of.fields[i]);
        return fail(ErrorKind::invalid,
                    {name.ja + "にマイナンバー（個人番号）と思われる12桁の数字があります。maru "
                               "に番号そのものは記録しません。番号を除いて書いてください。",
                     name.en + " holds twelve digits that look like a My Number (individual number), which "
                               "maru never keeps; write it without them"});
    }
    return {};
}

// The day of a date or an instant; none when it is empty.
std::optional<Day> day_of(const Field& field, const FieldValue& value) {
    const auto* const text = std::get_if<std::string>(&scalar(value));
    if (!text) return std::nullopt;
    if (field.type == FieldType::instant)
        return local_day(parse_instant(*text).value_or(Instant{}), japan_offset);
    return parse_iso_day(*text).value_or(Day{});
}

// The record that has these values in these columns, if it is another one.
Result<std::optional<std::int64_t>> holder(store::Database& database, const Register& of,
                                           const std::string& column, const store::Value& value) {
    store::Statement query = TRY(database.prepare(
        fmt::format("select id from {} where {} = ?1", store::quoted(of.name), store::quoted(column))));
    query.bind(1, value);
    const std::optional<store::Row> row = TRY(query.step());
    return row ? std::optional(row->integer(0)) : std::nullopt;
}

std::string written_key(WriteContext& context, const RegisterStatements& of,
                        const std::vector<FieldValue>& values) {
    const KeyOf key_of = [&](std::string_view name, std::int64_t id) {
        return natural_key_of(context.database, context.schema, name, id);
    };
    std::vector<std::string> parts;
    for (const std::size_t i : of.key) parts.push_back(format_written(of.of->fields[i], values[i], key_of));
    return join(parts, " / ");
}

Result<void> explain_key(WriteContext& context, const RegisterStatements& of, std::int64_t id,
                         const std::vector<FieldValue>& values) {
    store::Statement* query = TRY(context.database.cached(of.select_by_key));
    for (std::size_t i = 0; i < of.key.size(); ++i)
        query->bind(static_cast<int>(i + 1), scalar(values[of.key[i]]));
    const std::optional<store::Row> row = TRY(query->step());
    const std::int64_t other = row ? row->integer(0) : id;
    query->reset();
    if (other == id) return {};
    const std::string key = written_key(context, of, values);
    return fail(
        ErrorKind::conflict,
        {fmt::format("「{}」に「{}」は既にあります（#{}）。別のキーにするか、その記録を変えてください。",
                     of.of->label.ja, key, other),
         fmt::format("register {} has {} already (#{}); choose another key or change that record",
                     of.of->name, key, other)});
}

}  // namespace

Result<void> validate(store::Database& database, const RegisterStatements& of,
                      const std::vector<FieldValue>& values) {
    TRY(check_required(*of.of, values));
    if (of.guards_my_number) TRY(check_my_number(*of.of, values));
    return check_rules_of(database, of, values);
}

Result<void> check_past(const Field& field, const FieldValue& value, Day today) {
    if (field.when != When::past || field.is_list()) return {};
    const auto day = day_of(field, value);
    if (!day || *day <= today) return {};
    const std::string& written = std::get<std::string>(scalar(value));
    return fail(
        ErrorKind::invalid,
        {fmt::format("{}（{}）の値「{}」は今日（{}"
                     "）より後です。済んだことの日付なので、今日までの日を書いてください。"
                     "これからのことは、済んだ日に記録します。",
                     field.label.ja, field.name, written, today.iso()),
         fmt::format("{} ({}): “{}” lies after today ({}); it is the day of something done, so give a day "
                     "until today, and record what is still to come on the day it is done",
                     field.label.en, field.name, written, today.iso())});
}

Result<void> explain_conflict(WriteContext& context, const RegisterStatements& of, std::int64_t id,
                              const std::vector<FieldValue>& values) {
    TRY(explain_key(context, of, id, values));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Field& field = of.of->fields[i];
        if (!field.unique || is_empty(values[i])) continue;
        const std::optional<std::int64_t> other =
            TRY(holder(context.database, *of.of, field.name, scalar(values[i])));
        if (!other || *other == id) continue;
        const Text name = name_of(field);
        const std::string key = natural_key_of(context.database, context.schema, of.of->name, *other);
        return fail(
            ErrorKind::conflict,
            {fmt::format("{}の値は「{}」(#{}) が使っています。別の値にしてください。", name.ja, key, *other),
             fmt::format("{}: {} (#{}) has this value already; choose another", name.en, key, *other)});
    }
    return {};
}

}  // namespace maru::registers
