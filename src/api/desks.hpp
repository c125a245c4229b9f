// Evaluations of an organisation's states, kept open and lent out: what looks into the rows of checks.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "api/catalog.hpp"
#include "checks/evaluation.hpp"
#include "sheets/timeline.hpp"
#include "store/database.hpp"

namespace maru::api {

class Desks {
public:
    // The catalog must outlive it.
    // `anchors`: as registers::AsOf.
    Desks(std::filesystem::path folder, const Catalog& catalog, std::filesystem::path anchors);
    ~Desks();

    struct Desk;
    // For one thread; goes back when it is destroyed.
    class Lease {
    public:
        Lease(Lease&&) noexcept;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        store::Database& reader() const;
        checks::Evaluation& evaluation() const;
        std::int64_t entries() const;

    private:
        friend class Desks;
        Lease(Desks& home, std::unique_ptr<Desk> desk);
        Desks* home_;
        std::unique_ptr<Desk> desk_;
    };

    // Just these entries known, judged on that day.
    Result<Lease> at(const sheets::Place& place);
    // Closes those that are not lent out, and the others when they come back.
    void forget();

private:
    Result<std::unique_ptr<Desk>> fresh(std::int64_t entries) const;
    Result<void> prepare(Desk& desk, Day day) const;
    std::uint64_t age();
    std::unique_ptr<Desk> take(const sheets::Place& place);
    void give_back(std::unique_ptr<Desk> desk);

    std::filesystem::path folder_;
    const Catalog* catalog_;
    std::filesystem::path anchors_;
    std::mutex mutex_;
    std::uint64_t age_ = 0;                    // how often everything was forgotten
    std::vector<std::unique_ptr<Desk>> free_;  // those used last at the end
};

}  // namespace maru::api
