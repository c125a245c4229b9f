#include "packs/disclosure.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/commitment.hpp"
#include "ledger/tree.hpp"

namespace maru::packs {

namespace {

std::unexpected<Error> differs(const char* ja, const char* en) {
    return fail(ErrorKind::corrupt,
                {fmt::format("開示ファイルの{}が、記録簿の記録と一致しません。", ja),
                 fmt::format("the disclosed {} differs from what the ledger's entry says", en)});
}

Hash commitment_of(const DisclosedField& field) {
    if (!field.opening) return field.commitment;
    const std::string value = registers::canonical(registers::Field{}, field.opening->value);
    return ledger::field_commitment({field.number, value}, field.opening->salt);
}

Result<void> check_names(const Disclosure& disclosure, const ledger::Entry& entry) {
    if (disclosure.register_name != entry.register_name) return differs("台帳名", "register");
    if (disclosure.record != entry.record) return differs("記録番号", "record");
    if (disclosure.version != entry.version) return differs("版", "version");
    return {};
}

Result<void> check_commitment(const std::vector<DisclosedField>& fields, const ledger::Entry& entry) {
    if (!entry.commitment) {
        if (fields.empty()) return {};
        return differs("項目（記録は何も約束していません）", "fields (the entry commits to none)");
    }
    std::vector<Hash> commitments;
    for (const DisclosedField& field : fields) commitments.push_back(commitment_of(field));
    if (ledger::root_of(commitments) == *entry.commitment) return {};
    return differs("項目の値・ソルト・コミットメント", "values, salts or commitments");
}

}  // namespace

std::size_t Disclosure::opened() const {
    if (!fields) return 0;
    return static_cast<std::size_t>(
        std::ranges::count_if(*fields, [](const auto& field) { return field.opening.has_value(); }));
}

std::size_t Disclosure::withheld() const { return fields ? fields->size() - opened() : 0; }

Result<ledger::Entry> check_disclosure(const Disclosure& disclosure) {
    ledger::Entry entry = TRY(ledger::decode(disclosure.envelope));
    TRY(check_names(disclosure, entry));
    if (disclosure.fields) TRY(check_commitment(*disclosure.fields, entry));
    return entry;
}

}  // namespace maru::packs
