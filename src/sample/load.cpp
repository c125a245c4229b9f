#include <algorithm>
#include <optional>
#include <utility>

#include "sample/sample.hpp"
#include "sample/telling.hpp"

namespace maru::sample {

namespace {

using registers::Field;
using registers::PutRequest;
using registers::Register;
using registers::Schema;
using registers::WriteContext;
using registers::WrittenFields;

// What happens with a part that the registers refuse.
enum class Refused { is_an_error, is_told_later };

struct Pace {
    Refused refused = Refused::is_an_error;
    std::chrono::seconds between{0};  // from one part to the next …
    Instant until = Instant::max();   // … but not beyond this
};

// Puts parts of records in an order in which references find what they mean.
class Loader {
public:
    explicit Loader(const std::vector<Keyed>& records) : records_(records) {}

    Result<void> put_all(WriteContext& context, const std::vector<Part>& parts, const Pace& pace = {}) {
        context_ = &context;
        pace_ = pace;
        for (const Part& part : parts) waiting_.push_back(with_what_waited(part));
        if (pace.refused == Refused::is_an_error)
            for (auto& [record, fields] : std::exchange(carried_, {}))
                waiting_.push_back({record, std::move(fields)});
        while (!waiting_.empty())
            if (!TRY(put_ready())) TRY(break_cycle());
        for (const Part& part : std::exchange(later_, {})) TRY(put(part));
        return {};
    }

private:
    Part with_what_waited(Part part) {
        if (const auto found = carried_.find(part.record); found != carried_.end()) {
            part.fields.merge(found->second);
            carried_.erase(found);
        }
        const Keyed& record = records_[part.record];
        for (const std::string& name : record.of->key)
            if (const auto key = record.record.fields.find(name); key != record.record.fields.end())
                part.fields.insert(*key);
        return part;
    }

    bool resolvable(const Field& field, const std::string& text) const {
        return std::ranges::all_of(references(field, text), [&](const std::string& key) {
            return key.starts_with('#') || done_.contains({field.to, key});
        });
    }

    bool is_open(const Part& part, const std::string& name, const std::string& text) const {
        const Field* field = records_[part.record].of->field(name);  // null: put says that there is none
        return field != nullptr && !resolvable(*field, text);
    }

    bool is_ready(const Part& part) const {
        return std::ranges::none_of(
            part.fields, [&](const auto& field) { return is_open(part, field.first, field.second); });
    }

    // As the API writes it down for a signed-in person.
    std::string actor(const SampleRecord& record) const {
        const auto found = done_.find({"person", record.told_by});
        return found == done_.end() ? "" : "person:" + std::to_string(found->second);
    }

    Result<void> put(const Part& part) {
        const Keyed& keyed = records_[part.record];
        if (pace_.between > std::chrono::seconds(0)) {
            context_->now = std::min(context_->now + pace_.between, pace_.until);
            context_->actor = actor(keyed.record);
        }
        PutRequest request;
        request.register_name = keyed.of->name;
        request.fields = part.fields;
        const auto change = registers::put(*context_, request);
        if (!change) return refuse(part, change.error());
        done_.insert({{keyed.of->name, keyed.key}, change->id});
        return {};
    }

    Result<void> refuse(const Part& part, const Error& error) {
        const bool of_the_day = error.kind == ErrorKind::invalid || error.kind == ErrorKind::not_found;
        if (pace_.refused == Refused::is_told_later && of_the_day) {
            carried_[part.record].insert(part.fields.begin(), part.fields.end());
            return {};
        }
        const Keyed& keyed = records_[part.record];
        return std::unexpected(prefixed(keyed.record.where + " " + keyed.of->name + " " + keyed.key, error));
    }

    // Puts every part whose references exist already; true when there was one.
    Result<bool> put_ready() {
        std::vector<Part> still;
        const std::size_t before = waiting_.size();
        for (Part& part : waiting_) {
            if (is_ready(part))
                TRY(put(part));
            else
                still.push_back(std::move(part));
        }
        waiting_ = std::move(still);
        return waiting_.size() < before;
    }

    // Key fields and required ones must be there from the first version on.
    bool can_wait(const Part& part, const std::string& name) const {
        const Register& of = *records_[part.record].of;
        return !of.field(name)->required && std::ranges::find(of.key, name) == of.key.end();
    }

