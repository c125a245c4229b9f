// Records of a server's registers, as this program knows them.
#pragma once

#include <boost/json/fwd.hpp>
#include <map>
#include <memory>

#include "registers/records.hpp"
#include "registers/values.hpp"

namespace maru::cli {

// Reads records out of the API's JSON and remembers what they call other records.
class RemoteRecords {
public:
    RemoteRecords(const registers::Register& of, Language language) : of_(&of), language_(language) {}

    // What the caller may not see is empty.
    Result<registers::Record> read(const boost::json::object& record);
    // The values as people read them; what was erased says so.
    std::vector<std::string> for_people(const registers::Record& record) const;
    // Key and title, as headings have it.
    std::string name(const registers::Record& record) const;
    registers::KeyOf titles() const;

private:
    void learn(const registers::Field& field, const boost::json::value& value);
    const registers::Register* of_;
    Language language_;
    std::map<std::pair<std::string, std::int64_t>, std::string> titles_;
    std::map<std::tuple<std::int64_t, std::int64_t, std::string>, std::int64_t>
        erased_;  // record, version, field
};

}  // namespace maru::cli
