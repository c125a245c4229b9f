#include "registers/ids.hpp"

namespace maru::registers {

Result<Ids> Ids::load(store::Database& database) {
    const auto next = TRY(database.query_integer("select next from id_state"));
    if (next && *next >= 1) return Ids(*next);
    return fail(ErrorKind::corrupt,
                {"データベースの表 id_state が壊れています。バックアップから戻してください。",
                 "the table id_state of the database is damaged; restore a backup"});
}

Result<void> Ids::save(store::Database& database) {
    if (next_ == batch_) return {};
    store::Statement* statement = TRY(database.cached("update id_state set next = ?1"));
    statement->bind(1, next_);
    return statement->run();
}

}  // namespace maru::registers
