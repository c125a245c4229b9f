#include "sql/portable.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "checks/functions.hpp"
#include "sql/tokens.hpp"
#include "sql/types.hpp"

namespace maru::checks::sql {

namespace {

constexpr std::array<std::string_view, 11> portable_functions = {
    "coalesce", "nullif", "count", "sum", "min", "max", "exists", "lower", "length", "replace", "cast"};
constexpr std::array<std::string_view, 27> before_parenthesis = {
    "in",   "exists", "as",      "and",    "or",       "not",  "when", "then",  "else",
    "case", "values", "select",  "from",   "where",    "on",   "join", "union", "all",
    "by",   "limit",  "between", "having", "distinct", "with", "is",   "left",  "inner"};
constexpr std::array<std::string_view, 36> never = {"ifnull",
                                                    "group_concat",
                                                    "json",
                                                    "json_each",
                                                    "json_extract",
                                                    "strftime",
                                                    "datetime",
                                                    "date",
                                                    "time",
                                                    "julianday",
                                                    "unixepoch",
                                                    "glob",
                                                    "like",
                                                    "ilike",
                                                    "rowid",
                                                    "_rowid_",
                                                    "oid",
                                                    "true",
                                                    "false",
                                                    "iif",
                                                    "total",
                                                    "current_date",
                                                    "current_timestamp",
                                                    "current_time",
                                                    "pragma",
                                                    "collate",
                                                    "regexp",
                                                    "match",
                                                    "typeof",
                                                    "random",
                                                    "printf",
                                                    "format",
                                                    "substr",
                                                    "instr",
                                                    "natural",
                                                    "using"};

template <std::size_t n>
bool among(const std::array<std::string_view, n>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

bool compares(const Token& token) {
    static constexpr std::array<std::string_view, 7> signs = {"=", "<>", "!=", "<", ">", "<=", ">="};
    return token.kind == TokenKind::sign && among(signs, token.text);
}

// What may be compared with what: the same word means the same kind.
std::string comparable(const ColumnType& type) {
    switch (type.kind) {
        case ColumnKind::number:
        case ColumnKind::boolean: return "number";
        case ColumnKind::text:
        case ColumnKind::choice: return "text";
        case ColumnKind::day: return "date";
        case ColumnKind::instant: return "instant";
        case ColumnKind::reference: break;
    }
    return "reference to " + type.to;
}

class Linter {
public:
    Linter(std::string_view sql, const Library& library, const registers::Schema& schema)
        : library_(library), schema_(schema), tokens_(tokens(sql)), aliases_(aliases(tokens_, schema)) {}

    std::vector<Text> run() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            read_sign(i);
            if (tokens_[i].kind != TokenKind::word) continue;
            if (follows(i, ".")) {
                read_row_number(tokens_[i].text);
                continue;
            }
            read_word(i);
            read_column(i);
        }
        return std::move(out_);
    }

private:
    void problem(std::string ja, std::string en) {
        Text text{std::move(ja), std::move(en)};
        if (std::ranges::find(out_, text) == out_.end()) out_.push_back(std::move(text));
    }

    bool is(std::size_t i, std::string_view word) const { return i < tokens_.size() && tokens_[i].is(word); }
    bool follows(std::size_t i, std::string_view word) const { return i > 0 && tokens_[i - 1].is(word); }

    void read_sign(std::size_t i) {
        const Token& token = tokens_[i];
        if (token.kind == TokenKind::quoted) {
            problem(fmt::format("二重引用符の名前 {} は使えません。", token.text),
                    fmt::format("quoted name {}: leave the quotes out", token.text));
        }
        if (token.kind != TokenKind::sign) return;
        static constexpr std::array<std::string_view, 6> bad = {"==", "->", "?", ";", "::", "%"};
        if (among(bad, token.text)) {
            problem(fmt::format("演算子 {} は使えません。", token.text),
                    fmt::format("sign {} is not portable", token.text));
        }
        if (token.text == "(") open_.push_back({});
        if (token.text == ")" && !open_.empty()) {
            if (open_.back().order && !open_.back().limit) {
                problem("副問合せの order by には limit が必要です。",
                        "order by in a subquery needs a limit");
            }
            open_.pop_back();
        }
    }

