#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

#include "exchange/columns.hpp"
#include "exchange/messages.hpp"
#include "exchange/row_order.hpp"
#include "registers/exchange.hpp"
#include "registers/tombstones.hpp"
#include "values/numbers.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t kept_problems = 100;
constexpr std::size_t rows_per_report = 1000;

enum class SelfReferences { with, without };

bool is_about_the_row(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid:
        case ErrorKind::not_found:
        case ErrorKind::conflict:
        case ErrorKind::forbidden: return true;
        case ErrorKind::unavailable:
        case ErrorKind::corrupt:
        case ErrorKind::internal: return false;
    }
    return false;
}

struct Plan {
    const Schema& schema;
    const Register& into;
    const Table& table;
    std::vector<Column> columns;
};

// Puts the rows of one table inside one exclusive command and notes what is wrong with them.
class Import {
public:
    Import(WriteContext& context, const Plan& plan)
        : context_(context),
          schema_(plan.schema),
          into_(plan.into),
          table_(plan.table),
          columns_(plan.columns),
          ids_(plan.table.rows.size()) {}

    Result<ImportReport> run(const ImportOptions& options) {
        const RowOrder order = order_rows(into_, table_, columns_);
        std::vector<bool> deferred(table_.rows.size());
        for (const std::size_t row : order.deferred) deferred[row] = true;
        report_.rows = table_.rows.size();
        std::size_t done = 0;
        for (const std::size_t row : order.rows) {
            TRY(put_first(row, deferred[row] ? SelfReferences::without : SelfReferences::with));
            if (++done % rows_per_report == 0) options.progress(done, table_.rows.size());
        }
        for (const std::size_t row : order.deferred) TRY(put_again(row));
        options.progress(done, table_.rows.size());
        if (report_.problem_count > 0) report_.created = report_.changed = report_.unchanged = 0;
        return std::move(report_);
    }

private:
    Result<void> put_first(std::size_t row, SelfReferences references) {
        if (table_.rows[row].size() > table_.headings.size()) {
            beyond_headings(row);
            return {};
        }
        const auto request = request_of(row, references);
        if (!request) return {};
        if (!request->id && key_was_erased(*request)) {
            ++report_.unchanged;  // of an exported table; nothing can be said of it any more
            return {};
        }
        const auto change = put(context_, *request);
        if (!change) return explain(row, change.error());
        const auto [first, fresh] = rows_by_id_.emplace(change->id, row);
        if (!fresh) note_duplicate(row, first->second);
        ids_[row] = change->id;
        count(*change);
        return {};
    }

    bool key_was_erased(const PutRequest& request) const {
        return std::ranges::any_of(into_.key, [&](const std::string& name) {
            const auto at = request.fields.find(name);
            return at != request.fields.end() && is_tombstone(at->second);
        });
    }

    // A row of a circle once more, now that all of it is there.
    Result<void> put_again(std::size_t row) {
        if (!ids_[row]) return {};
        auto request = request_of(row, SelfReferences::with);
        if (!request) return {};
        request->id = ids_[row];
        request->expected_version.reset();
        const auto change = put(context_, *request);
        if (!change) return explain(row, change.error());
        note_entry(*change);
        return {};
    }

