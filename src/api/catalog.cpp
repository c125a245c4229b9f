#include "api/catalog.hpp"

namespace maru::api {

Result<std::unique_ptr<const Catalog>> Catalog::load(const std::filesystem::path& folder) {
    auto schema = TRY(registers::Schema::load(folder / "registers"));
    auto library = TRY(checks::Library::load(folder, schema));
    auto catalog = std::make_unique<Catalog>(Catalog{folder, std::move(schema), std::move(library), {}});
    for (const std::string& name : sheets::sheet_names(folder))
        catalog->sheets.push_back(TRY(sheets::load_sheet(folder, name, catalog->library)));
    return std::unique_ptr<const Catalog>(std::move(catalog));
}

Result<const sheets::Sheet*> Catalog::sheet(std::string_view name) const {
    std::vector<std::string> names;
    for (const sheets::Sheet& one : sheets) {
        if (one.name == name) return &one;
        names.push_back(one.name);
    }
    const std::string known = join(names, ", ");
    return fail(ErrorKind::not_found,
                {"シート「" + std::string(name) + "」はありません。次から選んでください: " + known,
                 "there is no sheet " + std::string(name) + "; there are " + known});
}

}  // namespace maru::api
