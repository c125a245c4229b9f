// Natural keys and titles: how people name records.
#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <span>

#include "records/keys.hpp"
#include "records/messages.hpp"
#include "registers/records.hpp"
#include "registers/tables.hpp"
#include "registers/tombstones.hpp"
#include "values/characters.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

constexpr std::string_view separator = " / ";

// How many parts a written key has: a reference stands there with its own key.
std::size_t parts_of_key(const Schema& schema, const Register& of) {
    std::size_t parts = 0;
    for (const std::string& name : of.key) {
        const Field* field = of.field(name);
        parts += field->is_reference() ? parts_of_key(schema, *schema.find(field->to)) : 1;
    }
    return parts;
}

std::optional<std::int64_t> id_in(std::string_view written) {
    if (written.size() < 2 || written.front() != '#') return std::nullopt;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(written.data() + 1, written.data() + written.size(), id);
    if (error != std::errc() || end != written.data() + written.size()) return std::nullopt;
    return id;
}

std::vector<std::string_view> split_key(std::string_view written, std::size_t parts) {
    std::vector<std::string_view> out;
    while (parts > 1) {
        const std::size_t at = written.find(separator);
        if (at == std::string_view::npos) break;
        out.push_back(trim(written.substr(0, at)));
        written.remove_prefix(at + separator.size());
    }
    out.push_back(trim(written));
    return out;
}

std::unexpected<Error> not_there(const Register& to, std::string_view written) {
    const std::string text = shown(written);
    return fail(ErrorKind::not_found,
                {fmt::format("「{}」に「{}」はありません。先に登録するか、書き方を確かめてください。",
                             to.label.ja, text),
                 fmt::format("register {} has no current record {}; add it first or check its spelling",
                             to.name, text)});
}

std::unexpected<Error> wrong_number_of_parts(const Register& to, std::string_view written) {
    std::vector<std::string> ja, en;
    for (const std::string& name : to.key) {
        ja.push_back(to.field(name)->label.ja);
        en.push_back(name);
    }
    return fail(ErrorKind::invalid,
                {fmt::format("「{}」は「{}」の書き方ではありません。「{}」か #番号 で書いてください。",
                             shown(written), to.label.ja, join(ja, " / ")),
                 fmt::format("{} does not name a record of {}; write {} or #number", shown(written), to.name,
                             join(en, " / "))});
}

enum class Among { current, retired, any };

class Resolver {
public:
    Resolver(store::Database& database, const Schema& schema, Among among)
        : database_(database), schema_(schema), among_(among) {}

    Result<std::int64_t> resolve(const Register& to, std::string_view written) {
        if (const std::optional<std::int64_t> id = id_in(written)) return by_id(to, *id, written);
        const std::size_t count = parts_of_key(schema_, to);
        const std::vector<std::string_view> parts = split_key(written, count);
        if (parts.size() != count) return wrong_number_of_parts(to, written);
        std::span<const std::string_view> rest = parts;
        const std::optional<std::int64_t> id = TRY(by_key(to, among_, rest));
        if (!id) return not_there(to, written);
        return *id;
    }

private:
    Result<std::int64_t> by_id(const Register& to, std::int64_t id, std::string_view written) {
        const std::optional<std::int64_t> found =
            TRY(first(to, among_, "id = ?1", std::vector<store::Value>{id}));
        if (!found) return not_there(to, written);
        return *found;
    }

    // Takes the parts that belong to the key; nullopt when a record of it is not there.
    Result<std::optional<std::int64_t>> by_key(const Register& to, Among among,
                                               std::span<const std::string_view>& parts) {
        std::vector<store::Value> values;
        bool missing = false;
        for (const std::string& name : to.key) {
            const std::optional<store::Value> value = TRY(key_value(*to.field(name), parts));
            missing = missing || !value;
            values.push_back(value.value_or(store::Null{}));
        }
        if (missing) return std::nullopt;
        return lookup(to, among, values);
    }

