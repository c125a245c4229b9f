// What a server answers about a sheet of 10,000 people: from memory, and after a change.
#include <fmt/core.h>

#include "api/service.hpp"
#include "benches.hpp"
#include "measure.hpp"

namespace maru::bench {

namespace {

namespace fs = std::filesystem;

class Asking {
public:
    Asking(const api::Catalog& catalog, const fs::path& folder)
        : service_(catalog, {[this](api::Site&,
                                    const http::Request&) -> std::expected<api::Authenticated, api::Problem> {
                       return api::Authenticated{who_, ""};
                   }}) {
        auto who = std::make_shared<identity::Principal>();
        who->person = 1;
        who->roles = {identity::Role::member, identity::Role::security_manager, identity::Role::it};
        who_ = std::move(who);
        site_ = service_.add_site({"big", folder, bench_environment()}).value();
        for (http::Route& route : service_.routes()) router_.add(std::move(route));
    }

    Result<double> seconds(const std::string& path) {
        http::Request request;
        const std::size_t question = path.find('?');
        request.path = "/o/big/api/v1" + path.substr(0, question);
        if (question != std::string::npos) {
            const std::size_t equals = path.find('=', question);
            request.query.emplace_back(path.substr(question + 1, equals - question - 1),
                                       path.substr(equals + 1));
        }
        const auto match = router_.find(http::Method::get, request.path);
        const Stopwatch watch;
        const http::Response response = match.route->handler(request, match.captures);
        const double took = watch.seconds();
        if (response.status == 200) return took;
        const std::string text(response.text());
        return fail(ErrorKind::internal, {text, text});
    }

    api::Site& site() { return *site_; }

private:
    std::shared_ptr<const identity::Principal> who_;
    http::Router router_;
    api::Service service_;
    api::Site* site_ = nullptr;
};

Result<void> add_first(Asking& asking, Table& table, const std::string& what, const std::string& path,
                       double target) {
    const double first = TRY(asking.seconds(path));
    std::vector<double> again;
    for (int i = 0; i < 5; ++i) again.push_back(1000 * TRY(asking.seconds(path)));
    table.add(
        {what, 1000 * first, "ms", target, Better::lower, fmt::format("again {:.2f} ms", median(again))});
    return {};
}

Result<void> add_after_changes(Asking& asking, Table& table) {
    std::vector<double> milliseconds;
    for (int i = 0; i < 15; ++i) {
        registers::PutRequest request{.register_name = "training"};
        request.fields = {{"person", person_code(100 + i)},
                          {"course", "C-B1"},
                          {"done_on", i % 2 == 0 ? "2026-11-22" : "2026-11-21"},
                          {"passed", "1"}};
        TRY(asking.site().put(std::move(request), "person:1"));
        milliseconds.push_back(1000 * TRY(asking.seconds("/sheets/ipa-52")));
    }
    table.add({"GET sheet after a training result", median(milliseconds), "ms", 50, Better::lower, ""});
    return {};
}

Result<void> add_from_memory(Asking& asking, Table& table) {
    constexpr int asked = 20'000;
    const Stopwatch watch;
    for (int i = 0; i < asked; ++i) TRY(asking.seconds("/sheets/ipa-52"));
    table.add({"GET sheet from memory, one thread", asked / watch.seconds(), "/s", 2000, Better::higher, ""});
    return {};
}

}  // namespace

Result<void> bench_judge(const Setting& setting, Table& table) {
    const fs::path folder = setting.keep.empty() ? setting.work / "people10000" : setting.keep;
    if (!fs::exists(folder / "maru.db"))
        TRY(make_organisation(folder, setting.catalog, setting.schema, {10'000}));
    const auto catalog = TRY(api::Catalog::load(setting.catalog));
    Asking asking(*catalog, folder);
    TRY(add_first(asking, table, "GET sheet, the first one", "/sheets/ipa-52", 0));
    TRY(add_from_memory(asking, table));
    TRY(add_after_changes(asking, table));
    TRY(add_first(asking, table, "GET item, the first one", "/sheets/ipa-52/items/ipa-18", 0));
    TRY(add_first(asking, table, "GET sheet of a day ahead", "/sheets/ipa-52?on=2027-01-31", 50));
    TRY(add_first(asking, table, "GET tasks", "/tasks?person=me", 0));
    TRY(add_first(asking, table, "GET series", "/sheets/ipa-52/series?from=2026-11-23", 0));
    table.add({"memory of the process", resident_mib(), "MiB", 0, Better::lower, ""});
    if (setting.keep.empty()) fs::remove_all(folder);
    return {};
}

}  // namespace maru::bench
