// Everything of the catalog that checking needs, and the version that names it.
#include <fmt/core.h>

#include <algorithm>

#include "checks/check.hpp"
#include "core/causes.hpp"
#include "crypto/hash.hpp"
#include "files/toml_reader.hpp"

namespace maru::checks {

namespace {

namespace fs = std::filesystem;
using files::Need;
using files::TomlReader;

// What cannot be looked at counts as there: reading it says why it cannot be read.
bool may_be_there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error) || error;
}

std::unexpected<Error> unreadable_folder(const fs::path& folder, const std::error_code& error) {
    const Text why = cause_of(error.value());
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{}: フォルダを読めません（{}）。権限を確かめてください。", folder.string(), why.ja),
         fmt::format("{}: the folder cannot be read ({}); check its permissions", folder.string(), why.en)});
}

// Regular *.toml files below a folder, in name order; none when it is not there.
Result<std::vector<fs::path>> toml_files(const fs::path& folder) {
    std::vector<fs::path> out;
    if (!may_be_there(folder)) return out;
    std::error_code error, ignored;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->is_regular_file(ignored) && it->path().extension() == ".toml") out.push_back(it->path());
    }
    if (error) return unreadable_folder(folder, error);
    std::ranges::sort(out);
    return out;
}

Result<void> load_checks(Library& library, const fs::path& folder, const registers::Schema& schema,
                         With with) {
    for (const auto& file : TRY(toml_files(folder))) {
        const std::string text = TRY(files::read_file(file));
        Check check = TRY(parse_check(text, file, with));
        if (!check.subject.empty() && !schema.find(check.subject)) {
            return fail(ErrorKind::invalid, {fmt::format("{} subject: 台帳 {} はありません。",
                                                         file.filename().string(), check.subject),
                                             fmt::format("{} subject: there is no register {}",
                                                         file.filename().string(), check.subject)});
        }
        std::string name = check.name;
        if (!library.checks.emplace(std::move(name), std::move(check)).second)
            return fail(
                ErrorKind::invalid,
                {fmt::format("{} という点検が2つあります。どちらかの名前を変えてください。", file.string()),
                 fmt::format("{}: another file has the same name; rename one", file.string())});
    }
    return {};
}

// One table per name: [session_minutes] …
template <class Read>
Result<void> each_table(const fs::path& file, Read&& read) {
    if (!may_be_there(file)) return {};
    const std::string where = file.filename().string();
    const std::string text = TRY(files::read_file(file));
    const toml::table all = TRY(files::parse(text, where));
    std::optional<Error> error;
    for (const auto& [key, node] : all) {
        const std::string name(key.str());
        const auto* table = node.as_table();
        if (!table) {
            return fail(ErrorKind::invalid,
                        {fmt::format("{} {}: 表 [{}] で書いてください。", where, name, name),
                         fmt::format("{} {}: must be a table [{}]", where, name, name)});
        }
        TomlReader in(*table, fmt::format("{} [{}]", where, name), error);
        read(name, in);
        in.refuse_other_keys();
    }
    if (error) return std::unexpected(std::move(*error));
    return {};
}

Setting read_setting(const std::string& name, TomlReader& in) {
    constexpr std::int64_t limit = 1'000'000'000'000;
    Setting out;
    out.name = name;
    out.min = in.integer("min", 0, -limit, limit);
    out.max = in.integer("max", limit, out.min, limit);
    if (!in.has("value")) in.refuse("value", {"がありません。書いてください。", "is missing"});
    out.value = in.integer("value", 0, out.min, out.max);
    out.label = in.both("label");
    if (in.has("unit")) out.unit = in.both("unit");
    if (in.has("help")) in.both("help");
    return out;
}

Result<void> load_settings(Library& library, const fs::path& file) {
    return each_table(file, [&](const std::string& name, TomlReader& in) {
        library.settings.emplace(name, read_setting(name, in));
    });
}

Result<void> load_scopes(Library& library, const fs::path& file) {
    return each_table(file, [&](const std::string& name, TomlReader& in) {
        if (in.has("help")) in.both("help");
        library.scopes.emplace(name, ScopeTopic{name, in.both("label"), in.texts("contradicted_by")});
    });
}

void add_part(std::string& all, std::string_view part) {
    all.append(fmt::format("{}\n", part.size()));
    all.append(part);
}

}  // namespace

Result<Holidays> Holidays::load(const fs::path& file) {
    const std::string where = file.filename().string();
    const std::string text = TRY(files::read_file(file));
    const toml::table all = TRY(files::parse(text, where));
    std::optional<Error> error;
    TomlReader in(all, where, error);
    Holidays out;
    const auto* days = in.tables("holiday");
    for (std::size_t i = 0; days && i < days->size(); ++i) {
        TomlReader entry(*(*days)[i].as_table(), fmt::format("{} [[holiday]] {}", where, i + 1), error);
        if (const auto day = entry.day("date", Need::required)) out.days.push_back(*day);
        entry.both("label");
        entry.refuse_other_keys();
    }
    in.refuse_other_keys();
    if (error) return std::unexpected(std::move(*error));
    std::ranges::sort(out.days);
    return out;
}

Result<std::vector<Definition>> definitions(const fs::path& catalog) {
    std::vector<fs::path> found;
    for (const auto* folder : {"calendars", "checks", "registers", "sheets"}) {
        const auto below = TRY(toml_files(catalog / folder));
        found.insert(found.end(), below.begin(), below.end());
    }
    for (const auto* file : {"scopes.toml", "settings.toml"}) {
        if (may_be_there(catalog / file)) found.push_back(catalog / file);
    }
    std::vector<Definition> out;
    for (const auto& file : found)
        out.push_back({file.lexically_relative(catalog).generic_string(), TRY(files::read_file(file))});
    std::ranges::sort(out, {}, &Definition::path);
    return out;
}

std::string version_of(const std::vector<Definition>& definitions) {
    std::string all;
    for (const Definition& definition : definitions) {
        add_part(all, definition.path);
        add_part(all, definition.text);
    }
    return hex(crypto::sha256(as_bytes(all)));
}

Result<Library> Library::load(const fs::path& catalog, const registers::Schema& schema, With with) {
    Library library;
    TRY(load_checks(library, catalog / "checks", schema, with));
    TRY(load_settings(library, catalog / "settings.toml"));
    TRY(load_scopes(library, catalog / "scopes.toml"));
    const fs::path calendar = catalog / "calendars" / "jp.toml";
    if (may_be_there(calendar)) library.holidays = TRY(Holidays::load(calendar));
    library.version = version_of(TRY(definitions(catalog)));
    return library;
}

}  // namespace maru::checks
