#include "erasure/emptying.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "erasure/list_rows.hpp"
#include "ledger/commitment.hpp"

namespace maru::registers {

namespace {

std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The canonical bytes that the version committed to; a removed field has them, too.
std::string canonical_of(const AboutColumn& column, const FieldValue& value) {
    Field plain;
    if (column.is_list) plain.type = FieldType::list;
    return canonical(plain, value);
}

class Emptying {
public:
    Emptying(WriteContext& context, const Fates& fates, std::int64_t person)
        : context_(context), fates_(fates), person_(person), entry_(context.log.next_index()) {}

    Result<std::int64_t> run(const std::vector<About>& all) {
        person_key_ = TRY(context_.keys.existing_key(person_));
        for (const About& about : all)
            for (const AboutRecord& record : about.records) TRY(empty(about, record));
        return values_;
    }

private:
    // What was used as the key of a version's salts.
    struct Sealed {
        std::optional<Hash> key;
        bool is_persons = false;
    };

    Result<void> empty(const About& about, const AboutRecord& record) {
        for (const AboutVersion& version : record.versions) {
            TRY(empty_version(about, record, version));
            if (version.to_index) TRY(empty_reason(about, record, version));
        }
        for (const AboutColumn& column : about.columns)
            if (column.is_list && !fates_.stays(record.id, column))
                TRY(empty_list(context_.database, about, column, record));
        return {};
    }

    Result<void> empty_version(const About& about, const AboutRecord& record, const AboutVersion& version) {
        const Sealed sealed = TRY(sealed_of(record.id, version.from_index));
        std::vector<std::string> emptied;
        for (std::size_t i = 0; i < about.columns.size(); ++i) {
            const AboutColumn& column = about.columns[i];
            if (!is_filled(version.values[i])) continue;
            if (fates_.stays(record.id, column)) {
                keep_salt(sealed, record.id, version.version, column.number);
                continue;
            }
            TRY(forget(sealed, {about.of->number, record.id, version.version},
                       {column.number, canonical_of(column, version.values[i])}));
            if (!column.is_list) emptied.push_back(column.name);
        }
        return set_null(about, record.id, version, emptied);
    }

    struct Place {
        int register_number;
        std::int64_t record;
        std::int64_t version;
    };
    struct Committed {
        int field;
        std::string value;
    };

    // The entry says under which key it was sealed; catalogs may have changed since.
    Result<Sealed> sealed_of(std::int64_t record, std::int64_t index) {
        store::Statement* query = TRY(context_.database.cached("select body from entry where idx = ?1"));
        query->bind(1, index);
        const auto row = TRY(query->step());
        const auto entry = row ? ledger::decode(text_of(row->blob(0))) : ledger::Entry{};
        query->reset();
        if (!entry) return std::unexpected(entry.error());
        if (entry->record.starts_with("tag:")) return Sealed{person_key_, true};
        return Sealed{context_.keys.record_key(record), false};
    }

    void keep_salt(const Sealed& sealed, std::int64_t record, std::int64_t version, int field) {
        if (!sealed.is_persons || !sealed.key) return;  // derived again, or kept by an earlier erasure
        context_.keys.add_opening(
            person_,
            {record, version, field, ledger::field_salt(*sealed.key, record, version, field), std::nullopt});
    }

    // The commitment without its salt says nothing about the value any more.
    Result<void> forget(const Sealed& sealed, const Place& place, const Committed& what) {
        const auto opening = TRY(context_.keys.opening(place.record, place.version, what.field));
        std::optional<Hash> salt, commitment;
        if (sealed.key)
            salt = ledger::field_salt(*sealed.key, place.record, place.version, what.field);
        else if (opening)
            salt = opening->salt;
        if (salt)
            commitment = ledger::field_commitment({what.field, what.value}, *salt);
        else if (opening)
            commitment = opening->commitment;
        context_.keys.add_opening(person_,
                                  {place.record, place.version, what.field, std::nullopt, commitment});
        ++values_;
        return mark_erased(place, what.field, commitment);
    }

    Result<void> mark_erased(const Place& place, int field, const std::optional<Hash>& commitment) {
        store::Statement* insert =
            TRY(context_.database.cached("insert or replace into erased_value (record, version, field, "
                                         "register, idx, commitment) values (?1, ?2, "
                                         "?3, ?4, ?5, ?6)"));
        insert->bind(1, place.record).bind(2, place.version).bind(3, std::int64_t{field});
        insert->bind(4, std::int64_t{place.register_number}).bind(5, entry_);
        if (commitment)
            insert->bind(6, ByteView(*commitment));
        else
            insert->bind(6, store::Null{});
        return insert->run();
    }

    Result<void> set_null(const About& about, std::int64_t record, const AboutVersion& version,
                          const std::vector<std::string>& columns) {
        if (columns.empty()) return {};
        std::vector<std::string> parts;
        for (const std::string& column : columns) parts.push_back(store::quoted(column) + " = null");
        for (const std::string& table : {about.history(), about.table}) {
            store::Statement* update = TRY(context_.database.cached(
                fmt::format("update main.{} set {} where id = ?1 and from_index = ?2", store::quoted(table),
                            join(parts, ", "))));
            update->bind(1, record).bind(2, version.from_index);
            TRY(update->run());
        }
        return {};
    }

    // The reason of a retirement is field 0 of the version after the last.
    Result<void> empty_reason(const About& about, const AboutRecord& record, const AboutVersion& version) {
        store::Statement* query =
            TRY(context_.database.cached("select reason from retirement where idx = ?1 and record = ?2"));
        query->bind(1, *version.to_index).bind(2, record.id);
        const auto row = TRY(query->step());
        const auto reason = row ? row->maybe_text(0) : std::nullopt;
        query->reset();
        if (!reason) return {};
        const Sealed sealed = TRY(sealed_of(record.id, *version.to_index));
        TRY(forget(sealed, {about.of->number, record.id, version.version + 1},
                   {0, canonical(Field{}, store::Value(*reason))}));
        store::Statement* remove = TRY(context_.database.cached("delete from retirement where idx = ?1"));
        remove->bind(1, *version.to_index);
        return remove->run();
    }

    WriteContext& context_;
    const Fates& fates_;
    std::int64_t person_;
    std::int64_t entry_;
    std::optional<Hash> person_key_;
    std::int64_t values_ = 0;
};

}  // namespace

Result<std::int64_t> empty_values(WriteContext& context, const std::vector<About>& all, const Fates& fates,
                                  std::int64_t person) {
    return Emptying(context, fates, person).run(all);
}

Result<std::int64_t> count_reasons(store::Database& database, const std::vector<About>& all) {
    std::int64_t count = 0;
    store::Statement* query =
        TRY(database.cached("select count(*) from main.retirement where idx = ?1 and record = ?2"));
    for (const About& about : all)
        for (const AboutRecord& record : about.records)
            for (const AboutVersion& version : record.versions) {
                if (!version.to_index) continue;
                query->bind(1, *version.to_index).bind(2, record.id);
                if (const auto row = TRY(query->step())) count += row->integer(0);
                query->reset();
            }
    return count;
}

}  // namespace maru::registers