    void read_row_number(const std::string& column) {
        if (!among(std::array<std::string_view, 3>{"rowid", "_rowid_", "oid"}, column)) return;
        problem(fmt::format("{} は使えません。id を使ってください。", column),
                fmt::format("{} is not portable: use id", column));
    }

    void read_word(std::size_t i) {
        const std::string& word = tokens_[i].text;
        if (among(never, word) &&
            (is(i + 1, "(") ||
             !among(std::array<std::string_view, 4>{"date", "time", "format", "total"}, word))) {
            problem(fmt::format("{} は使えません（SQLite だけの書き方です）。", word),
                    fmt::format("{} is not portable: see docs/formats/check.md", word));
        } else if (is(i + 1, "(") && !is_known_call(word)) {
            problem(fmt::format("関数 {}() は使えません。", word),
                    fmt::format("function {}() is not among those of checks", word));
        }
        read_clause(i, word);
        read_aggregate(i, word);
        if (word == "setting" && is(i + 1, "(") && i + 2 < tokens_.size()) read_setting(tokens_[i + 2]);
        if (word == "is" && !is(i + 1, "null") && !(is(i + 1, "not") && is(i + 2, "null"))) {
            problem("is の後には null か not null だけを書けます。", "only `is null` and `is not null`");
        }
    }

    bool is_known_call(const std::string& word) const {
        return among(portable_functions, word) || among(before_parenthesis, word) ||
               std::ranges::binary_search(function_names(), word) || aliases_.contains(word);
    }

    void read_clause(std::size_t i, const std::string& word) {
        if (word == "order" && is(i + 1, "by")) {
            if (open_.empty())
                problem("一番外側の order by は書けません。", "no outermost order by");
            else
                open_.back().order = true;
        }
        if (word == "limit") {
            if (open_.empty())
                problem("一番外側の limit は書けません。", "no outermost limit");
            else
                open_.back().limit = true;
            if (is(i + 1, "-")) problem("limit -1 は使えません。", "limit -1 is not portable");
        }
        if (word == "having") read_having(i + 1);
    }

    // PostgreSQL knows no select-list alias in HAVING.
    void read_having(std::size_t i) {
        for (; i < tokens_.size() && !is(i, "order") && !is(i, "limit") && !is(i, "union") && !is(i, ")");
             ++i) {
            const Token& token = tokens_[i];
            const bool plain =
                token.kind == TokenKind::word && !is(i + 1, ".") && !follows(i, ".") && !is(i + 1, "(");
            if (plain && !among(before_parenthesis, token.text) && token.text != "null") {
                problem(fmt::format("having の {} に表の別名を付けてください。", token.text),
                        fmt::format("having with the alias {}", token.text));
            }
        }
    }

    void read_aggregate(std::size_t i, const std::string& word) {
        if (!among(std::array<std::string_view, 4>{"min", "max", "count", "sum"}, word) || !is(i + 1, "("))
            return;
        int depth = 0;
        for (std::size_t j = i + 1; j < tokens_.size(); ++j) {
            if (is(j, "(")) ++depth;
            if (is(j, ")") && --depth == 0) return;
            if (is(j, ",") && depth == 1) {
                problem(fmt::format("{}(a, b) ではなく earliest か latest を使ってください。", word),
                        fmt::format("{}(a, b): use earliest or latest", word));
                return;
            }
        }
    }

    void read_setting(const Token& name) {
        if (name.kind == TokenKind::string && !library_.settings.contains(name.text)) {
            problem(fmt::format("設定 {} は settings.toml にありません。", name.text),
                    fmt::format("setting {} is not in settings.toml", name.text));
        }
    }

