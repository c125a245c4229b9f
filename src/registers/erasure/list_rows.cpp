#include "erasure/list_rows.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace maru::registers {

namespace {

// A stretch of the ledger in which something was so: from an entry to the one that ended it.
struct Stretch {
    std::int64_t from = 0;
    std::optional<std::int64_t> to;
};

struct Item {
    std::int64_t position = 0;
    store::Value value;
    Stretch stretch;
};

bool begins_within(const Stretch& version, const Stretch& item) {
    return version.from >= item.from && (!item.to || version.from < *item.to);
}

// What is left of the item's stretch without the versions that go.
std::vector<Stretch> left_over(const Item& item, const std::vector<Stretch>& versions,
                               const AboutRecord& record) {
    std::vector<Stretch> out;
    bool is_open = false;
    for (const Stretch& version : versions) {
        if (!begins_within(version, item.stretch)) continue;
        const bool goes = std::ranges::find(record.versions, version.from, &AboutVersion::from_index) !=
                          record.versions.end();
        if (goes && is_open) out.back().to = version.from;
        if (!goes && !is_open) out.push_back({version.from, item.stretch.to});
        is_open = !goes;
    }
    return out;
}

class ListRows {
public:
    ListRows(store::Database& database, const About& about, const AboutColumn& column,
             const AboutRecord& record)
        : database_(database), about_(about), table_(about.list_table(column)), record_(record) {}

    Result<void> run() {
        const std::vector<Stretch> versions = TRY(all_versions());
        for (const Item& item : TRY(items())) {
            const std::vector<Stretch> left = left_over(item, versions, record_);
            TRY(remove(item));
            for (const Stretch& stretch : left) TRY(insert(item, stretch));
        }
        const bool is_current = !record_.versions.back().to_index;
        if (!is_current) return {};
        store::Statement* current = TRY(
            database_.cached(fmt::format("delete from main.{} where record = ?1", store::quoted(table_))));
        current->bind(1, record_.id);
        return current->run();
    }

private:
    std::string past() const { return store::quoted(table_ + "_history"); }

    Result<std::vector<Stretch>> all_versions() {
        store::Statement query = TRY(database_.prepare(
            fmt::format("select from_index, to_index from main.{} where id = ?1 order by from_index",
                        store::quoted(about_.history()))));
        query.bind(1, record_.id);
        std::vector<Stretch> out;
        while (const auto row = TRY(query.step())) out.push_back({row->integer(0), row->maybe_integer(1)});
        return out;
    }

    Result<std::vector<Item>> items() {
        store::Statement query = TRY(database_.prepare(fmt::format(
            "select position, value, from_index, to_index from main.{} where record = ?1", past())));
        query.bind(1, record_.id);
        std::vector<Item> out;
        while (const auto row = TRY(query.step()))
            out.push_back({row->integer(0), row->value(1), {row->integer(2), row->maybe_integer(3)}});
        return out;
    }

    Result<void> remove(const Item& item) {
        store::Statement* statement = TRY(database_.cached(fmt::format(
            "delete from main.{} where record = ?1 and from_index = ?2 and position = ?3", past())));
        statement->bind(1, record_.id).bind(2, item.stretch.from).bind(3, item.position);
        return statement->run();
    }

    Result<void> insert(const Item& item, const Stretch& stretch) {
        store::Statement* statement = TRY(database_.cached(fmt::format(
            "insert into main.{} (record, position, value, from_index, to_index) values (?1, ?2, ?3, ?4, ?5)",
            past())));
        statement->bind(1, record_.id).bind(2, item.position).bind(3, item.value).bind(4, stretch.from);
        if (stretch.to)
            statement->bind(5, *stretch.to);
        else
            statement->bind(5, store::Null{});
        return statement->run();
    }

    store::Database& database_;
    const About& about_;
    std::string table_;
    const AboutRecord& record_;
};

}  // namespace

Result<void> empty_list(store::Database& database, const About& about, const AboutColumn& column,
                        const AboutRecord& record) {
    return ListRows(database, about, column, record).run();
}

}  // namespace maru::registers
