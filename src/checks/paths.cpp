#include "checks/paths.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <set>

#include "sql/selects.hpp"

namespace maru::checks {

namespace {

using sql::ColumnName;
using sql::Equality;
using sql::Select;

// One source of one select.
struct Place {
    std::size_t select = 0;
    std::size_t source = 0;
    auto operator<=>(const Place&) const = default;
};

struct Step {
    Place from, to;
    std::string from_column, to_column;
    bool operator==(const Step&) const = default;
};

void add_step_once(std::vector<Step>& steps, Step step) {
    if (std::ranges::find(steps, step) == steps.end()) steps.push_back(std::move(step));
}

struct Table {
    std::string register_name;
    std::string id_column;  // "id", or "record" for a list table
};

std::optional<Table> table_of(const registers::Schema& schema, const std::string& name) {
    if (schema.find(name)) return Table{name, "id"};
    for (const auto& of : schema.all()) {
        if (!name.starts_with(of.name + "_")) continue;
        const auto* field = of.field(std::string_view(name).substr(of.name.size() + 1));
        if (field && field->is_list()) return Table{of.name, "record"};
    }
    return std::nullopt;
}

class PathFinder {
public:
    PathFinder(const std::vector<Select>& selects, const registers::Schema& schema)
        : selects_(selects), schema_(schema) {}

    std::map<std::string, std::optional<std::string>> run() {
        for (std::size_t select = 0; select < selects_.size(); ++select) {
            for (std::size_t source = 0; source < selects_[select].sources.size(); ++source)
                add({select, source});
        }
        std::map<std::string, std::optional<std::string>> out;
        for (const auto& [name, uses] : uses_) {
            const bool complete = std::ranges::find(uses, "") == uses.end();
            out[name] = complete ? std::optional(join(uses, " union ")) : std::nullopt;
        }
        return out;
    }

private:
    const sql::Source& source(Place place) const { return selects_[place.select].sources[place.source]; }

    void add(Place place) {
        const auto table = table_of(schema_, source(place).table);
        if (!table) return;
        auto& uses = uses_[table->register_name];
        std::string path = path_from(place, *table).value_or("");
        if (std::ranges::find(uses, path) == uses.end()) uses.push_back(std::move(path));
    }

    // The select list's `subject` of the outermost select around this one; branches name it by position.
    struct Subject {
        std::string prefix;  // SQL that stands before the column, "" or "'device/' || "
        ColumnName column;
    };
    std::optional<Subject> subject_of(std::size_t select) const {
        while (selects_[select].parent >= 0) select = static_cast<std::size_t>(selects_[select].parent);
        const auto& names = selects_[0].item_names;
        const auto at = static_cast<std::size_t>(std::ranges::find(names, "subject") - names.begin());
        const Select& of = selects_[select];
        if (at < of.items.size() && of.items[at]) return Subject{"", *of.items[at]};
        const auto found = of.prefixed.find(at);
        if (found == of.prefixed.end() || found->second.first.find('\'') != std::string::npos)
            return std::nullopt;
        return Subject{fmt::format("'{}' || ", found->second.first), found->second.second};
    }

    // Finds an alias from inside a select, looking outwards.
    std::optional<Place> resolve(std::size_t select, const std::string& alias) const {
        for (auto at = static_cast<int>(select); at >= 0;
             at = selects_[static_cast<std::size_t>(at)].parent) {
            const auto& sources = selects_[static_cast<std::size_t>(at)].sources;
            const auto found = std::ranges::find(sources, alias, &sql::Source::alias);
            if (found == sources.end()) continue;
            return Place{static_cast<std::size_t>(at), static_cast<std::size_t>(found - sources.begin())};
        }
        return std::nullopt;
    }

    void add_step(std::vector<Step>& out, std::size_t select, const Equality& equality) const {
        const auto left = resolve(select, equality.left.alias);
        const auto right = resolve(select, equality.right.alias);
        if (!left || !right || *left == *right) return;
        // The ON of a LEFT JOIN says nothing about the rows that are joined to.
        if (equality.binds.empty() || equality.binds == equality.left.alias) {
            add_step_once(out, {*left, *right, equality.left.column, equality.right.column});
        }
        if (equality.binds.empty() || equality.binds == equality.right.alias) {
            add_step_once(out, {*right, *left, equality.right.column, equality.left.column});
        }
    }

    // A chosen row is one of those that the choosing select looks at, so what holds there holds for it. Into
    // that select there is no other way: its equalities are left by, never entered.
    void add_choice(std::vector<Step>& out, std::size_t select, const sql::Choice& choice) const {
        const auto from = resolve(select, choice.column.alias);
        const auto to = resolve(choice.select, choice.chosen.alias);
        if (!from || !to || to->select != choice.select) return;
        if (!choice.binds.empty() && choice.binds != choice.column.alias) return;
        add_step_once(out, {*from, *to, choice.column.column, choice.chosen.column});
        std::vector<Step> inner;
        for (const auto& equality : selects_[choice.select].equalities)
            add_step(inner, choice.select, equality);
        std::erase_if(inner, [&](const Step& step) { return step.from.select != choice.select; });
        for (auto& step : inner) add_step_once(out, std::move(step));
        for (const auto& further : selects_[choice.select].choices) add_choice(out, choice.select, further);
    }