    // The fields that must wait for other records; none when the record cannot do without them.
    std::optional<WrittenFields> open_fields(const Part& part) const {
        WrittenFields open;
        for (const auto& [name, text] : part.fields) {
            if (!is_open(part, name, text)) continue;
            if (!can_wait(part, name)) return std::nullopt;
            open[name] = text;
        }
        return open;
    }

    // Puts the first record that can do without its open references; they follow in its second version. When
    // no record can, the first one goes as it is: put knows more spellings of a key than we do, or names the
    // reference that is not there.
    Result<void> break_cycle() {
        for (auto at = waiting_.begin(); at != waiting_.end(); ++at)
            if (auto open = open_fields(*at)) return put_without(at, std::move(*open));
        const Part first = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
        return put(first);
    }

    Result<void> put_without(std::vector<Part>::iterator at, WrittenFields open) {
        Part now = *at;
        for (const auto& [name, text] : open) now.fields.erase(name);
        for (const std::string& name : records_[at->record].of->key) open[name] = at->fields[name];
        later_.push_back({at->record, std::move(open)});
        waiting_.erase(at);
        return put(now);
    }

    const std::vector<Keyed>& records_;
    WriteContext* context_ = nullptr;
    Pace pace_;
    std::vector<Part> waiting_;
    std::vector<Part> later_;                                           // second versions
    std::map<std::size_t, WrittenFields> carried_;                      // by record: refused so far
    std::map<std::pair<std::string, std::string>, std::int64_t> done_;  // register and natural key → id
};

constexpr std::chrono::minutes begin_of_work{9 * 60 + 30};
constexpr std::chrono::seconds between_parts{7};
constexpr int months_told = 12;

// Tells a year day by day, and has every month signed.
class Year {
public:
    Year(registers::Organisation& organisation, TellingClock& clock, const std::vector<Keyed>& records)
        : organisation_(organisation), clock_(clock), now_(clock.real()), loader_(records) {
        today_ = local_day(now_, japan_offset);
        days_ = tell(records, today_.plus_months(-months_told), today_);
        days_[today_];  // the day on which what was refused is an error
    }

    Result<void> run() {
        for (auto begin = days_.begin(); begin != days_.end();) {
            const auto end = days_.lower_bound(next_month(begin->first));
            TRY(organisation_.exclusively([&](WriteContext& context) -> Result<void> {
                for (auto day = begin; day != end; ++day) TRY(live(context, day->first, day->second));
                return {};
            }));
            TRY(organisation_.checkpoint());
            begin = end;
        }
        clock_.release();
        return {};
    }

private:
    static Day next_month(Day day) {
        return Day(static_cast<int>(day.ymd().year()), static_cast<unsigned>(day.ymd().month()), 1)
            .plus_months(1);
    }

    Result<void> live(WriteContext& context, Day day, const std::vector<Part>& parts) {
        context.now = std::min(Instant(day.sys_days()) - japan_offset + begin_of_work, now_);
        const auto refused = day == today_ ? Refused::is_an_error : Refused::is_told_later;
        TRY(loader_.put_all(context, parts, {refused, between_parts, now_}));
        clock_.set(context.now);
        return {};
    }

    registers::Organisation& organisation_;
    TellingClock& clock_;
    Instant now_;
    Day today_;
    std::map<Day, std::vector<Part>> days_;
    Loader loader_;
};

}  // namespace

Result<void> load(registers::Organisation& organisation, const Schema& schema,
                  std::vector<SampleRecord> records) {
    const std::vector<Keyed> all = TRY(keyed(schema, std::move(records)));
    std::vector<Part> parts;
    for (std::size_t i = 0; i < all.size(); ++i) parts.push_back({i, all[i].record.fields});
    return organisation.exclusively(
        [&](WriteContext& context) { return Loader(all).put_all(context, parts); });
}

Result<void> relive(registers::Organisation& organisation, const Schema& schema,
                    std::vector<SampleRecord> records, TellingClock& clock) {
    const std::vector<Keyed> all = TRY(with_earlier_ones(schema, TRY(keyed(schema, std::move(records)))));
    return Year(organisation, clock, all).run();
}

}  // namespace maru::sample
