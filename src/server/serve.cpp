#include "server/serve.hpp"
#include "transport/virus_scan.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <mutex>
#include <ostream>

#include "api/endpoints.hpp"
#include "api/openapi.hpp"
#include "backup/aside.hpp"
#include "http/dev_certificate.hpp"
#include "server/daily_backup.hpp"
#include "server/housekeeping.hpp"
#include "server/pages.hpp"
#include "server/post_office.hpp"

namespace maru::server {

namespace {

namespace fs = std::filesystem;

// Lines from several threads, whole.
class Lines {
public:
    explicit Lines(std::ostream& out) : out_(out) {}
    void write(std::string_view line) {
        const std::lock_guard lock(mutex_);
        out_ << line << "\n" << std::flush;
    }

private:
    std::ostream& out_;
    std::mutex mutex_;
};

// Addresses of calendars are secrets by themselves.
std::string without_secrets(const std::string& path) {
    constexpr std::string_view feeds = "/feeds/";
    const std::size_t at = path.find(feeds);
    return at == std::string::npos ? path : path.substr(0, at + feeds.size()) + "...";
}

std::string line_of(const http::Access& access) {
    return boost::json::serialize(boost::json::object{{"at", format_instant_milliseconds(access.at)},
                                                      {"id", access.id},
                                                      {"peer", access.peer},
                                                      {"method", name_of(access.method)},
                                                      {"path", without_secrets(access.path)},
                                                      {"status", access.status},
                                                      {"bytes", access.sent},
                                                      {"microseconds", access.took.count()}});
}

class Running {
public:
    Running(const ServeOptions& options, std::unique_ptr<const api::Catalog> catalog)
        : options_(options), catalog_(std::move(catalog)), service_(*catalog_), warnings_(options.warnings) {}

    Result<void> run() {
        for (const ServedOrganisation& one : options_.configuration.organisations) TRY(add(one));
        TRY(open_log());
        add_routes();
        http::Server server = TRY(http::Server::listen(router_, TRY(http_options())));
        server_ = &server;
        TRY(open_post_offices(server.address()));
        prepare_backups();
        server.end_by_signals();
        TRY(announce(server.address()));
        const auto complain = [this](const Text& text) { tell(text); };
        // What takes long has threads of its own: a day's work must not keep checkpoints waiting, nor a slow
        // bucket the digest.
        const Housekeeping housekeeping(duties(), complain);
        const Housekeeping daily(daily_duties(), complain);
        const Housekeeping backing_up(backup_duties(), complain);
        server.run();
        for (const auto& [name, site] : service_.sites()) site->events().close();
        return {};
    }

private:
    void tell(const Text& text) { warnings_.write("maru: " + text.in(options_.language)); }

    Result<void> add(const ServedOrganisation& one) {
        backup::Aside::clear(one.folder);
        api::Site& site = *TRY(service_.add_site({one.name, one.folder, options_.environment}));
        for (const Text& notice : site.organisation().notices()) tell(notice);
        const std::string& clamd = options_.configuration.clamd;
        if (!clamd.empty())
            site.examine_by([clamd](ByteView file) { return transport::expect_harmless({clamd}, file); });
        return {};
    }

    Result<void> open_log() {
        const fs::path& file = options_.configuration.access_log;
        if (file.empty() || file == "none") return {};
        log_file_.open(file, std::ios::app);
        if (!log_file_)
            return fail(ErrorKind::unavailable,
                        {file.string() + " に書けません。フォルダと権限を確かめてください。",
                         "cannot write " + file.string() + "; look at its folder"});
        log_ = std::make_unique<Lines>(log_file_);
        return {};
    }

    void add_routes() {
        add(service_.routes());
        add(interface_routes(service_));
        add(log_routes(service_));
        add({calendar_route()});
        add(health_routes(service_, [this] { return server_->statistics(); }));
    }

    void add(std::vector<http::Route> routes) {
        for (http::Route& route : routes) {
            route.handler = [inner = std::move(route.handler)](http::Request& request,
                                                               const http::Captures& path) {
                http::Response response = inner(request, path);
                add_safety(request, response);
                return response;
            };
            if (route.admit)
                route.admit = [inner = std::move(route.admit)](http::Request& request,
                                                               const http::Captures& path) {
                    auto refusal = inner(request, path);
                    if (refusal) add_safety(request, *refusal);
                    return refusal;
                };
            router_.add(std::move(route));
        }
    }

