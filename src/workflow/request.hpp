// A request as the register has it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/proposal.hpp"

namespace maru::workflow {

enum class State {
    asked,
    approved,  // waits for its day
    done,
    returned,   // the asker may change it and ask again
    rejected,   // for good
    withdrawn,  // for good
    lapsed,     // was approved, but what was approved has changed; the asker may ask again
};
std::string_view code_of(State state);
std::optional<State> parse_state(std::string_view code);
Text name_of(State state);

struct Request {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string code, kind;
    Asking asking;  // who, for whom, on which day
    std::string register_name;
    Target target;         // that the hash binds
    WrittenFields fields;  // empty when erased
    bool erased = false;   // what was proposed was erased with the person
    std::string hash;      // of what was asked or approved
    State state = State::asked;
    std::optional<Day> due_on;
    std::int64_t decided_by = 0;  // 0: nobody yet
    std::optional<Day> decided_on;
    std::string reason;
    Target result;  // the record as it was made or changed
};

// Of the register request; of a current record or of a version of its history.
Result<Request> request_of(const registers::Schema& schema, const registers::Record& record);
// not_found, which says nothing about requests that others see.
Result<Request> find_request(store::Database& database, const registers::Schema& schema, std::int64_t id);
std::unexpected<Error> no_such_request(std::int64_t id);

// What an approval would bind now, and its hash.
struct Content {
    Target target;
    std::string hash;
};
Result<Content> content_now(store::Database& database, const registers::Schema& schema, const Kind& kind,
                            const Request& request);

// The values of the record before the request: as they are now while it is open, as they were when it was
// carried out or ended. Empty for a new record.
struct Before {
    std::optional<registers::Record> record;
    Values values;
};
Result<Before> before(store::Database& database, const registers::Schema& schema, const Kind& kind,
                      const Request& request);
bool is_open(State state);

// A field of which two states differ.
struct Difference {
    std::string field;
    std::optional<registers::FieldValue> then, now;  // none: not written
};
// How what was last approved (or, before any approval, asked) differs from what stands now: the proposal, and
// the record that it would change.
struct Differences {
    std::vector<Difference> proposed, record;
    bool empty() const { return proposed.empty() && record.empty(); }
};
Result<Differences> differences(store::Database& database, const registers::Schema& schema, const Kind& kind,
                                const Request& request);

struct Comment {
    std::int64_t position = 0;
    std::int64_t by = 0;
    std::string at;
    std::string text;
    bool erased = false;
};
Result<std::vector<Comment>> comments_of(store::Database& database, std::int64_t request);

}  // namespace maru::workflow
