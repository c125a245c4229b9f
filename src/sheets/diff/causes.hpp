// Tells an entry so that people understand it.
#pragma once

#include "registers/past.hpp"
#include "registers/records.hpp"
#include "sheets/diff.hpp"

namespace maru::sheets {

class CauseReader {
public:
    // Of any reader that knows the whole ledger; all must outlive this.
    CauseReader(store::Database& reader, registers::Entries& entries, const registers::Schema& schema,
                const DiffOptions& options)
        : reader_(reader), entries_(entries), schema_(schema), options_(options) {}

    Result<Cause> tell(std::int64_t index);

private:
    Result<void> add_record(Cause& cause);
    std::string actor_name(const std::string& actor) const;
    Result<std::string> label_of(const registers::Register& of, const registers::Record& version) const;
    Result<Text> text_of(const registers::Register& of, const registers::Record& version,
                         std::size_t at) const;

    store::Database& reader_;
    registers::Entries& entries_;
    const registers::Schema& schema_;
    const DiffOptions& options_;
};

}  // namespace maru::sheets
