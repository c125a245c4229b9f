// When an organisation that lived with the product for a year would have told what a sample says of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sample/sample.hpp"

namespace maru::sample {

// A record of the sample with its register and its natural key.
struct Keyed {
    SampleRecord record;
    const registers::Register* of;
    std::string key;
};

Result<std::vector<Keyed>> keyed(const registers::Schema& schema, std::vector<SampleRecord> records);
// Where a date that was told again and again is part of the key, the earlier ones are records of their own.
Result<std::vector<Keyed>> with_earlier_ones(const registers::Schema& schema, std::vector<Keyed> records);

// The keys that a field's text refers to; none when it is no reference.
std::vector<std::string> references(const registers::Field& field, const std::string& text);

// What is told of a record on a day: its first version, or what was added to it.
struct Part {
    std::size_t record;  // its place among the records
    registers::WrittenFields fields;
};

// Every field of every record, on the day of the date that it gives (at the earliest `first`, at the latest
// `today`) or of its record's first version; never before a record that it refers to.
std::map<Day, std::vector<Part>> tell(const std::vector<Keyed>& records, Day first, Day today);

}  // namespace maru::sample
