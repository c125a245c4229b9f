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

// By ascending number, as the commitment is made of them.
std::vector<Named> fields_of(const Register& of, const Record& version) {
    std::vector<Named> out;
    for (std::size_t i = 0; i < of.fields.size(); ++i) out.push_back({&of.fields[i], &version.values[i]});
    std::ranges::sort(out, {}, [](const Named& named) { return named.field->number; });
    return out;
}

// Opens and withholds the fields of a record's version.
class Discloser {
public:
    // `key`: under which they are salted; none when it was destroyed with the person whose data they are.
    Discloser(registers::Keystore& keys, std::optional<Hash> key, std::int64_t record, std::int64_t version)
        : keys_(keys), key_(key), record_(record), version_(version) {}

    // False: nothing is left with which the version could be proved.
    Result<bool> add(const Named& named, const FieldNumbers& opened) {
        if (is_empty(*named.value)) return add_erased(*named.field);
        const int number = named.field->number;
        const std::optional<Hash> salt = TRY(salt_of(number));
        if (!salt) return false;
        DisclosedField& out = fields_.emplace_back(number, named.field->name, std::nullopt, Hash{});
        if (opened.contains(number))
            out.opening = Opening{*named.value, *salt};
        else
            out.commitment =
                ledger::field_commitment({number, registers::canonical(*named.field, *named.value)}, *salt);
        return true;
    }

    std::vector<DisclosedField> fields() && { return std::move(fields_); }

private:
    // What an erasure took has left its commitment (docs/formats/erasure.md); what was empty, nothing.
    Result<bool> add_erased(const Field& field) {
        const auto left = TRY(keys_.opening(record_, version_, field.number));
        if (left && left->commitment)
            fields_.emplace_back(field.number, field.name, std::nullopt, *left->commitment);
        return true;
    }

    Result<std::optional<Hash>> salt_of(int number) {
        if (key_) return ledger::field_salt(*key_, record_, version_, number);
        const auto left = TRY(keys_.opening(record_, version_, number));
        return left ? left->salt : std::nullopt;
    }

    registers::Keystore& keys_;
    std::optional<Hash> key_;
    std::int64_t record_;
    std::int64_t version_;
    std::vector<DisclosedField> fields_;
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
    Discloser discloser(source.keys, TRY(key_of(source, of, version)), version.id, version.version);
    for (const Named& named : fields_of(of, version))
        if (!TRY(discloser.add(named, fields))) return out;
    return with_fields(std::move(out), std::move(discloser).fields());
}

Result<Disclosure> disclose_retirement(const DisclosureSource& source, const Register& of,
                                       const registers::Retired& retired, const FieldNumbers& fields) {
    const Record& last = retired.last;
    Disclosure out = TRY(around_entry(source, last.to_index.value_or(last.from_index)));
    Discloser discloser(source.keys, TRY(key_of(source, of, last)), last.id, last.version + 1);
    Field field;
    field.name = "reason";
    const FieldValue reason = retired.reason.empty() ? store::Value() : store::Value(retired.reason);
    if (!TRY(discloser.add({&field, &reason}, fields))) return out;
    return with_fields(std::move(out), std::move(discloser).fields());
}

}  // namespace maru::packs
