#include <fmt/core.h>

#include "benches.hpp"
#include "measure.hpp"
#include "packs/prover.hpp"
#include "registers/secrets.hpp"

namespace maru::bench {

namespace {

namespace fs = std::filesystem;

constexpr int rounds = 5;
constexpr double most_milliseconds = 1;

// Receipt and disclosed record of every device and fact of the sample, warm, each as text.
class Receipts {
public:
    Receipts(store::Database& reader, registers::Keystore& keys, packs::Prover prover)
        : source_{reader, keys}, prover_(std::move(prover)) {}

    Result<void> add(const registers::Register& of) {
        return registers::each_record(source_.database, of,
                                      [&](const registers::Record& record) -> Result<void> {
                                          versions_.emplace_back(&of, record);
                                          return {};
                                      });
    }

    // Milliseconds each.
    Result<double> run() {
        const Stopwatch watch;
        for (const auto& [of, record] : versions_) {
            const std::string receipt = ledger::to_text(TRY(prover_.receipt(record.from_index)));
            const std::string json = to_json(TRY(packs::disclose(source_, *of, record, {1, 2, 3})));
            bytes_ += receipt.size() + json.size();
        }
        return 1000 * watch.seconds() / static_cast<double>(versions_.size());
    }
    std::size_t count() const { return versions_.size(); }

private:
    packs::DisclosureSource source_;
    packs::Prover prover_;
    std::vector<std::pair<const registers::Register*, registers::Record>> versions_;
    std::size_t bytes_ = 0;
};

Result<void> sign(const fs::path& folder, const registers::Schema& schema) {
    auto organisation = TRY(registers::Organisation::open(folder, schema, bench_environment()));
    TRY(organisation->checkpoint());
    return {};
}

}  // namespace

Result<void> bench_receipts(const Setting& setting, Table& table) {
    const fs::path folder = setting.work / "receipts";
    TRY(make_sample(folder, setting.catalog, setting.schema));
    TRY(sign(folder, setting.schema));
    auto reader = TRY(registers::Organisation::open_reader(folder, setting.schema));
    auto secrets = TRY(registers::open_secrets(folder, {}));
    const auto checkpoint = TRY(ledger::newest_checkpoint(reader));
    Receipts receipts(reader, secrets.keys, TRY(packs::Prover::open(reader, *checkpoint)));
    for (const char* name : {"device", "fact", "person"}) TRY(receipts.add(*TRY(setting.schema.get(name))));
    TRY(receipts.run());
    std::vector<double> each;
    for (int i = 0; i < rounds; ++i) each.push_back(TRY(receipts.run()));
    table.add({.what = "receipt and disclosed record, warm",
               .measured = median(each),
               .unit = "ms",
               .target = most_milliseconds,
               .note = fmt::format("{} records of the sample", receipts.count())});
    return {};
}

}  // namespace maru::bench
