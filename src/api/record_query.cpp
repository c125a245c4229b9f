#include "api/record_query.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/text.hpp"
#include "registers/tables.hpp"
#include "registers/values.hpp"

namespace maru::api {

namespace {

using identity::Reach;
using registers::Field;
using registers::FieldType;
using registers::Register;

struct Condition {
    std::string field, operation, value;
};

std::unexpected<Error> wrong(std::string_view parameter, const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid, {fmt::format("パラメータ {}: {}", parameter, ja),
                                     fmt::format("parameter {}: {}", parameter, en)});
}

Result<Condition> condition_of(const std::string& written) {
    const std::size_t first = written.find(':');
    if (first == std::string::npos)
        return wrong("filter", "「項目:演算子:値」の形で書いてください。例: status:eq:active",
                     "write field:operator:value, for example status:eq:active");
    const std::size_t second = written.find(':', first + 1);
    const std::size_t end = second == std::string::npos ? written.size() : second;
    return Condition{written.substr(0, first), written.substr(first + 1, end - first - 1),
                     second == std::string::npos ? "" : written.substr(second + 1)};
}

// A word as LIKE's pattern: anywhere, its own % and _ meant as they are.
std::string pattern_of(std::string_view word) {
    std::string out = "%";
    for (const char c : word) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out + "%";
}

// Hiragana ぁ…ゖ as katakana: three bytes of UTF-8 each, 0x60 code points apart.
std::string in_katakana(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
        if (byte(i) != 0xE3 || i + 2 >= text.size()) {
            out += text[i];
            continue;
        }
        unsigned code = ((byte(i) & 0xFu) << 12) | ((byte(i + 1) & 0x3Fu) << 6) | (byte(i + 2) & 0x3Fu);
        if (code >= 0x3041 && code <= 0x3096) code += 0x60;
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
        i += 2;
    }
    return out;
}

bool is_searched(const Field& field) {
    switch (field.element()) {
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::url:
        case FieldType::mail:
        case FieldType::mac_address: return !field.is_list();
        case FieldType::integer:
        case FieldType::decimal:
        case FieldType::money:
        case FieldType::date:
        case FieldType::instant:
        case FieldType::boolean:
        case FieldType::choice:
        case FieldType::reference:
        case FieldType::person:
        case FieldType::list:
        case FieldType::file:
        case FieldType::sha256: return false;
    }
    return false;
}

class Builder {
public:
    Builder(const Call& call, store::Database& reader, const Register& of)
        : call_(call), reader_(reader), of_(of), schema_(call.site.catalog().schema) {}

    Result<RecordQuery> build() {
        add_reach();
        for (const auto& [name, value] : call_.request.query)
            if (name == "filter") TRY(add_filter(TRY(condition_of(value))));
        for (const std::string& word : words()) add_search(word);
        TRY(add_after());
        query_.from_where = fmt::format(" from {} r", store::quoted(of_.name));
        if (!conditions_.empty()) query_.from_where += " where " + join(conditions_, " and ");
        query_.order = TRY(order());
        return std::move(query_);
    }

private:
    std::string bound(store::Value value) {
        query_.values.push_back(std::move(value));
        return "?" + std::to_string(query_.values.size());
    }

    // Of registers whose records are about people: only those about oneself, or one's team.
    void add_reach() {
        const Reach reach = call_.may().read(of_);
        if (reach == Reach::all) return;
        if (!of_.about_person()) return conditions_.push_back("1 = 0");
        std::vector<std::string> people{bound(call_.who().person)};
        if (reach == Reach::team)
            for (const std::int64_t report : call_.who().reports) people.push_back(bound(report));
        conditions_.push_back(fmt::format("r.{} in ({})", store::quoted(of_.subject), join(people, ", ")));
    }

    Result<const Field*> visible(std::string_view parameter, std::string_view name) const {
        const Field* const field = of_.field(name);
        if (field && call_.may().sees(of_, *field)) return field;
        return wrong(parameter, fmt::format("項目「{}」はありません。", name),
                     fmt::format("there is no field {}", name));
    }

    Result<store::Value> value_of(const Field& field, const std::string& written) const {
        Field one = field;
        one.type = field.element();
        const auto resolve = [this](std::string_view name, std::string_view text) -> Result<std::int64_t> {
            return registers::resolve(reader_, schema_, *TRY(schema_.get(name)), text);
        };
        const auto value = registers::parse_written(one, written, resolve);
        if (!value) return std::unexpected(prefixed("filter", value.error()));
        return std::get<store::Value>(*value);
    }

    Result<void> add_filter(const Condition& condition) {
        const Field& field = *TRY(visible("filter", condition.field));
        if (field.is_list()) return add_list_filter(field, condition);
        const std::string column = "r." + store::quoted(field.name);
        if (condition.operation == "empty") return conditions_.push_back(column + " is null"), Result<void>();
        if (condition.operation == "filled")
            return conditions_.push_back(column + " is not null"), Result<void>();
        if (condition.operation == "contains")
            return conditions_.push_back(like(column, condition.value)), Result<void>();
        static const std::map<std::string_view, std::string_view> comparisons{
            {"eq", "="}, {"ne", "is not"}, {"lt", "<"}, {"le", "<="}, {"gt", ">"}, {"ge", ">="}};
        const auto comparison = comparisons.find(condition.operation);
        if (comparison == comparisons.end())
            return wrong("filter", "演算子は eq ne lt le gt ge contains empty filled です。",
                         "operators are eq, ne, lt, le, gt, ge, contains, empty, filled");
        const std::string value = bound(TRY(value_of(field, condition.value)));
        conditions_.push_back(fmt::format("{} {} {}", column, comparison->second, value));
        return {};
    }

