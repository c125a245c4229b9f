#include "records/sealing.hpp"

#include <fmt/core.h>

#include "ledger/commitment.hpp"

namespace maru::registers {

namespace {

// The person whose data the record is; none when it is about nobody.
std::optional<std::int64_t> subject_of(const RegisterStatements& of, std::int64_t id,
                                       const std::vector<FieldValue>& values) {
    if (!of.of->about_person()) return std::nullopt;
    if (!of.subject) return id;
    const auto* scalar = std::get_if<store::Value>(&values[*of.subject]);
    const auto* person = scalar ? std::get_if<std::int64_t>(scalar) : nullptr;
    return person ? std::optional(*person) : std::nullopt;
}

struct Sealer {
    Hash key;
    std::string record;
};

Result<Sealer> sealer_of(WriteContext& context, const RegisterStatements& of, std::int64_t id,
                         const std::vector<FieldValue>& values) {
    const std::optional<std::int64_t> subject = subject_of(of, id, values);
    if (!subject) return Sealer{context.keys.record_key(id), fmt::format("{}", id)};
    const Hash key = TRY(context.keys.subject_key(*subject));
    return Sealer{key, "tag:" + hex(ledger::record_tag(key, id))};
}

}  // namespace

bool is_empty(const FieldValue& value) {
    if (const auto* scalar = std::get_if<store::Value>(&value)) return store::is_null(*scalar);
    return std::get<std::vector<store::Value>>(value).empty();
}

Result<void> expect_not_erased(WriteContext& context, const RegisterStatements& of, std::int64_t id,
                               const std::vector<FieldValue>& values) {
    const std::optional<std::int64_t> subject = subject_of(of, id, values);
    if (subject && context.keys.erased_by(*subject)) TRY(context.keys.subject_key(*subject));
    return {};
}

Result<Sealed> seal_values(WriteContext& context, const RegisterStatements& of, std::int64_t id,
                           std::int64_t version, const std::vector<FieldValue>& values) {
    Sealer sealer = TRY(sealer_of(context, of, id, values));
    std::vector<std::string> canonicals(values.size());
    std::vector<ledger::FieldValue> fields;
    fields.reserve(values.size());
    for (const std::size_t i : of.by_number) {
        if (is_empty(values[i])) continue;
        const Field& field = of.of->fields[i];
        canonicals[i] = canonical(field, values[i]);
        fields.push_back({field.number, canonicals[i]});
    }
    return Sealed{std::move(sealer.record), ledger::record_commitment(sealer.key, id, version, fields)};
}

Result<Sealed> seal_reason(WriteContext& context, const RegisterStatements& of, const Record& last,
                           const std::string& reason) {
    Sealer sealer = TRY(sealer_of(context, of, last.id, last.values));
    if (reason.empty()) return Sealed{std::move(sealer.record), std::nullopt};
    const std::string value = canonical(Field{}, store::Value(reason));
    const ledger::FieldValue field{0, value};
    return Sealed{std::move(sealer.record),
                  ledger::record_commitment(sealer.key, last.id, last.version + 1, {&field, 1})};
}

}  // namespace maru::registers
