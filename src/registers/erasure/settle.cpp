// What opening for writing does about erasures: finishes those that were interrupted, repeats those that a
// backup does not know.
#include <algorithm>

#include "erasure/eraser.hpp"
#include "erasure/in_effect.hpp"
#include "erasure/messages.hpp"

namespace maru::registers {

namespace {

// Everything that is still there: what the erasure took is gone already.
std::vector<KeptFields> everything(const std::vector<About>& all) {
    std::vector<KeptFields> out;
    for (const About& about : all)
        for (const AboutRecord& record : about.records) {
            KeptFields kept{record.id, {}, std::nullopt};
            for (const AboutColumn& column : about.columns)
                if (column.is_personal()) kept.fields.push_back(column.number);
            if (!kept.fields.empty()) out.push_back(std::move(kept));
        }
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
            one.order.kept = everything(all);
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
    for (const ListedErasure& listed : list.erasures) TRY(repeat(listed, said));
    for (const ListedErasure& listed : TRY(back_in_keystore())) TRY(repeat(listed, said));
    return said;
}

}  // namespace maru::registers
