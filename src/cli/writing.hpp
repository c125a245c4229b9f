// What writing commands share: their entries are signed when they end, and a ledger that must not be written
// any more is reported.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "registers/organisation.hpp"
#include "store/database.hpp"

namespace maru::cli {

struct Session;

// An organisation opened for writing. When it goes, what it answered is signed; a checkpoint that cannot be
// made now is a warning, because the entries are durable and the next command signs them.
class Writing {
public:
    static Result<Writing> open(const Session& session, const std::filesystem::path& folder,
                                const registers::Schema& schema);
    Writing(Writing&&) noexcept = default;
    Writing& operator=(Writing&&) = delete;
    ~Writing();

    registers::Organisation& operator*() { return *organisation_; }
    registers::Organisation* operator->() { return organisation_.get(); }

private:
    Writing(const Session& session, std::unique_ptr<registers::Organisation> organisation)
        : session_(&session), organisation_(std::move(organisation)) {}
    const Session* session_;
    std::unique_ptr<registers::Organisation> organisation_;
};

// Signs what was answered, or warns.
void sign(const Session& session, registers::Organisation& organisation);

// $MARU_ANCHORS, else maru/anchors in the state folder of the XDG Base Directory Specification; "" when there
// is no home either.
std::filesystem::path anchor_folder();

// A line on standard error when the database contradicts what was signed; reading goes on.
void warn_of_fork(const Session& session, const std::filesystem::path& folder, store::Database& reader);

// The same when the database is older than an erasure; the people are hidden.
void warn_of_restored_people(const Session& session, const std::filesystem::path& folder,
                             store::Database& reader);

// Remembers a file with personal data that a command wrote (registers/handed_out.hpp).
void note_written(const Session& session, const std::string& what, const std::filesystem::path& file);

}  // namespace maru::cli
