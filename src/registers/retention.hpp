// What register files say about keeping and erasing personal values (docs/formats/register.md). Personal
// values that nothing here covers are erased with their person.
#pragma once

#include <string>
#include <vector>

#include "core/text.hpp"

namespace maru::registers {

// A law or contract that wants personal values kept for a time after an event.
struct Retention {
    Text basis;          // with its article
    std::string source;  // where it can be read
    int years = 0;
    int months = 0;  // on top of the years
    std::vector<std::string>
        from;           // the first that is filled begins the time; "person.left_on" is the subject's
    std::string where;  // SQL over the record's fields and person.<field>; empty = always
    std::vector<std::string> fields;  // personal fields that it covers
};

// What must be settled before a person may be erased.
struct ErasureBlock {
    std::string person;  // field that names the person; "id" in the register person
    std::string where;   // SQL over the record's fields and today(); empty = always
    Text message;
    Text todo;
};

// A record that tells of copies outside this organisation's files, to be handled by hand. {field} in the note
// is the record's value.
struct CopyHint {
    std::string person;  // only records that ever named the person there; "" = every current record
    std::string where;
    Text note;
};

// The register lists reasons of the organisation's own (a contract, a dispute) for keeping a person's values.
struct Hold {
    std::string person;     // field: whose values
    std::string registers;  // list field: only in these registers; empty = in all
    std::string basis;      // field
    std::string until;      // field: last day; empty = open
    std::string where;      // SQL: the records that hold
};

}  // namespace maru::registers
