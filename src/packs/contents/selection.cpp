#include "contents/selection.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "checks/lint.hpp"

namespace maru::packs {

namespace {

using registers::Field;
using registers::Register;

// Registers that the engine itself reads, whatever the checks.
constexpr std::array<std::string_view, 9> always_read{"claim",        "company_holiday", "exception",
                                                      "exclusion",    "list_import",     "mirrored_list",
                                                      "organisation", "scope_statement", "setting_value"};

std::set<std::string> checks_of(const std::vector<const sheets::Item*>& items) {
    std::set<std::string> names;
    for (const sheets::Item* item : items)
        for (const sheets::Link& link : item->links)
            for (const checks::CheckKey& key : link.checks) names.insert(key.check);
    return names;
}

bool is_attachment(const Field& field) { return field.element() == registers::FieldType::file; }

bool is_key(const Register& of, const Field& field) {
    return std::ranges::find(of.key, field.name) != of.key.end();
}

bool is_always_read(const Register& of) {
    return std::ranges::find(always_read, of.name) != always_read.end();
}

// Besides what checks read.
void add_open_fields(Need& need) {
    const Register& of = *need.of;
    for (const Field& field : of.fields)
        if (!field.personal && (is_always_read(of) || is_key(of, field) || is_attachment(field)))
            need.fields.insert(field.number);
}

void add_columns(Need& need, const std::vector<std::string>& columns) {
    for (const std::string& column : columns)
        if (const Field* field = need.of->field(column.substr(0, column.find('.'))))
            need.fields.insert(field->number);
}

// Subjects of offending rows by the register they belong to.
std::map<std::string, std::set<std::int64_t>, std::less<>> offending_records(
    const sheets::SheetReport& report) {
    std::map<std::string, std::set<std::int64_t>, std::less<>> out;
    for (const auto& item : report.items)
        for (const auto& link : item.links)
            for (const auto& offender : link.offenders) {
                std::int64_t id = 0;
                const char* end = offender.subject.data() + offender.subject.size();
                if (link.check->subject.empty()) continue;
                if (std::from_chars(offender.subject.data(), end, id).ptr == end)
                    out[link.check->subject].insert(id);
            }
    return out;
}

Result<std::vector<std::int64_t>> newest(store::Database& reader, const Register& of, std::int64_t limit) {
    std::vector<std::int64_t> ids;
    auto query = TRY(reader.prepare(
        fmt::format("select id from {} order by from_index desc, id limit ?1", store::quoted(of.name))));
    query.bind(1, limit);
    while (const auto row = TRY(query.step())) ids.push_back(row->integer(0));
    return ids;
}

Result<std::int64_t> count(store::Database& reader, const Register& of) {
    return TRY(reader.query_integer("select count(*) from " + store::quoted(of.name))).value_or(0);
}

// A title that the pack may show: opened, and a text of the record's own.
std::string title_of(const Need& need, const registers::Record& record) {
    for (std::size_t i = 0; i < need.of->fields.size(); ++i) {
        const Field& field = need.of->fields[i];
        if (field.name != need.of->title || !need.fields.contains(field.number)) continue;
        const auto* scalar = std::get_if<store::Value>(&record.values[i]);
        const auto* text = scalar ? std::get_if<std::string>(scalar) : nullptr;
        return text ? *text : "";
    }
    return "";
}

class Selector {
public:
    Selector(store::Database& reader, std::int64_t limit) : reader_(reader), limit_(limit) {}

    Result<void> add(const Need& need, const std::set<std::int64_t>& first) {
        RegisterCount counted{&need, TRY(count(reader_, *need.of)), 0};
        if (counted.total == 0) return {};
        std::set<std::int64_t> taken;
        std::vector<std::int64_t> ids(first.begin(), first.end());
        for (const std::int64_t id : TRY(newest(reader_, *need.of, limit_))) ids.push_back(id);
        for (const std::int64_t id : ids) {
            if (counted.disclosed == limit_ || !taken.insert(id).second) continue;
            if (auto record = TRY(registers::read(reader_, *need.of, id))) {
                std::string title = title_of(need, *record);
                out_.records.push_back({&need, std::move(*record), std::move(title)});
                ++counted.disclosed;
            }
        }
        out_.registers.push_back(counted);
        return {};
    }
    Selection take() {
        std::ranges::sort(out_.records, {}, [](const ChosenRecord& one) { return one.record.from_index; });
        return std::move(out_);
    }

private:
    store::Database& reader_;
    std::int64_t limit_;
    Selection out_;
};

}  // namespace

Result<std::vector<Need>> needs_of(const checks::Library& library, const registers::Schema& schema,
                                   const std::vector<const sheets::Item*>& items) {
    const std::set<std::string> names = checks_of(items);
    checks::Library chosen = library;
    std::erase_if(chosen.checks, [&](const auto& each) { return !names.contains(each.first); });
    std::map<int, Need> needs;
    for (const Register& of : schema.all())
        if (is_always_read(of)) needs[of.number].of = &of;
    for (const auto& read : TRY(checks::derived_reads(chosen, schema))) {
        const Register& of = *TRY(schema.get(read.register_name));
        needs[of.number].of = &of;
        add_columns(needs[of.number], read.columns);
    }
    std::vector<Need> out;
    for (auto& [number, need] : needs) {
        add_open_fields(need);
        out.push_back(std::move(need));
    }
    return out;
}

Result<Selection> select_records(const PackEnd& last, const std::vector<Need>& needs, std::int64_t limit) {
    const auto offending = offending_records(last.sheet);
    Selector selector(last.reader, limit);
    for (const Need& need : needs) {
        const auto first = offending.find(need.of->name);
        TRY(selector.add(need, first == offending.end() ? std::set<std::int64_t>{} : first->second));
    }
    return selector.take();
}

}  // namespace maru::packs
