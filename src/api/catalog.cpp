#include "api/catalog.hpp"

#include <fstream>

namespace maru::api {

namespace {

// Fields of a register by which its records name the check's subject.
void add_links(std::vector<SubjectLink>& to, const checks::Check& check, const registers::Register& of,
               const std::vector<std::string>& columns) {
    if (of.name == check.subject) return;
    for (const std::string& column : columns) {
        const registers::Field* const field = of.field(column);
        if (field && field->is_reference() && !field->is_list() && field->to == check.subject)
            to.push_back({&of, field});
    }
}

// derived/reads.tsv: check, register, columns joined by ' ', path. Made by `maru catalog lint --write`.
void read_reads(Catalog& catalog) {
    std::ifstream in(catalog.folder / "derived/reads.tsv");
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        const std::vector<std::string> cells = split(line, '\t');
        if (cells.size() < 3) continue;
        catalog.reads[cells[0]].insert(cells[1]);
        const auto check = catalog.library.checks.find(cells[0]);
        const registers::Register* const of = catalog.schema.find(cells[1]);
        if (check != catalog.library.checks.end() && of)
            add_links(catalog.links[cells[0]], check->second, *of, split(cells[2], ' '));
    }
}

}  // namespace

Result<std::unique_ptr<const Catalog>> Catalog::load(const std::filesystem::path& folder) {
    auto schema = TRY(registers::Schema::load(folder / "registers"));
    auto library = TRY(checks::Library::load(folder, schema));
    auto kinds = TRY(workflow::Kinds::load(folder, schema));
    auto catalog = std::make_unique<Catalog>(
        Catalog{folder, std::move(schema), std::move(library), {}, {}, {}, std::move(kinds)});
    read_reads(*catalog);
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

std::span<const SubjectLink> Catalog::links_to_subject(const checks::Check& check) const {
    const auto found = links.find(check.name);
    return found == links.end() ? std::span<const SubjectLink>() : found->second;
}

}  // namespace maru::api