    // nullopt when id or version is no number (noted).
    std::optional<PutRequest> request_of(std::size_t row, SelfReferences references) {
        PutRequest request{.register_name = into_.name};
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const std::string& cell = table_.rows[row][column];
            const Column& what = columns_[column];
            if (what.kind == Column::Kind::field) {
                const bool left_out = references == SelfReferences::without && refers_to_itself(into_, what);
                if (!left_out) request.fields.emplace(what.field->name, cell);
            } else if (what.kind != Column::Kind::empty && !trim(cell).empty()) {
                const auto number = number_of(row, column);
                if (!number) return std::nullopt;
                (what.kind == Column::Kind::id ? request.id : request.expected_version) = number;
            }
        }
        return request;
    }

    std::optional<std::int64_t> number_of(std::size_t row, std::size_t column) {
        const std::string normal = normalize_compatibility(table_.rows[row][column]);
        std::string_view text = trim(normal);
        if (text.starts_with('#')) text.remove_prefix(1);
        const auto number = parse_scaled(text, 0);
        if (number && *number > 0) return *number;
        note(row, column,
             {"番号（例: #123）を書くか、空にしてください。", "expected a number such as #123, or nothing"});
        return std::nullopt;
    }

    void note(std::size_t row, std::size_t column, const Text& reason) {
        note({.row = table_.row_numbers[row],
              .column = heading_of(table_, column),
              .value = shown(table_.rows[row][column]),
              .reason = reason});
    }

    // Keeps those of the first rows, whatever the order in which rows are put.
    void note(ImportProblem problem) {
        ++report_.problem_count;
        const auto behind = std::ranges::upper_bound(report_.problems, problem.row, {}, &ImportProblem::row);
        report_.problems.insert(behind, std::move(problem));
        if (report_.problems.size() > kept_problems) report_.problems.pop_back();
    }

    void beyond_headings(std::size_t row) {
        note(row, table_.headings.size(),
             {"見出しより右にセルがあります。区切り文字を含むセルは \" で囲んでください。",
              "a cell stands beyond the headings; quote cells that contain the separator"});
    }

    void note_duplicate(std::size_t row, std::size_t first) {
        std::vector<std::string> headings, values;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const Field* const field = columns_[column].field;
            if (field == nullptr || std::ranges::find(into_.key, field->name) == into_.key.end()) continue;
            headings.push_back(heading_of(table_, column));
            values.push_back(table_.rows[row][column]);
        }
        note({.row = table_.row_numbers[row],
              .column = join(headings, " / "),
              .value = shown(join(values, " / ")),
              .reason = {fmt::format("{}行目と同じ記録です。1つの記録は1行にしてください。",
                                     table_.row_numbers[first]),
                         fmt::format("the same record as in row {}; write each record once",
                                     table_.row_numbers[first])}});
    }

    // Finds the cells that made the put fail; when none did alone, the put's own words stand for the row.
    Result<void> explain(std::size_t row, const Error& error) {
        if (!is_about_the_row(error.kind)) return std::unexpected(error);
        const std::size_t before = report_.problem_count;
        for (std::size_t column = 0; column < columns_.size(); ++column)
            if (columns_[column].field != nullptr) explain_cell(row, column);
        if (report_.problem_count == before)
            note({.row = table_.row_numbers[row], .column = "", .value = "", .reason = error.message});
        return {};
    }

    void explain_cell(std::size_t row, std::size_t column) {
        const Field& field = *columns_[column].field;
        const std::string& cell = table_.rows[row][column];
        const auto value = parse_bare(
            field, cell, [&](std::string_view name, std::string_view written) -> Result<std::int64_t> {
                const Register* const to = TRY(schema_.get(name));
                return resolve(context_.database, schema_, *to, written);
            });
        if (!value)
            note(row, column, value.error().message);
        else if (field.required && trim(cell).empty())
            note(row, column, {"必須の項目です。値を書いてください。", "required; write a value"});
    }

    void note_entry(const Change& change) {
        if (change.kind == Change::Kind::unchanged) return;
        if (report_.first_entry < 0) report_.first_entry = change.index;
        report_.last_entry = std::max(report_.last_entry, change.index);
    }

    void count(const Change& change) {
        note_entry(change);
        switch (change.kind) {
            case Change::Kind::created: ++report_.created; break;
            case Change::Kind::changed: ++report_.changed; break;
            case Change::Kind::unchanged: ++report_.unchanged; break;
            case Change::Kind::retired: break;
        }
    }

    WriteContext& context_;
    const Schema& schema_;
    const Register& into_;
    const Table& table_;
    const std::vector<Column>& columns_;
    std::vector<std::optional<std::int64_t>> ids_;
    std::unordered_map<std::int64_t, std::size_t> rows_by_id_;
    ImportReport report_;
};

}  // namespace

Result<ImportReport> import_table(Organisation& organisation, const Schema& schema, const Register& into,
                                  const Table& table, const ImportOptions& options) {
    if (table.headings.empty())
        return fail(ErrorKind::invalid, {"表が空です。1行目に見出しを書いてください。",
                                         "the table is empty; write headings in its first row"});
    const Plan plan{
        .schema = schema, .into = into, .table = table, .columns = TRY(match_columns(into, table))};
    std::optional<ImportReport> undone;
    ImportReport report;
    const auto work = [&](WriteContext& context) -> Result<void> {
        report = TRY(Import(context, plan).run(options));
        if (report.problem_count == 0 && !options.dry_run) return {};
        report.first_entry = report.last_entry = -1;
        undone = report;
        return fail(ErrorKind::invalid,
                    {"取り込みを取り消しました。", "the import was undone"});  // rolls everything back
    };
    auto done = organisation.exclusively(work, options.actor);
    if (undone) return *std::move(undone);
    if (!done) return std::unexpected(std::move(done).error());
    return report;
}

}  // namespace maru::registers
