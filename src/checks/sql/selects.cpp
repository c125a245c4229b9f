#include "sql/selects.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace maru::checks::sql {

namespace {

struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t size() const { return end - begin; }
};

// As it is written in SQL; nullopt for what is no constant, or holds a quote.
std::optional<std::string> literal_of(const Token& token) {
    if (token.kind == TokenKind::number) return token.text;
    if (token.kind != TokenKind::string || token.text.find('\'') != std::string::npos) return std::nullopt;
    return "'" + token.text + "'";
}

bool among(const Token& token, std::initializer_list<std::string_view> words) {
    return token.kind == TokenKind::word && std::ranges::find(words, token.text) != words.end();
}

class SelectReader {
public:
    explicit SelectReader(const std::vector<Token>& tokens) : tokens_(tokens) {}

    std::optional<std::vector<Select>> run() {
        const bool strange =
            std::ranges::any_of(tokens_, [](const Token& t) { return among(t, {"with", "over", "window"}); });
        if (strange || !close_parentheses()) return std::nullopt;
        query({0, tokens_.size()}, -1, std::nullopt);
        return std::move(out_);
    }

private:
    // closing_[i] = position of the parenthesis that closes the one at i (CASE … END likewise).
    bool close_parentheses() {
        closing_.assign(tokens_.size(), 0);
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (tokens_[i].is("(") || tokens_[i].is("case")) open.push_back(i);
            const bool closes = tokens_[i].is(")") || tokens_[i].is("end");
            if (!closes) continue;
            if (open.empty() || tokens_[open.back()].is("(") != tokens_[i].is(")")) return false;
            closing_[open.back()] = i;
            open.pop_back();
        }
        return open.empty();
    }

    bool opens(std::size_t i) const { return tokens_[i].is("(") || tokens_[i].is("case"); }

    // The next position at the same depth.
    std::size_t next(std::size_t i) const { return opens(i) ? closing_[i] + 1 : i + 1; }

    // First position in the range, at its own depth, of one of the words; the range's end when there is none.
    std::size_t find(Range range, std::initializer_list<std::string_view> words) const {
        std::size_t i = range.begin;
        while (i < range.end && !among(tokens_[i], words)) i = next(i);
        return std::min(i, range.end);
    }

    // The branches of a union. `in` is the column that is tested with IN (this query).
    void query(Range range, int parent, const std::optional<ColumnName>& in) {
        while (range.begin < range.end) {
            const std::size_t end = find(range, {"union", "except", "intersect"});
            branch({range.begin, end}, parent, in);
            range.begin = end + 1;
            if (range.begin < range.end && tokens_[range.begin].is("all")) ++range.begin;
        }
    }

    void branch(Range range, int parent, const std::optional<ColumnName>& in) {
        if (range.size() == 0 || !tokens_[range.begin].is("select")) return;
        const auto self = static_cast<int>(out_.size());
        out_.emplace_back().parent = parent;
        const std::size_t from = find(range, {"from"});
        const std::size_t where = find({from, range.end}, {"where", "group", "having", "order", "limit"});
        read_items({range.begin + 1, from}, self);
        if (from < where) read_sources({from + 1, where}, self);
        if (where < range.end && tokens_[where].is("where")) {
            const std::size_t end = find({where + 1, range.end}, {"group", "having", "order", "limit"});
            read_conjuncts({where + 1, end}, self, "");
        }
        auto& select = out_[static_cast<std::size_t>(self)];
        const auto item = select.items.empty() ? std::nullopt : select.items[0];
        if (in && item) select.equalities.push_back({*in, *item, ""});
        read_nested(range, self);
    }

    std::optional<ColumnName> column_at(std::size_t i, std::size_t end) const {
        if (i + 2 >= end || tokens_[i].kind != TokenKind::word || !tokens_[i + 1].is(".") ||
            tokens_[i + 2].kind != TokenKind::word) {
            return std::nullopt;
        }
        return ColumnName{tokens_[i].text, tokens_[i + 2].text};
    }

    void read_items(Range range, int self) {
        auto& select = out_[static_cast<std::size_t>(self)];
        if (range.begin < range.end && among(tokens_[range.begin], {"distinct", "all"})) ++range.begin;
        while (range.begin < range.end) {
            std::size_t end = range.begin;
            while (end < range.end && !tokens_[end].is(",")) end = next(end);
            end = std::min(end, range.end);
            read_item({range.begin, end}, select);
            range.begin = end + 1;
        }
    }

    // min(a.x) and max(a.x) are some row's a.x.
    std::optional<ColumnName> extreme_at(Range item) const {
        if (item.size() < 6 || !among(tokens_[item.begin], {"min", "max"}) ||
            !tokens_[item.begin + 5].is(")"))
            return std::nullopt;
        return tokens_[item.begin + 1].is("(") ? column_at(item.begin + 2, item.end) : std::nullopt;
    }

    // The column of `'text' || a.x`.
    std::optional<ColumnName> after_text(std::size_t begin, std::size_t end) const {
        if (end - begin != 5 || tokens_[begin].kind != TokenKind::string || !tokens_[begin + 1].is("||"))
            return std::nullopt;
        return column_at(begin + 2, end);
    }

    void read_item(Range item, Select& select) const {
        auto column = column_at(item.begin, item.end);
        const std::size_t as = find(item, {"as"});
        std::string name = as + 1 < item.end ? tokens_[as + 1].text : "";
        if (column && as - item.begin != 3) column.reset();
        if (select.items.empty())
            select.first = column                 ? column
                           : as - item.begin == 6 ? extreme_at({item.begin, as})
                                                  : std::nullopt;
        if (name.empty() && column) name = column->column;
        if (const auto suffix = after_text(item.begin, as))
            select.prefixed.emplace(select.items.size(), std::pair(tokens_[item.begin].text, *suffix));
        select.items.push_back(std::move(column));
        select.item_names.push_back(std::move(name));
    }

    // FROM: table [AS] alias [ON …], separated by JOIN or a comma.
    void read_sources(Range range, int self) {
        JoinKind join = JoinKind::inner;
        while (range.begin < range.end) {
            std::size_t end = range.begin;
            while (end < range.end && !starts_join(end)) end = next(end);
            end = std::min(end, range.end);
            read_source({range.begin, end}, self, join);
            join = JoinKind::inner;
            while (end < range.end && starts_join(end)) {
                if (tokens_[end].is("left")) join = JoinKind::left;
                ++end;
            }
            range.begin = end;
        }
    }

    bool starts_join(std::size_t i) const {
        return tokens_[i].is(",") ||
               among(tokens_[i], {"join", "left", "outer", "inner", "cross", "natural"});
    }

    void read_source(Range range, int self, JoinKind join) {
        const std::size_t on = find(range, {"on"});
        if (range.size() == 0) return;
        Source source;
        source.join = join;
        std::size_t at = range.begin;
        if (tokens_[at].kind == TokenKind::word) source.table = tokens_[at].text;
        source.alias = source.table;
        at = next(at);
        if (at < on && tokens_[at].is("as")) ++at;
        if (at < on && tokens_[at].kind == TokenKind::word) source.alias = tokens_[at].text;
        const std::string binds = join == JoinKind::left ? source.alias : "";
        out_[static_cast<std::size_t>(self)].sources.push_back(std::move(source));
        if (on < range.end) read_conjuncts({on + 1, range.end}, self, binds);
    }

    // `a.x = b.y` alone between ANDs; an OR at the same depth makes them all optional.
    void read_conjuncts(Range range, int self, const std::string& binds) {
        if (find(range, {"or"}) < range.end) return;
        std::size_t begin = range.begin;
        while (begin < range.end) {
            const std::size_t end = find({begin, range.end}, {"and"});
            read_conjunct({begin, end}, self, binds);
            begin = end + 1;
        }
    }

    void read_conjunct(Range range, int self, const std::string& binds) {
        const auto left = column_at(range.begin, range.end);
        if (!left || range.size() < 5 || !tokens_[range.begin + 3].is("=")) return;
        const std::size_t open = range.begin + 4;
        if (range.size() == 5) {
            if (const auto literal = literal_of(tokens_[open]))
                out_[static_cast<std::size_t>(self)].constants.push_back({*left, *literal, binds});
        } else if (const auto right = column_at(open, range.end); right && range.size() == 7) {
            out_[static_cast<std::size_t>(self)].equalities.push_back({*left, *right, binds});
        } else if (const std::size_t query = chosen_at({open, range.end}); query < range.end) {
            chosen_by_.emplace(query, Choice{*left, binds, 0, {}});
        }
    }

    // Where `(select …)` begins when that is all, or all that `case when … then (select …) end` can choose.
    std::size_t chosen_at(Range range) const {
        Range query = range;
        if (tokens_[range.begin].is("case") && closing_[range.begin] + 1 == range.end)
            query = {find({range.begin + 1, range.end - 1}, {"then"}) + 1, range.end - 1};
        const bool alone =
            query.begin < query.end && tokens_[query.begin].is("(") && closing_[query.begin] + 1 == query.end;
        return alone ? query.begin : range.end;
    }

    // Keeps the choice when the query in these parentheses is one select whose first item is a row's value.
    void read_choice(std::size_t open, std::size_t first, int self) {
        const auto choice = chosen_by_.find(open);
        if (choice == chosen_by_.end() || first >= out_.size()) return;
        const auto branches = std::count_if(out_.begin() + static_cast<std::ptrdiff_t>(first), out_.end(),
                                            [&](const Select& select) { return select.parent == self; });
        const auto chosen = out_[first].first;
        if (branches != 1 || !chosen) return;
        choice->second.select = first;
        choice->second.chosen = *chosen;
        out_[static_cast<std::size_t>(self)].choices.push_back(choice->second);
    }

    // Queries in parentheses, wherever they stand in this select.
    void read_nested(Range range, int self) {
        for (std::size_t i = range.begin; i < range.end; ++i) {
            if (!tokens_[i].is("(") || i + 1 >= range.end || !tokens_[i + 1].is("select")) continue;
            const std::size_t first = out_.size();
            query({i + 1, closing_[i]}, self, tested_by_in(i, range.begin));
            read_choice(i, first, self);
            i = closing_[i];
        }
    }

    // The column before `in (`; not for NOT IN, whose answer every null changes.
    std::optional<ColumnName> tested_by_in(std::size_t open, std::size_t begin) const {
        if (open < begin + 4 || !tokens_[open - 1].is("in")) return std::nullopt;
        return column_at(open - 4, open - 1);
    }

    const std::vector<Token>& tokens_;
    std::vector<std::size_t> closing_;
    std::map<std::size_t, Choice> chosen_by_;  // by the position of the opening parenthesis
    std::vector<Select> out_;
};

}  // namespace

std::optional<std::vector<Select>> selects(const std::vector<Token>& tokens) {
    return SelectReader(tokens).run();
}

}  // namespace maru::checks::sql
