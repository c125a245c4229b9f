// The rows behind a verdict: who may see them, where each is mended and what it rests on.
#pragma once

#include <boost/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/call.hpp"
#include "api/desks.hpp"
#include "api/names.hpp"

namespace maru::api {

struct RowPage {
    std::int64_t offset = 0, limit = 20;
};

class RowView {
public:
    // Names are those of the desk's state; rows as they stand on `day`.
    RowView(const Call& call, Desks::Lease& desk, Day day)
        : call_(call), desk_(desk), day_(day), names_(desk.reader(), call.site.catalog().schema) {}

    // Rows worst first; of a large population the first page holds only those that do not hold. Callers
    // without the right to see names get those that are theirs to mend or about them.
    Result<boost::json::array> page(const checks::CheckKey& key, const RowPage& page);
    Names& names() { return names_; }

private:
    Result<std::vector<checks::Row>> visible(const checks::CheckKey& key, const RowPage& page);
    Result<std::vector<checks::Row>> own(const checks::CheckKey& key, std::size_t most);
    // Subjects that are the caller, or records about the caller or the caller's people.
    Result<std::set<std::string>> own_subjects(const checks::Check& check);
    Result<boost::json::object> row_json(const checks::Check& check, const checks::Row& row);
    boost::json::object mend_json(const checks::Check& check, const checks::Row& row);
    Result<boost::json::array> evidence_json(const checks::Check& check, const checks::Row& row);
    Result<boost::json::value> exception_json(const checks::Check& check, const checks::Row& row);
    boost::json::value record_json(std::string_view register_name, std::int64_t id);

    const Call& call_;
    Desks::Lease& desk_;
    Day day_;
    Names names_;
};

}  // namespace maru::api
