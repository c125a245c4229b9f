#include "server/post_office.hpp"

#include "api/service.hpp"
#include "notices/people.hpp"
#include "sheets/report.hpp"
#include "store/files.hpp"

namespace maru::server {

namespace {

constexpr std::size_t largest_password = 4096;
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
}

PostOffice::~PostOffice() { site_.invite_by({}); }

Result<bool> PostOffice::invite(const api::Site::Invitation& invitation) {
    if (!options_.settings.mail) return false;
    const auto reader = TRY(site_.readers().now());
    const identity::User& to = invitation.to;
    const notices::Values values{{"name", to.name},
                                 {"organisation", TRY(sheets::organisation_name(*reader))},
                                 {"inviter", invitation.inviter},
                                 {"link", options_.settings.base_url + "/" + invitation.path},
                                 {"until", local_day(invitation.ends, japan_offset).iso()}};
    const notices::Recipient recipient{to.person, to.name, to.mail, {}, to.language};
    notices::Draft draft = notices::mail_to(
        recipient, "invitation:" + std::to_string(to.id) + ":" + format_instant(invitation.ends),
        options_.templates.render("invitation", to.language, values));
    if (to.person == 0) draft.person.reset();
    const bool queued = TRY(outbox_.add(draft, site_.now()));
    postman_->wake();
    return queued;
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
