// Records as JSON, with the fields that the caller may see.
#pragma once

#include <boost/json/fwd.hpp>

#include "api/call.hpp"
#include "registers/records.hpp"

namespace maru::api {

// {"id", "version", "index", "key", "title", "fields": {name: value}, "erased": {name: entry}}. Integers are
// numbers, booleans booleans, decimals and money exact texts, days "2026-11-23", instants RFC 3339, choices
// their codes, references {"id", "key", "title"}, lists arrays, what is empty null.
Result<boost::json::object> json_of(const Call& call, const Readers::Lease& reader,
                                    const registers::Register& of, const registers::Record& record);

// One field's value in that form; and the field itself, as a form or a list needs it.
boost::json::value json_of(Names& names, Language language, const registers::Field& field,
                           const registers::FieldValue& value);
boost::json::object json_of(const registers::Field& field, Language language);

// One object's members as written fields: what json_of gives is taken back, references also by key or "#id",
// numbers also as texts. invalid, naming the field, for what no field can be.
Result<registers::WrittenFields> written_fields(const boost::json::object& fields);

// Which fields of what was sent cannot be taken, each for itself: for the problem's list.
std::vector<FieldProblem> problems_of(store::Database& reader, const registers::Schema& schema,
                                      const registers::Register& of, const registers::WrittenFields& fields);

}  // namespace maru::api