    Result<void> open_post_offices(const std::string& address) {
        templates_.emplace(TRY(notices::Templates::load(options_.catalog)));
        for (const auto& [name, site] : service_.sites()) {
            const std::string base = base_of(address) + "/o/" + name;
            const std::string label = name;
            PostOffice::Options post{
                TRY(notice_settings(options_.configuration, base, options_.language)), *templates_,
                options_.configuration.daily_minute(), options_.environment.random,
                [this, label](const Text& text) { tell({label + ": " + text.ja, label + ": " + text.en}); }};
            post_offices_[name] = TRY(PostOffice::open(*site, std::move(post)));
        }
        return {};
    }

    void prepare_backups() {
        const Configuration& from = options_.configuration;
        if (from.backup_to.empty()) return;
        for (const auto& [name, site] : service_.sites()) {
            DailyBackup::Options daily{from.backup_to,
                                       from.backup_key,
                                       from.backup_minute(),
                                       static_cast<std::size_t>(from.backup_keep),
                                       {from.s3_endpoint, from.s3_region, from.s3_credentials},
                                       options_.program,
                                       options_.environment.random,
                                       [&office = *post_offices_.at(name), place = from.backup_to](
                                           const Text& why) { office.tell_backup_failed(place, why); }};
            backups_[name] = std::make_unique<DailyBackup>(*site, std::move(daily));
        }
    }

    std::string base_of(const std::string& address) const {
        return options_.configuration.base_url.empty() ? address : options_.configuration.base_url;
    }

    http::Route calendar_route() {
        http::Route route;
        route.pattern = "/o/{organisation}/feeds/{token}";
        route.handler = [this](http::Request& request, const http::Captures& path) {
            const auto office = post_offices_.find(path["organisation"]);
            if (office != post_offices_.end()) return office->second->calendar(request, path["token"]);
            return api::Service::protocol_problem(&request, 404,
                                                  {"この組織はここにはありません。", "no such organisation"});
        };
        return route;
    }

    Result<http::Options> http_options() {
        const Configuration& from = options_.configuration;
        http::Options options;
        options.listen = from.listen;
        if (!from.certificate.empty()) options.tls = http::Tls{from.certificate, from.key};
        if (from.dev_tls) options.tls = TRY(development_tls());
        options.trusted_proxies = from.trusted_proxies;
        options.limits.connections = static_cast<std::size_t>(from.connections);
        options.limits.requests_per_second = static_cast<double>(from.requests_per_second);
        options.threads = static_cast<unsigned>(from.threads);
        options.slow_threads = static_cast<unsigned>(from.slow_threads);
        // Uploads lie aside: what a crash leaves of them is destroyed at the next start.
        spool_.emplace(
            TRY(backup::Aside::make(from.spool.empty() ? from.organisations.front().folder : from.spool,
                                    options_.environment.random)));
        options.spool = spool_->path();
        options.clock = options_.environment.clock;
        options.random = options_.environment.random;
        options.log = [this](const http::Access& access) { note(access); };
        options.tell = [this](const Text& text) { tell(text); };
        options.problem = api::Service::protocol_problem;
        return options;
    }

    Result<http::Tls> development_tls() const {
        const fs::path folder = options_.configuration.organisations.front().folder;
        return http::make_dev_certificate(folder, options_.environment.clock(), options_.environment.random);
    }

    void note(const http::Access& access) {
        if (options_.configuration.access_log == "none") return;
        (log_ ? *log_ : warnings_).write(line_of(access));
    }

    Result<void> announce(const std::string& address) {
        const std::string base = base_of(address);
        for (const auto& [name, site] : service_.sites()) {
            options_.out << base << "/o/" << name << "/\n";
            const std::string link = TRY(one_time_link(*site));
            // Behind "#": browsers send that to nobody, so it is in no log.
            if (!link.empty()) options_.out << base << "/o/" << name << "/link#" << link << "\n";
        }
        options_.out << std::flush;
        return {};
    }

