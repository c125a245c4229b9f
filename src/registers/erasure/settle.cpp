// What opening for writing does about erasures: finishes those that were interrupted, repeats those that a
// backup does not know.
#include <algorithm>
#include <map>
#include <utility>

#include "erasure/eraser.hpp"
#include "erasure/fates.hpp"
#include "erasure/in_effect.hpp"
#include "erasure/messages.hpp"
#include "erasure/retention.hpp"

namespace maru::registers {

namespace {

// Everything that is still there, as what the erasure took is gone already; what the register files give an
// end, until then.
std::vector<KeptFields> everything(const std::vector<About>& all, const std::vector<Kept>& by_rule) {
    std::vector<KeptFields> out = kept_fields(by_rule);
    const Fates ruled(out);
    for (const About& about : all)
        for (const AboutRecord& record : about.records) {
            KeptFields kept{record.id, {}, std::nullopt};
            for (std::size_t i = 0; i < about.columns.size(); ++i)
                if (ruled.going(record, about.columns[i], i) > 0)
                    kept.fields.push_back(about.columns[i].number);
            if (!kept.fields.empty()) out.push_back(std::move(kept));
        }
    return out;
}

using KeptUntil = std::map<std::pair<std::int64_t, int>, std::optional<Day>>;

KeptUntil kept_until(const std::vector<KeptFields>& kept) {
    KeptUntil out;
    for (const KeptFields& one : kept)
        for (const int field : one.fields) out.emplace(std::pair(one.record, field), one.until);
    return out;
}

bool ends_before(const std::optional<Day>& one, const std::optional<Day>& other) {
    return one && (!other || *one < *other);
}

// A backup can be older than several erasures of a person: what any of them took goes, and what stays does so
// until the first of the ends that they know.
std::vector<KeptFields> kept_by_all(const ErasureOrder& order, const std::vector<ListedErasure>& all) {
    KeptUntil kept = kept_until(order.kept);
    for (const ListedErasure& one : all) {
        if (one.order.person != order.person || one.order.born_leaf != order.born_leaf) continue;
        const KeptUntil theirs = kept_until(one.order.kept);
        std::erase_if(kept, [&](const auto& field) { return !theirs.contains(field.first); });
        for (auto& [place, until] : kept)
            if (ends_before(theirs.at(place), until)) until = theirs.at(place);
    }
    std::map<std::pair<std::int64_t, std::optional<Day>>, std::vector<int>> groups;
    for (const auto& [place, until] : kept) groups[{place.first, until}].push_back(place.second);
    std::vector<KeptFields> out;
    for (auto& [place, fields] : groups) out.push_back({place.first, std::move(fields), place.second});
    return out;
}

// The entry of an erasure; 0 when the database has not committed it.
Result<std::int64_t> entry_of(store::Database& database, const Nonce& nonce) {
    store::Statement* query = TRY(database.cached("select idx from erasure where nonce = ?1"));
    query->bind(1, ByteView(nonce));
    const auto row = TRY(query->step());
    const std::int64_t entry = row ? row->integer(0) : 0;
    query->reset();
    return entry;
}

// The erasures that a database knows, by person the last.
Result<std::vector<ListedErasure>> erasures_in(store::Database& database) {
    store::Statement query =
        TRY(database.prepare("select idx, person, requested, executed, basis from erasure e where idx = "
                             "(select max(idx) from erasure "
                             "where person = e.person)"));
    std::vector<ListedErasure> out;
    while (const auto row = TRY(query.step())) {
        ListedErasure one;
        one.entry = row->integer(0);
        one.order.person = row->integer(1);
        one.order.requested = TRY(parse_iso_day(row->text(2)));
        one.order.executed = TRY(parse_iso_day(row->text(3)));
        one.order.basis = row->text(4);
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

Result<void> Eraser::resume(const ErasureJournal& journal, std::vector<Text>& said) {
    Rest rest{TRY(parse_order(journal.order)), journal.blobs, 0};
    bool is_ours = true;
    TRY(at_.writer.run_between([&](store::Database& database) -> Result<void> {
        is_ours = TRY(concerns(database, rest.order));
        rest.entry = TRY(entry_of(database, rest.order.nonce));
        return {};
    }));
    if (!is_ours)
        return at_.keys.end_journal(rest.order.nonce);  // about somebody whom this database never had
    const ErasureOrder order = rest.order;
    if (rest.entry == 0) TRY(commit([&](WriteContext&) -> Result<ErasureOrder> { return order; }, rest));
    const std::vector<Text> open = TRY(finish(rest));
    said.push_back(open.empty() ? was_finished(order.person, rest.entry)
                                : still_open(order.person, rest.entry, open));
    return {};
}

Result<void> Eraser::repeat(const ListedErasure& listed, std::vector<Text>& said) {
    bool is_needed = false;
    TRY(at_.writer.run_between([&](store::Database& database) -> Result<void> {
        is_needed =
            TRY(concerns(database, listed.order)) && !TRY(is_in_effect(database, at_.keys, listed.order));
        return {};
    }));
    if (!is_needed) return {};
    ErasureOrder order = listed.order;
    at_.random(order.nonce);
    order.executed = std::max(order.executed, today());
    order.replays = listed.entry;
    Rest rest;
    const std::int64_t values =
        TRY(commit([&](WriteContext&) -> Result<ErasureOrder> { return order; }, rest));
    const std::vector<Text> open = TRY(finish(rest));
    said.push_back(was_repeated(listed, rest.entry, values));
    if (!open.empty()) said.push_back(still_open(order.person, rest.entry, open));
    return {};
}

// When the keystore was put back alone, the values are gone, but the key that was destroyed is there again.
Result<std::vector<ListedErasure>> Eraser::back_in_keystore() {
    std::vector<ListedErasure> out;
    TRY(at_.writer.run_between([&](store::Database& database) -> Result<void> {
        for (ListedErasure& one : TRY(erasures_in(database))) {
            if (TRY(is_in_effect(database, at_.keys, one.order))) continue;
            const std::vector<About> all = TRY(survey(database, at_.schema, one.order.person));
            one.order.kept =
                everything(all, TRY(kept_values(database, at_.schema, all, one.order.person, today())));
            TRY(set_birth(database, all, one.order));
            out.push_back(std::move(one));
        }
        return {};
    }));
    return out;
}

Result<std::vector<Text>> Eraser::settle() {
    std::vector<Text> said;
    for (const ErasureJournal& journal : TRY(at_.keys.journals())) TRY(resume(journal, said));
    const ErasureList list = TRY(read_list(file_, at_.keys));
    said.insert(said.end(), list.complaints.begin(), list.complaints.end());
    for (ListedErasure listed : list.erasures) {
        listed.order.kept = kept_by_all(listed.order, list.erasures);
        TRY(repeat(listed, said));
    }
    for (const ListedErasure& listed : TRY(back_in_keystore())) TRY(repeat(listed, said));
    return said;
}

}  // namespace maru::registers
