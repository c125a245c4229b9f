#include "checks/lint.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "checks/examples.hpp"
#include "checks/functions.hpp"
#include "checks/paths.hpp"
#include "evaluation/mirrors.hpp"
#include "evaluation/terms.hpp"
#include "sql/portable.hpp"
#include "sql/tokens.hpp"

namespace maru::checks {

namespace {

std::set<std::string> placeholders(const std::string& sentence) {
    std::set<std::string> out;
    fill(sentence, [&](std::string_view name, std::string_view) {
        out.emplace(name);
        return std::string();
    });
    return out;
}

// A node of EXPLAIN QUERY PLAN.
struct PlanNode {
    std::int64_t id = 0, parent = 0;
    std::string detail;
};

Result<std::vector<PlanNode>> plan_of(store::Database& database, const std::string& sql) {
    store::Statement statement = TRY(database.prepare("explain query plan " + sql));
    std::vector<PlanNode> out;
    while (const auto row = TRY(statement.step()))
        out.push_back({row->integer(0), row->integer(1), std::string(row->text(3))});
    return out;
}

// Whether it is done again for every row of what is around it. An uncorrelated query is done once and kept.
bool in_correlated(const std::vector<PlanNode>& plan, std::int64_t id) {
    while (id != 0) {
        const auto node = std::ranges::find(plan, id, &PlanNode::id);
        if (node == plan.end() || node->detail.starts_with("LIST SUBQUERY") ||
            node->detail.starts_with("SCALAR SUBQUERY"))
            return false;
        if (node->detail.starts_with("CORRELATED")) return true;
        id = node->parent;
    }
    return false;
}

// Walking a table once is fine; once per row of another is not.
std::vector<std::string> slow_nodes(const std::vector<PlanNode>& plan) {
    std::vector<std::string> out;
    for (auto node = plan.begin(); node != plan.end(); ++node) {
        const bool scan =
            node->detail.starts_with("SCAN") && node->detail.find("CONSTANT") == std::string::npos;
        const bool inner = std::any_of(plan.begin(), node, [&](const PlanNode& before) {
            return before.parent == node->parent &&
                   (before.detail.starts_with("SCAN") || before.detail.starts_with("SEARCH"));
        });
        const bool automatic = node->detail.find("AUTOMATIC") != std::string::npos;
        if (automatic || (scan && (inner || in_correlated(plan, node->parent)))) out.push_back(node->detail);
    }
    return out;
}

class CheckLinter {
public:
    CheckLinter(const Library& library, const registers::Schema& schema, store::Database& database,
                const Check& check)
        : library_(library), schema_(schema), database_(database), check_(check) {}

    std::vector<LintProblem> run() {
        for (auto& text : sql::portability_problems(check_.sql, library_, schema_))
            problem(LintKind::wrong, std::move(text));
        const auto statement = database_.prepare(full_sql(check_));
        if (!statement) {
            problem(LintKind::wrong, statement.error().message);
            return std::move(out_);
        }
        names_ = column_names(*statement);
        item_key();
        stages();
        columns();
        sentences();
        references();
        plan();
        return std::move(out_);
    }

private:
    void problem(LintKind kind, Text message) { out_.push_back({check_.name, kind, std::move(message)}); }
    bool has(std::string_view column) const { return std::ranges::find(names_, column) != names_.end(); }

    void columns() {
        for (const auto* name : {"subject", "label", "owner", "valid_until", "reason"}) {
            if (!has(name))
                problem(LintKind::wrong, {fmt::format("列 {} がありません。", name),
                                          fmt::format("column {} is missing", name)});
        }
        for (const auto& name : names_) {
            if (std::ranges::count(names_, name) > 1)
                problem(LintKind::wrong, {fmt::format("列 {} が2つあります。", name),
                                          fmt::format("column {} comes twice", name)});
        }
        together("event_on", "window", check_.window > 0);
        together("miss", "tolerance", check_.tolerance > 0);
        if (has("mirror_scope") && check_.mirrors.empty() && check_.name != mirror_check) {
            problem(LintKind::wrong,
                    {"列 mirror_scope には mirrors が必要です。", "column mirror_scope needs mirrors"});
        }
    }

