// Erasing a person (docs/formats/erasure.md): what goes, what stays and why, what stands in the way, and what
// has to be done by hand.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/day.hpp"
#include "core/text.hpp"
#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::registers {

struct ErasureRequest {
    std::int64_t person = 0;
    std::string basis;  // why: one line without names; it goes into the ledger
    Day requested;
    Day today;
};

// Something about one record, in words.
struct RecordNote {
    const Register* of = nullptr;
    std::int64_t record = 0;
    std::string key;  // natural key or #id
    Text message;
    Text todo;  // may be empty
};

// Values of a record that a law or a hold wants kept.
struct Kept {
    const Register* of = nullptr;
    std::int64_t record = 0;
    std::string key;
    std::vector<const Field*> fields;
    Text basis;
    std::string source;
    std::optional<Day> until;  // last day on which they must stay; none: further notice, or it has not begun
    std::optional<Day> began;  // the event from which the time counts
};

// Values of a record that are erased, in all its versions.
struct Going {
    const Register* of = nullptr;
    std::int64_t record = 0;
    std::string key;
    std::vector<std::string> fields;  // labels in Japanese and English are the register's; names here
    std::int64_t values = 0;          // over all versions
};

// A place outside the person's own records where one of the erased values stands in a text. It stays.
struct Mention {
    const Register* of = nullptr;
    std::int64_t record = 0;
    std::string key;
    const Field* field =
        nullptr;                // null: the reason of a retirement, or a field that the catalog has no more
    std::int64_t versions = 0;  // in how many versions
    bool is_current = false;
    bool is_sure = true;  // false: only the family name
    std::string found;    // the value
};

struct ErasurePlan {
    std::int64_t person = 0;
    std::string name;                       // what people call the person, for the screen
    std::optional<std::int64_t> erased_by;  // an earlier erasure
    std::vector<RecordNote> blockers;
    std::vector<Kept> kept;
    std::vector<Going> going;
    std::int64_t values = 0;              // that go, over all versions
    std::int64_t attachments = 0;         // that go
    std::int64_t shared_attachments = 0;  // that stay because other records have the same file
    std::int64_t references = 0;          // current records that name the person and will show the erasure
    std::vector<Mention> mentions;
    std::vector<RecordNote> copies;         // to be handled by hand
    std::vector<std::string> words;         // what the texts were searched for
    std::vector<std::string> erased_words;  // those of them that stay nowhere among the person's records
};

// Looks only. `today` decides what must stay. not_found when there never was such a person.
Result<ErasurePlan> plan_erasure(store::Database& reader, const Schema& schema, std::int64_t person,
                                 Day today);

// Where the bytes of a text stand in files, as UTF-8 or UTF-16.
struct Residue {
    struct Place {
        std::filesystem::path file;
        std::string word;
    };
    std::vector<Place> places;
    std::vector<std::filesystem::path> unread;
    std::int64_t files = 0;
    std::uint64_t bytes = 0;
};
// Searches every file below the folder: the proof after an erasure.
Result<Residue> find_residue(const std::filesystem::path& folder, const std::vector<std::string>& words);

// An erasure that the ledger tells of.
struct PastErasure {
    std::int64_t entry = 0;
    std::int64_t person = 0;
    std::string requested, executed, basis;
    std::optional<std::int64_t> replays;
    std::int64_t values = 0;
};
Result<std::vector<PastErasure>> past_erasures(store::Database& reader);

// People whom a database brought back: the keystore in the folder or the list beside the anchors (may be "")
// says that they were erased, the database does not know. Organisation::open_reader hides their values;
// opening for writing erases them again. Without a readable keystore nobody can tell: none.
Result<std::vector<std::int64_t>> brought_back(const std::filesystem::path& folder, store::Database& reader,
                                               const std::filesystem::path& anchors);

struct ErasureDone {
    std::int64_t entry = 0;
    std::int64_t values = 0;
    std::int64_t attachments = 0;
    // What could not be finished now and is done on the next opening for writing.
    std::vector<Text> open;
};

}  // namespace maru::registers
