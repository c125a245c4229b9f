// Record ids: dense from 1, unique over the organisation. The next one is kept in memory and stored with each
// commit.
#pragma once

#include <cstdint>

#include "store/database.hpp"

namespace maru::registers {

class Ids {
public:
    static Result<Ids> load(store::Database& database);
    std::int64_t next() const { return next_; }
    void take() { ++next_; }  // next() now belongs to a record

    // Savepoint and commit discipline (store::WriterHooks).
    void mark() { mark_ = next_; }
    void roll_back_to_mark() { next_ = mark_; }
    void begin_batch() { batch_ = next_; }
    void roll_back_batch() { next_ = batch_; }
    Result<void> save(store::Database& database);  // before commit

private:
    explicit Ids(std::int64_t next) : next_(next), mark_(next), batch_(next) {}
    std::int64_t next_;
    std::int64_t mark_;
    std::int64_t batch_;
};

}  // namespace maru::registers