    void together(const char* column, const char* key, bool has_key) {
        if (has(column) == has_key) return;
        problem(LintKind::wrong, {fmt::format("列 {} と {} は組で書いてください。", column, key),
                                  fmt::format("column {} and {} go together", column, key)});
    }

    void sentences() {
        sentence("todo", check_.todo);
        for (const auto& [code, text] : check_.reasons) sentence("[reasons] " + code, text);
        if (check_.reasons.empty())
            problem(LintKind::wrong, {"[reasons] がありません。", "[reasons] is missing"});
    }

    void sentence(const std::string& place, const Text& text) {
        const auto ja = placeholders(text.ja);
        const auto en = placeholders(text.en);
        if (ja != en)
            problem(LintKind::wrong, {place + ": ja と en の {} が違います。",
                                      place + ": ja and en have different placeholders"});
        for (const auto& name : ja) {
            if (!has(name))
                problem(LintKind::wrong, {fmt::format("{}: 列 {} はありません。", place, name),
                                          fmt::format("{}: no column for {{{}}}", place, name)});
        }
    }

    void item_key() {
        if (check_.item_key.empty()) return;
        for (auto& text : sql::portability_problems(check_.item_key, library_, schema_))
            problem(LintKind::wrong, {"item_key: " + text.ja, "item_key: " + text.en});
        if (const auto statement = database_.prepare(check_.item_key); !statement)
            problem(LintKind::wrong, prefixed("item_key", statement.error()).message);
    }

    void stages() {
        if (check_.stages.empty()) return;
        for (auto& text : sql::portability_problems(check_.stages, library_, schema_))
            problem(LintKind::wrong, {"stages: " + text.ja, "stages: " + text.en});
        if (sql::calls(check_.stages, "item") || sql::calls(check_.stages, "stage"))
            problem(LintKind::wrong, {"stages では item() と stage() を使えません。",
                                      "stages may not call item() or stage()"});
        const auto statement = database_.prepare(check_.stages);
        if (!statement)
            problem(LintKind::wrong, prefixed("stages", statement.error()).message);
        else if (statement->columns() != 1)
            problem(LintKind::wrong,
                    {"stages には日付の列を1つだけ書いてください。", "stages has one column, of days"});
    }

    void references() {
        if (!check_.mirrors.empty() && !library_.checks.contains(mirror_check)) {
            problem(LintKind::wrong,
                    {"mirrors には点検 lists-fresh が必要です。", "mirrors needs the check lists-fresh"});
        }
        for (const auto& mirror : check_.mirrors) {
            if (!schema_.find(mirror))
                problem(LintKind::wrong, {fmt::format("mirrors: 台帳 {} はありません。", mirror),
                                          fmt::format("mirrors: there is no register {}", mirror)});
        }
        if (!check_.scope.empty() && !library_.scopes.contains(check_.scope)) {
            problem(LintKind::wrong, {fmt::format("scope {} は scopes.toml にありません。", check_.scope),
                                      fmt::format("scope {} is not in scopes.toml", check_.scope)});
        }
    }

    void plan() {
        const auto nodes = plan_of(database_, full_sql(check_));
        if (!nodes) return problem(LintKind::wrong, nodes.error().message);
        for (const auto& node : slow_nodes(*nodes)) {
            problem(LintKind::slow,
                    {fmt::format("行ごとに表全体を読みます（{}）。索引を足してください。", node),
                     fmt::format("walks a whole table for every row ({}): add an index", node)});
        }
    }

