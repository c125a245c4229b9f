// Hostile xlsx files end in a table within the limits or in a refusal. The first byte says what the rest is:
// a whole file, or one part of an otherwise sound file (checksums would keep a fuzzer out of the parts).
#include <zip.h>

#include <map>
#include <string>

#include "registers/exchange.hpp"
#include "require.hpp"

namespace {

using Parts = std::map<std::string, std::string>;

std::string relation(const char* id, const char* type, const char* target) {
    return std::string("<Relationships><Relationship Id=\"") + id + "\" Type=\"x/" + type + "\" Target=\"" +
           target + "\"/></Relationships>";
}

Parts sound_parts() {
    return {{"_rels/.rels", relation("r", "officeDocument", "w.xml")},
            {"w.xml", "<workbook><sheets><sheet r:id=\"s\"/></sheets></workbook>"},
            {"_rels/w.xml.rels",
             "<Relationships><Relationship Id=\"s\" Type=\"x/worksheet\" Target=\"s.xml\"/>"
             "<Relationship Id=\"t\" Type=\"x/sharedStrings\" Target=\"t.xml\"/>"
             "<Relationship Id=\"u\" Type=\"x/styles\" Target=\"u.xml\"/></Relationships>"},
            {"t.xml", "<sst><si><t>氏名</t></si></sst>"},
            {"u.xml",
             "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
             "numFmtId=\"22\"/></cellXfs></styleSheet>"},
            {"s.xml",
             "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row><row><c "
             "s=\"1\"><v>46349</v></c></row></sheetData></worksheet>"}};
}

std::string packed(const Parts& parts) {
    zip_source_t* const source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(source);
    zip_t* const archive = zip_open_from_source(source, ZIP_TRUNCATE, nullptr);
    for (const auto& [name, text] : parts) {
        const zip_int64_t index =
            zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    }
    zip_close(archive);
    zip_source_open(source);
    zip_source_seek(source, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
    zip_source_seek(source, 0, SEEK_SET);
    zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    using namespace maru::registers;
    if (size == 0) return 0;
    const std::string rest(text_of(data, size).substr(1));
    Parts parts = sound_parts();
    const std::string names = "stuwr";  // sheet, strings, styles, workbook, its relations
    const std::size_t part = names.find(static_cast<char>(data[0]));
    if (part < 4) parts[std::string(1, names[part]) + ".xml"] = rest;
    if (part == 4) parts["_rels/w.xml.rels"] = rest;
    const ReadLimits limits{
        .file_bytes = 1 << 20, .inflated_bytes = 1 << 20, .cell_bytes = 1 << 12, .cells = 40'000};
    const Result<Table> table = parse_xlsx(part == std::string::npos ? rest : packed(parts), limits);
    if (!table) {
        require(!table.error().message.ja.empty() && !table.error().message.en.empty(), "both languages");
        return 0;
    }
    std::size_t text = 0;
    for (const auto& row : table->rows) {
        require(row.size() - table->headings.size() <= 1, "rows are as long as the headings, or one more");
        for (const std::string& cell : row) {
            require(is_utf8(cell) && cell.size() <= limits.cell_bytes, "cells are UTF-8 within the limit");
            text += cell.size();
        }
    }
    require(text <= 2 * limits.inflated_bytes, "the limits hold");
    require(table->rows.size() == table->row_numbers.size(), "every row has its number");
    return 0;
}
