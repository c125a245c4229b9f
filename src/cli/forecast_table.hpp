// The forecast for people: a page per month, then what falls, by day, owner or item.
#pragma once

#include <string>

#include "cli/session.hpp"
#include "sheets/forecast.hpp"

namespace maru::cli {

enum class By { day, owner, item };
std::string forecast_table(const Session& session, const sheets::Forecast& forecast, By by);

}  // namespace maru::cli
