// What the command line says, as plain structs: one per command. Only arguments.cpp sees the parser.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "backup/bucket.hpp"
#include "core/result.hpp"
#include "core/text.hpp"

namespace maru::cli {

struct Common {
    Language language = Language::ja;
    std::filesystem::path catalog;       // --catalog, $MARU_CATALOG, else what was installed
    std::filesystem::path organisation;  // --org, $MARU_ORG, else found below ./data
    bool organisation_given = false;     // by --org, so that the next command needs it too
    std::string program = "maru";        // as it was called
    std::string server;  // --server, $MARU_SERVER: the organisation is asked there, not in a folder
    std::filesystem::path token_file;  // --token-file; "" = $MARU_TOKEN
    std::string clock;                 // --clock INSTANT: pretend it is then (demonstrations and tests)

    const char* say(const char* ja, const char* en) const { return language == Language::ja ? ja : en; }
};

// Which state and day a reading command asks for.
struct When {
    std::string on;        // day of the verdict; "" = today
    std::string known_at;  // number of ledger entries, a day or an instant; "" = everything
};

// Where a command puts the text that it makes.
struct Output {
    std::filesystem::path file;  // "" and "-": standard output
    bool force = false;          // replace what is there
};

struct Init {
    std::filesystem::path folder;
    std::string name;
    std::string origin;  // name of the ledger for others; "" = derived from the folder's
    bool sample = false;
    bool no_past = false;                     // everything is told on the day of loading
    std::vector<std::filesystem::path> with;  // further folders in sample format
};
struct SheetCommand {
    std::string sheet = "ipa-52";
    When when;
    std::string format = "table";
    std::string layout = "verdicts";
    Output output;
    bool all_rows = false;
    std::size_t offenders = 3;
};
struct CheckCommand {
    std::vector<std::string> names;  // items or checks; none = all
    std::string sheet = "ipa-52";
    When when;
    bool explain = false;
    std::string format = "table";
};
struct ListCommand {
    std::string register_name;
    bool retired = false;  // those that are no longer current
    When when;
    std::string format = "table";
};
struct ShowCommand {
    std::string register_name, record;
    When when;
};
struct PutCommand {
    std::string register_name;
    std::vector<std::string> fields;  // name=value, or one JSON object
    std::optional<std::int64_t> id;
    std::optional<std::int64_t> if_version;
    std::string by;
};
struct RetireCommand {
    std::string register_name, record, reason;
    std::optional<std::int64_t> if_version;
    std::string by;
};
struct HistoryCommand {
    std::string register_name, record;
};
struct ImportCommand {
    std::string register_name;
    std::filesystem::path file;  // "-" = standard input
    std::string format;          // by extension when ""
    bool dry_run = false;
};
struct ExportCommand {
    std::string register_name;     // "" = all
    std::filesystem::path output;  // "-" = standard output
    bool force = false;            // replace what is there
    std::string format;            // by extension when ""
    std::string headings = "ja";
    When when;
};
struct ClaimsImport {
    std::filesystem::path file;  // "-" = standard input
    std::string format;          // by extension when ""
    std::string sheet = "ipa-52";
};
struct ClaimsLint {
    std::string sheet = "ipa-52";
    When when;
};
struct ExceptionCommand {
    enum class Action { ask, approve, list } action = Action::list;
    std::string check, subject, reason, measure, until, asked_by, owner;  // ask
    std::string code, by;                                                 // approve
};
struct TasksCommand {
    std::string person;
    std::string until;
    std::string sheet = "ipa-52";
    When when;
};
struct WindowCommand {
    std::vector<std::string> items;  // none = all published ones
    std::string from, to;            // "" = the year that ends today, or what the ledger has of it
    std::string sheet = "ipa-52";
    std::string format = "table";
    Output output;
    bool all_rows = false;
};
struct LedgerCommand {
    enum class Action { status, checkpoint, key, export_log, verify, renew } action = Action::status;
    std::filesystem::path folder;  // export; verify: also a pack or a receipt
    std::string key;               // verify: a vkey or a file with one
    std::filesystem::path policy;  // verify
    std::filesystem::path record;  // verify: that a receipt is about
    std::string origin, cause;     // renew
};
struct DiffCommand {
    std::vector<std::string> items;  // none = all published ones
    std::string from, to;            // a day or "@entries"; `to` "" = today
    std::string known_at;   // both days by what was known then; "" = each by what was known at its end
    bool all = false;       // rows also of items of which only numbers changed, however many
    std::size_t rows = 10;  // per check
    std::string sheet = "ipa-52";
    std::string format = "table";
    Output output;
};
struct ForecastCommand {
    std::string until;  // "" = three months ahead
    std::string by = "day";
    std::string person;  // only theirs
    std::string sheet = "ipa-52";
    When when;
    std::string format = "table";
    Output output;
    bool all_rows = false;
};
struct WitnessServe {
    std::filesystem::path state, key;
    std::string listen = "127.0.0.1:7380";
    std::vector<std::string> logs;  // vkeys
};
struct WitnessKey {
    std::filesystem::path key;
    std::string name;  // of a new key
};
struct CosignCommand {
    std::filesystem::path policy;  // "" = the organisation's
};
struct StampCommand {
    std::string tsa;                           // URL
    std::filesystem::path ca, untrusted;       // PEM
    std::optional<std::int64_t> renew_before;  // days
    std::filesystem::path output;              // "" = none
};
struct EraseCommand {
    enum class Action { person, list, resume } action = Action::list;
    std::string person, basis, requested, by;
    bool dry_run = false;
    bool yes = false;
};
struct BackupCommand {
    enum class Action { run, list, key } action = Action::list;
    std::string place;          // a folder or s3://bucket/prefix
    std::filesystem::path key;  // run: public or private; key: the file to make
    std::size_t keep = 0;       // 0 = all
    std::string by;
    backup::BucketSettings bucket;
};
struct RestoreCommand {
    std::string backup;  // a file or s3://bucket/name
    std::filesystem::path key;
    std::filesystem::path folder;  // to make; "" for a drill
    bool drill = false;
    std::string by;
    std::string sheet = "ipa-52";
    backup::BucketSettings bucket;
};
struct ServeCommand {
    std::vector<std::filesystem::path> folders;  // none: the organisation of every other command
    std::filesystem::path configuration;         // "" = none
    std::string listen;                          // "" = what the configuration says
    bool dev_tls = false;
    bool link = false;  // print a one-time link to sign in as the security manager
    bool print_configuration = false;
    bool print_openapi = false;
};
struct NoticesCommand {
    enum class Action { list, send, day, again, secret, feed, calendar, test } action = Action::list;
    std::string target;  // webhook, person, token or address
    bool all = false;    // list: what was sent, too
    bool revoke = false;
    std::string sheet = "ipa-52";
    std::string mail_server, mail_from, mail_user;  // "" = no mail
    std::string mail_encryption = "required";       // offered, none
    std::filesystem::path mail_ca;
    std::string base_url;  // "" = where ./start serves
    bool inside = false;   // webhooks may be inside
};
struct CatalogCommand {
    enum class What { lint, registers, checks, sheets } what = What::lint;
    std::vector<std::string> names;
    bool explain = false;
    bool write = false;
};

struct ReceiptCommand {
    std::string register_name, record;
    std::optional<std::int64_t> version;
    std::string fields;  // "a,b"; "" = what everyone may see; "all"
    std::filesystem::path output;
    bool force = false;
};
struct PackCommand {
    std::string from, to;  // `to` "" = today
    std::string items;     // "5,6"; "" = all of the sheet
    std::string sheet = "ipa-52";
    bool all_rows = false;
    std::int64_t records = 1000;  // per register
    std::filesystem::path output;
    bool force = false;
};

using Command =
    std::variant<Init, SheetCommand, CheckCommand, ListCommand, ShowCommand, PutCommand, RetireCommand,
                 HistoryCommand, ImportCommand, ExportCommand, ClaimsImport, ClaimsLint, ExceptionCommand,
                 TasksCommand, WindowCommand, DiffCommand, ForecastCommand, LedgerCommand, WitnessServe,
                 WitnessKey, CosignCommand, StampCommand, CatalogCommand, ReceiptCommand, PackCommand,
                 EraseCommand, ServeCommand, NoticesCommand, BackupCommand, RestoreCommand>;

struct Arguments {
    Common common;
    std::optional<Command> command;  // none: help or version was asked for and printed
    int exit_code = 0;
};

// Parses, prints help and complaints itself (exit code 2 for a wrong command line).
Arguments parse_arguments(int count, const char* const* words);

}  // namespace maru::cli
