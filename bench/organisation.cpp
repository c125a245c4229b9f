#include "organisation.hpp"

#include <fmt/core.h>

#include <array>
#include <random>

#include "checks/calendar.hpp"
#include "facts.hpp"
#include "measure.hpp"
#include "sample/sample.hpp"

namespace maru::bench {

namespace {

namespace fs = std::filesystem;
using registers::WriteContext;
using registers::WrittenFields;

constexpr int accounts_each = 20;
constexpr int trainings_each = 50;
constexpr int courses = 6;
constexpr int people_per_batch = 500;

std::string ref(std::int64_t id) { return fmt::format("#{}", id); }

struct Person {
    std::int64_t id = 0;
    int joined = 0;  // days ago
    int left = 0;    // days ago; 0 = still here
    const char* employment = "";
    const char* employer = "";
};

struct Document {
    std::int64_t id = 0;
    std::string edition;
};

struct Filler {
    Filler(registers::Organisation& into, const Size& wanted)
        : organisation(into), size(wanted), random(wanted.seed) {}

    Result<void> fill();

private:
    using Step = std::function<Result<void>(WriteContext&, int)>;
    Result<void> batches(int count, int per_batch, const Step& step);
    Result<std::int64_t> put(WriteContext& context, const char* register_name, WrittenFields fields);

    Result<void> read_documents(WriteContext& context);
    Result<void> add_service(WriteContext& context, int i);
    Result<void> add_course(WriteContext& context, int i);
    Result<void> add_person(WriteContext& context, int i);
    Result<void> add_papers(WriteContext& context, const Person& person);
    Result<void> add_confirmations(WriteContext& context, const char* vendor);
    Result<void> add_trainings(WriteContext& context, const Person& person);
    Result<void> add_accounts(WriteContext& context, int i);
    Result<void> add_devices(WriteContext& context, int i);
    WrittenFields held(const Person& person, WrittenFields fields);
    Result<void> add_laptop(WriteContext& context, int number, const Person& person, const char* platform);
    Result<void> add_log_review(WriteContext& context);
    Result<std::int64_t> add_device(WriteContext& context, int number, WrittenFields fields);
    Result<void> add_server(WriteContext& context, int number);
    Result<void> add_facts(WriteContext& context, std::int64_t device, std::span<const FactForm> forms);
    Person draw_person(int i);
    WrittenFields fields_of(const Person& person, int i);

    std::string days_ago(int n) const { return size.recorded_on.plus_days(-n).iso(); }
    int draw(int below) { return static_cast<int>(random() % static_cast<std::uint64_t>(below)); }
    bool one_in(int n) { return draw(n) == 0; }

