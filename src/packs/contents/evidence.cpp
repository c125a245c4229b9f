#include "contents/evidence.hpp"

#include <algorithm>
#include <set>

namespace maru::packs {

namespace {

using registers::Field;

void add_hash(std::vector<Hash>& out, const store::Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    const auto bytes = text ? parse_hex(*text) : Result<Bytes>(Bytes{});
    Hash hash{};
    if (!bytes || bytes->size() != hash.size()) return;
    std::ranges::copy(*bytes, hash.begin());
    out.push_back(hash);
}

std::vector<Hash> attachments_of(const ChosenRecord& chosen) {
    std::vector<Hash> out;
    const auto& fields = chosen.need->of->fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].element() != registers::FieldType::file) continue;
        if (!chosen.need->fields.contains(fields[i].number)) continue;
        const registers::FieldValue& value = chosen.record.values[i];
        if (const auto* one = std::get_if<store::Value>(&value)) add_hash(out, *one);
        if (const auto* many = std::get_if<std::vector<store::Value>>(&value))
            for (const store::Value& item : *many) add_hash(out, item);
    }
    return out;
}

}  // namespace

Result<Evidence> evidence_of(const Selection& selection, const store::Blobs& blobs, std::uint64_t limit) {
    Evidence out;
    std::set<Hash> seen;
    std::uint64_t bytes = 0;
    for (const ChosenRecord& chosen : selection.records)
        for (const Hash& hash : attachments_of(chosen)) {
            if (!seen.insert(hash).second) continue;
            if (!blobs.contains(hash)) {
                ++out.missing;
                continue;
            }
            const std::uint64_t size = TRY(blobs.get(hash)).size();
            if (size > limit - bytes) {
                ++out.too_much;
                continue;
            }
            bytes += size;
            out.files.push_back({hash, size, chosen.record.from_index});
        }
    std::ranges::sort(out.files, {}, &Attachment::sha256);
    return out;
}

}  // namespace maru::packs
