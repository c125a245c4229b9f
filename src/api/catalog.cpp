#include "api/catalog.hpp"

#include <fstream>

namespace maru::api {

namespace {

// derived/reads.tsv: check, register, columns, path.
std::map<std::string, std::set<std::string>, std::less<>> read_reads(const std::filesystem::path& folder) {
    std::map<std::string, std::set<std::string>, std::less<>> reads;
    std::ifstream in(folder / "derived/reads.tsv");
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        const std::vector<std::string> cells = split(line, '\t');
        if (cells.size() >= 2) reads[cells[0]].insert(cells[1]);
    }
    return reads;
}

}  // namespace

Result<std::unique_ptr<const Catalog>> Catalog::load(const std::filesystem::path& folder) {
    auto schema = TRY(registers::Schema::load(folder / "registers"));
    auto library = TRY(checks::Library::load(folder, schema));
    auto kinds = TRY(workflow::Kinds::load(folder, schema));
    auto catalog = std::make_unique<Catalog>(
        Catalog{folder, std::move(schema), std::move(library), {}, read_reads(folder), std::move(kinds)});
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

std::set<std::string> Catalog::registers_of_items(const std::vector<std::string>& items) const {
    std::set<std::string> registers;
    for (const sheets::Sheet& sheet : sheets)
        for (const std::string& code : items) {
            const sheets::Item* item = sheet.item(code);
            if (!item) continue;
            for (const sheets::Link& link : item->links)
                for (const checks::CheckKey& key : link.checks)
                    if (const auto read = reads.find(key.check); read != reads.end())
                        registers.insert(read->second.begin(), read->second.end());
        }
    return registers;
}

}  // namespace maru::api
