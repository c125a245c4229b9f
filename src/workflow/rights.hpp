// Who may ask and who may decide. Nobody decides what they asked for or what is about themselves, whatever
// their roles.
#pragma once

#include "identity/principal.hpp"
#include "workflow/request.hpp"

namespace maru::workflow {

struct Answer {
    bool allowed = false;
    Text why;  // why not
    explicit operator bool() const { return allowed; }
};

enum class Act { approve, reject, give_back, withdraw, change, comment };

// Whether `who` may ask for this kind of thing for that person.
Answer may_ask(const Kind& kind, const identity::Principal& who, std::int64_t subject);

// Whether `who` is one of those who decide on the request, whatever its state.
Result<Answer> decides(store::Database& database, const registers::Schema& schema, const Kind& kind,
                       const Request& request, const identity::Principal& who, Day today);

Result<Answer> may(Act act, store::Database& database, const registers::Schema& schema, const Kind& kind,
                   const Request& request, const identity::Principal& who, Day today);

// Asker, the person whom it is about, who decided and who may decide. Security office and auditors see all
// requests by their rights over the register (identity::Permissions).
Result<bool> takes_part(store::Database& database, const registers::Schema& schema, const Kind& kind,
                        const Request& request, const identity::Principal& who, Day today);

}  // namespace maru::workflow
