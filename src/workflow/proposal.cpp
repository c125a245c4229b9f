#include "workflow/proposal.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "crypto/hash.hpp"
#include "registers/nearest.hpp"

namespace maru::workflow {

namespace {

namespace json = boost::json;
using registers::Field;
using registers::FieldValue;
using registers::Register;
using registers::Schema;

std::string number(std::string_view, std::int64_t id) { return fmt::format("#{}", id); }

std::unexpected<Error> wrong(const Field& field, const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid,
                {"項目「" + field.label.ja + "」: " + ja, "field " + field.name + ": " + en});
}

// "{subject}" as the record that it means; other texts as they are.
std::string filled_in(const std::string& value, const Asking& asking) {
    if (value == "{asker}") return number("person", asking.asker);
    if (value == "{subject}") return number("person", asking.subject);
    if (value == "{today}") return asking.today.iso();
    return value;
}

Result<void> expect_asked_fields(const Register& of, const Kind& kind, const WrittenFields& asked) {
    for (const auto& [name, value] : asked) {
        if (kind.asks_for(name)) continue;
        const std::string all = join(kind.fields, ", ");
        return fail(
            ErrorKind::invalid,
            {fmt::format("「{}」の申請では項目「{}」を書けません。書けるのは {} です。", kind.label.ja,
                         of.field(name) ? of.field(name)->label.ja : name, all),
             fmt::format("a request of kind {} does not take {}; it takes {}", kind.name, name, all)});
    }
    return {};
}

bool is_filled(const WrittenFields& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found != fields.end() && !trim(found->second).empty();
}

Result<void> expect_complete(const Register& of, const Kind& kind, const WrittenFields& fields) {
    for (const std::string& name : kind.required)
        if (!is_filled(fields, name))
            return wrong(*of.field(name), "必須です。入力してください。", "is required: fill it in");
    if (kind.one_of.empty()) return {};
    const auto count =
        std::ranges::count_if(kind.one_of, [&](const auto& name) { return is_filled(fields, name); });
    if (count == 1) return {};
    Text names;
    for (const std::string& name : kind.one_of) {
        names.ja += (names.ja.empty() ? "" : "・") + of.field(name)->label.ja;
        names.en += (names.en.empty() ? "" : ", ") + name;
    }
    return fail(ErrorKind::invalid, {names.ja + " のうち1つだけを書いてください。別のものは別に申請します。",
                                     "fill exactly one of " + names.en + "; ask for others separately"});
}

Result<void> expect_choices(const Register& of, const Kind& kind, const WrittenFields& fields) {
    for (const auto& [name, codes] : kind.only) {
        const auto given = fields.find(name);
        if (given == fields.end() || given->second.empty()) continue;
        if (std::ranges::find(codes, given->second) != codes.end()) continue;
        return wrong(*of.field(name), fmt::format("この申請では {} だけを選べます。", join(codes, "・")),
                     fmt::format("this request takes only {}", join(codes, ", ")));
    }
    return {};
}

Result<std::int64_t> id_of(std::string_view, std::string_view written) {
    std::int64_t id = 0;
    if (written.starts_with('#') &&
        std::from_chars(written.data() + 1, written.data() + written.size(), id).ec == std::errc())
        return id;
    return fail(ErrorKind::corrupt, {"申請の参照が番号ではありません。", "a request names no record number"});
}

std::string select_by_key(const Register& of) {
    std::string sql = "select id, version from " + store::quoted(of.name) + " where ";
    for (std::size_t i = 0; i < of.key.size(); ++i)
        sql += fmt::format("{}{} = ?{}", i == 0 ? "" : " and ", store::quoted(of.key[i]), i + 1);
    return sql;
}

// The prefix with the number after the largest that ever was.
Result<std::string> next_number(store::Database& database, const Kind& kind) {
    const NumberField& number = *kind.number;
    const std::string column = store::quoted(number.field);
    store::Statement* const query = TRY(
        database.cached(fmt::format("select max(cast(substr({0}, ?1) as integer)) from {1} where {0} glob ?2",
                                    column, store::quoted(kind.register_name + "_history"))));
    query->bind(1, static_cast<std::int64_t>(number.prefix.size()) + 1);
    query->bind(2, number.prefix + "[0-9]*");
    const auto row = TRY(query->step());
    const std::int64_t last = row ? row->integer(0) : 0;
    query->reset();
    return fmt::format("{}{:0{}}", number.prefix, last + 1, number.digits);
}

std::string none_or_nothing(const Kind& kind, std::string_view name, Language language) {
    if (std::ranges::find(kind.one_of, name) != kind.one_of.end()) return {};
    return language == Language::ja ? "なし" : "none";
}

}  // namespace

