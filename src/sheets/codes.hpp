// The words for marks, states and levels in files and databases; they never change (docs/formats/sheet.md).
#pragma once

#include <optional>
#include <string_view>

#include "sheets/verdict.hpp"

namespace maru::sheets {

std::string_view code_of(Mark mark);
std::string_view code_of(RemarkMark mark);
std::string_view code_of(checks::RowState state);
std::string_view code_of(checks::CheckState state);
std::string_view code_of(Level level);
std::optional<Mark> mark_of(std::string_view code);
std::optional<RemarkMark> remark_mark_of(std::string_view code);

}  // namespace maru::sheets
