#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <utility>

#include "registers/lists.hpp"
#include "sample/sample.hpp"

namespace maru::sample {

namespace {

namespace fs = std::filesystem;
using registers::Register;
using registers::Schema;
using registers::WrittenFields;
using Keys = std::span<const std::string_view>;

constexpr int default_fiscal_month = 4;
constexpr int most_days = 36'525;  // of a [[repeat]]
constexpr std::array<std::string_view, 5> file_keys{"told_by", "record", "repeat", "each", "again"};
constexpr std::array<std::string_view, 2> record_keys{"register", "values"};
constexpr std::array<std::string_view, 6> repeat_keys{"register", "days", "from", "to", "cycle", "values"};
constexpr std::array<std::string_view, 4> each_keys{"register", "of", "where", "values"};
constexpr std::array<std::string_view, 6> again_keys{"register", "where", "field", "days", "from", "to"};

std::unexpected<Error> wrong(const std::string& where, const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid, {where + ": " + ja, where + ": " + en});
}

// A misspelt key would leave something out without a word.
Result<void> expect_keys(const toml::table& table, Keys known, const std::string& where) {
    for (const auto& [key, value] : table) {
        if (std::ranges::find(known, key.str()) != known.end()) continue;
        const std::string name(key.str());
        const std::string all = join({known.begin(), known.end()}, ", ");
        return wrong(where, name + " という項目はありません。使えるもの: " + all + "。",
                     "there is no key " + name + "; known are: " + all + ".");
    }
    return {};
}

// The table below a key; null when it is missing.
Result<const toml::table*> table_in(const toml::table& table, std::string_view key,
                                    const std::string& where) {
    const auto* found = table[key].as_table();
    if (found == nullptr && table.contains(key))
        return wrong(where, std::string(key) + " には表 { 項目 = 値 } が必要です。",
                     std::string(key) + " needs a table { field = value }.");
    return found;
}

std::string written(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    std::string out;
    if (const auto* list = node.as_array()) {
        for (const auto& item : *list)
            out += (out.empty() ? "" : ";") + registers::written_item(written(item));
        return out;
    }
    std::ostringstream stream;
    node.visit([&](const auto& value) { stream << value; });
    return stream.str();
}

std::string replaced(std::string text, std::string_view from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

// All folders together: how dates and placeholders are filled, and the records so far.
struct Expander {
    const Schema& schema;
    Day today;
    checks::Calendar calendar;
    int fiscal_month = default_fiscal_month;
    std::vector<SampleRecord> records;
    std::map<std::pair<std::string, std::string>, std::size_t> by_key;
    std::string told_by{};  // of the file that is read

    // List items are dated one by one, so that an escaped separator survives.
    std::string date(const std::string& text) const {
        std::vector<std::string> items = split(text, ';');
        for (std::string& item : items) item = expand_dates(item, today, calendar, fiscal_month);
        return join(items, ";");
    }

    Result<std::string> key_of(const SampleRecord& record) const {
        const Register& of = *TRY(schema.get(record.register_name));
        std::vector<std::string> parts;
        for (const std::string& name : of.key) {
            const auto found = record.fields.find(name);
            if (found == record.fields.end())
                return wrong(record.where, record.register_name + " の記録に " + name + " がありません。",
                             "a record of " + record.register_name + " lacks " + name + ".");
            parts.push_back(found->second);
        }
        return join(parts, " / ");
    }

    Result<void> add(SampleRecord record) {
        const std::string key = TRY(key_of(record));
        const auto [found, fresh] = by_key.try_emplace({record.register_name, key}, records.size());
        if (fresh) {
            record.told_by = told_by;
            records.push_back(std::move(record));
            return {};
        }
        for (auto& [name, value] : record.fields) records[found->second].fields[name] = std::move(value);
        return {};
    }

    Result<std::string> register_named(const toml::table& table, std::string_view key,
                                       const std::string& where) const {
        auto name = table[key].value_or(std::string());
        if (auto known = schema.get(name); !known) return std::unexpected(prefixed(where, known.error()));
        return name;
    }

    Result<WrittenFields> values(const toml::table& table, const std::string& where) const {
        const toml::table* values = TRY(table_in(table, "values", where));
        if (values == nullptr) return wrong(where, "values がありません。", "has no values.");
        WrittenFields out;
        for (const auto& [name, node] : *values) {
            const std::string text = written(node);
            out[std::string(name.str())] = node.is_array() || node.is_string() ? date(text) : text;
        }
        return out;
    }
};

Result<void> add_record(const toml::table& table, Expander& expander, const std::string& where) {
    TRY(expect_keys(table, record_keys, where));
    const std::string name = TRY(expander.register_named(table, "register", where));
    return expander.add({name, TRY(expander.values(table, where)), where, {}, {}});
}

struct Span {
    Day from, to;
    std::string days;
};

Result<Span> span_of(const toml::table& table, const Expander& expander, const std::string& where) {
    const auto from = parse_iso_day(expander.date(table["from"].value_or(std::string())));
    const auto to = parse_iso_day(expander.date(table["to"].value_or(std::string())));
    if (!from || !to) return wrong(where, "from と to には日付が必要です。", "needs the days from and to.");
    const auto days = table["days"].value_or(std::string("daily"));
    if (days != "business" && days != "daily" && days != "weekly" && days != "monthly")
        return wrong(where, "days は business・daily・weekly・monthly のいずれかです。",
                     "days is business, daily, weekly or monthly.");
    if (*to > from->plus_days(most_days))
        return wrong(where, "from から to までが100年を超えます。",
                     "from and to are more than 100 years apart.");
    // Sums of days stop at forever(): a walk that should reach it would never end.
    return Span{*from, std::min(*to, forever().plus_days(-1)), days};
}

std::vector<Day> days_of(const Span& span, const checks::Calendar& calendar) {
    std::vector<Day> days;
    if (span.days == "monthly") {
        for (int i = 0; span.from.plus_months(i) <= span.to; ++i) days.push_back(span.from.plus_months(i));
        return days;
    }
    const int step = span.days == "weekly" ? 7 : 1;
    for (Day day = span.from; day <= span.to; day = day.plus_days(step))
        if (span.days != "business" || calendar.is_business_day(day)) days.push_back(day);
    return days;
}

// The fields whose values take turns.
using Cycle = std::map<std::string, std::vector<std::string>>;

Result<Cycle> cycle_of(const toml::table& table, const std::string& where) {
    Cycle cycle;
    const toml::table* fields = TRY(table_in(table, "cycle", where));
    if (fields == nullptr) return cycle;
    for (const auto& [name, node] : *fields) {
        const auto* values = node.as_array();
        if (values == nullptr || values->empty())
            return wrong(where, "cycle の " + std::string(name.str()) + " には値の配列が必要です。",
                         "cycle: " + std::string(name.str()) + " needs an array of values.");
        for (const auto& value : *values) cycle[std::string(name.str())].push_back(written(value));
    }
    return cycle;
}

Result<void> add_repeat(const toml::table& table, Expander& expander, const std::string& where) {
    TRY(expect_keys(table, repeat_keys, where));
    const std::string name = TRY(expander.register_named(table, "register", where));
    const Span span = TRY(span_of(table, expander, where));
    const Cycle cycle = TRY(cycle_of(table, where));
    const WrittenFields pattern = TRY(expander.values(table, where));
    std::size_t turn = 0;
    for (const Day day : days_of(span, expander.calendar)) {
        SampleRecord record{name, pattern, where, {}, {}};
        for (const auto& [field, values] : cycle) record.fields[field] = values[turn % values.size()];
        for (auto& [field, text] : record.fields) text = expander.date(replaced(text, "{day}", day.iso()));
        TRY(expander.add(std::move(record)));
        ++turn;
    }
    return {};
}

bool chosen(const toml::table* where, const WrittenFields& fields) {
    if (where == nullptr) return true;
    return std::ranges::all_of(*where, [&](const auto& condition) {
        const auto& [name, node] = condition;
        const auto found = fields.find(std::string(name.str()));
        const std::string have = found == fields.end() ? "" : found->second;
        if (const auto* values = node.as_array())
            return std::ranges::any_of(*values,
                                       [&](const toml::node& value) { return written(value) == have; });
        return written(node) == have;
    });
}

// "{field}" is the source's value.
std::string filled(const std::string& text, const WrittenFields& source) {
    return fill(text, [&](std::string_view field, std::string_view as_written) {
        const auto found = source.find(field);
        return found == source.end() ? std::string(as_written) : found->second;
    });
}

Result<void> add_each(const toml::table& table, Expander& expander, const std::string& where) {
    TRY(expect_keys(table, each_keys, where));
    const std::string name = TRY(expander.register_named(table, "register", where));
    const std::string of = TRY(expander.register_named(table, "of", where));
    const toml::table* condition = TRY(table_in(table, "where", where));
    const WrittenFields pattern = TRY(expander.values(table, where));
    const std::size_t known = expander.records.size();
    for (std::size_t i = 0; i < known; ++i) {
        const SampleRecord source = expander.records[i];
        if (source.register_name != of || !chosen(condition, source.fields)) continue;
        SampleRecord record{name, pattern, where, {}, {}};
        for (auto& [field, text] : record.fields) text = expander.date(filled(text, source.fields));
        TRY(expander.add(std::move(record)));
    }
    return {};
}

// The first tellings are spread over the days from … to, in the order of the records.
Result<void> add_again(const toml::table& table, Expander& expander, const std::string& where) {
    TRY(expect_keys(table, again_keys, where));
    const std::string name = TRY(expander.register_named(table, "register", where));
    const auto field = table["field"].value_or(std::string());
    const auto days = table["days"].value_or(0);
    const auto from = parse_iso_day(expander.date(table["from"].value_or(std::string())));
    const auto to = parse_iso_day(expander.date(table["to"].value_or(std::string())));
    if (TRY(expander.schema.get(name))->field(field) == nullptr || days < 1 || !from || !to || *to < *from)
        return wrong(where, "again には field・days（1以上）・from・to が必要です。",
                     "again needs field, days (1 or more), from and to.");
    const toml::table* condition = TRY(table_in(table, "where", where));
    std::vector<SampleRecord*> found;
    for (SampleRecord& record : expander.records)
        if (record.register_name == name && chosen(condition, record.fields)) found.push_back(&record);
    const int span = to->number() - from->number();
    for (int i = 0; SampleRecord * record : found)
        record->again = {field, days, from->plus_days(span * i++ / static_cast<int>(found.size()))};
    return {};
}

struct File {
    toml::table table;
    std::string name;
};

using Adder = Result<void> (*)(const toml::table&, Expander&, const std::string&);

Result<void> add_all(const std::vector<File>& files, std::string_view kind, Adder adder, Expander& expander) {
    for (const File& file : files) {
        const auto* list = file.table[kind].as_array();
        if (list == nullptr && file.table.contains(kind))
            return wrong(file.name, std::string(kind) + " は [[" + std::string(kind) + "]] と書きます。",
                         std::string(kind) + " is written [[" + std::string(kind) + "]].");
        if (list == nullptr) continue;
        expander.told_by = file.table["told_by"].value_or(std::string());
        for (const auto& node : *list) {
            const std::string where = file.name + ":" + std::to_string(node.source().begin.line);
            if (!node.is_table())
                return wrong(where, std::string(kind) + " は表の配列です。",
                             std::string(kind) + " is an array of tables.");
            TRY(adder(*node.as_table(), expander, where));
        }
    }
    return {};
}

Result<toml::table> parse(const fs::path& file) {
    try {
        return toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        const std::string where = file.filename().string() + ":" + std::to_string(error.source().begin.line);
        return wrong(where, "TOML として読めません。引用符・括弧・= と改行を確かめてください。",
                     std::string(error.description()) + ". Mend the TOML.");
    }
}

Result<std::vector<fs::path>> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    if (error || files.empty())
        return fail(ErrorKind::not_found,
                    {folder.string() + " に見本の組織（*.toml）がありません。場所を確かめてください。",
                     "there is no sample organisation (*.toml) in " + folder.string() + "; check the path."});
    std::ranges::sort(files);
    return files;
}

Result<std::vector<File>> read_files(std::span<const fs::path> folders) {
    std::vector<File> files;
    for (const fs::path& folder : folders)
        for (const fs::path& path : TRY(files_in(folder))) {
            files.push_back({TRY(parse(path)), path.filename().string()});
            TRY(expect_keys(files.back().table, file_keys, files.back().name));
        }
    return files;
}

// The [[record]]s of a register, for what must be known before anything is expanded.
std::vector<std::pair<const toml::table*, std::string>> records_of(const std::vector<File>& files,
                                                                   std::string_view register_name) {
    std::vector<std::pair<const toml::table*, std::string>> found;
    for (const File& file : files) {
        const auto* records = file.table["record"].as_array();
        if (records == nullptr) continue;
        for (const auto& record : *records)
            if (const auto* table = record.as_table(); table && (*table)["register"] == register_name)
                found.emplace_back(table, file.name);
    }
    return found;
}

// Relative dates of every file depend on it. Out of range, it is refused when the record is put.
int fiscal_month_of(const std::vector<File>& files) {
    for (const auto& [record, where] : records_of(files, "organisation")) {
        const auto month =
            (*record)["values"]["fiscal_year_start_month"].value_or(std::int64_t{default_fiscal_month});
        return static_cast<int>(std::clamp<std::int64_t>(month, 1, 12));
    }
    return default_fiscal_month;
}

// Nobody works on the organisation's own days off.
Result<std::vector<Day>> company_days(const std::vector<File>& files, const Expander& expander) {
    std::vector<Day> days;
    for (const auto& [record, where] : records_of(files, "company_holiday")) {
        toml::table period;
        period.insert("from", (*record)["values"]["from_day"].value_or(std::string()));
        period.insert("to", (*record)["values"]["to_day"].value_or(std::string()));
        const std::vector<Day> off = days_of(TRY(span_of(period, expander, where)), expander.calendar);
        days.insert(days.end(), off.begin(), off.end());
    }
    return days;
}

}  // namespace

Result<std::vector<SampleRecord>> expand(std::span<const fs::path> folders, const Schema& schema,
                                         const checks::Holidays& holidays, Day today) {
    const std::vector<File> files = TRY(read_files(folders));
    Expander expander{schema, today, checks::Calendar(holidays, {}), fiscal_month_of(files), {}, {}};
    expander.calendar = checks::Calendar(holidays, TRY(company_days(files, expander)));
    TRY(add_all(files, "record", add_record, expander));
    TRY(add_all(files, "repeat", add_repeat, expander));
    TRY(add_all(files, "each", add_each, expander));
    TRY(add_all(files, "again", add_again, expander));
    return std::move(expander.records);
}

}  // namespace maru::sample
