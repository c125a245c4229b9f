#include "erasure/in_effect.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "erasure/list_file.hpp"
#include "organisation/folder.hpp"
#include "registers/erasure.hpp"

namespace maru::registers {

namespace {

// The log has an entry that repeats the erasure, or that renewed the key after the erasure's was lost.
bool is_settled(const ListedErasure& lost, const std::vector<ListedErasure>& all, std::uint64_t size) {
    return std::ranges::any_of(all, [&](const ListedErasure& one) {
        return one.order.person == lost.order.person && one.order.born_leaf == lost.order.born_leaf &&
               one.order.replays == lost.entry && std::cmp_less(one.entry, size);
    });
}

// Killed between destroying the key and listing the erasure.
Result<void> add_unlisted(Keystore& keys, std::vector<ListedErasure>& all) {
    for (const ErasureJournal& journal : TRY(keys.journals())) {
        const ErasureOrder order = TRY(parse_order(journal.order));
        const auto entry = keys.erased_by(order.person);
        const auto has_nonce = [&](const ListedErasure& one) { return one.order.nonce == order.nonce; };
        if (entry && std::ranges::none_of(all, has_nonce)) all.push_back({order, *entry});
    }
    return {};
}

}  // namespace

Result<std::vector<ListedErasure>> erasures_beyond(std::uint64_t size, const std::filesystem::path& list,
                                                   Keystore& keys) {
    std::vector<ListedErasure> all = TRY(read_list(list, keys)).erasures;
    TRY(add_unlisted(keys, all));
    std::vector<ListedErasure> lost;
    for (const ListedErasure& one : all)
        if (std::cmp_greater_equal(one.entry, size) && !is_settled(one, all, size)) lost.push_back(one);
    return lost;
}

Result<void> take_note(const std::vector<ListedErasure>& lost, std::int64_t entry, Keystore& keys,
                       const Random& random) {
    for (const ListedErasure& one : lost) {
        TRY(keys.list_erasure(one.order.nonce, to_line(one, keys.list_key())));
        TRY(keys.end_journal(one.order.nonce));  // it is repeated from the list
        ListedErasure noted{one.order, entry};
        random(noted.order.nonce);
        noted.order.replays = one.entry;
        TRY(keys.list_erasure(noted.order.nonce, to_line(noted, keys.list_key())));
    }
    return {};
}

Result<bool> concerns(store::Database& database, const ErasureOrder& order) {
    store::Statement* query = TRY(database.cached("select leaf from main.entry where idx = ?1"));
    query->bind(1, order.born);
    const auto row = TRY(query->step());
    const bool same = row && std::ranges::equal(row->blob(0), order.born_leaf);
    query->reset();
    return same;
}

Result<void> set_birth(store::Database& database, const std::vector<About>& all, ErasureOrder& order) {
    for (const About& about : all)
        if (about.of->subject == "id" && !about.records.empty())
            order.born = about.records.front().versions.front().from_index;
    store::Statement* query = TRY(database.cached("select leaf from main.entry where idx = ?1"));
    query->bind(1, order.born);
    const auto row = TRY(query->step());
    const bool good = row && row->blob(0).size() == order.born_leaf.size();
    if (good) std::ranges::copy(row->blob(0), order.born_leaf.begin());
    query->reset();
    if (good) return {};
    return fail(ErrorKind::corrupt, {fmt::format("変更記録 {} が読めません。", order.born),
                                     fmt::format("entry {} cannot be read", order.born)});
}

Result<bool> is_known(store::Database& database, const ErasureOrder& order) {
    store::Statement* query =
        TRY(database.cached("select 1 from main.erasure where person = ?1 and executed >= ?2"));
    query->bind(1, order.person).bind(2, order.executed.iso());
    const bool known = TRY(query->step()).has_value();
    query->reset();
    return known;
}

Result<bool> is_in_effect(store::Database& database, Keystore& keys, const ErasureOrder& order) {
    if (!TRY(is_known(database, order))) return false;
    return !TRY(keys.existing_key(order.person)) && keys.erased_by(order.person).has_value();
}

Result<std::vector<std::int64_t>> brought_back(const std::filesystem::path& folder, store::Database& reader,
                                               const std::filesystem::path& anchors) {
    std::vector<std::int64_t> out;
    auto keys = Keystore::open_reader(Folder{folder}.keys());
    if (!keys) return out;
    const auto list = read_list(list_file(anchors, *keys), *keys);
    if (!list) return out;
    for (const ListedErasure& one : list->erasures)
        if (TRY(concerns(reader, one.order)) && !TRY(is_known(reader, one.order)))
            out.push_back(one.order.person);
    std::ranges::sort(out);
    const auto twice = std::ranges::unique(out);
    out.erase(twice.begin(), twice.end());
    return out;
}

}  // namespace maru::registers
