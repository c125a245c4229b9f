#include <algorithm>
#include <set>

#include "sample/sample.hpp"

namespace maru::sample {

namespace {

using registers::Field;
using registers::PutRequest;
using registers::Register;
using registers::Schema;
using registers::WriteContext;

using KeySet = std::set<std::pair<std::string, std::string>>;

// The records that a field's text refers to.
std::vector<std::string> references(const Field& field, const std::string& text) {
    if (!field.is_reference() || text.empty()) return {};
    return field.is_list() ? split(text, ';') : std::vector{text};
}

struct Pending {
    SampleRecord record;
    const Register* of;
    std::string key;
};

bool resolvable(const Field& field, const std::string& text, const KeySet& done) {
    return std::ranges::all_of(references(field, text), [&](const std::string& key) {
        return key.starts_with('#') || done.contains({field.to, key});
    });
}

bool ready(const Pending& pending, const KeySet& done) {
    return std::ranges::all_of(pending.of->fields, [&](const Field& field) {
        const auto found = pending.record.fields.find(field.name);
        return found == pending.record.fields.end() || resolvable(field, found->second, done);
    });
}

Result<void> put(WriteContext& context, const Pending& pending, const registers::WrittenFields& fields) {
    auto change =
        registers::put(context, PutRequest{pending.of->name, std::nullopt, std::nullopt, fields, false});
    if (!change)
        return std::unexpected(
            prefixed(pending.record.where + " " + pending.of->name + " " + pending.key, change.error()));
    return {};
}

// Puts every record whose references exist already; true when there was one.
Result<bool> put_ready(WriteContext& context, std::vector<Pending>& waiting, KeySet& done) {
    std::vector<Pending> still;
    const std::size_t before = waiting.size();
    for (Pending& pending : waiting) {
        if (!ready(pending, done)) {
            still.push_back(std::move(pending));
            continue;
        }
        TRY(put(context, pending, pending.record.fields));
        done.insert({pending.of->name, pending.key});
    }
    waiting = std::move(still);
    return waiting.size() < before;
}

// Breaks a cycle: puts the first record that can do without its open references; they follow in its second
// version.
Result<void> put_partly(WriteContext& context, std::vector<Pending>& waiting, KeySet& done,
                        std::vector<Pending>& later) {
    for (auto at = waiting.begin(); at != waiting.end(); ++at) {
        registers::WrittenFields now;
        registers::WrittenFields open;
        bool possible = true;
        for (const auto& [name, text] : at->record.fields) {
            const Field* field = at->of->field(name);
            const bool wait = field && !resolvable(*field, text, done);
            possible =
                possible &&
                !(wait && (field->required || std::ranges::find(at->of->key, name) != at->of->key.end()));
            (wait ? open : now)[name] = text;
        }
        if (!possible) continue;
        TRY(put(context, *at, now));
        done.insert({at->of->name, at->key});
        for (const std::string& name : at->of->key) open[name] = at->record.fields[name];
        at->record.fields = std::move(open);
        later.push_back(std::move(*at));
        waiting.erase(at);
        return {};
    }
    const Pending& first = waiting.front();
    return put(context, first, first.record.fields);  // fails and says which reference is not there
}

Result<void> put_all(WriteContext& context, std::vector<Pending> waiting) {
    KeySet done;
    std::vector<Pending> later;
    while (!waiting.empty())
        if (!TRY(put_ready(context, waiting, done))) TRY(put_partly(context, waiting, done, later));
    for (const Pending& pending : later) TRY(put(context, pending, pending.record.fields));
    return {};
}

}  // namespace

Result<void> load(registers::Organisation& organisation, const Schema& schema,
                  std::vector<SampleRecord> records) {
    std::vector<Pending> waiting;
    for (SampleRecord& record : records) {
        const Register* of = TRY(schema.get(record.register_name));
        std::string key;
        for (const std::string& name : of->key) key += (key.empty() ? "" : " / ") + record.fields[name];
        waiting.push_back({std::move(record), of, std::move(key)});
    }
    return organisation.exclusively(
        [&](WriteContext& context) { return put_all(context, std::move(waiting)); });
}

}  // namespace maru::sample
