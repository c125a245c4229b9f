// GET /sheets/{sheet}/export: the sheet as a file.
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "api/endpoints.hpp"
#include "api/sheet_call.hpp"
#include "api/temporary_folder.hpp"
#include "core/wrapping.hpp"
#include "sheets/render.hpp"

namespace maru::api {

namespace {

constexpr int horizon_days = 800;

struct Format {
    std::string_view name, type;
};
constexpr Format formats[] = {
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"tsv", "text/tab-separated-values; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"json", "application/json"},
    {"table", "text/plain; charset=utf-8"},
};

Result<const Format*> format_of(const Call& call) {
    const std::string name = call.parameter("format");
    const auto found = std::ranges::find(formats, name.empty() ? "xlsx" : name, &Format::name);
    if (found != std::end(formats)) return &*found;
    return fail(ErrorKind::invalid, {"format: xlsx・tsv・csv・json のどれかを指定してください。",
                                     "format: write xlsx, tsv, csv or json"});
}

Result<sheets::Layout> layout_of(const Call& call) {
    const std::string name = call.parameter("layout");
    if (name.empty() || name == "verdicts") return sheets::Layout::verdicts;
    if (name == "published") return sheets::Layout::published;
    return fail(ErrorKind::invalid, {"layout: verdicts か published を指定してください。",
                                     "layout: write verdicts or published"});
}

// With the names of the first offenders for those who may see them, where the state's own day is asked for.
Result<sheets::SheetReport> report_of(const Call& call, const Judgement& judgement,
                                      const std::vector<const sheets::Item*>& items) {
    const sheets::JudgedSheet& judged = **judgement.judged;
    sheets::SheetReport report = judged.on(judgement.on, items, horizon_days);
    if (!call.may().may(identity::Action::see_rows)) {
        for (sheets::ItemReport& item : report.items)
            for (sheets::LinkReport& link : item.links) link.contradictions.clear();
        return report;
    }
    if (judgement.on != judged.day()) return report;
    Desks::Lease desk = TRY(call.site.judge().desk(judged));
    for (sheets::ItemReport& item : report.items)
        item = TRY(sheets::report_item(desk.reader(), desk.evaluation(), judged.sheet(), *item.item, {}));
    return report;
}

Result<std::string> workbook(const Call& call, const sheets::SheetReport& report) {
    const TemporaryFolder folder = TRY(TemporaryFolder::make());
    const std::filesystem::path file = folder.path() / "sheet.xlsx";
    TRY(sheets::write_xlsx(report, call.language, file));
    std::ifstream in(file, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
}

Result<std::string> rendered(const Call& call, const Format& format, sheets::Layout layout,
                             const sheets::SheetReport& report) {
    if (format.name == "xlsx") return workbook(call, report);
    if (format.name == "json") return sheets::render_json(report);
    if (format.name == "table") {
        const auto width = static_cast<std::size_t>(TRY(call.number("width", 120, 0, 10'000)));
        return sheets::render_table(report, layout, call.language,
                                    {width == 0 ? any_width : width, sheets::Colour::plain});
    }
    return sheets::render_delimited(report, layout, call.language, format.name == "tsv" ? '\t' : ',');
}

Result<http::Response> export_sheet(Call& call) {
    const sheets::Sheet& sheet = *TRY(sheet_of(call));
    const Format& format = *TRY(format_of(call));
    const sheets::Layout layout = TRY(layout_of(call));
    const auto items = TRY(items_of(call, sheet));
    const Judgement judgement = TRY(judgement_of(call, sheet));
    const sheets::SheetReport report = TRY(report_of(call, judgement, items));
    http::Response response =
        http::text_response(200, std::string(format.type), TRY(rendered(call, format, layout, report)));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Content-Disposition", fmt::format("attachment; filename=\"{}-{}.{}\"", sheet.name,
                                                            judgement.on.iso(), format.name));
    return response;
}

}  // namespace

std::vector<Endpoint> sheet_export_endpoints() {
    Endpoint file{.pattern = "/sheets/{sheet}/export",
                  .id = "exportSheet",
                  .tag = "sheets",
                  .summary = "The sheet as a file",
                  .query = judgement_parameters,
                  .gives = std::string(formats[0].type),
                  .run = export_sheet};
    file.query.push_back(
        {"format", "xlsx (when it is left out), tsv, csv, json or table (text for a terminal)"});
    file.query.push_back({"width", "Of a table, in columns; 0: lines as long as they come", "integer"});
    file.query.push_back({"layout",
                          "tsv and csv: \"verdicts\" (when it is left out) or \"published\": the published "
                          "file, byte for byte"});
    file.query.push_back({"rows", "\"all\": also the areas that are not published"});
    return {std::move(file)};
}

}  // namespace maru::api
