// One organisation being served: its writer, its readers, who listens to it.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>

#include "api/catalog.hpp"
#include "api/events.hpp"
#include "api/judge.hpp"
#include "api/readers.hpp"
#include "backup/health.hpp"
#include "identity/access_store.hpp"
#include "registers/organisation.hpp"

namespace maru::api {

class Site {
public:
    struct Options {
        std::string name;  // in addresses: /o/NAME/
        std::filesystem::path folder;
        registers::Environment environment;
        Judge::Patience judging{};
        identity::AccessOptions access{};  // clock and randomness are the environment's
    };
    // Errors as registers::Organisation::open. The catalog must outlive the site.
    static Result<std::unique_ptr<Site>> open(const Catalog& catalog, Options options);
    Site(const Site&) = delete;
    ~Site();

    const Catalog& catalog() const { return *catalog_; }
    const std::string& name() const { return options_.name; }
    const std::filesystem::path& folder() const { return options_.folder; }
    registers::Organisation& organisation() { return *organisation_; }
    Readers& readers() { return readers_; }
    Events& events() { return events_; }
    identity::AccessStore& access() { return *access_; }
    Judge& judge() { return *judge_; }
    // Who the users are, now.
    std::shared_ptr<const identity::Directory> directory() const { return access_->directory(); }
    const registers::Environment& environment() const { return options_.environment; }
    Instant now() const { return options_.environment.clock(); }
    Day today() const { return local_day(now(), japan_offset); }

    // A one-time link for a new user, to be sent by mail.
    struct Invitation {
        identity::User to;
        std::string inviter;  // by name
        std::string path;     // "link#…", below the organisation's pages
        Instant ends{};
    };
    // Who sends them (server/post_office.hpp); set before requests come. False: no mail goes out from here.
    using Invite = std::function<Result<bool>(const Invitation&)>;
    void invite_by(Invite invite) { invite_ = std::move(invite); }
    Result<bool> invite(const Invitation& invitation) { return invite_ ? invite_(invitation) : false; }

    // Who looks at uploaded files before they are kept (transport/virus_scan.hpp); set before requests come.
    using Examine = std::function<Result<void>(ByteView)>;
    void examine_by(Examine examine) { examine_ = std::move(examine); }
    Result<void> examine(ByteView file) const { return examine_ ? examine_(file) : Result<void>(); }

    // Who makes its backups and says how they are going (server/daily_backup.hpp); set before requests come.
    using Backups = std::function<backup::Health()>;
    void backed_up_by(Backups backups) { backups_ = std::move(backups); }
    backup::Health backups() const { return backups_ ? backups_() : backup::Health(); }

    // Somebody says that they have forgotten the password of a mail address. Whoever sends the links keeps it
    // for later and returns at once, whosever it is. False: no mail goes out from here.
    using Forgot = std::function<bool(const std::string& mail)>;
    void forgot_by(Forgot forgot) { forgot_ = std::move(forgot); }
    bool forgot(const std::string& mail) { return forgot_ && forgot_(mail); }

    // Everything that changes the organisation goes through here: durable when it returns, seen by every
    // reader lent from then on, told to everybody who listens. `actor`: identity::Principal::actor().
    Result<registers::Change> put(registers::PutRequest request, const std::string& actor);
    Result<registers::Change> retire(const registers::Change& of,
                                     std::optional<std::int64_t> expected_version, const std::string& reason,
                                     const std::string& actor);
    // Several changes as one: all or nothing. They must be returned, so that they are told.
    using Work = std::function<Result<std::vector<registers::Change>>(registers::WriteContext&)>;
    Result<std::vector<registers::Change>> write(const Work& work, const std::string& actor);
    // Erases the person of a plan, with everything that this process and its side files keep of them: sheets
    // and readers let go of older states, waiting mails, sessions, remembered answers.
    Result<registers::ErasureDone> erase(const registers::ErasurePlan& plan,
                                         const registers::ErasureRequest& request, const std::string& actor);
    // After changes that were made around this (an import, an erasure): of records of these registers.
    void committed(const std::set<std::string>& registers);
    // A checkpoint was signed: readers lent from now on see it.
    void committed_checkpoint() { readers_.committed(); }

private:
    void tell(std::span<const registers::Change> changes);
    Result<void> forget_beside(const registers::ErasurePlan& plan, std::int64_t user);
    Result<void> read_directory();
    Site(const Catalog& catalog, Options options, std::unique_ptr<registers::Organisation> organisation,
         std::unique_ptr<identity::AccessStore> access);
    void tell_verdicts(const sheets::JudgedSheet& sheet, const std::vector<std::string>& items);
    const Catalog* catalog_;
    Options options_;
    std::unique_ptr<registers::Organisation> organisation_;
    std::unique_ptr<identity::AccessStore> access_;
    Readers readers_;
    Events events_;
    Invite invite_;
    Examine examine_;
    Backups backups_;
    Forgot forgot_;
    std::unique_ptr<Judge> judge_;  // works with all of the above
};

}  // namespace maru::api
