// Cuts a long XML list (rows, shared strings) into pieces that are small enough to be parsed whole.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace maru::registers {

// Feeds on a part in chunks; hands over well-formed pieces of `<container>…</container>`, each ending with
// `</element>` (a namespace prefix in the file is found and followed). What comes behind the container is
// kept as the tail.
class Elements {
public:
    using Visit = std::function<Result<void>(std::string& piece)>;
    Elements(std::string container, std::string element, std::uint64_t piece_limit, Visit visit);

    Result<void> feed(std::string_view chunk);
    // The part is at its end: invalid when its container is missing or open.
    Result<void> finish() const;
    const std::string& tail() const { return pending_; }

private:
    enum class Place { before, within, behind };
    bool enter();
    Result<void> cut();

    std::string container_, element_;
    std::uint64_t piece_limit_;
    Visit visit_;
    Place place_ = Place::before;
    std::string pending_;
    std::size_t searched_ = 0;  // no end tag begins in front of this
    std::string end_of_element_, end_of_container_;
};

}  // namespace maru::registers