Result<WrittenFields> propose(store::Database& database, const Schema& schema, const Kind& kind,
                              const WrittenFields& asked, const Asking& asking) {
    const Register& of = *TRY(schema.get(kind.register_name));
    TRY(expect_asked_fields(of, kind, asked));
    WrittenFields all = asked;
    for (const auto& [name, value] : kind.fixed) all[name] = filled_in(value, asking);
    const auto resolve = [&](std::string_view name, std::string_view written) -> Result<std::int64_t> {
        return registers::resolve(database, schema, *TRY(schema.get(name)), written);
    };
    for (auto& [name, written] : all) {
        const Field& field = *of.field(name);
        written =
            registers::format_written(field, TRY(registers::parse_written(field, written, resolve)), number);
    }
    TRY(expect_complete(of, kind, all));
    TRY(expect_choices(of, kind, all));
    return all;
}

std::string proposed_text(const WrittenFields& fields) {
    json::object out;
    for (const auto& [name, written] : fields) out[name] = written;
    return json::serialize(out);
}

Result<WrittenFields> parse_proposed(std::string_view text) {
    json::error_code failed;
    const json::value parsed = json::parse(text, failed);
    WrittenFields out;
    bool is_right = !failed && parsed.is_object();
    if (is_right)
        for (const auto& [name, value] : parsed.get_object()) {
            is_right = is_right && value.is_string();
            if (is_right) out[std::string(name)] = value.get_string();
        }
    if (is_right) return out;
    return fail(ErrorKind::corrupt,
                {"申請の内容を読めません。maru ledger verify で台帳を確かめてください。",
                 "the content of a request cannot be read; check the registers with maru ledger verify"});
}

Result<Values> values_of(const Register& of, const WrittenFields& fields) {
    Values out;
    for (const auto& [name, written] : fields)
        if (const Field* const field = of.field(name))
            out[name] = TRY(registers::parse_written(*field, written, id_of));
    return out;
}

Values values_of(const Register& of, const registers::Record& record) {
    Values out;
    for (std::size_t i = 0; i < of.fields.size() && i < record.values.size(); ++i)
        out[of.fields[i].name] = record.values[i];
    return out;
}

Result<Target> find_target(store::Database& database, const Register& of, const Kind& kind,
                           const Values& values) {
    Target target;
    if (kind.number) return target;  // a number that nobody has yet
    store::Statement* const query = TRY(database.cached(select_by_key(of)));
    for (std::size_t i = 0; i < of.key.size(); ++i) {
        const auto value = values.find(of.key[i]);
        if (value == values.end()) return target;
        query->bind(static_cast<int>(i + 1), std::get<store::Value>(value->second));
    }
    if (const auto row = TRY(query->step())) target = {row->integer(0), row->integer(1)};
    query->reset();
    return target;
}

std::string content_hash(const Kind& kind, std::int64_t subject, const WrittenFields& fields,
                         const Target& target) {
    json::object content;
    json::object& written = content["fields"].emplace_object();
    for (const auto& [name, value] : fields) written[name] = value;
    content["kind"] = kind.name;
    content["record"] = target.id ? json::value(*target.id) : json::value(nullptr);
    content["register"] = kind.register_name;
    content["subject"] = subject;
    content["version"] = target.version;
    return hex(crypto::sha256(as_bytes("maru-request-v1\n" + json::serialize(content))));
}

Result<registers::PutRequest> put_of(store::Database& database, const Kind& kind, const WrittenFields& fields,
                                     const Target& target) {
    registers::PutRequest put;
    put.register_name = kind.register_name;
    put.fields = fields;
    put.id = target.id;
    if (target.id)
        put.expected_version = target.version;
    else
        put.must_be_new = true;
    if (kind.number) put.fields[kind.number->field] = TRY(next_number(database, kind));
    return put;
}

void add_approval(registers::PutRequest& put, const Kind& kind, std::int64_t approver, Day approved_on) {
    for (const auto& [name, value] : kind.approval)
        put.fields[name] = value == "{approver}" ? number("person", approver)
                           : value == "{today}"  ? approved_on.iso()
                                                 : value;
}

std::string sentence_of(store::Database& database, const Schema& schema, const Kind& kind,
                        const WrittenFields& fields, const Asking& asking, Language language) {
    const Register* const of = schema.find(kind.register_name);
    const auto title = [&](std::string_view name, std::int64_t id) {
        return registers::title_of(database, schema, name, id, language);
    };
    return fill(kind.sentence.in(language), [&](std::string_view name, std::string_view as_written) {
        if (name == "asker") return title("person", asking.asker);
        if (name == "subject") return title("person", asking.subject);
        const Field* const field = of ? of->field(name) : nullptr;
        const auto written = fields.find(name);
        if (!field) return std::string(as_written);
        if (written == fields.end() || written->second.empty()) return none_or_nothing(kind, name, language);
        const auto value = registers::parse_written(*field, written->second, id_of);
        return value ? registers::format_for_people(*field, *value, title, language) : written->second;
    });
}

}  // namespace maru::workflow
