// The endpoints of each resource.
#pragma once

#include <vector>

#include "api/call.hpp"

namespace maru::api {

// The register in the path. not_found proposes names; forbidden when the caller may see nothing of it.
Result<const registers::Register*> readable_register(const Call& call);

// The record in the path, by number or natural key. not_found also when it is not the caller's to see: whose
// data it is must not be learnt from the answer.
Result<registers::Record> readable_record(const Call& call, store::Database& reader,
                                          const registers::Register& of);

std::vector<Endpoint> register_endpoints();  // what registers there are
std::vector<Endpoint> document_endpoints();  // OpenAPI and its page
std::vector<Endpoint> record_endpoints();    // list, get, create, change, retire, history
std::vector<Endpoint> session_endpoints();
std::vector<Endpoint> password_reset_endpoints();  // signing in and out, one-time links
std::vector<Endpoint> account_endpoints();         // one's own: password, second factor, sessions, tokens
std::vector<Endpoint> user_endpoints();            // users, invitations
std::vector<Endpoint> access_record_endpoints();   // who read personal data

std::vector<Endpoint> bulk_endpoints();     // many records at once, taking back
std::vector<Endpoint> import_endpoints();   // files that become records
std::vector<Endpoint> file_endpoints();     // export, attachments
std::vector<Endpoint> ledger_endpoints();   // what is signed, entries, receipts
std::vector<Endpoint> event_endpoints();    // what changes, while it changes
std::vector<Endpoint> request_endpoints();  // asking for permissions, deciding

// Requests that were approved for a day that has come, or whose content changed (workflow::Desk::settle).
Result<void> settle_requests(Site& site);

std::vector<Endpoint> sheet_endpoints();       // sheets as judged on a day
std::vector<Endpoint> sheet_item_endpoints();  // items with their rows, and their history
std::vector<Endpoint> sheet_time_endpoints();  // series, window, forecast, diff
std::vector<Endpoint> sheet_export_endpoints();
std::vector<Endpoint> pack_endpoints();  // audit packs
std::vector<Endpoint> task_endpoints();
std::vector<Endpoint> check_endpoints();
std::vector<Endpoint> claim_endpoints();
std::vector<Endpoint> erasure_endpoints();  // erasing people
std::vector<Endpoint> backup_endpoints();   // how the backups are going
}  // namespace maru::api
