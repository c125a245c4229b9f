// What was measured, beside what was promised.
#pragma once

#include <string>
#include <vector>

namespace maru::bench {

enum class Better { lower, higher };

struct Line {
    std::string what;
    double measured = 0;
    std::string unit;
    double target = 0;  // 0: no promise, shown for comparison
    Better better = Better::lower;
    std::string note;

    bool met() const {
        return target == 0 || (better == Better::lower ? measured <= target : measured >= target);
    }
};

class Table {
public:
    // Printed at once, so that a long run shows how far it is.
    void add(const Line& line);
    // The whole table once more, as Markdown; true when every promise is kept.
    bool print() const;

private:
    std::vector<Line> lines_;
};

}  // namespace maru::bench