    Result<void> add_list_filter(const Field& field, const Condition& condition) {
        const std::string items = fmt::format("(select 1 from {} l where l.record = r.id",
                                              store::quoted(registers::list_table(of_, field)));
        if (condition.operation == "empty")
            return conditions_.push_back("not exists " + items + ")"), Result<void>();
        if (condition.operation == "filled")
            return conditions_.push_back("exists " + items + ")"), Result<void>();
        if (condition.operation != "contains" && condition.operation != "eq")
            return wrong("filter", "リストの演算子は contains empty filled です。",
                         "operators of a list are contains, empty, filled");
        const std::string value = bound(TRY(value_of(field, condition.value)));
        conditions_.push_back(fmt::format("exists {} and l.value = {})", items, value));
        return {};
    }

    std::vector<std::string> words() const {
        std::vector<std::string> out;
        std::string normal = normalize_compatibility(call_.parameter("q"));
        std::ranges::replace(normal, '\t', ' ');
        for (const std::string& word : split(normal, ' '))
            if (!trim(word).empty() && out.size() < 8) out.emplace_back(trim(word));
        return out;
    }

    // As it was typed after NFKC, and in katakana: names are found by their readings.
    std::string like(const std::string& column, const std::string& word) {
        const std::string katakana = in_katakana(word);
        std::string out = fmt::format("{} like {} escape '\\'", column, bound(pattern_of(word)));
        if (katakana == word) return out;
        return fmt::format("({} or {} like {} escape '\\')", out, column, bound(pattern_of(katakana)));
    }

    void add_search(const std::string& word) {
        std::vector<std::string> places;
        for (const Field& field : of_.fields) {
            if (!call_.may().sees(of_, field)) continue;
            if (is_searched(field)) places.push_back(like("r." + store::quoted(field.name), word));
            if (!field.is_list() && field.is_reference()) add_referenced(field, word, places);
        }
        conditions_.push_back(places.empty() ? "1 = 0" : "(" + join(places, " or ") + ")");
    }

    // Records that refer to something whose key or title holds the word.
    void add_referenced(const Field& field, const std::string& word, std::vector<std::string>& places) {
        const Register& to = *schema_.find(field.to);
        if (call_.may().read(to) != Reach::all) return;
        std::vector<std::string> names;
        for (const Field& one : to.fields) {
            const bool names_it = one.name == to.title || std::ranges::find(to.key, one.name) != to.key.end();
            if (names_it && is_searched(one)) names.push_back(like("t." + store::quoted(one.name), word));
        }
        if (names.empty()) return;
        places.push_back(fmt::format("r.{} in (select t.id from {} t where {})", store::quoted(field.name),
                                     store::quoted(to.name), join(names, " or ")));
    }

    Result<void> add_after() {
        const std::int64_t after = TRY(call_.number("after", 0, 0, INT64_MAX));
        if (after > 0) conditions_.push_back("r.id > " + bound(after));
        return {};
    }

    std::string sort_key(const Field& field) const {
        if (!field.is_reference()) return "r." + store::quoted(field.name);
        const Register& to = *schema_.find(field.to);
        const Field* const title = to.field(to.title);
        if (!title || title->is_reference()) return "r." + store::quoted(field.name);
        return fmt::format("(select t.{} from {} t where t.id = r.{})", store::quoted(title->name),
                           store::quoted(to.name), store::quoted(field.name));
    }

    Result<std::string> order() const {
        const std::string written = call_.parameter("sort");
        std::vector<std::string> keys;
        for (const std::string& one : written.empty() ? std::vector<std::string>() : split(written, ',')) {
            const bool down = one.starts_with('-');
            const Field& field = *TRY(visible("sort", one.substr(down ? 1 : 0)));
            if (field.is_list() || keys.size() == 3)
                return wrong("sort", "リストでない項目を 3 つまで指定できます。",
                             "name up to three fields that are no lists");
            const std::string key = sort_key(field);
            keys.push_back(fmt::format("{} is null, {}{}", key, key, down ? " desc" : ""));
        }
        keys.push_back("r.id");
        return " order by " + join(keys, ", ");
    }

    const Call& call_;
    store::Database& reader_;
    const Register& of_;
    const registers::Schema& schema_;
    RecordQuery query_;
    std::vector<std::string> conditions_;
};

void bind_all(store::Statement& query, const std::vector<store::Value>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) query.bind(static_cast<int>(i + 1), values[i]);
}

}  // namespace

Result<std::int64_t> RecordQuery::count(store::Database& reader) const {
    store::Statement* query = TRY(reader.cached("select count(*)" + from_where));
    bind_all(*query, values);
    const auto row = TRY(query->step());
    const std::int64_t count = row ? row->integer(0) : 0;
    query->reset();
    return count;
}

Result<std::vector<std::int64_t>> RecordQuery::page(store::Database& reader, std::int64_t offset,
                                                    std::int64_t limit) const {
    const std::size_t given = values.size();
    store::Statement* query = TRY(reader.cached(
        fmt::format("select r.id{}{} limit ?{} offset ?{}", from_where, order, given + 1, given + 2)));
    bind_all(*query, values);
    query->bind(static_cast<int>(given + 1), limit).bind(static_cast<int>(given + 2), offset);
    std::vector<std::int64_t> ids;
    while (const auto row = TRY(query->step())) ids.push_back(row->integer(0));
    return ids;
}

Result<RecordQuery> query_of(const Call& call, store::Database& reader, const Register& of) {
    return Builder(call, reader, of).build();
}

}  // namespace maru::api