    // Who is to be the first user: whom the organisation has appointed. 0: nobody.
    static Result<std::int64_t> appointed_manager(api::Site& site) {
        const auto reader = TRY(site.readers().now());
        return TRY(reader->query_integer(
                       "select a.person from appointment a join person p on p.id = a.person where a.role = "
                       "'security_manager' and p.left_on is null order by a.id limit 1"))
            .value_or(0);
    }

    // "" where none is wanted.
    Result<std::string> one_time_link(api::Site& site) const {
        identity::NewLink link;
        link.life = std::chrono::hours(1);
        link.kind = identity::LinkKind::setup;
        if (site.directory()->all().empty()) {
            link.person = TRY(appointed_manager(site));
            return site.access().make_link(link);
        }
        if (options_.links == Links::first_only) return std::string();
        link.kind = identity::LinkKind::sign_in;
        for (const auto& [id, user] : site.directory()->all())
            if (link.user == 0 && user.is_active(site.today()) &&
                user.roles.contains(identity::Role::security_manager))
                link.user = id;
        return link.user == 0 ? Result<std::string>(std::string()) : site.access().make_link(link);
    }

    std::vector<Housekeeping::Duty> duties() {
        std::vector<Housekeeping::Duty> all;
        for (const auto& [name, site] : service_.sites()) {
            all.push_back({name + ": checkpoint", std::chrono::seconds(1), checkpoint_duty(*site)});
            all.push_back({name + ": access record", std::chrono::seconds(1), access_duty(*site)});
            // Approvals whose day has come, or whose content is another now.
            all.push_back({name + ": requests", std::chrono::minutes(5), requests_duty(*site)});
        }
        return all;
    }

    std::vector<Housekeeping::Duty> daily_duties() {
        std::vector<Housekeeping::Duty> all;
        for (const auto& [name, office] : post_offices_)
            all.push_back({name + ": daily job", std::chrono::minutes(2),
                           [one = office.get()] { return one->keep_the_day(); }});
        for (const auto& [name, office] : post_offices_)
            all.push_back({name + ": notices of requests", std::chrono::seconds(2),
                           [one = office.get()] { return one->tell_of_requests(); }});
        for (const auto& [name, office] : post_offices_)
            all.push_back({name + ": forgotten passwords", std::chrono::seconds(1),
                           [one = office.get()] { return one->send_resets(); }});
        return all;
    }

    std::vector<Housekeeping::Duty> backup_duties() {
        std::vector<Housekeeping::Duty> all;
        for (const auto& [name, one] : backups_)
            all.push_back(
                {name + ": backup", std::chrono::seconds(20), [&backup = *one] { return backup.keep(); }});
        return all;
    }

    static std::function<Result<void>()> requests_duty(api::Site& site) {
        return [&site] { return api::settle_requests(site); };
    }

    static std::function<Result<void>()> checkpoint_duty(api::Site& site) {
        return [&site, signed_size = std::uint64_t(0)]() mutable -> Result<void> {
            const auto checkpoint = TRY(site.organisation().checkpoint());
            if (checkpoint.checkpoint.size != signed_size) site.committed_checkpoint();
            signed_size = checkpoint.checkpoint.size;
            return {};
        };
    }

    static std::function<Result<void>()> access_duty(api::Site& site) {
        return [&site] { return site.access().tick(site.organisation()); };
    }

    const ServeOptions& options_;
    std::unique_ptr<const api::Catalog> catalog_;
    api::Service service_;
    http::Router router_;
    Lines warnings_;
    std::ofstream log_file_;
    std::unique_ptr<Lines> log_;
    const http::Server* server_ = nullptr;
    std::optional<notices::Templates> templates_;
    std::map<std::string, std::unique_ptr<PostOffice>, std::less<>> post_offices_;
    std::map<std::string, std::unique_ptr<DailyBackup>, std::less<>> backups_;
    std::optional<backup::Aside> spool_;
};

}  // namespace

Result<void> serve(const ServeOptions& options) {
    if (options.configuration.organisations.empty())
        return fail(ErrorKind::invalid, {"配信する組織がありません。--org で指定してください。",
                                         "there is no organisation to serve; name one with --org"});
    auto catalog = TRY(api::Catalog::load(options.catalog));
    return Running(options, std::move(catalog)).run();
}

Result<std::string> api_description(const fs::path& folder) {
    const auto catalog = TRY(api::Catalog::load(folder));
    return api::description(*catalog);
}

}  // namespace maru::server
