// What standard output is connected to.
#pragma once

#include <cstddef>

namespace maru::cli {

// Columns of the terminal, else $COLUMNS, else any_width: what is read by programs is not cut.
std::size_t terminal_width();

// True on a terminal unless $NO_COLOR is set (no-color.org).
bool wants_colour();

// True when standard error is a terminal, so that progress may be drawn there.
bool shows_progress();

// True when somebody at a terminal can be asked and sees the question.
bool can_ask();

}  // namespace maru::cli
