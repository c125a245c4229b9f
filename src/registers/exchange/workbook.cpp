#include "exchange/workbook.hpp"

#include <fmt/core.h>

#include <charconv>
#include <filesystem>
#include <map>

#include "exchange/elements.hpp"
#include "exchange/messages.hpp"
#include "exchange/xml_text.hpp"

namespace maru::registers {

namespace {

struct Relation {
    std::string type, target;
};
using Relations = std::map<std::string, Relation, std::less<>>;  // by id

int number_of(std::string_view text) {
    int number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

std::string target_of(const std::string& source, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    return (std::filesystem::path(source).parent_path() / target).lexically_normal().generic_string();
}

// The relationships of a part; "" is the package.
Result<Relations> relations_of(Archive& archive, const std::string& source) {
    const std::filesystem::path path(source);
    const std::string part =
        (path.parent_path() / "_rels" / (path.filename().string() + ".rels")).generic_string();
    std::string text = TRY(archive.read(part));
    pugi::xml_document document;
    TRY(parse_xml(document, text, part));
    Relations relations;
    for (const pugi::xml_node& one : child(document, "Relationships").children())
        relations[std::string(attribute(one, "Id"))] = {
            .type = std::string(attribute(one, "Type")),
            .target = target_of(source, attribute(one, "Target"))};
    return relations;
}

// The target of the first relation whose type ends so; "" when there is none.
std::string by_type(const Relations& relations, std::string_view ending) {
    for (const auto& [id, relation] : relations)
        if (relation.type.ends_with(ending)) return relation.target;
    return "";
}

Result<std::string> first_sheet(const pugi::xml_node& workbook, const Relations& relations) {
    for (const pugi::xml_node& sheet : child(workbook, "sheets").children()) {
        const std::string_view state = attribute(sheet, "state");
        if (local_name(sheet.name()) != "sheet" || (!state.empty() && state != "visible")) continue;
        const auto relation = relations.find(attribute(sheet, "id"));
        if (relation != relations.end() && relation->second.type.ends_with("/worksheet"))
            return relation->second.target;
    }
    return fail(ErrorKind::invalid,
                {"表示されているシートがありません。取り込むシートを先頭に置いてください。",
                 "there is no visible sheet; put the sheet to be imported first"});
}

Result<std::vector<std::string>> read_strings(Archive& archive, const std::string& part,
                                              const ReadLimits& limits) {
    std::vector<std::string> strings;
    Elements elements("sst", "si", piece_limit(limits), [&](std::string& piece) -> Result<void> {
        pugi::xml_document document;
        TRY(parse_xml(document, piece, part));
        for (const pugi::xml_node& item : document.children())
            if (local_name(item.name()) == "si") strings.push_back(rich_text(item));
        if (strings.size() > limits.cells) return fail(ErrorKind::invalid, too_many_cells(limits.cells));
        return {};
    });
    TRY(archive.stream(part, [&](std::string_view chunk) { return elements.feed(chunk); }));
    TRY(elements.finish());
    return strings;
}

std::vector<NumberFormat> formats_of(const pugi::xml_node& styles) {
    std::map<int, NumberFormat> customs;
    for (const pugi::xml_node& one : child(styles, "numFmts").children())
        customs[number_of(attribute(one, "numFmtId"))] = custom_format(attribute(one, "formatCode"));
    std::vector<NumberFormat> formats;
    for (const pugi::xml_node& one : child(styles, "cellXfs").children()) {
        if (local_name(one.name()) != "xf") continue;
        const int id = number_of(attribute(one, "numFmtId"));
        const auto custom = customs.find(id);
        formats.push_back(custom == customs.end() ? builtin_format(id) : custom->second);
    }
    return formats;
}

Result<std::vector<NumberFormat>> read_formats(Archive& archive, const std::string& part) {
    std::string text = TRY(archive.read(part));
    pugi::xml_document document;
    TRY(parse_xml(document, text, part));
    return formats_of(child(document, "styleSheet"));
}

}  // namespace

std::uint64_t piece_limit(const ReadLimits& limits) { return 64 * limits.cell_bytes; }

Result<Workbook> read_workbook(Archive& archive, const ReadLimits& limits) {
    const std::string part = by_type(TRY(relations_of(archive, "")), "/officeDocument");
    std::string text = TRY(archive.read(part));
    pugi::xml_document document;
    TRY(parse_xml(document, text, part));
    const pugi::xml_node root = child(document, "workbook");
    const Relations relations = TRY(relations_of(archive, part));
    Workbook workbook;
    workbook.sheet = TRY(first_sheet(root, relations));
    const std::string_view date1904 = attribute(child(root, "workbookPr"), "date1904");
    if (date1904 == "1" || date1904 == "true") workbook.epoch = Epoch::since_1904;
    if (const std::string strings = by_type(relations, "/sharedStrings"); !strings.empty())
        workbook.strings = TRY(read_strings(archive, strings, limits));
    if (const std::string styles = by_type(relations, "/styles"); !styles.empty())
        workbook.formats = TRY(read_formats(archive, styles));
    return workbook;
}

}  // namespace maru::registers