    // Equalities that hold wherever a row of this select counts: its own and those of the selects around it.
    std::vector<Step> steps_around(std::size_t select) const {
        std::vector<Step> out;
        for (auto at = static_cast<int>(select); at >= 0;
             at = selects_[static_cast<std::size_t>(at)].parent) {
            const auto here = static_cast<std::size_t>(at);
            for (const auto& equality : selects_[here].equalities) add_step(out, here, equality);
            for (const auto& choice : selects_[here].choices) add_choice(out, here, choice);
        }
        return out;
    }

    // The shortest chain of steps from one place to another, as the hops between places.
    using Hop = std::vector<Step>;  // every equality between two places: together they narrow it down
    static std::optional<std::vector<Hop>> chain(const std::vector<Step>& steps, Place from, Place to) {
        std::map<Place, Place> came_from;
        std::set<Place> seen = {from};
        std::deque<Place> open = {from};
        while (!open.empty() && !seen.contains(to)) {
            const Place here = open.front();
            open.pop_front();
            for (const auto& step : steps) {
                if (step.from != here || !seen.insert(step.to).second) continue;
                came_from.emplace(step.to, here);
                open.push_back(step.to);
            }
        }
        if (!seen.contains(to)) return std::nullopt;
        std::vector<Hop> out;
        for (Place at = to; at != from; at = came_from.at(at)) {
            Hop& hop = out.emplace_back();
            std::ranges::copy_if(steps, std::back_inserter(hop),
                                 [&](const Step& s) { return s.to == at && s.from == came_from.at(at); });
        }
        std::ranges::reverse(out);
        return out;
    }

    std::optional<std::string> path_from(Place place, const Table& table) const {
        const auto subject = subject_of(place.select);
        if (!subject) return std::nullopt;
        std::size_t outermost = place.select;
        while (selects_[outermost].parent >= 0)
            outermost = static_cast<std::size_t>(selects_[outermost].parent);
        const auto target = resolve(outermost, subject->column.alias);
        if (!target) return std::nullopt;
        auto steps = chain(steps_around(place.select), place, *target);
        if (!steps ||
            std::ranges::any_of(*steps, [&](const Hop& hop) { return source(hop[0].to).table.empty(); })) {
            return std::nullopt;
        }
        return written(place, table, std::move(*steps), *subject);
    }

    // What a record must hold to count at this place at all: ` and t0.kind = 'server'`.
    std::string must_hold(Place place) const {
        std::string out;
        const std::string& alias = source(place).alias;
        for (const sql::Constant& constant : selects_[place.select].constants)
            if (constant.column.alias == alias && (constant.binds.empty() || constant.binds == alias))
                out += fmt::format(" and t0.{} = {}", constant.column.column, constant.literal);
        return out;
    }

    // select t1.subject from start t0, next t1 where t0.id = ?1 and t1.x = t0.y
    std::string written(Place place, const Table& table, std::vector<Hop> hops, Subject subject) const {
        std::string& column = subject.column.column;
        if (!hops.empty()) {
            const auto same = std::ranges::find(hops.back(), column, &Step::to_column);
            if (same != hops.back().end() &&
                hops.back().size() == 1) {  // the equated column is the subject already
                column = same->from_column;
                hops.pop_back();
            }
        }
        std::string from = fmt::format("{} t0", source(place).table);
        std::string where = fmt::format("t0.{} = ?1", table.id_column) + must_hold(place);
        for (std::size_t i = 0; i < hops.size(); ++i) {
            from += fmt::format(", {} t{}", source(hops[i][0].to).table, i + 1);
            for (const auto& step : hops[i]) {
                where += fmt::format(" and t{}.{} = t{}.{}", i + 1, step.to_column, i, step.from_column);
            }
        }
        return fmt::format("select {}t{}.{} from {} where {}", subject.prefix, hops.size(), column, from,
                           where);
    }

    const std::vector<Select>& selects_;
    const registers::Schema& schema_;
    std::map<std::string, std::vector<std::string>>
        uses_;  // by register: a path for each use, "" where there is none
};

}  // namespace

std::map<std::string, std::optional<std::string>> paths_to_subject(const Check& check,
                                                                   const registers::Schema& schema) {
    const auto tokens = sql::tokens(check.sql);
    const auto selects = sql::selects(tokens);
    if (selects) return PathFinder(*selects, schema).run();
    std::map<std::string, std::optional<std::string>> out;
    for (const auto& token : tokens) {
        if (token.kind != sql::TokenKind::word) continue;
        if (const auto table = table_of(schema, token.text)) out[table->register_name] = std::nullopt;
    }
    return out;
}

}  // namespace maru::checks
