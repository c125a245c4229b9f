#include "erasure/eraser.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "erasure/emptying.hpp"
#include "erasure/in_effect.hpp"
#include "erasure/messages.hpp"
#include "erasure/retention.hpp"
#include "ledger/log.hpp"
#include "registers/tombstones.hpp"

namespace maru::registers {

namespace {

constexpr std::chrono::milliseconds patience_with_readers{10'000};
constexpr std::chrono::milliseconds pause{50};

// How the ledger calls the person: the record of the first entry.
Result<std::string> tag_in(store::Database& database, std::int64_t index) {
    store::Statement* query = TRY(database.cached("select body from entry where idx = ?1"));
    query->bind(1, index);
    const auto row = TRY(query->step());
    const std::string body = row ? std::string(row->text(0)) : std::string();
    query->reset();
    return TRY(ledger::decode(body)).record;
}

std::vector<KeptFields> still_kept(std::vector<KeptFields> kept, Day today) {
    std::erase_if(kept, [&](const KeptFields& one) { return one.until && *one.until < today; });
    return kept;
}

Result<void> insert_erasure(WriteContext& context, const ErasureOrder& order, std::int64_t values) {
    store::Statement* insert =
        TRY(context.database.cached("insert into erasure (idx, nonce, person, requested, executed, basis, "
                                    "replays, deleted_values) values (?1, "
                                    "?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    insert->bind(1, context.log.next_index()).bind(2, ByteView(order.nonce)).bind(3, order.person);
    insert->bind(4, order.requested.iso())
        .bind(5, order.executed.iso())
        .bind(6, std::string_view(order.basis));
    if (order.replays)
        insert->bind(7, *order.replays);
    else
        insert->bind(7, store::Null{});
    insert->bind(8, values);
    return insert->run();
}

// Readers that began before the erasure still need the log; they end soon.
Result<void> empty_log(store::Database& database) {
    for (auto left = patience_with_readers;; left -= pause) {
        database.set_lock_wait(std::chrono::milliseconds(0));
        Result<void> done = database.truncate_wal();
        database.set_lock_wait(std::chrono::seconds(5));
        if (done || done.error().kind != ErrorKind::unavailable || left <= pause) return done;
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace

Day Eraser::today() const { return local_day(at_.clock(), japan_offset); }

Result<ErasureOrder> Eraser::new_order(WriteContext& context, const ErasureRequest& request) {
    const ErasurePlan plan = TRY(plan_erasure(context.database, at_.schema, request.person, request.today));
    if (!plan.blockers.empty()) return blocked(plan);
    if (plan.values == 0) return nothing_left(plan);
    TRY(check_basis(request.basis, plan.words));
    ErasureOrder order;
    order.person = request.person;
    TRY(set_birth(context.database, TRY(survey(context.database, at_.schema, request.person)), order));
    order.requested = request.requested;
    order.executed = request.today;
    order.kept = kept_fields(plan.kept);
    order.basis = std::string(trim(request.basis));
    return order;
}

Result<std::int64_t> Eraser::change_database(WriteContext& context, Rest& rest) {
    const ErasureOrder& order = rest.order;
    const std::vector<About> all = TRY(survey(context.database, at_.schema, order.person));
    const Fates fates(still_kept(order.kept, order.executed));
    rest.entry = context.log.next_index();
    for (const auto& [file, places] : fates.files(all))
        if (const auto bytes = parse_hex(file); bytes && bytes->size() == std::tuple_size_v<Hash>)
            std::ranges::copy(*bytes, rest.blobs.emplace_back().begin());
    TRY(at_.keys.write_journal({order.nonce, to_line(order), rest.blobs}));
    at_.keys.begin_erasure(order.person, rest.entry);
    const std::string key = key_name(TRY(at_.keys.existing_key(order.person)));
    const std::int64_t values = TRY(empty_values(context, all, fates, order.person));
    TRY(insert_erasure(context, order, values));
    ledger::Entry entry;
    entry.kind = order.replays ? "erasure_replayed" : "erasure";
    entry.register_name = "person";
    entry.record = TRY(tag_in(context.database, order.born));
    entry.actor = context.actor;
    entry.at = context.now;
    entry.note = note_of(order, values, key);
    TRY(context.log.append(context.database, std::move(entry)));
    return values;
}

Result<std::int64_t> Eraser::commit(const MakeOrder& make_order, Rest& rest) {
    bool begun = false;
    std::int64_t values = 0;
    const Result<void> done =
        at_.writer.run_exclusive(at_.command([&](WriteContext& context) -> Result<void> {
            rest.order = TRY(make_order(context));
            begun = true;
            values = TRY(change_database(context, rest));
            return {};
        }));
    if (done) return values;
    if (begun) {
        at_.keys.cancel_erasure(rest.order.person);
        TRY(at_.keys.end_journal(rest.order.nonce));
    }
    return std::unexpected(done.error());
}

Result<ErasureDone> Eraser::erase(const ErasureRequest& request) {
    Rest rest;
    ErasureDone done;
    const MakeOrder make_order = [&](WriteContext& context) -> Result<ErasureOrder> {
        ErasureOrder order = TRY(new_order(context, request));
        at_.random(order.nonce);
        return order;
    };
    done.values = TRY(commit(make_order, rest));
    done.entry = rest.entry;
    done.open = TRY(finish(rest));
    for (const Hash& blob : rest.blobs)
        if (!at_.blobs.contains(blob)) ++done.attachments;
    return done;
}

// From here on nothing can be undone, and everything may be done twice.
Result<void> Eraser::destroy(store::Database& database, const Rest& rest, std::vector<Text>& open) {
    const Instant at = TRY(ledger::time_of(database, rest.entry));
    TRY(at_.keys.destroy_key(rest.order.person, rest.entry, at));
    const std::string line = to_line(ListedErasure{rest.order, rest.entry}, at_.keys.list_key());
    TRY(at_.keys.list_erasure(rest.order.nonce, line));
    const auto attempt = [&](const Result<void>& done) {
        if (!done) open.push_back(done.error().message);
    };
    attempt(add_to_list(file_, line));
    for (const Hash& blob : rest.blobs)
        if (TRY(uses_of(database, hex(blob))) == 0) attempt(at_.blobs.destroy(blob));
    attempt(database.rewrite());
    attempt(empty_log(database));
    return at_.keys.wipe();
}

Result<std::vector<Text>> Eraser::finish(const Rest& rest) {
    std::vector<Text> open;
    TRY(at_.writer.run_between([&](store::Database& database) { return destroy(database, rest, open); }));
    if (!open.empty()) return open;
    TRY(at_.keys.end_journal(rest.order.nonce));
    TRY(at_.keys.wipe());
    return open;
}

}  // namespace maru::registers
