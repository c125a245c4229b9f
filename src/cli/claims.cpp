#include <fmt/core.h>

#include <ostream>

#include "cli/files.hpp"
#include "cli/session.hpp"
#include "registers/exchange.hpp"
#include "sheets/remark_lint.hpp"

namespace maru::cli {

namespace {

std::string finding_line(const Session& session, const sheets::RemarkFinding& finding) {
    const Language language = session.common.language;
    switch (finding.kind) {
        case sheets::RemarkFinding::Kind::untied_sentence:
            return fmt::format("{:3}  {}: {}\n", finding.item->number,
                               session.say("どの点検も裏付けない文", "no check makes this sentence true"),
                               finding.text);
        case sheets::RemarkFinding::Kind::unanswered_part:
            return fmt::format("{:3}  {}: {}\n", finding.item->number,
                               session.say("答えていない部分", "part of the question not answered"),
                               finding.label.in(language));
        case sheets::RemarkFinding::Kind::repeated_text: {
            std::string also;
            for (const int number : finding.also) also += (also.empty() ? "" : ", ") + std::to_string(number);
            return fmt::format("{:3}  {} {}: {}\n", finding.item->number,
                               session.say("同じ文を使っている設問", "same text as item"), also,
                               finding.text);
        }
    }
    return {};
}

}  // namespace

Result<int> run(const Session& session, const ClaimsImport& command) {
    const auto schema = TRY(session.schema());
    const auto library = TRY(session.library(schema));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, library));
    const registers::Table table = TRY(read_table(command.file, command.format));
    // In their places in the file, whose blank rows the table leaves out: errors name its lines.
    std::vector<std::vector<std::string>> rows(table.row_numbers.empty() ? 1 : table.row_numbers.back());
    rows.front() = table.headings;
    for (std::size_t i = 0; i < table.rows.size(); ++i) rows[table.row_numbers[i] - 1] = table.rows[i];
    const auto published = sheets::match_published(sheet, rows);
    if (!published) return std::unexpected(prefixed(command.file.string(), published.error()));
    auto organisation = TRY(session.open(schema));
    TRY(organisation->exclusively([&](registers::WriteContext& context) -> Result<void> {
        for (const sheets::PublishedRow& row : *published) {
            registers::PutRequest request;
            request.register_name = "claim";
            request.fields = {
                {"sheet", sheet.name}, {"item", row.item}, {"mark", row.mark}, {"remark", row.remark}};
            TRY(registers::put(context, request));
        }
        return {};
    }));
    session.out << fmt::format(fmt::runtime(session.say("{} 件の公表回答を取り込みました（設問 {} 件中）。\n",
                                                        "{} claims imported (of {} items).\n")),
                               published->size(), sheet.rows(sheets::Sheet::Rows::published).size());
    return 0;
}

Result<int> run(const Session& session, const ClaimsLint& command) {
    Reading reading = TRY(read_state(session, command.when));
    const auto sheet = TRY(sheets::load_sheet(session.catalog(), command.sheet, *reading.library));
    const auto terms = TRY(sheets::load_remark_terms(session.catalog(), sheet));
    const auto claims = TRY(sheets::load_claims(*reading.reader, sheet.name));
    const auto findings = sheets::lint_remarks(sheet, terms, claims);
    for (const auto& finding : findings) session.out << finding_line(session, finding);
    session.out << fmt::format(
        fmt::runtime(session.say("{} 件の指摘（公表回答 {} 件）\n", "{} findings ({} claims)\n")),
        findings.size(), claims.size());
    return findings.empty() ? 0 : 1;
}

}  // namespace maru::cli
