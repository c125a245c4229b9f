#include "exchange/elements.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "exchange/messages.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t longest_prefix = 64;

}  // namespace

Elements::Elements(std::string container, std::string element, std::uint64_t piece_limit, Visit visit)
    : container_(std::move(container)),
      element_(std::move(element)),
      piece_limit_(piece_limit),
      visit_(std::move(visit)) {}

Result<void> Elements::feed(std::string_view chunk) {
    pending_ += chunk;
    if (place_ == Place::before && !enter()) {
        // Only a start tag that is cut in two can still matter.
        const std::size_t kept = container_.size() + longest_prefix + 2;
        if (pending_.size() > kept) pending_.erase(0, pending_.size() - kept);
        return {};
    }
    if (place_ == Place::within) TRY(cut());
    if (pending_.size() <= piece_limit_) return {};
    return fail(ErrorKind::invalid, too_much_text(piece_limit_));
}

// Looks for `<container …>` and moves behind it.
bool Elements::enter() {
    for (std::size_t at = pending_.find(container_); at != std::string::npos;
         at = pending_.find(container_, at + 1)) {
        const std::size_t open = pending_.rfind('<', at);
        const std::size_t end = pending_.find('>', at);
        if (open == std::string::npos || end == std::string::npos) continue;
        const std::string prefix = pending_.substr(open + 1, at - open - 1);
        const bool named = prefix.empty() || (prefix.ends_with(':') &&
                                              prefix.find_first_of(" \t\r\n/!?=\"") == std::string::npos);
        if (!named ||
            std::string_view(" \t\r\n/>").find(pending_[at + container_.size()]) == std::string_view::npos)
            continue;
        place_ = pending_[end - 1] == '/' ? Place::behind : Place::within;
        end_of_element_ = "</" + prefix + element_ + ">";
        end_of_container_ = "</" + prefix + container_;
        pending_.erase(0, end + 1);
        return true;
    }
    return false;
}

Result<void> Elements::cut() {
    std::size_t done = 0;
    std::size_t from = searched_;
    for (;;) {
        const std::size_t element = pending_.find(end_of_element_, from);
        // Only in front of the element's end: looking further each time would be quadratic.
        const std::size_t container =
            std::string_view(pending_).substr(0, element).find(end_of_container_, from);
        if (element < container) {
            from = element + end_of_element_.size();
            std::string piece = pending_.substr(done, from - done);
            done = from;
            TRY(visit_(piece));
            continue;
        }
        if (container == std::string::npos) break;
        place_ = Place::behind;
        std::string piece = pending_.substr(done, container - done);
        done = container;
        TRY(visit_(piece));
        break;
    }
    pending_.erase(0, done);
    const std::size_t longest = std::max(end_of_element_.size(), end_of_container_.size());
    searched_ = pending_.size() > longest ? pending_.size() - longest : 0;
    return {};
}

Result<void> Elements::finish() const {
    if (place_ == Place::behind) return {};
    return fail(
        ErrorKind::invalid,
        {fmt::format("xlsx の中の <{}> が見つからないか、閉じていません。ファイルを保存し直してください。",
                     container_),
         fmt::format("<{}> is missing or not closed within the xlsx; save the file again", container_)});
}

}  // namespace maru::registers
