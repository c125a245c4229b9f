#include "registers/tombstones.hpp"

#include <fmt/core.h>

#include "registers/erasure.hpp"

namespace maru::registers {

namespace {

constexpr std::string_view ja_head = "変更 ", ja_tail = " により消去済み";
constexpr std::string_view en_head = "erased by entry ";

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 19 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Text tombstone(std::int64_t entry) {
    return {fmt::format("{}{}{}", ja_head, entry, ja_tail), fmt::format("{}{}", en_head, entry)};
}

bool is_tombstone(std::string_view written) {
    std::string_view text = trim(written);
    if (text.starts_with(en_head)) return is_number(text.substr(en_head.size()));
    if (!text.starts_with(ja_head) || !text.ends_with(ja_tail)) return false;
    if (text.size() < ja_head.size() + ja_tail.size()) return false;
    return is_number(text.substr(ja_head.size(), text.size() - ja_head.size() - ja_tail.size()));
}

Result<Tombstones> Tombstones::load(store::Database& reader, const Register& of) {
    Tombstones out;
    store::Statement query =
        TRY(reader.prepare("select record, version, field, idx from main.erased_value where register = ?1"));
    query.bind(1, std::int64_t{of.number});
    while (const auto row = TRY(query.step()))
        out.entries_[{row->integer(0), row->integer(1), static_cast<int>(row->integer(2))}] = row->integer(3);
    return out;
}

std::optional<std::int64_t> Tombstones::entry(std::int64_t record, std::int64_t version, int field) const {
    const auto found = entries_.find({record, version, field});
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<std::int64_t>> erased_value(store::Database& reader, std::int64_t record,
                                                 std::int64_t version, int field) {
    store::Statement* query = TRY(
        reader.cached("select idx from main.erased_value where record = ?1 and version = ?2 and field = ?3"));
    query->bind(1, record).bind(2, version).bind(3, std::int64_t{field});
    const auto row = TRY(query->step());
    const auto entry = row ? std::optional(row->integer(0)) : std::nullopt;
    query->reset();
    return entry;
}

Result<std::optional<std::int64_t>> erasure_of(store::Database& reader, std::int64_t person) {
    store::Statement* query = TRY(reader.cached("select max(idx) from main.erasure where person = ?1"));
    query->bind(1, person);
    const auto row = TRY(query->step());
    const auto entry = row ? row->maybe_integer(0) : std::nullopt;
    query->reset();
    return entry;
}

Result<std::vector<PastErasure>> past_erasures(store::Database& reader) {
    store::Statement query =
        TRY(reader.prepare("select idx, person, requested, executed, basis, replays, deleted_values from "
                           "main.erasure order by idx"));
    std::vector<PastErasure> out;
    while (const auto row = TRY(query.step()))
        out.push_back({row->integer(0), row->integer(1), std::string(row->text(2)), std::string(row->text(3)),
                       std::string(row->text(4)), row->maybe_integer(5), row->integer(6)});
    return out;
}

}  // namespace maru::registers