    // The types that `alias.column` at this position can have.
    std::vector<ColumnType> types_at(std::size_t i) const {
        std::vector<ColumnType> out;
        if (i + 2 >= tokens_.size() || tokens_[i].kind != TokenKind::word || !is(i + 1, ".")) return out;
        const auto tables = aliases_.find(tokens_[i].text);
        if (tables == aliases_.end() || tables->second.contains("")) return out;
        for (const auto& table : tables->second) {
            if (auto type = type_of(schema_, table, tokens_[i + 2].text)) out.push_back(*type);
        }
        return out;
    }

    void read_column(std::size_t i) {
        const auto types = types_at(i);
        if (types.empty() || i + 4 >= tokens_.size()) return;
        const std::string name = tokens_[i].text + "." + tokens_[i + 2].text;
        const bool date = types[0].kind == ColumnKind::day || types[0].kind == ColumnKind::instant;
        if (date && (is(i + 3, "+") || is(i + 3, "-"))) {
            problem(fmt::format("日付 {} の足し引きには plus_days などを使ってください。", name),
                    fmt::format("arithmetic on date {}: use plus_days", name));
        }
        if (compares(tokens_[i + 3])) compare(name, types, i + 4);
        std::size_t in = i + 3;
        if (is(in, "not")) ++in;
        for (std::size_t j = in + 2; is(in, "in") && is(in + 1, "(") && j < tokens_.size() && !is(j, ")");
             j += 2) {
            if (!compare_literal(name, types, tokens_[j])) break;
        }
    }

    void compare(const std::string& name, const std::vector<ColumnType>& types, std::size_t i) {
        const auto others = types_at(i);
        if (others.empty()) {
            compare_literal(name, types, tokens_[i]);
            return;
        }
        const bool same = std::ranges::any_of(types, [&](const ColumnType& a) {
            return std::ranges::any_of(others,
                                       [&](const ColumnType& b) { return comparable(a) == comparable(b); });
        });
        if (same) return;
        const std::string other = tokens_[i].text + "." + tokens_[i + 2].text;
        problem(fmt::format("{}（{}）と {}（{}）は型が違います。", name, comparable(types[0]), other,
                            comparable(others[0])),
                fmt::format("{} ({}) is compared with {} ({})", name, comparable(types[0]), other,
                            comparable(others[0])));
    }

    // false when the token is no literal.
    bool compare_literal(const std::string& name, const std::vector<ColumnType>& types,
                         const Token& literal) {
        if (literal.kind != TokenKind::string && literal.kind != TokenKind::number) return false;
        if (std::ranges::none_of(types, [&](const ColumnType& type) { return fits(type, literal); })) {
            problem(
                fmt::format("{} は {} と比べられません（{}）。", name, literal.text, comparable(types[0])),
                fmt::format("{} ({}) cannot be compared with {}", name, comparable(types[0]), literal.text));
        }
        return true;
    }

    static bool fits(const ColumnType& type, const Token& literal) {
        const bool number = literal.kind == TokenKind::number;
        switch (type.kind) {
            case ColumnKind::number: return number;
            case ColumnKind::boolean: return number && (literal.text == "0" || literal.text == "1");
            case ColumnKind::choice:
                return !number && (!type.field ||
                                   std::ranges::find(type.field->choices, literal.text,
                                                     &registers::Choice::code) != type.field->choices.end());
            case ColumnKind::reference: return false;
            case ColumnKind::text:
            case ColumnKind::day:
            case ColumnKind::instant: return !number;
        }
        return true;
    }

    struct Parenthesis {
        bool order = false;
        bool limit = false;
    };
    const Library& library_;
    const registers::Schema& schema_;
    std::vector<Token> tokens_;
    std::map<std::string, std::set<std::string>> aliases_;
    std::vector<Parenthesis> open_;
    std::vector<Text> out_;
};

}  // namespace

std::vector<Text> portability_problems(std::string_view sql, const Library& library,
                                       const registers::Schema& schema) {
    return Linter(sql, library, schema).run();
}

}  // namespace maru::checks::sql
