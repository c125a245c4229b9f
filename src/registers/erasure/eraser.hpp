// Carries out erasures in an organisation that is open for writing: the intention first, then the database,
// then everything that cannot be undone. Killed at any moment, it is finished or was never begun
// (docs/formats/erasure.md).
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "erasure/list_file.hpp"
#include "registers/erasure.hpp"
#include "registers/records.hpp"
#include "store/blobs.hpp"
#include "store/writer.hpp"

namespace maru::registers {

// What it works with: the parts of an open organisation.
struct Workplace {
    const Schema& schema;
    Keystore& keys;
    store::Blobs& blobs;
    store::Writer& writer;
    Clock clock;
    Random random;
    std::filesystem::path anchors;
    std::function<store::Command(std::function<Result<void>(WriteContext&)>)> command;
};

class Eraser {
public:
    explicit Eraser(Workplace at) : at_(std::move(at)), file_(list_file(at_.anchors, at_.keys)) {}

    // Errors: conflict with everything that stands in the way, or when nothing is left to erase; invalid
    // basis.
    Result<ErasureDone> erase(const ErasureRequest& request);

    // Finishes what was interrupted, and repeats erasures that a restored database or keystore does not know.
    // What it did, and what is suspicious, in words.
    Result<std::vector<Text>> settle();

private:
    // What is still to be done when the database has committed.
    struct Rest {
        ErasureOrder order;
        std::vector<Hash> blobs;
        std::int64_t entry = 0;
    };

    using MakeOrder = std::function<Result<ErasureOrder>(WriteContext&)>;

    Result<ErasureOrder> new_order(WriteContext& context, const ErasureRequest& request);
    Result<std::int64_t> commit(const MakeOrder& make_order, Rest& rest);
    Result<std::int64_t> change_database(WriteContext& context, Rest& rest);
    Result<std::vector<Text>> finish(const Rest& rest);
    Result<void> destroy(store::Database& database, const Rest& rest, std::vector<Text>& open);
    Result<void> resume(const ErasureJournal& journal, std::vector<Text>& said);
    Result<void> repeat(const ListedErasure& listed, std::vector<Text>& said);
    Result<std::vector<ListedErasure>> back_in_keystore();
    Day today() const;

    Workplace at_;
    std::filesystem::path file_;
};

}  // namespace maru::registers
