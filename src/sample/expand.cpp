#include <toml++/toml.h>
#include <algorithm>
#include <optional>

#include "sample/sample.hpp"

namespace maru::sample {

namespace {

namespace fs = std::filesystem;
using registers::Register;
using registers::Schema;
using registers::WrittenFields;

std::unexpected<Error> wrong(const std::string& where, const std::string& ja, const std::string& en) {
    return fail(ErrorKind::invalid, {where + ": " + ja, where + ": " + en});
}

std::string escaped_item(const std::string& item) {
    std::string out;
    for (const char c : item) {
        if (c == ';' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string written(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    std::string out;
    if (const auto* list = node.as_array()) {
        for (const auto& item : *list) out += (out.empty() ? "" : ";") + escaped_item(written(item));
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

// One folder's worth of context: how dates and placeholders are filled.
struct Expander {
    const Schema& schema;
    Day today;
    checks::Calendar calendar;
    int fiscal_month = 4;
    std::vector<SampleRecord> records;
    std::map<std::pair<std::string, std::string>, std::size_t> by_key;

    // List items are dated one by one, so that an escaped separator survives.
    Result<std::string> date(const std::string& text) const {
        std::string out;
        for (const std::string& item : split(text, ';')) {
            if (!out.empty() || text.starts_with(';')) out += ';';
            out += TRY(expand_dates(item, today, calendar, fiscal_month));
        }
        return out;
    }

    Result<std::string> key_of(const SampleRecord& record) const {
        const Register& of = *TRY(schema.get(record.register_name));
        std::string key;
        for (const std::string& name : of.key) {
            const auto found = record.fields.find(name);
            if (found == record.fields.end())
                return wrong(record.where, record.register_name + " の記録に " + name + " がありません。",
                             "a record of " + record.register_name + " lacks " + name + ".");
            key += (key.empty() ? "" : " / ") + found->second;
        }
        return key;
    }

    Result<void> add(SampleRecord record) {
        const std::string key = TRY(key_of(record));
        const auto [found, fresh] = by_key.try_emplace({record.register_name, key}, records.size());
        if (fresh) {
            records.push_back(std::move(record));
            return {};
        }
        for (auto& [name, value] : record.fields) records[found->second].fields[name] = std::move(value);
        return {};
    }

    Result<WrittenFields> fields(const toml::table& values) const {
        WrittenFields out;
        for (const auto& [name, node] : values) {
            const std::string text = written(node);
            out[std::string(name.str())] = node.is_array() || node.is_string() ? TRY(date(text)) : text;
        }
        return out;
    }
};

Result<std::string> register_of(const toml::table& table, const Expander& expander,
                                const std::string& where) {
    const auto name = table["register"].value_or(std::string());
    if (auto known = expander.schema.get(name); !known)
        return std::unexpected(prefixed(where, known.error()));
    return name;
}

Result<void> add_record(const toml::table& table, Expander& expander, const std::string& where) {
    SampleRecord record{TRY(register_of(table, expander, where)), {}, where};
    const auto* values = table["values"].as_table();
    if (values == nullptr) return wrong(where, "values がありません。", "has no values.");
    record.fields = TRY(expander.fields(*values));
    return expander.add(std::move(record));
}

struct Span {
    Day from, to;
    std::string days;
};

Result<Span> span_of(const toml::table& table, const Expander& expander, const std::string& where) {
    const auto from = parse_iso_day(TRY(expander.date(table["from"].value_or(std::string()))));
    const auto to = parse_iso_day(TRY(expander.date(table["to"].value_or(std::string()))));
    if (!from || !to) return wrong(where, "from と to には日付が必要です。", "needs the days from and to.");
    return Span{*from, *to, table["days"].value_or(std::string("daily"))};
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

void apply_cycle(const toml::table* cycle, std::size_t turn, const std::string& day, WrittenFields& fields) {
    if (cycle == nullptr) return;
    for (const auto& [name, node] : *cycle)
        if (const auto* values = node.as_array(); values && !values->empty())
            fields[std::string(name.str())] =
                replaced(written(*values->get(turn % values->size())), "{day}", day);
}

Result<void> add_repeat(const toml::table& table, Expander& expander, const std::string& where) {
    const std::string name = TRY(register_of(table, expander, where));
    const Span span = TRY(span_of(table, expander, where));
    const auto* values = table["values"].as_table();
    if (values == nullptr) return wrong(where, "values がありません。", "has no values.");
    const WrittenFields pattern = TRY(expander.fields(*values));
    std::size_t turn = 0;
    for (const Day day : days_of(span, expander.calendar)) {
        SampleRecord record{name, {}, where};
        for (const auto& [field, text] : pattern) record.fields[field] = replaced(text, "{day}", day.iso());
        apply_cycle(table["cycle"].as_table(), turn++, day.iso(), record.fields);
        for (auto& [field, text] : record.fields) text = TRY(expander.date(text));
        TRY(expander.add(std::move(record)));
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

Result<void> add_each(const toml::table& table, Expander& expander, const std::string& where) {
    const std::string name = TRY(register_of(table, expander, where));
    const auto of = table["of"].value_or(std::string());
    const auto* values = table["values"].as_table();
    if (values == nullptr) return wrong(where, "values がありません。", "has no values.");
    const WrittenFields pattern = TRY(expander.fields(*values));
    const std::size_t known = expander.records.size();
    for (std::size_t i = 0; i < known; ++i) {
        const SampleRecord source = expander.records[i];
        if (source.register_name != of || !chosen(table["where"].as_table(), source.fields)) continue;
        SampleRecord record{name, {}, where};
        for (const auto& [field, text] : pattern)
            record.fields[field] =
                TRY(expander.date(fill(text, [&](std::string_view key, std::string_view as_written) {
                    const auto found = source.fields.find(key);
                    return found == source.fields.end() ? std::string(as_written) : found->second;
                })));
        TRY(expander.add(std::move(record)));
    }
    return {};
}

using Adder = Result<void> (*)(const toml::table&, Expander&, const std::string&);

Result<void> add_all(const toml::table& file, std::string_view kind, Adder adder, Expander& expander,
                     const std::string& where) {
    const auto* list = file[kind].as_array();
    if (list == nullptr) return {};
    for (const auto& node : *list) {
        if (!node.is_table())
            return wrong(where, std::string(kind) + " は表の配列です。",
                         std::string(kind) + " is an array of tables.");
        const std::string line = where + ":" + std::to_string(node.source().begin.line);
        TRY(adder(*node.as_table(), expander, line));
    }
    return {};
}

Result<toml::table> parse(const fs::path& file) {
    try {
        return toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        const std::string where = file.filename().string() + ":" + std::to_string(error.source().begin.line);
        return wrong(where, "TOMLとして読めません（" + std::string(error.description()) + "）。",
                     std::string(error.description()) + ".");
    }
}

Result<std::vector<fs::path>> files_of(std::span<const fs::path> folders) {
    std::vector<fs::path> files;
    for (const fs::path& folder : folders) {
        std::vector<fs::path> here;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(folder, error))
            if (entry.path().extension() == ".toml") here.push_back(entry.path());
        if (error || here.empty())
            return fail(ErrorKind::not_found,
                        {folder.string() + " に見本の組織がありません。",
                         "there is no sample organisation in " + folder.string() + "."});
        std::ranges::sort(here);
        files.insert(files.end(), here.begin(), here.end());
    }
    return files;
}

// Relative dates of every file depend on it, so it is looked up before anything is expanded.
int fiscal_month_of(const std::vector<std::pair<toml::table, std::string>>& files) {
    for (const auto& [file, where] : files)
        if (const auto* records = file["record"].as_array())
            for (const auto& record : *records)
                if (const auto* table = record.as_table(); table && (*table)["register"] == "organisation")
                    return static_cast<int>(
                        (*table)["values"]["fiscal_year_start_month"].value_or(std::int64_t{4}));
    return 4;
}

// Nobody works on the organisation's own days off: they are looked up first, too.
Result<std::vector<Day>> company_days(const std::vector<std::pair<toml::table, std::string>>& files,
                                      const Expander& expander) {
    std::vector<Day> days;
    for (const auto& [file, where] : files) {
        const auto* records = file["record"].as_array();
        if (records == nullptr) continue;
        for (const auto& node : *records) {
            const auto* record = node.as_table();
            if (record == nullptr || (*record)["register"] != "company_holiday") continue;
            toml::table period;
            period.insert("from", (*record)["values"]["from_day"].value_or(std::string()));
            period.insert("to", (*record)["values"]["to_day"].value_or(std::string()));
            const Span off = TRY(span_of(period, expander, where));
            for (Day day = off.from; day <= off.to; day = day.plus_days(1)) days.push_back(day);
        }
    }
    return days;
}

}  // namespace

Result<std::vector<SampleRecord>> expand(std::span<const fs::path> folders, const Schema& schema,
                                         const checks::Holidays& holidays, Day today) {
    Expander expander{schema, today, checks::Calendar(holidays, {}), 4, {}, {}};
    std::vector<std::pair<toml::table, std::string>> files;
    for (const fs::path& file : TRY(files_of(folders)))
        files.emplace_back(TRY(parse(file)), file.filename().string());
    expander.fiscal_month = fiscal_month_of(files);
    expander.calendar = checks::Calendar(holidays, TRY(company_days(files, expander)));
    for (const auto& [file, where] : files) TRY(add_all(file, "record", add_record, expander, where));
    for (const auto& [file, where] : files) TRY(add_all(file, "repeat", add_repeat, expander, where));
    for (const auto& [file, where] : files) TRY(add_all(file, "each", add_each, expander, where));
    return std::move(expander.records);
}

}  // namespace maru::sample
