#include "server/post_office.hpp"

#include <fmt/core.h>

#include <set>

#include "api/service.hpp"
#include "crypto/hash.hpp"
#include "notices/people.hpp"
#include "server/request_notices.hpp"
#include "sheets/report.hpp"
#include "store/files.hpp"

namespace maru::server {

namespace {

constexpr std::size_t largest_password = 4096;
constexpr std::size_t most_forgotten = 1'000;  // in a second; who is beyond it asks again
constexpr std::string_view sheet_of_the_day = "ipa-52";

Result<std::string> first_line(const std::filesystem::path& file) {
    const Bytes bytes = TRY(store::read_file(file, largest_password));
    const std::string text(bytes.begin(), bytes.end());
    return text.substr(0, text.find_first_of("\r\n"));
}

std::chrono::minutes since_midnight(Instant now) {
    const Instant local = now + japan_offset;
    return std::chrono::duration_cast<std::chrono::minutes>(local -
                                                            std::chrono::floor<std::chrono::days>(local));
}

// "2026-11-23 10:05" in Japan.
std::string local_time(Instant at) {
    std::string out = format_instant(at + japan_offset).substr(0, 16);
    out[10] = ' ';
    return out;
}

http::Response no_such_calendar(const http::Request& request) {
    return api::Service::protocol_problem(
        &request, 404,
        {"このカレンダーはありません。マイページで新しいアドレスを作ってください。",
         "there is no such calendar; make a new address on your page"});
}

}  // namespace

Result<notices::Settings> notice_settings(const Configuration& configuration, const std::string& base,
                                          Language language) {
    notices::Settings settings;
    settings.base_url = base;
    settings.language = language;
    if (configuration.mail_url.empty()) return settings;
    notices::MailSettings mail;
    mail.server.url = configuration.mail_url;
    mail.server.user = configuration.mail_user;
    if (!configuration.mail_password_file.empty())
        mail.server.password = TRY(first_line(configuration.mail_password_file));
    if (configuration.mail_tls == "never") mail.server.encryption = transport::MailServer::Encryption::none;
    mail.from = {"maru", configuration.mail_from};
    TRY(transport::check_server(mail.server));
    TRY(transport::check_address(mail.from.address));
    settings.mail = std::move(mail);
    return settings;
}

PostOffice::PostOffice(api::Site& site, Options options, notices::Outbox outbox, notices::Feeds feeds)
    : site_(site), options_(std::move(options)), outbox_(std::move(outbox)), feeds_(std::move(feeds)) {
    notices::Courier courier(site_.folder(), site_.catalog().schema, options_.settings);
    const auto complain = [tell = options_.tell](const Error& error) { tell(error.message); };
    postman_ = std::make_unique<notices::Postman>(
        outbox_, std::move(courier), [&site] { return site.now(); }, complain);
    site_.invite_by([this](const api::Site::Invitation& invitation) { return invite(invitation); });
    site_.forgot_by([this](const std::string& mail) { return forgot(mail); });
}

PostOffice::~PostOffice() {
    site_.invite_by({});
    site_.forgot_by({});
}

Result<bool> PostOffice::send_link(const identity::User& to, std::string_view kind, notices::Values values) {
    const auto reader = TRY(site_.readers().now());
    values["name"] = to.name;
    values["organisation"] = TRY(sheets::organisation_name(*reader));
    const notices::Recipient recipient{to.person, to.name, to.mail, {}, to.language};
    notices::Draft draft = notices::mail_to(
        // One mail for each link, however soon after another.
        recipient, fmt::format("{}:{}:{}", kind, to.id, hex(crypto::sha256(as_bytes(values["link"])))),
        options_.templates.render(kind, to.language, values));
    if (to.person == 0) draft.person.reset();
    const bool queued = TRY(outbox_.add(draft, site_.now()));
    postman_->wake();
    return queued;
}

Result<bool> PostOffice::invite(const api::Site::Invitation& invitation) {
    if (!options_.settings.mail) return false;
    return send_link(invitation.to, "invitation",
                     {{"inviter", invitation.inviter},
                      {"link", options_.settings.base_url + "/" + invitation.path},
                      {"until", local_day(invitation.ends, japan_offset).iso()}});
}

bool PostOffice::forgot(const std::string& mail) {
    if (!options_.settings.mail) return false;
    const std::lock_guard lock(forgotten_mutex_);
    if (forgotten_.size() < most_forgotten) forgotten_.push_back(mail);
    return true;
}

Result<void> PostOffice::send_reset(const std::string& mail) {
    const auto directory = site_.directory();
    const identity::User* const user = directory->by_mail(mail);
    if (!user || !user->is_active(site_.today())) return {};
    identity::AccessStore& access = site_.access();
    if (TRY(access.count_reset(identity::ResetCounter::mail, mail)) > std::chrono::seconds(0)) return {};
    identity::NewLink link{
        .kind = access.has_password(user->id) ? identity::LinkKind::reset : identity::LinkKind::invitation,
        .user = user->id,
        .by = user->id,
        .life = std::chrono::hours(1)};
    const Instant ends = site_.now() + link.life;
    const std::string secret = TRY(access.make_link(link));
    TRY(send_link(*user, "reset",
                  {{"link", options_.settings.base_url + "/link#" + secret}, {"until", local_time(ends)}}));
    return {};
}

Result<void> PostOffice::send_resets() {
    std::vector<std::string> mails;
    {
        const std::lock_guard lock(forgotten_mutex_);
        mails.swap(forgotten_);
    }
    for (const std::string& mail : mails) TRY(send_reset(mail));
    return {};
}

Result<std::unique_ptr<PostOffice>> PostOffice::open(api::Site& site, Options options) {
    auto outbox = TRY(notices::Outbox::open(site.folder(), options.random));
    auto feeds = TRY(notices::Feeds::open(site.folder()));
    return std::unique_ptr<PostOffice>(
        new PostOffice(site, std::move(options), std::move(outbox), std::move(feeds)));
}

Result<void> PostOffice::keep_the_day() {
    const Instant now = site_.now();
    const Day today = local_day(now, japan_offset);
    if (today == done_ || since_midnight(now) < options_.daily_at) return {};
    const sheets::Sheet& sheet = *TRY(site_.catalog().sheet(sheet_of_the_day));
    const notices::DayRequest request{site_.folder(), site_.catalog().schema, site_.catalog().library,
                                      sheet,          options_.templates,     options_.settings,
                                      options_.random};
    TRY(notices::run_day(request, now));
    done_ = today;
    TRY(outbox_.tidy(now));
    postman_->wake();
    return {};
}

Result<bool> PostOffice::is_business_day(store::Database& reader) const {
    checks::EvaluationOptions options;
    options.today = site_.today();
    const auto evaluation =
        TRY(checks::Evaluation::open(reader, site_.catalog().library, site_.catalog().schema, options));
    return evaluation.calendar().is_business_day(site_.today());
}

Result<void> PostOffice::tell_of_requests() {
    const std::uint64_t generation = site_.readers().generation();
    const Day today = site_.today();
    if (generation == seen_generation_ && today == seen_day_) return {};
    auto reader = TRY(site_.readers().now());
    const auto told = TRY(outbox_.told_requests());
    std::vector<notices::Draft> drafts;
    if (told) drafts = TRY(request_drafts({site_, options_.templates, options_.settings}, reader, *told));
    if (!told || (!drafts.empty() && TRY(is_business_day(*reader)))) {
        TRY(outbox_.tell_requests(drafts, reader.entries(), site_.now()));
        postman_->wake();
    }
    seen_generation_ = generation;
    seen_day_ = today;
    return {};
}

Result<void> PostOffice::mail_backup_failed(const std::string& place, const Text& why) {
    if (!options_.settings.mail) return {};
    const auto reader = TRY(site_.readers().now());
    const std::string day = site_.today().iso();
    const auto people = TRY(
        notices::People::load(*reader, site_.catalog().schema, site_.today(), options_.settings.language));
    std::set<std::int64_t> told;
    auto tell = [&](const notices::Recipient& to) -> Result<void> {
        if (!told.insert(to.person).second) return {};
        const notices::Values values{{"name", to.name},
                                     {"organisation", TRY(sheets::organisation_name(*reader))},
                                     {"day", day},
                                     {"place", place},
                                     {"problem", why.in(to.language)},
                                     {"link", options_.settings.base_url + "/"}};
        TRY(outbox_.add(notices::mail_to(to, "backup_failed:" + day + ":" + std::to_string(to.person),
                                         options_.templates.render("backup_failed", to.language, values)),
                        site_.now()));
        return {};
    };
    for (const notices::Recipient* one : people.holders("security_manager")) TRY(tell(*one));
    for (const auto& [id, user] : site_.directory()->all())
        if (user.is_active(site_.today()) && user.roles.contains(identity::Role::system_administrator))
            if (const auto* to = people.find(user.person)) TRY(tell(*to));
    postman_->wake();
    return {};
}

void PostOffice::tell_backup_failed(const std::string& place, const Text& why) {
    if (const auto done = mail_backup_failed(place, why); !done) options_.tell(done.error().message);
}

Result<std::string> PostOffice::feed_text(const std::string& token) {
    const auto person = [&] {
        const std::lock_guard lock(feeds_mutex_);
        return feeds_.find(token);
    }();
    if (!person) return std::unexpected(person.error());
    if (!*person) return fail(ErrorKind::not_found, {});
    const auto reader = TRY(site_.readers().now());
    checks::EvaluationOptions options;
    options.today = site_.today();
    auto evaluation =
        TRY(checks::Evaluation::open(*reader, site_.catalog().library, site_.catalog().schema, options));
    const auto* user = site_.directory()->by_person(**person);
    return notices::calendar_of(*reader, evaluation, *TRY(site_.catalog().sheet(sheet_of_the_day)), **person,
                                user ? user->language : options_.settings.language, site_.now());
}

http::Response PostOffice::calendar(const http::Request& request, const std::string& token) {
    const auto text = feed_text(token);
    if (!text) return no_such_calendar(request);
    http::Response response = http::text_response(200, "text/calendar; charset=utf-8", *text);
    response.headers.set("Cache-Control", "private, max-age=900");
    http::apply_conditions(request, response);
    return response;
}

}  // namespace maru::server
