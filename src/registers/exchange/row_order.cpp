#include "exchange/row_order.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "registers/lists.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

using RowsByKey = std::unordered_map<std::string, std::size_t>;
using References = std::vector<std::vector<std::size_t>>;

std::vector<std::size_t> key_columns(const Register& into, const std::vector<Column>& columns) {
    std::vector<std::size_t> found;
    for (const std::string& name : into.key) {
        const auto at = std::ranges::find_if(
            columns, [&](const Column& one) { return one.field != nullptr && one.field->name == name; });
        if (at == columns.end()) return {};
        found.push_back(static_cast<std::size_t>(at - columns.begin()));
    }
    return found;
}

std::string comparable(std::string_view written) { return folded(trim(written)); }

RowsByKey rows_by_key(const Table& table, const std::vector<std::size_t>& key) {
    RowsByKey rows;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        std::vector<std::string> parts;
        parts.reserve(key.size());
        for (const std::size_t column : key) parts.emplace_back(trim(table.rows[row][column]));
        rows.emplace(comparable(join(parts, " / ")), row);
    }
    return rows;
}

References references_of(const Register& into, const Table& table, const std::vector<Column>& columns,
                         const RowsByKey& rows) {
    References references(table.rows.size());
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (!refers_to_itself(into, columns[column])) continue;
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            const std::string& cell = table.rows[row][column];
            const auto items =
                columns[column].field->is_list() ? items_of(cell) : std::vector<std::string>{cell};
            for (const std::string& item : items)
                if (const auto target = rows.find(comparable(item)); target != rows.end())
                    references[row].push_back(target->second);
        }
    }
    return references;
}

// Depth first without recursion: a chain of managers may be as long as the file.
class Walk {
public:
    explicit Walk(const References& references)
        : references_(references), state_(references.size(), State::waiting) {}

    RowOrder run() {
        for (std::size_t row = 0; row < references_.size(); ++row)
            if (state_[row] == State::waiting) visit(row);
        std::ranges::sort(order_.deferred);
        const auto [first, last] = std::ranges::unique(order_.deferred);
        order_.deferred.erase(first, last);
        return std::move(order_);
    }

private:
    enum class State { waiting, open, done };
    struct Step {
        std::size_t row, next;
    };

    void visit(std::size_t start) {
        std::vector<Step> path{{start, 0}};
        state_[start] = State::open;
        while (!path.empty()) {
            const std::size_t row = path.back().row;
            if (path.back().next == references_[row].size()) {
                state_[row] = State::done;
                order_.rows.push_back(row);
                path.pop_back();
                continue;
            }
            const std::size_t target = references_[row][path.back().next++];
            if (state_[target] == State::open) order_.deferred.push_back(row);
            if (state_[target] != State::waiting) continue;
            state_[target] = State::open;
            path.push_back({target, 0});
        }
    }

    const References& references_;
    std::vector<State> state_;
    RowOrder order_;
};

}  // namespace

bool refers_to_itself(const Register& into, const Column& column) {
    if (column.field == nullptr || !column.field->is_reference()) return false;
    return column.field->element() == FieldType::person ? into.name == "person"
                                                        : column.field->to == into.name;
}

RowOrder order_rows(const Register& into, const Table& table, const std::vector<Column>& columns) {
    const std::vector<std::size_t> key = key_columns(into, columns);
    const bool related =
        std::ranges::any_of(columns, [&](const Column& one) { return refers_to_itself(into, one); });
    if (related && !key.empty())
        return Walk(references_of(into, table, columns, rows_by_key(table, key))).run();
    RowOrder order;
    order.rows.resize(table.rows.size());
    std::iota(order.rows.begin(), order.rows.end(), 0);
    return order;
}

}  // namespace maru::registers
