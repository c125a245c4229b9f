// Asking, deciding and carrying out, inside a writer's command: what is checked here holds when it is
// written, however many decide at once. Errors: invalid (the content), forbidden (who), conflict (its state,
// another hash), not_found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/check.hpp"
#include "identity/principal.hpp"
#include "registers/organisation.hpp"
#include "workflow/rights.hpp"

namespace maru::workflow {

struct Draft {
    std::string kind;
    std::int64_t subject = 0;  // person whom it is about; 0: the asker
    WrittenFields fields;
    std::string comment;
};

struct Done {
    std::int64_t request = 0;
    std::vector<registers::Change> changes;  // in the order of their entries
};

class Desk {
public:
    // All three must outlive it.
    Desk(const Kinds& kinds, const registers::Schema& schema, const checks::Library& library)
        : kinds_(&kinds), schema_(&schema), library_(&library) {}

    // Whether the content could be carried out as things stand; writes nothing. Before ask and change, so
    // that the asker hears what is wrong and not the approver.
    Result<void> rehearse(registers::Organisation& organisation, const identity::Principal& who,
                          const Draft& draft) const;

    Result<Done> ask(registers::WriteContext& context, const identity::Principal& who,
                     const Draft& draft) const;
    // Fields that are sent replace those of the request; an approval given so far is void.
    Result<Done> change(registers::WriteContext& context, const identity::Principal& who, std::int64_t id,
                        const WrittenFields& fields) const;
    // The request's draft with these fields, for rehearsing a change.
    Result<Draft> changed_draft(store::Database& database, const identity::Principal& who, std::int64_t id,
                                const WrittenFields& fields) const;
    // `hash`: of what the approver saw (content_now). Carried out in the same command unless its day is yet
    // to come.
    Result<Done> approve(registers::WriteContext& context, const identity::Principal& who, std::int64_t id,
                         std::string_view hash) const;
    Result<Done> reject(registers::WriteContext& context, const identity::Principal& who, std::int64_t id,
                        const std::string& reason) const;
    Result<Done> give_back(registers::WriteContext& context, const identity::Principal& who, std::int64_t id,
                           const std::string& reason) const;
    Result<Done> withdraw(registers::WriteContext& context, const identity::Principal& who,
                          std::int64_t id) const;
    Result<Done> comment(registers::WriteContext& context, const identity::Principal& who, std::int64_t id,
                         const std::string& text) const;
    // Daily and after changes: carries out what was approved for a day that has come, and lets approvals
    // lapse whose content is not what was approved any more.
    Result<std::vector<registers::Change>> settle(registers::WriteContext& context) const;

private:
    struct Opened;
    Result<Opened> open(registers::WriteContext& context, const identity::Principal& who, std::int64_t id,
                        Act act) const;
    Result<Done> decide(registers::WriteContext& context, const identity::Principal& who, std::int64_t id,
                        Act act, const std::string& reason) const;
    Result<WrittenFields> proposal(store::Database& database, const Kind& kind, const Draft& draft,
                                   const Asking& asking) const;
    Result<std::string> due_on(store::Database& database, const Kind& kind, Day today) const;
    Result<registers::Change> write_comment(registers::WriteContext& context, std::int64_t by,
                                            std::int64_t request, const std::string& text) const;
    Result<registers::Change> settle_one(registers::WriteContext& context, const Request& request,
                                         std::vector<registers::Change>& changes) const;
    const Kinds* kinds_;
    const registers::Schema* schema_;
    const checks::Library* library_;
};

}  // namespace maru::workflow
