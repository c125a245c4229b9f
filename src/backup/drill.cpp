#include "backup/drill.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "backup/archive.hpp"
#include "backup/aside.hpp"
#include "checks/evaluation.hpp"
#include "ledger/log.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "registers/organisation.hpp"
#include "registers/secrets.hpp"
#include "sheets/report.hpp"
#include "store/files.hpp"

namespace maru::backup {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> of_another(const Header& header, const std::string& here) {
    return fail(ErrorKind::conflict,
                {fmt::format("別の組織のバックアップです（{}）。この組織は {} です。", header.origin, here),
                 fmt::format("a backup of another organisation ({}); this one is {}", header.origin, here)});
}

std::unexpected<Error> another_history(const Header& header) {
    return fail(
        ErrorKind::corrupt,
        {fmt::format("バックアップの {} 件までの変更記録簿が、今の記録簿と違います。maru ledger verify で今の"
                     "記録簿を確かめてください。",
                     header.entries),
         fmt::format("the ledger of the backup differs from the living one within its {} entries; check the "
                     "living one with maru ledger verify",
                     header.entries)});
}

std::unexpected<Error> sheets_differ(const std::vector<std::string>& items) {
    return fail(
        ErrorKind::corrupt,
        {"復元した組織のシートが今の組織と違います。設問: " + join(items, "、"),
         "the restored organisation's sheet differs from the living one's: items " + join(items, ", ")});
}

// Before anything is decrypted, and before a fault of the backup is blamed on the organisation.
Result<void> expect_own(const DrillRequest& request) {
    const Header header = TRY(read_header(request.file));
    auto reader = TRY(registers::Organisation::open_reader(request.organisation, request.schema));
    const auto key = TRY(ledger::log_key(reader));
    if (!key || key->name != header.origin) return of_another(header, key ? key->name : "?");
    return {};
}

Result<void> expect_same_history(store::Database& living, const Header& header) {
    const ledger::LogState now = TRY(ledger::stored_state(living));
    if (std::cmp_less(now.size, header.entries)) return another_history(header);
    if (TRY(ledger::root_at(living, header.entries)) != header.root) return another_history(header);
    return {};
}

// Every attachment that a version of a record names must open; those that an erasure took are named no more.
Result<std::int64_t> open_attachments(const fs::path& folder, const DrillRequest& request) {
    const registers::Secrets secrets = TRY(registers::open_secrets(folder, request.random));
    auto reader = TRY(registers::Organisation::open_reader(folder, request.schema));
    std::int64_t opened = 0;
    for (const registers::Register& of : request.schema.all())
        for (const registers::Field& field : of.fields) {
            if (field.type != registers::FieldType::file) continue;
            auto query = TRY(
                reader.prepare(fmt::format("select distinct {0} from {1} where {0} is not null",
                                           store::quoted(field.name), store::quoted(of.name + "_history"))));
            while (const auto row = TRY(query.step())) {
                const auto bytes = parse_hex(row->text(0));
                if (!bytes || bytes->size() != sizeof(Hash)) continue;
                Hash hash{};
                std::ranges::copy(*bytes, hash.begin());
                TRY(secrets.blobs.get(hash));
                ++opened;
            }
        }
    return opened;
}

// Names of people stay out: an erasure since the backup has taken them from the living organisation only.
Result<sheets::SheetReport> judge(const fs::path& folder, const DrillRequest& request, std::int64_t entries,
                                  Day day) {
    auto reader = TRY(registers::Organisation::open_reader(folder, request.schema, {.entries = entries}));
    checks::EvaluationOptions options;
    options.today = day;
    auto evaluation = TRY(checks::Evaluation::open(reader, request.library, request.schema, options));
    sheets::ReportOptions wanted;
    wanted.offenders = 0;
    return sheets::report(reader, evaluation, request.sheet, wanted);
}

// What must be the same of an item: its verdict with its numbers, and how many rows of each check offend.
bool is_same(const sheets::ItemReport& a, const sheets::ItemReport& b) {
    const auto same_link = [](const sheets::LinkReport& one, const sheets::LinkReport& other) {
        return one.check == other.check && one.offender_count == other.offender_count &&
               one.error.has_value() == other.error.has_value();
    };
    return a.item == b.item && a.verdict == b.verdict && a.claim_stands == b.claim_stands &&
           std::ranges::equal(a.links, b.links, same_link);
}

Result<void> compare(const sheets::SheetReport& restored, const sheets::SheetReport& living) {
    std::vector<std::string> different;
    for (std::size_t i = 0; i < restored.items.size(); ++i)
        if (i >= living.items.size() || !is_same(restored.items[i], living.items[i]))
            different.push_back(std::to_string(restored.items[i].item->number));
    if (different.empty() && restored.items.size() == living.items.size()) return {};
    return sheets_differ(different);
}

}  // namespace

std::int64_t DrillReport::minutes() const { return static_cast<std::int64_t>(std::ceil(seconds / 60)); }

Result<DrillReport> drill(const DrillRequest& request) {
    const auto began = std::chrono::steady_clock::now();
    TRY(expect_own(request));
    const Aside aside = TRY(Aside::make(request.organisation, request.random));
    const fs::path copy = aside.path() / "copy";
    TRY(store::make_folder(copy, store::Access::owner_only));
    DrillReport out;
    out.restored = TRY(extract(request.file, request.keys, copy));
    const Header& header = out.restored.header;
    auto living = TRY(registers::Organisation::open_reader(request.organisation, request.schema));
    TRY(expect_same_history(living, header));
    out.attachments = TRY(open_attachments(copy, request));
    out.day = local_day(header.time, japan_offset);
    const auto restored = TRY(judge(copy, request, header.entries, out.day));
    TRY(compare(restored, TRY(judge(request.organisation, request, header.entries, out.day))));
    out.full = restored.count(sheets::Mark::full);
    out.items = static_cast<std::int64_t>(restored.items.size());
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return out;
}

}  // namespace maru::backup
