#include "ledger/fork.hpp"

#include <fmt/core.h>

#include "ledger/log.hpp"

namespace maru::ledger {

namespace {

Text keeper_of(const KnownCheckpoint& known) {
    switch (known.keeper) {
        case KnownCheckpoint::Keeper::table: return {"データベースの表 checkpoint", "the table checkpoint"};
        case KnownCheckpoint::Keeper::anchor: return {"アンカー " + known.where, "the anchor " + known.where};
        case KnownCheckpoint::Keeper::witness: return {"立会人 " + known.where, "the witness " + known.where};
        case KnownCheckpoint::Keeper::copy: return {"控え " + known.where, "the copy " + known.where};
        case KnownCheckpoint::Keeper::erasures:
            return {"消去の一覧 " + known.where, "the list of erasures " + known.where};
    }
    return {};
}

bool is_size_only(const KnownCheckpoint& known) { return known.keeper == KnownCheckpoint::Keeper::erasures; }

Text older_than_erasure(const Fork& fork) {
    const std::uint64_t entry = fork.known.checkpoint.size - 1;
    return {fmt::format("このデータベースは消去より古い: 消去の一覧（{}、またはアンカーの隣）には変更 {} "
                        "の消去があり、データベースは {} 件。",
                        fork.known.where, entry, fork.size),
            fmt::format("this database is older than an erasure: the list of erasures ({} or beside the "
                        "anchors) names entry {}, the database has {} entries",
                        fork.known.where, entry, fork.size)};
}

Text ways_out(const Fork& fork) {
    const std::uint64_t wanted = fork.known.checkpoint.size;
    return {fmt::format(
                "このまま書き込むと、署名済みの内容と食い違う記録簿にもう一度署名することになり、後から直せま"
                "せん。"
                "そのため書き込みを止めました。読むだけのコマンドは使えます。\n"
                "直し方（上から順に）:\n"
                "  1. 署名した {0} 件以上を含む新しい maru.db "
                "を探して戻す（新しいバックアップ、別のディスク、動いているもう一台）。"
                "戻したら maru ledger verify で確かめる。\n"
                "  2. "
                "このフォルダが写しで、元の組織が別の場所で使われ続けているなら、ここでは書かずに元を使う。\n"
                "  3. どこにも残っていないときだけ: maru ledger renew --cause 理由"
                " で新しい鍵と名前に替える。失われた範囲が最初の記録として残る。古い鍵では二度と署名しない。"
                "監査人・立会人・取引先に新しい鍵を知らせる。\n"
                "試しに使う写しで、食い違いが問題にならないときも 3. です。",
                wanted),
            fmt::format("Writing on would sign a second history that contradicts what was signed, which can "
                        "never be mended; so "
                        "nothing is written any more. Commands that read still work.\n"
                        "Ways out, in this order:\n"
                        "  1. Find a maru.db that holds at least the {0} entries that were signed (a newer "
                        "backup, another disk, "
                        "a machine that still runs) and put it back; then: maru ledger verify\n"
                        "  2. If this folder is a copy and the original lives on elsewhere, do not write "
                        "here: use the original.\n"
                        "  3. Only when it is nowhere: maru ledger renew --cause WHY makes a new key and "
                        "name; what was lost "
                        "becomes its first entry, and the old key never signs again. Tell auditors, "
                        "witnesses and customers the "
                        "new key.\n"
                        "For a copy that is only for trying things out, take way 3 as well.",
                        wanted)};
}

Result<std::optional<Fork>> compare(store::Database& database, const LogState& state,
                                    const KnownCheckpoint& known) {
    const std::uint64_t size = known.checkpoint.size;
    if (size > state.size) return Fork{Fork::Kind::older, known, state.size, state.root};
    if (is_size_only(known)) return std::nullopt;
    const Hash root = TRY(root_at(database, static_cast<std::int64_t>(size)));
    if (root != known.checkpoint.root) return Fork{Fork::Kind::differs, known, state.size, root};
    return std::nullopt;
}

}  // namespace

Result<std::optional<Fork>> find_fork(store::Database& database, std::span<const KnownCheckpoint> known) {
    const LogState state = TRY(stored_state(database));
    for (const KnownCheckpoint& one : known)
        if (std::optional<Fork> fork = TRY(compare(database, state, one))) return fork;
    return std::nullopt;
}

Text summary(const Fork& fork) {
    if (is_size_only(fork.known)) return older_than_erasure(fork);
    const Text keeper = keeper_of(fork.known);
    const std::uint64_t size = fork.known.checkpoint.size;
    if (fork.kind == Fork::Kind::older)
        return {
            fmt::format(
                "このデータベースは署名済みのチェックポイントより古い: {} は {} 件、データベースは {} 件。",
                keeper.ja, size, fork.size),
            fmt::format("this database is older than what was signed: {} has {} entries, the database {}",
                        keeper.en, size, fork.size)};
    return {fmt::format("このデータベースは署名済みのチェックポイントと食い違う: 最初の {} 件のルートが {} "
                        "では {}、データベースでは {}。",
                        size, keeper.ja, base64(fork.known.checkpoint.root), base64(fork.root)),
            fmt::format(
                "this database contradicts what was signed: the root of its first {} entries is {} in {}, {} "
                "in the database",
                size, base64(fork.known.checkpoint.root), keeper.en, base64(fork.root))};
}

Text explanation(const Fork& fork) {
    const Text what = summary(fork);
    const Text ways = ways_out(fork);
    return {"読み取り専用です。" + what.ja + "\n" + ways.ja, "read-only: " + what.en + ".\n" + ways.en};
}

}  // namespace maru::ledger