    Result<std::optional<std::int64_t>> lookup(const Register& to, Among among,
                                               const std::vector<store::Value>& values) {
        std::vector<std::string> conditions;
        for (std::size_t i = 0; i < to.key.size(); ++i)
            conditions.push_back(fmt::format("{} = ?{}", store::quoted(to.key[i]), i + 1));
        return first(to, among, join(conditions, " and "), values);
    }

    Result<std::optional<store::Value>> key_value(const Field& field,
                                                  std::span<const std::string_view>& parts) {
        if (field.is_reference()) {
            const std::optional<std::int64_t> id = TRY(by_key(
                *schema_.find(field.to), among_ == Among::current ? Among::current : Among::any, parts));
            return id ? std::optional<store::Value>(*id) : std::nullopt;
        }
        const std::string_view part = parts.front();
        parts = parts.subspan(1);
        const Result<FieldValue> value = parse_written(field, part, {});
        if (!value) return std::unexpected(value.error());
        return std::get<store::Value>(*value);
    }

    // The current record that meets the condition, or the one retired last.
    Result<std::optional<std::int64_t>> first(const Register& to, Among among, const std::string& condition,
                                              const std::vector<store::Value>& values) {
        if (among != Among::retired) {
            const auto found = TRY(first_id(
                fmt::format("select id from {} where {}", store::quoted(to.name), condition), values));
            if (found || among == Among::current) return found;
        }
        return first_id(sql_of_retired(to, condition), values);
    }

    static std::string sql_of_retired(const Register& to, const std::string& condition) {
        const std::string history = store::quoted(history_table(to));
        return fmt::format(
            "select h.id from {0} h where {1} and h.to_index is not null and not exists "
            "(select 1 from {0} n where n.id = h.id and n.from_index > h.from_index) "
            "order by h.to_index desc limit 1",
            history, condition);
    }

    Result<std::optional<std::int64_t>> first_id(const std::string& sql,
                                                 const std::vector<store::Value>& values) {
        store::Statement* query = TRY(database_.cached(sql));
        for (std::size_t i = 0; i < values.size(); ++i) query->bind(static_cast<int>(i + 1), values[i]);
        const std::optional<store::Row> row = TRY(query->step());
        const std::optional<std::int64_t> id = row ? std::optional(row->integer(0)) : std::nullopt;
        query->reset();
        return id;
    }

    store::Database& database_;
    const Schema& schema_;
    Among among_;
};

std::string number_sign(std::int64_t id) { return fmt::format("#{}", id); }

// One column of one current record; nullopt when it is not there.
Result<std::optional<store::Value>> column(store::Database& database, const Register& of, const Field& field,
                                           std::int64_t id) {
    store::Statement* query = TRY(database.cached(
        fmt::format("select {} from {} where id = ?1", store::quoted(field.name), store::quoted(of.name))));
    query->bind(1, id);
    const std::optional<store::Row> row = TRY(query->step());
    std::optional<store::Value> value = row ? std::optional(row->value(0)) : std::nullopt;
    query->reset();
    return value;
}

std::unexpected<Error> unfit_for_key(const Field& field, const std::string& text, const Text& why) {
    const Text name = name_of(field);
    return fail(
        ErrorKind::invalid,
        {fmt::format("{}の値「{}」は記録を見分けるキーに使えません。{}", name.ja, shown(text), why.ja),
         fmt::format("{}: “{}” cannot be part of the key by which records are found; {}", name.en,
                     shown(text), why.en)});
}

class Namer {
public:
    Namer(store::Database& database, const Schema& schema) : database_(database), schema_(schema) {}

    // The parts of the key; empty when a record is not there.
    Result<std::vector<std::string>> key_parts(const Register& of, std::int64_t id) {
        std::vector<std::string> out;
        for (const std::string& name : of.key) {
            const Field& field = *of.field(name);
            const std::optional<store::Value> value = TRY(column(database_, of, field, id));
            if (!value || store::is_null(*value)) return std::vector<std::string>{};
            std::vector<std::string> parts = TRY(parts_of(field, *value));
            if (parts.empty()) return parts;
            std::ranges::move(parts, std::back_inserter(out));
        }
        return out;
    }

