#include "server/request_notices.hpp"

#include <fmt/core.h>

#include <iterator>

#include "notices/people.hpp"
#include "notices/webhooks.hpp"
#include "sheets/report.hpp"
#include "workflow/rights.hpp"

namespace maru::server {

namespace {

using workflow::Kind;
using workflow::Request;
using workflow::State;

class Writer {
public:
    static Result<Writer> open(const RequestNotices& of, api::Readers::Lease& reader) {
        const Day today = of.site.today();
        return Writer(
            of, reader,
            TRY(notices::People::load(*reader, of.site.catalog().schema, today, of.settings.language)),
            TRY(notices::webhooks(*reader)), TRY(sheets::organisation_name(*reader)));
    }

    Result<void> write(const Request& request, const Kind& kind) {
        if (request.erased || request.state == State::withdrawn) return {};
        if (request.state == State::asked) return tell_deciders(request, kind);
        tell_asker(request, kind);
        announce("request_decided", request, kind);
        return {};
    }
    std::vector<notices::Draft> take() { return std::move(drafts_); }

private:
    Writer(const RequestNotices& of, api::Readers::Lease& reader, notices::People people,
           std::vector<notices::Webhook> hooks, std::string organisation)
        : of_(of),
          reader_(reader),
          people_(std::move(people)),
          organisation_(std::move(organisation)),
          hooks_(std::move(hooks)) {}
    const registers::Schema& schema() const { return of_.site.catalog().schema; }
    std::string link(const Request& request) const {
        return fmt::format("{}/requests/{}", of_.settings.base_url, request.id);
    }
    std::string what(const Request& request, const Kind& kind, Language language) const {
        return workflow::sentence_of(*reader_, schema(), kind, request.fields, request.asking, language);
    }

    Result<void> tell_deciders(const Request& request, const Kind& kind) {
        const auto directory = of_.site.directory();
        for (const auto& [id, user] : directory->all()) {
            if (user.person == 0 || !user.is_active(of_.site.today())) continue;
            const identity::Principal who = directory->principal(user);
            if (!TRY(workflow::decides(*reader_, schema(), kind, request, who, of_.site.today()))) continue;
            if (const auto* to = people_.find(user.person)) ask(request, kind, *to);
        }
        announce("request_asked", request, kind);
        return {};
    }

    void ask(const Request& request, const Kind& kind, const notices::Recipient& to) {
        send("request_asked", request, to,
             {{"name", to.name},
              {"organisation", organisation_},
              {"asker", people_.name_of(request.asking.asker)},
              {"what", what(request, kind, to.language)},
              {"code", request.code},
              {"due", request.due_on ? request.due_on->iso() : "-"},
              {"link", link(request)}});
    }

    void tell_asker(const Request& request, const Kind& kind) {
        const auto* const to = people_.find(request.asking.asker);
        if (!to) return;
        send("request_decided", request, *to,
             {{"name", to->name},
              {"organisation", organisation_},
              {"decider", request.decided_by != 0 ? people_.name_of(request.decided_by) : "maru"},
              {"what", what(request, kind, to->language)},
              {"code", request.code},
              {"decision", workflow::name_of(request.state).in(to->language)},
              {"comment", request.reason},
              {"link", link(request)}});
    }

    void send(std::string_view notice, const Request& request, const notices::Recipient& to,
              const notices::Values& values) {
        if (!of_.settings.mail) return;
        drafts_.push_back(
            notices::mail_to(to, fmt::format("{}:{}:{}:{}", notice, request.id, request.version, to.person),
                             of_.templates.render(notice, to.language, values)));
    }

    // Free of names and of what is asked for.
    void announce(const std::string& event, const Request& request, const Kind& kind) {
        const Text state = workflow::name_of(request.state);
        const notices::Event told{
            .code = event,
            .key = fmt::format("{}:{}:{}", event, request.id, request.version),
            .at = of_.site.now(),
            .data = {{"code", request.code},
                     {"kind", kind.name},
                     {"state", std::string(workflow::code_of(request.state))},
                     {"due", request.due_on ? request.due_on->iso() : ""},
                     {"url", link(request)}},
            .chat = {
                fmt::format("申請 {}（{}）: {} {}", request.code, kind.label.ja, state.ja, link(request)),
                fmt::format("Request {} ({}): {} {}", request.code, kind.label.en, state.en, link(request))}};
        std::ranges::move(notices::drafts_of(told, hooks_), std::back_inserter(drafts_));
    }

    const RequestNotices& of_;
    api::Readers::Lease& reader_;
    notices::People people_;
    std::string organisation_;
    std::vector<notices::Webhook> hooks_;
    std::vector<notices::Draft> drafts_;
};

Result<std::vector<std::int64_t>> changed_since(store::Database& reader, std::int64_t entries) {
    auto query = TRY(reader.prepare("select id from request where from_index >= ?1 order by from_index"));
    query.bind(1, entries);
    std::vector<std::int64_t> out;
    while (const auto row = TRY(query.step())) out.push_back(row->integer(0));
    return out;
}

}  // namespace

Result<std::vector<notices::Draft>> request_drafts(const RequestNotices& of, api::Readers::Lease& reader,
                                                   std::int64_t since) {
    const auto changed = TRY(changed_since(*reader, since));
    if (changed.empty()) return std::vector<notices::Draft>();
    const api::Catalog& catalog = of.site.catalog();
    Writer writer = TRY(Writer::open(of, reader));
    for (const std::int64_t id : changed) {
        const Request request = TRY(workflow::find_request(*reader, catalog.schema, id));
        if (const Kind* kind = catalog.kinds.find(request.kind)) TRY(writer.write(request, *kind));
    }
    return writer.take();
}

}  // namespace maru::server
