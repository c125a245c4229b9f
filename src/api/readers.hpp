// Connections that read an organisation, kept open and lent out: opening one costs a hundred times a lookup.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "api/names.hpp"
#include "registers/past.hpp"
#include "registers/schema.hpp"
#include "store/database.hpp"

namespace maru::api {

class Readers {
public:
    // `anchors`: as registers::AsOf. The schema must outlive the readers.
    Readers(std::filesystem::path folder, const registers::Schema& schema, std::filesystem::path anchors);
    ~Readers();

    struct Slot;
    // One connection on one state, for one thread; goes back when it is destroyed. Queries must be at their
    // end or reset by then.
    class Lease {
    public:
        Lease(Lease&&) noexcept;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        store::Database& operator*() const;
        store::Database* operator->() const { return &**this; }
        std::int64_t entries() const;  // of the ledger that this state knows
        Names& names() const;          // of its records, remembered while the state stays

    private:
        friend class Readers;
        Lease(Readers& home, std::unique_ptr<Slot> slot);
        Readers* home_;
        std::unique_ptr<Slot> slot_;
    };

    // Everything that was answered before the call, or more.
    Result<Lease> now();
    // The state of so many entries. invalid when the ledger has fewer.
    Result<Lease> at(std::int64_t entries);
    // While one lives, no connection waits open: each is closed when it comes back. Around an erasure,
    // because an open state keeps what is to go.
    class Closed {
    public:
        explicit Closed(Readers& readers);
        ~Closed();
        Closed(const Closed&) = delete;
        Closed& operator=(const Closed&) = delete;

    private:
        Readers* readers_;
    };

    // Something was committed: readers lent from now on see it.
    void committed() { ++generation_; }
    std::uint64_t generation() const { return generation_; }

private:
    Result<std::unique_ptr<Slot>> fresh();
    Result<std::unique_ptr<Slot>> fresh_past();
    std::unique_ptr<Slot> take(bool past);
    void give_back(std::unique_ptr<Slot> slot);

    std::filesystem::path folder_;
    const registers::Schema* schema_;
    std::filesystem::path anchors_;
    std::atomic<std::uint64_t> generation_{1};
    std::mutex mutex_;
    int closed_ = 0;  // how many Closed there are
    std::vector<std::unique_ptr<Slot>> now_, past_;
};

}  // namespace maru::api