    std::string key(const Register& of, std::int64_t id) {
        const auto parts = key_parts(of, id);
        if (!parts || parts->empty()) return number_sign(id);
        const auto unreadable = [](const std::string& part) {
            return part.find(separator) != std::string::npos;
        };
        if (parts->size() > 1 && std::ranges::any_of(*parts, unreadable)) return number_sign(id);
        std::string text = join(*parts, separator);
        return id_in(text) ? number_sign(id) : text;
    }

    std::string title(const Register& of, std::int64_t id, Language language, int depth) {
        const Field& field = *of.field(of.title);
        const auto value = column(database_, of, field, id);
        if (!value || !*value || depth == 0) return key(of, id);
        if (store::is_null(**value)) return erased_title(of, field, id, language).value_or(key(of, id));
        const KeyOf inner = [&](std::string_view name, std::int64_t other) {
            const Register* to = schema_.find(name);
            return to ? title(*to, other, language, depth - 1) : number_sign(other);
        };
        return format_written(field, **value, inner);
    }

private:
    std::optional<std::string> erased_title(const Register& of, const Field& field, std::int64_t id,
                                            Language language) {
        const auto query =
            database_.cached(fmt::format("select version from {} where id = ?1", store::quoted(of.name)));
        if (!query) return std::nullopt;
        (*query)->bind(1, id);
        const auto row = (*query)->step();
        const std::int64_t version = row && *row ? (*row)->integer(0) : 0;
        (*query)->reset();
        const auto entry = erased_value(database_, id, version, field.number);
        return entry && *entry ? std::optional(tombstone(**entry).in(language)) : std::nullopt;
    }

    Result<std::vector<std::string>> parts_of(const Field& field, const store::Value& value) {
        const auto* const id = std::get_if<std::int64_t>(&value);
        if (field.is_reference() && id) return key_parts(*schema_.find(field.to), *id);
        return std::vector<std::string>{format_written(field, value, {})};
    }

    store::Database& database_;
    const Schema& schema_;
};

constexpr int longest_title_chain = 4;  // titles that are references to records whose titles are references …

}  // namespace

Result<void> check_key_part(const Field& field, const FieldValue& value) {
    const auto* const scalar = std::get_if<store::Value>(&value);
    const auto* const text = scalar ? std::get_if<std::string>(scalar) : nullptr;
    if (text == nullptr) return {};
    if (id_in(*text))
        return unfit_for_key(field, *text,
                             {"#番号 は記録の番号の書き方です。# を付けずに書いてください。",
                              "#number names a record by its id; write it without #"});
    if (text->find(separator) != std::string::npos)
        return unfit_for_key(
            field, *text,
            {"「 / 」は複数の項目からなるキーの区切りです。前後の空白を除くか「／」で書いてください。",
             "\" / \" stands between the parts of a key; write it without spaces"});
    if (const auto joiner = joining_character(*text))
        return unfit_for_key(
            field, *text,
            {fmt::format("見えない文字（{}）があります。除いて書いてください。", *joiner),
             fmt::format("it holds a character that cannot be seen ({}); write it without", *joiner)});
    return {};
}

Result<std::int64_t> resolve(store::Database& database, const Schema& schema, const Register& to,
                             std::string_view written) {
    return Resolver(database, schema, Among::current).resolve(to, trim(written));
}

Result<std::int64_t> resolve_retired(store::Database& database, const Schema& schema, const Register& to,
                                     std::string_view written) {
    return Resolver(database, schema, Among::retired).resolve(to, trim(written));
}

std::string natural_key_of(store::Database& database, const Schema& schema, std::string_view register_name,
                           std::int64_t id) {
    const Register* of = schema.find(register_name);
    return of ? Namer(database, schema).key(*of, id) : number_sign(id);
}

std::string title_of(store::Database& database, const Schema& schema, std::string_view register_name,
                     std::int64_t id, Language language) {
    const Register* of = schema.find(register_name);
    return of ? Namer(database, schema).title(*of, id, language, longest_title_chain) : number_sign(id);
}

}  // namespace maru::registers
