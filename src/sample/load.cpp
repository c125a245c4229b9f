#include <algorithm>
#include <optional>
#include <set>

#include "registers/lists.hpp"
#include "sample/sample.hpp"

namespace maru::sample {

namespace {

using registers::Field;
using registers::PutRequest;
using registers::Register;
using registers::Schema;
using registers::WriteContext;
using registers::WrittenFields;

struct Pending {
    SampleRecord record;
    const Register* of;
    std::string key;
};

// The records that a field's text refers to.
std::vector<std::string> references(const Field& field, const std::string& text) {
    if (!field.is_reference() || text.empty()) return {};
    return field.is_list() ? registers::items_of(text) : std::vector{text};
}

// Puts records in an order in which references find what they mean.
class Loader {
public:
    Loader(WriteContext& context, std::vector<Pending> records)
        : context_(context), waiting_(std::move(records)) {}

    Result<void> run() {
        while (!waiting_.empty())
            if (!TRY(put_ready())) TRY(break_cycle());
        for (const Pending& pending : later_) TRY(put(pending, pending.record.fields));
        return {};
    }

private:
    bool resolvable(const Field& field, const std::string& text) const {
        return std::ranges::all_of(references(field, text), [&](const std::string& key) {
            return key.starts_with('#') || done_.contains({field.to, key});
        });
    }

    bool is_open(const Pending& pending, const std::string& name, const std::string& text) const {
        const Field* field = pending.of->field(name);  // null: put says that there is no such field
        return field != nullptr && !resolvable(*field, text);
    }

    bool is_ready(const Pending& pending) const {
        return std::ranges::none_of(pending.record.fields, [&](const auto& field) {
            return is_open(pending, field.first, field.second);
        });
    }

    Result<void> put(const Pending& pending, const WrittenFields& fields) {
        PutRequest request;
        request.register_name = pending.of->name;
        request.fields = fields;
        const auto change = registers::put(context_, request);
        if (!change)
            return std::unexpected(
                prefixed(pending.record.where + " " + pending.of->name + " " + pending.key, change.error()));
        done_.insert({pending.of->name, pending.key});
        return {};
    }

    // Puts every record whose references exist already; true when there was one.
    Result<bool> put_ready() {
        std::vector<Pending> still;
        const std::size_t before = waiting_.size();
        for (Pending& pending : waiting_) {
            if (is_ready(pending))
                TRY(put(pending, pending.record.fields));
            else
                still.push_back(std::move(pending));
        }
        waiting_ = std::move(still);
        return waiting_.size() < before;
    }

    // Key fields and required ones must be there from the first version on.
    bool can_wait(const Pending& pending, const std::string& name) const {
        const auto& key = pending.of->key;
        return !pending.of->field(name)->required && std::ranges::find(key, name) == key.end();
    }

    // The fields that must wait for other records; none when the record cannot do without them.
    std::optional<WrittenFields> open_fields(const Pending& pending) const {
        WrittenFields open;
        for (const auto& [name, text] : pending.record.fields) {
            if (!is_open(pending, name, text)) continue;
            if (!can_wait(pending, name)) return std::nullopt;
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
        const Pending first = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
        return put(first, first.record.fields);
    }

    Result<void> put_without(std::vector<Pending>::iterator at, WrittenFields open) {
        WrittenFields now = at->record.fields;
        for (const auto& [name, text] : open) now.erase(name);
        TRY(put(*at, now));
        for (const std::string& name : at->of->key) open[name] = at->record.fields[name];
        at->record.fields = std::move(open);
        later_.push_back(std::move(*at));
        waiting_.erase(at);
        return {};
    }

    WriteContext& context_;
    std::vector<Pending> waiting_;
    std::vector<Pending> later_;                          // second versions
    std::set<std::pair<std::string, std::string>> done_;  // register and natural key
};

std::string key_of(const Register& of, WrittenFields& fields) {
    std::vector<std::string> parts;
    for (const std::string& name : of.key) parts.push_back(fields[name]);
    return join(parts, " / ");
}

}  // namespace

Result<void> load(registers::Organisation& organisation, const Schema& schema,
                  std::vector<SampleRecord> records) {
    std::vector<Pending> waiting;
    for (SampleRecord& record : records) {
        const Register* of = TRY(schema.get(record.register_name));
        std::string key = key_of(*of, record.fields);
        waiting.push_back({std::move(record), of, std::move(key)});
    }
    return organisation.exclusively(
        [&](WriteContext& context) { return Loader(context, std::move(waiting)).run(); });
}

}  // namespace maru::sample