    registers::Organisation& organisation;
    Size size;
    std::mt19937_64 random;
    std::vector<Person> people;
    std::vector<std::int64_t> service_ids;
    std::vector<std::int64_t> course_ids;
    std::vector<Document> documents;
    std::vector<std::string> log_sources;  // of servers
};

Result<void> Filler::batches(int count, int per_batch, const Step& step) {
    for (int from = 0; from < count; from += per_batch) {
        TRY(organisation.exclusively([&](WriteContext& context) -> Result<void> {
            for (int i = from; i < std::min(count, from + per_batch); ++i) TRY(step(context, i));
            return {};
        }));
    }
    return {};
}

Result<std::int64_t> Filler::put(WriteContext& context, const char* register_name, WrittenFields fields) {
    registers::PutRequest request;
    request.register_name = register_name;
    request.fields = std::move(fields);
    const auto change = registers::put(context, request);
    if (!change) return std::unexpected(prefixed(register_name, change.error()));
    return change->id;
}

// Current documents that people have to acknowledge.
Result<void> Filler::read_documents(WriteContext& context) {
    auto query =
        TRY(context.database.prepare("select d.id, d.edition from document d where d.ended_on is null and "
                                     "d.in_force_from is not null and (d.acknowledged_by_all = 1 "
                                     "or exists (select 1 from clause c join clause_items i on i.record = "
                                     "c.id where c.document = d.id)) order by d.id"));
    while (const auto row = TRY(query.step()))
        documents.push_back({row->integer(0), std::string(row->text(1))});
    return {};
}

Result<void> Filler::add_service(WriteContext& context, int i) {
    const std::string code = service_code(i);
    const std::int64_t service = TRY(put(context, "service",
                                         {{"code", code},
                                          {"name", fmt::format("業務サービス{}", i)},
                                          {"kind", "saas"},
                                          {"owner", "E004"},
                                          {"holds_secrets", "0"},
                                          {"sign_in", i % 2 == 0 ? "sso" : "password"},
                                          {"started_on", days_ago(1500)},
                                          {"confirmed_on", days_ago(30)},
                                          {"administrators", "E004;E007"},
                                          {"access_policy", "最小権限"},
                                          {"roles_text", "管理者／利用者"},
                                          {"password_policy", "12文字以上"},
                                          {"password_policy_seen_on", days_ago(20)},
                                          {"mfa_required", "1"},
                                          {"log_enabled", "1"},
                                          {"log_kept_days", "400"},
                                          {"log_exportable", "1"},
                                          {"log_confirmed_on", days_ago(25)}}));
    service_ids.push_back(service);
    const std::int64_t list = TRY(put(context, "mirrored_list",
                                      {{"code", "L-" + code},
                                       {"name", fmt::format("業務サービス{} アカウント一覧", i)},
                                       {"mirror", "account"},
                                       {"service", ref(service)},
                                       {"method", "connector"},
                                       {"owner", "E004"}}));
    TRY(put(context, "list_import",
            {{"list", ref(list)}, {"complete_on", days_ago(1)}, {"imported_by", "E004"}, {"complete", "1"}}));
    TRY(put(context, "access_review",
            {{"service", ref(service)},
             {"reviewed_on", days_ago(40)},
             {"reviewer", "E004"},
             {"covers_accounts", "1"},
             {"covers_guests", "1"},
             {"covers_links", "1"},
             {"covers_settings", "1"},
             {"covers_production_admins", "1"}}));
    TRY(put(context, "log_source",
            {{"code", "LG-" + code},
             {"name", fmt::format("業務サービス{} 監査ログ", i)},
             {"service", ref(service)},
             {"decision", "not_needed"},
             {"decision_reason", "秘密情報なし"},
             {"decided_on", days_ago(90)},
             {"owner", "E004"},
             {"started_on", days_ago(1500)}}));
    return {};
}

Result<void> Filler::add_course(WriteContext& context, int i) {
    course_ids.push_back(
        TRY(put(context, "course",
                {{"code", fmt::format("C-B{}", i)},
                 {"name", fmt::format("月例教育{}", i)},
                 {"audience", i == 0 ? "joiner" : "yearly"},
                 {"topics", "secrets;personal_information;penalties;mail;incident;my_number;remote_work"},
                 {"minutes", "20"},
                 {"owner", "E003"},
                 {"reviewed_on", days_ago(60)}})));
    return {};
}

Person Filler::draw_person(int i) {
    Person person;
    person.joined = 30 + draw(3500);
    person.left = person.joined > 400 && one_in(30) ? 1 + draw(350) : 0;
    person.employment = i % 40 == 1   ? "agency_temp"
                        : i % 40 == 2 ? "on_site_contractor"
                        : i % 20 == 3 ? "part_time"
                                      : "employee";
    person.employer = i % 40 == 1 ? "V-HAKEN" : i % 40 == 2 ? "V-SES" : "";
    return person;
}

WrittenFields Filler::fields_of(const Person& person, int i) {
    static constexpr std::array<const char*, 8> surnames = {"佐藤", "鈴木", "高橋", "田中",
                                                            "伊藤", "渡辺", "山本", "中村"};
    static constexpr std::array<const char*, 8> given = {"蓮",   "陽葵", "湊",   "凛",
                                                         "大翔", "結衣", "悠真", "葵"};
    WrittenFields fields = {{"code", person_code(i)},
                            {"name", fmt::format("{} {}{}", surnames[static_cast<std::size_t>(draw(8))],
                                                 given[static_cast<std::size_t>(draw(8))], i)},
                            {"furigana", "ヤマダ タロウ"},
                            {"employment", person.employment},
                            {"employer", person.employer},
                            {"department", "D-DEV"},
                            {"manager", i < 8 ? "E003" : ref(people[static_cast<std::size_t>(i / 8)].id)},
                            {"mail", fmt::format("p{}@calllink.example", i)},
                            {"joined_on", days_ago(person.joined)},
                            {"works_remotely", i % 2 == 0 ? "1" : "0"},
                            {"handles_secrets", "1"}};
    if (person.left > 0) fields["last_working_day"] = fields["left_on"] = days_ago(person.left);
    return fields;
}

Result<void> Filler::add_person(WriteContext& context, int i) {
    Person person = draw_person(i);
    person.id = TRY(put(context, "person", fields_of(person, i)));
    people.push_back(person);
    const std::string self = ref(person.id);
    TRY(add_papers(context, person));
    TRY(put(context, "password_manager_enrolment",
            {{"person", self},
             {"product", "1Password"},
             {"enrolled_on", days_ago(std::min(person.joined, 100))}}));
    if (i % 2 == 0)
        TRY(put(
            context, "remote_work_permission",
            {{"person", self}, {"place", "自宅"}, {"approved_by", "E003"}, {"approved_on", days_ago(30)}}));
    return {};
}

Result<void> Filler::add_papers(WriteContext& context, const Person& person) {
    const std::string self = ref(person.id);
    const std::string joined = days_ago(person.joined);
    if (*person.employer == '\0') {
        TRY(put(context, "pledge",
                {{"person", self},
                 {"kind", "joining"},
                 {"asked_on", joined},
                 {"asked_by", "E005"},
                 {"outcome", "signed"},
                 {"signed_on", joined},
                 {"survives_leaving", "1"}}));
        for (const Document& document : documents)
            if (!one_in(1000))
                TRY(put(context, "acknowledgement",
                        {{"person", self},
                         {"document", ref(document.id)},
                         {"edition", document.edition},
                         {"acknowledged_on", days_ago(std::min(person.joined, 170))},
                         {"method", "click"}}));
    }
    if (person.left == 0) return {};
    TRY(put(context, "pledge",
            {{"person", self},
             {"kind", "leaving"},
             {"asked_on", days_ago(person.left)},
             {"asked_by", "E005"},
             {"outcome", "signed"},
             {"signed_on", days_ago(person.left)}}));
    return {};
}

// What an employer confirms of the people it sends: confidentiality, training, and every document.
Result<void> Filler::add_confirmations(WriteContext& context, const char* vendor) {
    std::vector<std::string> sent;
    for (const Person& person : people)
        if (std::string_view(person.employer) == vendor) sent.push_back(ref(person.id));
    const std::string names = join(sent, ";");
    if (names.empty()) return {};
    const auto confirm = [&](const char* kind, int ago, const Document& document) {
        return put(context, "employer_confirmation",
                   {{"vendor", vendor},
                    {"kind", kind},
                    {"confirmed_on", days_ago(ago)},
                    {"confirmed_by_name", "上野 真司"},
                    {"persons", names},
                    {"document", document.id == 0 ? "" : ref(document.id)},
                    {"edition", document.edition}});
    };
    TRY(confirm("confidentiality", 15, {}));
    TRY(confirm("training", 16, {}));
    for (std::size_t i = 0; i < documents.size(); ++i)
        TRY(confirm("rules", 20 + static_cast<int>(i), documents[i]));
    return {};
}

Result<void> Filler::add_trainings(WriteContext& context, const Person& person) {
    const int span = person.joined - person.left;
    for (int k = 0; k < trainings_each; ++k) {
        const int ago = person.joined - (k + 1) * span / (trainings_each + 1);
        TRY(put(context, "training",
                {{"person", ref(person.id)},
                 {"course", ref(course_ids[static_cast<std::size_t>(k % courses)])},
                 {"done_on", days_ago(ago)},
                 {"passed", one_in(50) ? "0" : "1"},
                 {"score", std::to_string(60 + draw(41))}}));
    }
    return {};
}

Result<void> Filler::add_accounts(WriteContext& context, int i) {
    const Person& person = people[static_cast<std::size_t>(i)];
    const int first = draw(services);
    for (int k = 0; k < accounts_each; ++k) {
        const auto service = static_cast<std::size_t>((first + k * 7) % services);
        TRY(put(context, "account",
                {{"service", ref(service_ids[service])},
                 {"account_name", fmt::format("p{}@calllink.example", i)},
                 {"person", ref(person.id)},
                 {"kind", "person"},
                 {"privileged", "0"},
                 {"mfa", one_in(2000) ? "0" : "1"},
                 {"created_on", days_ago(person.joined)},
                 {"disabled_on", person.left > 0 ? days_ago(person.left) : ""},
                 {"last_sign_in_on", days_ago(person.left + draw(60))}}));
    }
    return {};
}

Result<void> Filler::add_facts(WriteContext& context, std::int64_t device, std::span<const FactForm> forms) {
    const std::string observed = days_ago(draw(7));
    for (const FactForm& form : forms) {
        WrittenFields fields = {{"device", ref(device)}, {"kind", form.kind},     {"good", form.good},
                                {"value", form.value},   {"amount", form.amount}, {"observed_on", observed},
                                {"source", "agent"}};
        if (form.since > 0) fields["since"] = days_ago(form.since);
        if (one_in(5000)) fields["good"] = "0";
        TRY(put(context, "fact", std::move(fields)));
    }
    return {};
}

Result<std::int64_t> Filler::add_device(WriteContext& context, int number, WrittenFields fields) {
    fields["code"] = fmt::format("DV{:07}", number);
    fields["name"] = fmt::format("機器{}", number);
    fields["ownership"] = "owned";
    fields["owner"] = "E004";
    fields["serial"] = fmt::format("CL{:010X}", random() & 0xffffffffff);
    fields["host_name"] = fmt::format("dv{}", number);
    fields["last_contact_on"] = days_ago(draw(7));
    return put(context, "device", std::move(fields));
}

Result<void> Filler::add_server(WriteContext& context, int number) {
    const std::int64_t server = TRY(add_device(context, number,
                                               {{"kind", "server"},
                                                {"platform", "linux"},
                                                {"state", "in_use"},
                                                {"in_use_from", days_ago(900)},
                                                {"administrators", "E007;E008"},
                                                {"access_policy", "最小権限"},
                                                {"policy_reviewed_on", days_ago(60)},
                                                {"roles_text", "管理者"},
                                                {"power_protection", "UPS"},
                                                {"disk_redundancy", "RAID1"},
                                                {"redundancy_recorded_on", days_ago(60)},
                                                {"service", "S-CALL"}}));
    log_sources.push_back(ref(TRY(put(context, "log_source",
                                      {{"code", fmt::format("LG-DV{}", number)},
                                       {"name", fmt::format("機器{} ログ", number)},
                                       {"device", ref(server)},
                                       {"decision", "collected"},
                                       {"owner", "E007"},
                                       {"last_received_on", days_ago(0)},
                                       {"kept_days", "400"},
                                       {"required_days", "180"},
                                       {"readers", "E007"},
                                       {"readers_reviewed_on", days_ago(40)},
                                       {"sealed_on", days_ago(40)},
                                       {"clock_checked_on", days_ago(40)},
                                       {"started_on", days_ago(900)}}))));
    return add_facts(context, server, server_facts);
}

// Held by the person, or stored when the person has left.
WrittenFields Filler::held(const Person& person, WrittenFields fields) {
    fields["state"] = person.left > 0 ? "stored" : "in_use";
    if (person.left == 0) fields["holder"] = ref(person.id);
    fields["in_use_from"] = days_ago(std::min(person.joined, 700));
    fields["portable"] = "1";
    return fields;
}

Result<void> Filler::add_laptop(WriteContext& context, int number, const Person& person,
                                const char* platform) {
    const std::int64_t laptop =
        TRY(add_device(context, number, held(person, {{"kind", "laptop"}, {"platform", platform}})));
    if (person.left == 0)
        TRY(put(context, "off_premises",
                {{"code", fmt::format("TO-DV{}", number)},
                 {"kind", "standing"},
                 {"person", ref(person.id)},
                 {"device", ref(laptop)},
                 {"purpose", "在宅勤務"},
                 {"approved_by", "E003"},
                 {"approved_on", days_ago(100)},
                 {"protection", "encrypted"}}));
    if (std::string_view(platform) == "macos") return add_facts(context, laptop, macos_facts);
    return add_facts(context, laptop, windows_facts);
}

// A laptop for everybody; the second device is a phone, another laptop, or a server.
Result<void> Filler::add_devices(WriteContext& context, int i) {
    const Person& person = people[static_cast<std::size_t>(i)];
    TRY(add_laptop(context, 2 * i, person, i % 5 < 3 ? "macos" : "windows"));
    if (i % 20 == 0) return add_server(context, 2 * i + 1);
    if (i % 10 == 1) return add_laptop(context, 2 * i + 1, person, "macos");
    const std::int64_t phone =
        TRY(add_device(context, 2 * i + 1, held(person, {{"kind", "phone"}, {"platform", "ios"}})));
    return add_facts(context, phone, phone_facts);
}

Result<void> Filler::add_log_review(WriteContext& context) {
    TRY(put(context, "log_review",
            {{"code", "LR-B"},
             {"reviewed_on", days_ago(5)},
             {"reviewer", "E004"},
             {"sources", join(log_sources, ";")},
             {"findings", "異常なし"}}));
    return {};
}

Result<void> Filler::fill() {
    TRY(organisation.exclusively([&](WriteContext& context) { return read_documents(context); }));
    TRY(batches(services, services, [&](WriteContext& context, int i) { return add_service(context, i); }));
    TRY(batches(courses, courses, [&](WriteContext& context, int i) { return add_course(context, i); }));
    TRY(batches(size.people, 10 * people_per_batch,
                [&](WriteContext& context, int i) { return add_person(context, i); }));
    TRY(batches(1, 1, [&](WriteContext& context, int) -> Result<void> {
        TRY(add_confirmations(context, "V-HAKEN"));
        return add_confirmations(context, "V-SES");
    }));
    TRY(batches(size.people, people_per_batch, [&](WriteContext& context, int i) {
        return add_trainings(context, people[static_cast<std::size_t>(i)]);
    }));
    TRY(batches(size.people, people_per_batch,
                [&](WriteContext& context, int i) { return add_accounts(context, i); }));
    TRY(batches(size.people, people_per_batch,
                [&](WriteContext& context, int i) { return add_devices(context, i); }));
    return organisation.exclusively([&](WriteContext& context) { return add_log_review(context); });
}

Result<std::unique_ptr<registers::Organisation>> make_and_open(const fs::path& folder,
                                                               const fs::path& catalog,
                                                               const registers::Schema& schema, Day day) {
    const registers::Environment environment = environment_of(std::make_shared<Day>(day));
    const auto holidays = TRY(checks::Holidays::load(catalog / "calendars" / "jp.toml"));
    const std::array<fs::path, 1> folders = {catalog / "sample"};
    auto records = TRY(sample::expand(folders, schema, holidays, day));
    TRY(registers::Organisation::create(folder, schema, environment));
    auto organisation = TRY(registers::Organisation::open(folder, schema, environment));
    TRY(sample::load(*organisation, schema, std::move(records)));
    return organisation;
}

}  // namespace

registers::Environment bench_environment() { return environment_of(std::make_shared<Day>(bench_day)); }

registers::Environment environment_of(std::shared_ptr<const Day> day) {
    registers::Environment environment;
    environment.clock = [day = std::move(day)] { return Instant(day->sys_days()); };
    return environment;
}

std::string person_code(int i) { return fmt::format("P{:06}", i); }
std::string service_code(int i) { return fmt::format("S-B{:03}", i); }

Result<Made> make_sample(const fs::path& folder, const fs::path& catalog, const registers::Schema& schema) {
    const Stopwatch watch;
    const auto organisation = TRY(make_and_open(folder, catalog, schema, bench_day));
    return Made{static_cast<std::int64_t>(organisation->ledger_state().size), watch.seconds()};
}

Result<Made> make_organisation(const fs::path& folder, const fs::path& catalog,
                               const registers::Schema& schema, const Size& size) {
    const Stopwatch watch;
    const auto organisation = TRY(make_and_open(folder, catalog, schema, size.recorded_on));
    TRY(Filler(*organisation, size).fill());
    return Made{static_cast<std::int64_t>(organisation->ledger_state().size), watch.seconds()};
}

}  // namespace maru::bench
