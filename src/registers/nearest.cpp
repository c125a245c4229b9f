#include "registers/nearest.hpp"

#include <algorithm>
#include <utility>

namespace maru::registers {

namespace {

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

bool same_beginning(std::string_view a, std::string_view b) {
    return a.size() >= 3 && b.size() >= 3 && (a.starts_with(b) || b.starts_with(a));
}

}  // namespace

std::vector<std::string> nearest(std::string_view name, const std::vector<std::string>& names) {
    if (name.size() > 200) return {};
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const std::string& candidate : names) {
        const std::size_t d = distance(name, candidate);
        if (d <= std::max<std::size_t>(2, name.size() / 3) || same_beginning(name, candidate))
            near.emplace_back(d, candidate);
    }
    std::ranges::sort(near);
    if (near.size() > 3) near.resize(3);
    std::vector<std::string> out;
    for (auto& [d, candidate] : near) out.push_back(std::move(candidate));
    return out;
}

}  // namespace maru::registers
