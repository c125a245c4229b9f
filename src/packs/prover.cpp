#include "packs/prover.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "ledger/commitment.hpp"
#include "ledger/stored_tiles.hpp"
#include "registers/secrets.hpp"

namespace maru::packs {

namespace {

using registers::Field;
using registers::FieldValue;
using registers::Record;
using registers::Register;

bool is_empty(const FieldValue& value) {
    if (const auto* scalar = std::get_if<store::Value>(&value)) return store::is_null(*scalar);
    return std::get<std::vector<store::Value>>(value).empty();
}

struct Named {
    const Field* field;
    const FieldValue* value;
};

// The filled fields by ascending number: those that the commitment is made of.
std::vector<Named> filled_fields(const Register& of, const Record& version) {
    std::vector<Named> out;
    for (std::size_t i = 0; i < of.fields.size(); ++i)
        if (!is_empty(version.values[i])) out.push_back({&of.fields[i], &version.values[i]});
    std::ranges::sort(out, {}, [](const Named& named) { return named.field->number; });
    return out;
}

// The key under which the fields of a record's version are salted; none when it was destroyed.
struct Salter {
    Hash key;
    std::int64_t record;
    std::int64_t version;

    DisclosedField field(const Field& field, const FieldValue& value, const FieldNumbers& opened) const {
        DisclosedField out{field.number, field.name, std::nullopt, {}};
        const Hash salt = ledger::field_salt(key, record, version, field.number);
        if (opened.contains(field.number))
            out.opening = Opening{value, salt};
        else
            out.commitment =
                ledger::field_commitment({field.number, registers::canonical(field, value)}, salt);
        return out;
    }
};

Result<std::optional<Hash>> key_of(const DisclosureSource& source, const Register& of,
                                   const Record& version) {
    const auto key = registers::commitment_key(source.keys, of, version.id, version.values);
    if (key) return *key;
    if (key.error().kind == ErrorKind::forbidden) return std::nullopt;
    return std::unexpected(key.error());
}

Result<Disclosure> around_entry(const DisclosureSource& source, std::int64_t index) {
    Disclosure out;
    out.envelope = TRY(entry_bytes(source.database, index));
    const ledger::Entry entry = TRY(ledger::decode(out.envelope));
    out.register_name = entry.register_name;
    out.record = entry.record;
    out.version = entry.version;
    return out;
}

// A disclosure that does not verify is of no use to anybody.
Disclosure with_fields(Disclosure disclosure, std::vector<DisclosedField> fields) {
    disclosure.fields = std::move(fields);
    if (!check_disclosure(disclosure)) disclosure.fields.reset();
    return disclosure;
}

std::unexpected<Error> not_covered(std::int64_t index, std::uint64_t size) {
    return fail(ErrorKind::not_found,
                {fmt::format("変更記録 {} は、署名済みの {} 件に含まれていません。", index, size),
                 fmt::format("entry {} is not among the {} that are signed", index, size)});
}

}  // namespace

Result<Prover> Prover::open(store::Database& database, const ledger::StoredCheckpoint& checkpoint) {
    const std::uint64_t size = checkpoint.checkpoint.size;
    return Prover(ledger::stored_hashes(database, size), TRY(ledger::published_note(database, checkpoint)),
                  size);
}

Result<ledger::Receipt> Prover::receipt(std::int64_t index) {
    if (index < 0 || std::cmp_greater_equal(index, size_)) return not_covered(index, size_);
    const auto entry = static_cast<std::uint64_t>(index);
    return ledger::Receipt{{}, entry, TRY(ledger::inclusion_proof(hashes_, entry, size_)), note_};
}

Result<std::string> entry_bytes(store::Database& database, std::int64_t index) {
    store::Statement* query = TRY(database.cached("select body from main.entry where idx = ?1"));
    query->bind(1, index);
    const std::optional<store::Row> row = TRY(query->step());
    if (!row)
        return fail(ErrorKind::not_found, {fmt::format("変更記録 {} はありません。", index),
                                           fmt::format("there is no entry {}", index)});
    std::string body(row->text(0));
    query->reset();
    return body;
}

Result<Disclosure> disclose(const DisclosureSource& source, const Register& of, const Record& version,
                            const FieldNumbers& fields) {
    Disclosure out = TRY(around_entry(source, version.from_index));
    const std::optional<Hash> key = TRY(key_of(source, of, version));
    if (!key) return out;
    const Salter salter{*key, version.id, version.version};
    std::vector<DisclosedField> disclosed;
    for (const Named& named : filled_fields(of, version))
        disclosed.push_back(salter.field(*named.field, *named.value, fields));
    return with_fields(std::move(out), std::move(disclosed));
}

Result<Disclosure> disclose_retirement(const DisclosureSource& source, const Register& of,
                                       const registers::Retired& retired, const FieldNumbers& fields) {
    const Record& last = retired.last;
    Disclosure out = TRY(around_entry(source, last.to_index.value_or(last.from_index)));
    const std::optional<Hash> key = TRY(key_of(source, of, last));
    if (!key) return out;
    std::vector<DisclosedField> disclosed;
    Field field;
    field.name = "reason";
    const Salter salter{*key, last.id, last.version + 1};
    if (!retired.reason.empty())
        disclosed.push_back(salter.field(field, FieldValue(store::Value(retired.reason)), fields));
    return with_fields(std::move(out), std::move(disclosed));
}

}  // namespace maru::packs
