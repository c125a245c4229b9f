#include "registers/schema.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "registers/nearest.hpp"
#include "schema/erasure_file.hpp"
#include "schema/register_file.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

using Names = std::map<std::string, std::size_t, std::less<>>;

std::unexpected<Error> wrong(const Register& in, const Text& why) {
    return std::unexpected(prefixed(in.name + ".toml", Error{ErrorKind::invalid, why}));
}

Result<std::vector<std::filesystem::path>> register_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->path().extension() == ".toml") files.push_back(at->path());
    if (error || files.empty())
        return fail(
            ErrorKind::not_found,
            {fmt::format("台帳の定義が {} にありません。フォルダを確かめてください。", folder.string()),
             fmt::format("there are no register files in {}; check the folder", folder.string())});
    std::ranges::sort(files);
    return files;
}

Result<void> check_references(const Register& in, const Names& names) {
    std::vector<std::string> known;
    for (const auto& [name, at] : names) known.push_back(name);
    for (const Field& field : in.fields) {
        if (!field.is_reference() || names.contains(field.to)) continue;
        const std::string near = join(nearest(field.to, known), ", ");
        return wrong(in, {fmt::format("項目 {} の参照先の台帳「{}」がありません。近い名前: {}", field.name,
                                      field.to, near),
                          fmt::format("field {} refers to a register {} that does not exist; near: {}",
                                      field.name, field.to, near)});
    }
    return {};
}

// Names of all tables that a register makes.
std::vector<std::string> tables_of(const Register& of) {
    std::vector<std::string> out{of.name, of.name + "_history"};
    for (const Field& field : of.fields) {
        if (!field.is_list()) continue;
        out.push_back(of.name + "_" + field.name);
        out.push_back(of.name + "_" + field.name + "_history");
    }
    return out;
}

Result<void> check_unique(const std::vector<Register>& all) {
    std::map<int, std::string> numbers;
    std::map<std::string, std::string> tables;
    for (const Register& one : all) {
        if (const auto [at, fresh] = numbers.emplace(one.number, one.name); !fresh)
            return wrong(
                one, {fmt::format("番号 {} は {}.toml が使っています。別の番号にしてください。", one.number,
                                  at->second),
                      fmt::format("number {} belongs to {}.toml; choose another", one.number, at->second)});
        for (const std::string& table : tables_of(one))
            if (const auto [at, fresh] = tables.emplace(table, one.name); !fresh)
                return wrong(
                    one, {fmt::format("表「{}」が {}.toml の表と同じ名前になります。名前を変えてください。",
                                      table, at->second),
                          fmt::format("its table {} has the name of one of {}.toml; rename one", table,
                                      at->second)});
    }
    return {};
}

// A key that needs its own record to be found could never be written.
Result<void> check_key_is_finite(const Register& start, const Register& at, const Schema& schema,
                                 std::set<std::string>& path) {
    if (!path.insert(at.name).second)
        return wrong(
            start, {"自然キーの参照が輪になっています。", "the references in its natural key form a circle"});
    for (const std::string& name : at.key) {
        const Field* field = at.field(name);
        if (field->is_reference()) TRY(check_key_is_finite(start, *schema.find(field->to), schema, path));
    }
    path.erase(at.name);
    return {};
}

}  // namespace

const Field* Register::field(std::string_view field_name) const {
    const auto found = std::ranges::find(fields, field_name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

const Field* Register::field_by_heading(std::string_view heading) const {
    const std::string wanted = folded(trim(heading));
    for (const Field& field : fields)
        if (folded(field.name) == wanted) return &field;
    for (const Field& field : fields)
        if (folded(field.label.ja) == wanted || folded(field.label.en) == wanted) return &field;
    return nullptr;
}

Result<Schema> Schema::load(const std::filesystem::path& folder) {
    std::vector<Register> registers;
    for (const std::filesystem::path& file : TRY(register_files(folder)))
        registers.push_back(TRY(read_register(file)));
    return of(std::move(registers));
}

Result<Schema> Schema::of(std::vector<Register> registers) {
    Schema schema;
    schema.registers_ = std::move(registers);
    std::ranges::sort(schema.registers_, {}, &Register::number);
    for (std::size_t i = 0; i < schema.registers_.size(); ++i) schema.by_name_[schema.registers_[i].name] = i;
    TRY(check_unique(schema.registers_));
    for (const Register& one : schema.registers_) TRY(check_references(one, schema.by_name_));
    for (const Register& one : schema.registers_) {
        std::set<std::string> path;
        TRY(check_key_is_finite(one, one, schema, path));
        TRY(check_retention(one, schema));
    }
    return schema;
}

const Register* Schema::find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &registers_[found->second];
}

Result<const Register*> Schema::get(std::string_view name) const {
    if (const Register* found = find(name)) return found;
    std::vector<std::string> names;
    for (const Register& one : registers_) names.push_back(one.name);
    const std::string near = join(nearest(name, names), ", ");
    const std::string ja =
        near.empty() ? "maru catalog registers で一覧を見られます。" : fmt::format("もしかして: {}", near);
    const std::string en =
        near.empty() ? "maru catalog registers lists them" : fmt::format("did you mean {}?", near);
    return fail(ErrorKind::not_found, {fmt::format("台帳「{}」はありません。{}", name, ja),
                                       fmt::format("there is no register {}; {}", name, en)});
}

}  // namespace maru::registers
