// Ledger entries and retired records as people read them.
#pragma once

#include <string>

#include "cli/session.hpp"
#include "registers/records.hpp"
#include "registers/tombstones.hpp"
#include "registers/values.hpp"

namespace maru::cli {

struct EntryText {
    std::string at;  // Japanese time
    std::string by;  // code and name; "" when nobody was named
};
Result<EntryText> entry_text(const Session& session, const Plain& plain, std::int64_t index);

struct Naming {
    registers::KeyOf title;
    const registers::Tombstones& erased;
    Language language;
};
// What a retired record was called: its key and its title, from its last version; or that they were erased.
std::string retired_name(const registers::Register& of, const registers::Record& last, const Naming& naming);

// Why it was retired, or that this was erased; "" when nobody said why.
std::string reason_of(const registers::Retired& retired, const registers::Tombstones& erased,
                      Language language);

// "Persons E001 (#1, version 2, entry 17): changed\n".
std::string change_sentence(const Session& session, const registers::Register& of,
                            const registers::Change& change, const std::string& key);

// Fields as the command line has them: field=value words, one JSON object, or "-" for one on standard input.
Result<registers::WrittenFields> written_fields(const std::vector<std::string>& words);

// "2026-11-23 09:00", Japanese time.
std::string minutes_in_japan(Instant at);

// As one word of a shell, in quotes where it needs them.
std::string shell_word(const std::string& word);

// " code=E001": what a put needs to bring it back, as typed in a shell.
std::string written_key(const registers::Register& of, const registers::Record& record,
                        const registers::KeyOf& key);

}  // namespace maru::cli