    const Library& library_;
    const registers::Schema& schema_;
    store::Database& database_;
    const Check& check_;
    std::vector<std::string> names_;
    std::vector<LintProblem> out_;
};

void lint_topic(std::vector<LintProblem>& out, const Library& library, const registers::Schema& schema,
                store::Database& database, const ScopeTopic& topic) {
    for (const auto& query : topic.contradicted_by) {
        for (auto& text : sql::portability_problems(query, library, schema))
            out.push_back({topic.name, LintKind::wrong, std::move(text)});
        const auto statement = database.prepare(query);
        if (!statement) {
            out.push_back({topic.name, LintKind::wrong, statement.error().message});
            continue;
        }
        const auto names = column_names(*statement);
        for (const auto* name : {"subject", "label"}) {
            if (std::ranges::find(names, name) != names.end()) continue;
            out.push_back(
                {topic.name,
                 LintKind::wrong,
                 {fmt::format("列 {} がありません。", name), fmt::format("column {} is missing", name)}});
        }
    }
    if (topic.contradicted_by.empty()) {
        out.push_back(
            {topic.name,
             LintKind::wrong,
             {"contradicted_by がありません。", "contradicted_by is missing: no data could contradict it"}});
    }
}

// The register that a table belongs to, and the column's name in it.
std::optional<std::pair<std::string, std::string>> register_column(const registers::Schema& schema,
                                                                   const store::ColumnRead& read) {
    if (schema.find(read.table)) return std::pair(read.table, read.column);
    for (const auto& of : schema.all()) {
        for (const auto& field : of.fields) {
            if (field.is_list() && read.table == of.name + "_" + field.name)
                return std::pair(of.name, field.name + "." + read.column);
        }
    }
    return std::nullopt;
}

Result<void> add_reads(std::vector<DerivedRead>& out, const Check& check, const registers::Schema& schema,
                       store::Database& database) {
    std::map<std::string, std::set<std::string>> columns;
    for (const auto& read : TRY(database.reads(full_sql(check)))) {
        if (const auto column = register_column(schema, read)) {
            auto& names = columns[column->first];
            if (!column->second.empty()) names.insert(column->second);
        }
    }
    const auto paths = paths_to_subject(check, schema);
    for (const auto& [name, names] : columns) {
        const auto path = paths.find(name);
        out.push_back({check.name,
                       name,
                       {names.begin(), names.end()},
                       path == paths.end() ? "" : path->second.value_or("")});
    }
    return {};
}

}  // namespace

Result<store::Database> lint_workbench(const Library& library, const registers::Schema& schema) {
    store::Database database = TRY(catalog_database(schema));
    auto inputs = std::make_shared<FunctionInputs>();
    inputs->today = Day(2026, 1, 1);
    inputs->stage = inputs->today;
    for (const auto& [name, setting] : library.settings) inputs->settings[name] = setting.value;
    TRY(define_functions(database, inputs));
    return database;
}

std::vector<LintProblem> lint(const Library& library, const registers::Schema& schema) {
    auto database = lint_workbench(library, schema);
    if (!database) return {{"", LintKind::wrong, database.error().message}};
    return lint(library, schema, *database);
}

std::vector<LintProblem> lint(const Library& library, const registers::Schema& schema,
                              store::Database& database) {
    std::vector<LintProblem> out;
    for (const auto& [name, check] : library.checks) {
        auto problems = CheckLinter(library, schema, database, check).run();
        out.insert(out.end(), std::make_move_iterator(problems.begin()),
                   std::make_move_iterator(problems.end()));
    }
    for (const auto& [name, topic] : library.scopes) lint_topic(out, library, schema, database, topic);
    return out;
}

Result<std::vector<DerivedRead>> derived_reads(const Library& library, const registers::Schema& schema) {
    auto database = TRY(lint_workbench(library, schema));
    std::vector<DerivedRead> out;
    for (const auto& [name, check] : library.checks) TRY(add_reads(out, check, schema, database));
    return out;
}

std::string reads_tsv(const std::vector<DerivedRead>& reads) {
    std::string out = "check\tregister\tcolumns\tpath\n";
    for (const auto& read : reads) {
        out += fmt::format("{}\t{}\t{}\t{}\n", read.check, read.register_name, join(read.columns, " "),
                           read.path);
    }
    return out;
}

}  // namespace maru::checks
