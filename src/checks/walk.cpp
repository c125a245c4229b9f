#include "checks/walk.hpp"

#include "registers/organisation.hpp"

namespace maru::checks {

struct Walk::Impl {
    std::filesystem::path folder;
    const Library& library;
    const registers::Schema& schema;
    std::vector<CheckKey> keys;
    registers::PastReader past;
    std::optional<Evaluation> evaluation;

    EvaluationOptions options(std::int64_t entries, Day day) const;
};

// Nobody waits for one check of the past, so none of them is stopped.
EvaluationOptions Walk::Impl::options(std::int64_t entries, Day day) const {
    EvaluationOptions out{.today = day, .time_limit = std::chrono::milliseconds(0)};
    out.open_reader = [this, entries] {
        return registers::Organisation::open_reader(folder, schema, {entries});
    };
    return out;
}

Result<Walk> Walk::start(const std::filesystem::path& folder, const Library& library,
                         const registers::Schema& schema, std::vector<CheckKey> keys) {
    auto past = TRY(registers::PastReader::open(folder, schema));
    return Walk(std::make_unique<Impl>(
        Impl{folder, library, schema, std::move(keys), std::move(past), std::nullopt}));
}

Walk::Walk(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Walk::Walk(Walk&&) noexcept = default;
Walk::~Walk() = default;

Result<Evaluation*> Walk::step(std::int64_t entries, Day day) {
    Impl& self = *impl_;
    TRY(self.past.move_to(entries));
    self.evaluation.reset();
    self.evaluation.emplace(
        TRY(Evaluation::open(self.past.reader(), self.library, self.schema, self.options(entries, day))));
    self.evaluation->run_all(self.keys);
    return &*self.evaluation;
}

registers::PastReader& Walk::past() { return impl_->past; }

}  // namespace maru::checks
