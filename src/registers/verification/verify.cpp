#include "registers/verify.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "erasure/survey.hpp"
#include "ledger/commitment.hpp"
#include "ledger/log.hpp"
#include "ledger/tree.hpp"
#include "records/reading.hpp"
#include "tables/layout.hpp"
#include "values/scalars.hpp"
#include "verification/culprits.hpp"
#include "verification/current.hpp"
#include "verification/erased_fields.hpp"

namespace maru::registers {

namespace {

constexpr std::size_t kept_problems = 100;

constexpr std::int64_t most_searched = 20;  // problems whose field is looked for

const Field* field_by_number(const Register* of, int number) {
    if (!of) return nullptr;
    const auto found = std::ranges::find(of->fields, number, &Field::number);
    return found == of->fields.end() ? nullptr : &*found;
}

StoredTable table_of(const StoredRegister& stored, const Register* of) {
    StoredTable out;
    out.name = stored.name;
    for (const auto& [number, field] : stored.fields)
        out.columns.push_back({number, field.name, field_by_number(of, number), field.is_list()});
    if (!of || !of->about_person()) return out;
    if (of->subject == "id")
        out.subject = "id";
    else if (const auto at = stored.fields.find(of->field(of->subject)->number); at != stored.fields.end())
        out.subject = at->second.name;
    return out;
}

// "…; values=21; …" (docs/formats/erasure.md); none when it does not say.
std::optional<std::int64_t> values_of_erasure(std::string_view note) {
    constexpr std::string_view name = "; values=";
    const std::size_t at = note.find(name);
    if (at == std::string_view::npos) return std::nullopt;
    note.remove_prefix(at + name.size());
    std::int64_t values = 0;
    const auto [end, error] = std::from_chars(note.data(), note.data() + note.size(), values);
    return error == std::errc{} && end != note.data() ? std::optional(values) : std::nullopt;
}

// What the ledger proves, for a message.
Text shown_value(const FieldValue& value) {
    const auto* scalar = std::get_if<store::Value>(&value);
    if (!is_filled(value)) return {"空", "nothing"};
    if (!scalar) return {"別の一覧", "another list"};
    if (const auto* text = std::get_if<std::string>(scalar))
        return {"「" + shown(*text) + "」", "“" + shown(*text) + "”"};
    const auto* number = std::get_if<std::int64_t>(scalar);
    const std::string text = number ? std::to_string(*number) : "…";
    return {text, text};
}

class Verification {
public:
    Verification(store::Database& reader, const Schema& schema, Keystore& keys)
        : reader_(reader), schema_(schema), keys_(keys) {}

    Result<RecordVerification> run() {
        const auto size = TRY(reader_.query_integer("select size from main.log_state")).value_or(0);
        seen_.resize(static_cast<std::size_t>(size));
        for (const auto& [number, stored] : TRY(read_layout(reader_))) {
            const auto of = std::ranges::find(schema_.all(), number, &Register::number);
            table_ = table_of(stored, of == schema_.all().end() ? nullptr : &*of);
            erased_ = TRY(ErasedFields::load(reader_, number));
            TRY(check_table());
        }
        TRY(check_entries());
        TRY(check_erasures());
        return std::move(out_);
    }

private:
    void complain(const StoredVersion& at, std::int64_t entry, Text what, const std::string& field = "") {
        ++out_.problem_count;
        if (out_.problems.size() < kept_problems)
            out_.problems.push_back({table_.name, at.id, at.version, entry, field, std::move(what)});
    }

    Result<void> check_table() {
        store::Statement query = TRY(reader_.prepare(query_of_table()));
        std::optional<StoredVersion> before;
        while (const auto row = TRY(query.step())) {
            StoredVersion now = TRY(stored_in(*row));
            if (before) TRY(check_end(*before, &now));
            TRY(check_version(now));
            before = std::move(now);
        }
        if (before) TRY(check_end(*before, nullptr));
        return compare_current(reader_, table_, [&](const Difference& one) { complain_of_current(one); });
    }

    void complain_of_current(const Difference& one) {
        StoredVersion at;
        at.id = one.record;
        at.version = one.version;
        if (!one.column)
            return complain(at, 0,
                            {"現在の記録が、最後の版と違います",
                             "the current record is not the last version of its history"});
        const Text name = name_of(*one.column);
        complain(at, 0,
                 {name.ja + "の現在の値が、最後の版と違います",
                  name.en + ": the current value is not that of the last version"},
                 one.column->name);
    }

    std::string query_of_table() const {
        std::string columns;
        for (const StoredColumn& column : table_.columns)
            if (!column.is_list) columns += ", " + store::quoted(column.name);
        return fmt::format(
            "select id, version, from_index, to_index, {}{} from main.{} order by id, from_index",
            table_.subject.empty() ? "null" : store::quoted(table_.subject), columns,
            store::quoted(table_.name + "_history"));
    }

    Result<StoredVersion> stored_in(const store::Row& row) {
        StoredVersion out{row.integer(0),       row.integer(1),       row.integer(2),
                          row.maybe_integer(3), row.maybe_integer(4), {}};
        int at = 5;
        for (const StoredColumn& column : table_.columns)
            if (column.is_list)
                out.values.emplace_back(TRY(items(column, out)));
            else
                out.values.emplace_back(row.value(at++));
        return out;
    }

    Result<std::vector<store::Value>> items(const StoredColumn& column, const StoredVersion& of) {
        store::Statement* query = TRY(reader_.cached(fmt::format(
            "select value from main.{} where record = ?1 and from_index <= ?2 and (to_index is null or "
            "to_index > ?2) order by position",
            store::quoted(table_.name + "_" + column.name + "_history"))));
        query->bind(1, of.id).bind(2, of.from_index);
        return items_of(*query);
    }

    // nullopt (noted) when there is no such entry.
    Result<std::optional<ledger::Entry>> entry_at(const StoredVersion& stored, std::int64_t index) {
        store::Statement* query = TRY(reader_.cached("select body from main.entry where idx = ?1"));
        query->bind(1, index);
        const auto row = TRY(query->step());
        std::optional<ledger::Entry> out;
        if (row)
            if (auto entry = ledger::decode(row->text(0))) out = std::move(*entry);
        query->reset();
        const bool inside = index >= 0 && static_cast<std::size_t>(index) < seen_.size();
        if (inside) seen_[static_cast<std::size_t>(index)] = true;
        if (!out || !inside)
            complain(stored, index,
                     {"変更記録にこの版の記録がありません", "the ledger has no entry for this version"});
        return inside ? out : std::nullopt;
    }

    // Where the salts of a version come from: a key, or what an erasure left of one.
    struct Salts {
        std::optional<Hash> key;
        bool is_known = true;
    };

    Result<Salts> salts_of(const StoredVersion& stored, const ledger::Entry& entry, std::int64_t index) {
        if (!entry.record.starts_with("tag:")) {
            if (entry.record != fmt::format("{}", stored.id))
                complain(stored, index, {"別の記録の変更記録です", "the entry is about another record"});
            return Salts{keys_.record_key(stored.id), true};
        }
        if (!stored.subject) return Salts{std::nullopt, false};
        const auto key = TRY(keys_.existing_key(*stored.subject));
        if (key && entry.record != "tag:" + hex(ledger::record_tag(*key, stored.id)))
            complain(stored, index, {"別の人の変更記録です", "the entry is about another person"});
        return Salts{key, true};
    }

    Result<std::optional<Hash>> salt(const Salts& salts, const StoredVersion& stored, std::int64_t version,
                                     int field) {
        if (salts.key) return ledger::field_salt(*salts.key, stored.id, version, field);
        const auto opening = TRY(keys_.opening(stored.id, version, field));
        return opening ? opening->salt : std::nullopt;
    }

    Result<void> check_version(const StoredVersion& stored) {
        const auto entry = TRY(entry_at(stored, stored.from_index));
        if (!entry) return {};
        if (entry->kind != "put" || entry->version != stored.version) {
            complain(stored, stored.from_index,
                     {"変更記録の種類か版が違います", "the entry has another kind or version"});
            return {};
        }
        const Salts salts = TRY(salts_of(stored, *entry, stored.from_index));
        if (!salts.is_known) {
            ++out_.unproved;
            return {};
        }
        const auto commitments = TRY(commitments_of(stored, salts));
        if (!commitments) return {};
        std::vector<Hash> leaves;
        for (const auto& one : *commitments)
            if (one) leaves.push_back(*one);
        if (entry->commitment == ledger::root_of(leaves)) {
            ++out_.versions;
            return {};
        }
        return complain_of_values(stored, salts, *commitments, entry->commitment);
    }

    // Says which field it is where that can be found out.
    Result<void> complain_of_values(const StoredVersion& stored, const Salts& salts,
                                    const std::vector<std::optional<Hash>>& commitments,
                                    const std::optional<Hash>& wanted) {
        std::optional<Culprit> culprit;
        if (wanted && searched_++ < most_searched)
            culprit = TRY(culprit_of(stored, salts, commitments, *wanted));
        if (!culprit) {
            complain_of_unknown_field(stored);
            return {};
        }
        const StoredColumn& column = table_.columns[culprit->column];
        const Text name = name_of(column), was = shown_value(culprit->was);
        complain(
            stored, stored.from_index,
            {name.ja + "の値が変更記録のコミットメントと一致しません。記録したときの値は" + was.ja + "です",
             name.en + ": its values do not give the entry's commitment; what was recorded is " + was.en},
            column.name);
        return {};
    }

    Result<std::optional<Culprit>> culprit_of(const StoredVersion& stored, const Salts& salts,
                                              const std::vector<std::optional<Hash>>& commitments,
                                              const Hash& wanted) {
        Doubtful doubtful{stored, commitments, {}, wanted, [&](int field) {
                              return salt(salts, stored, stored.version, field);
                          }};
        for (const StoredColumn& column : table_.columns)
            doubtful.erased.push_back(erased_.find(stored.id, stored.version, column.number) != nullptr);
        return Culprits(reader_, table_).find(doubtful);
    }

    void complain_of_unknown_field(const StoredVersion& stored) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < table_.columns.size(); ++i)
            if (is_filled(stored.values[i])) names.push_back(table_.columns[i].name);
        const std::string all = join(names, ", ");
        complain(stored, stored.from_index,
                 {"値が変更記録のコミットメントと一致しません（どの項目かは特定できません: " + all + "）",
                  "its values do not give the entry's commitment (one or more of the fields " + all + ")"});
    }

    // As the columns, none for an empty field. nullopt (noted) when something to compute them from is
    // missing.
    Result<std::optional<std::vector<std::optional<Hash>>>> commitments_of(const StoredVersion& stored,
                                                                           const Salts& salts) {
        std::vector<std::optional<Hash>> out(table_.columns.size());
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            const ErasedField* erased = erased_.find(stored.id, stored.version, table_.columns[i].number);
            const bool filled = is_filled(stored.values[i]);
            if (erased && filled)
                complain(stored, erased->entry,
                         {name_of(table_.columns[i]).ja + "の消去した値が戻っています",
                          name_of(table_.columns[i]).en + ": an erased value is there again"},
                         table_.columns[i].name);
            if (erased && !TRY(add_erased(stored, *erased, out[i]))) return std::nullopt;
            if (!erased && filled && !TRY(add_value(stored, salts, i, out[i]))) return std::nullopt;
        }
        return out;
    }

    Result<bool> add_erased(const StoredVersion& stored, const ErasedField& erased,
                            std::optional<Hash>& out) {
        ++out_.erased[erased.entry];
        if (erased.commitment) {
            out = erased.commitment;
            return true;
        }
        complain(stored, erased.entry,
                 {"消去した値のコミットメントが失われています",
                  "the commitment of an erased value is lost, so the others cannot be proved"});
        return false;
    }

    Result<bool> add_value(const StoredVersion& stored, const Salts& salts, std::size_t column,
                           std::optional<Hash>& out) {
        const int number = table_.columns[column].number;
        const auto found = TRY(salt(salts, stored, stored.version, number));
        if (!found) {
            complain(stored, stored.from_index,
                     {"鍵がなく、値を確かめられません", "its key is missing; nothing can be proved"});
            return false;
        }
        const std::string value = canonical_of(table_.columns[column], stored.values[column]);
        out = ledger::field_commitment({number, value}, *found);
        ++out_.fields;
        return true;
    }

    // A version ends with the next one, or with the retirement of its record.
    Result<void> check_end(const StoredVersion& stored, const StoredVersion* next) {
        const bool goes_on = next && next->id == stored.id;
        if (!stored.to_index) {
            if (goes_on)
                complain(stored, next->from_index,
                         {"前の版が終わっていません", "the version before has not ended"});
            return {};
        }
        if (goes_on && next->from_index == *stored.to_index) return {};
        return check_retirement(stored);
    }

    Result<void> check_retirement(const StoredVersion& stored) {
        const std::int64_t index = *stored.to_index;
        const auto entry = TRY(entry_at(stored, index));
        if (!entry) return {};
        const std::int64_t version = stored.version + 1;
        if (entry->kind != "retire" || entry->version != version) {
            complain(stored, index,
                     {"版が終わった理由の変更記録がありません", "no entry says why the version ended"});
            return {};
        }
        const Salts salts = TRY(salts_of(stored, *entry, index));
        if (!salts.is_known) {
            ++out_.unproved;
            return {};
        }
        const auto expected = TRY(commitment_of_reason(stored, salts, index));
        if (entry->commitment != expected)
            complain(
                stored, index,
                {"外した理由が変更記録と一致しません", "its reason does not give the entry's commitment"});
        else
            ++out_.retirements;
        return {};
    }

    Result<std::optional<Hash>> commitment_of_reason(const StoredVersion& stored, const Salts& salts,
                                                     std::int64_t index) {
        if (const ErasedField* erased = erased_.find(stored.id, stored.version + 1, 0)) {
            ++out_.erased[erased->entry];
            return erased->commitment;
        }
        store::Statement* query =
            TRY(reader_.cached("select reason from main.retirement where idx = ?1 and record = ?2"));
        query->bind(1, index).bind(2, stored.id);
        const auto row = TRY(query->step());
        const auto reason = row ? row->maybe_text(0) : std::nullopt;
        query->reset();
        if (!reason) return std::nullopt;
        const auto found = TRY(salt(salts, stored, stored.version + 1, 0));
        if (!found) return std::nullopt;
        ++out_.fields;
        return ledger::field_commitment({0, canonical(Field{}, store::Value(*reason))}, *found);
    }

    // Every put and retirement must have been met.
    Result<void> check_entries() {
        store::Statement query = TRY(reader_.prepare("select idx, body from main.entry order by idx"));
        table_ = {};
        while (const auto row = TRY(query.step())) {
            const auto at = static_cast<std::size_t>(row->integer(0));
            if (at >= seen_.size() || seen_[at]) continue;
            const auto entry = ledger::decode(row->text(1));
            if (entry && entry->kind != "put" && entry->kind != "retire") continue;
            StoredVersion nobody;
            complain(nobody, row->integer(0),
                     {"この変更記録の版が台帳にありません", "the version of this entry is missing"});
        }
        return {};
    }

    // What is called erased must have its erasure, and no erasure took more than its entry says.
    Result<void> check_erasures() {
        for (const auto& [index, values] : out_.erased) {
            const auto erasure = TRY(erasure_at(index));
            const StoredVersion nobody;
            if (!erasure)
                complain(
                    nobody, index,
                    {fmt::format("{} 個の値が「消去済み」ですが、この変更記録は消去ではありません", values),
                     fmt::format("{} values are called erased, but this entry is no erasure", values)});
            else if (values > *erasure)
                complain(
                    nobody, index,
                    {fmt::format("この消去は {} 個の値を消したのに、{} 個が消去済みになっています", *erasure,
                                 values),
                     fmt::format("this erasure took {} values, but {} are called erased", *erasure, values)});
        }
        return {};
    }

    // How many values the erasure of that entry took; none when it is no erasure.
    Result<std::optional<std::int64_t>> erasure_at(std::int64_t index) {
        store::Statement* query = TRY(reader_.cached("select body from main.entry where idx = ?1"));
        query->bind(1, index);
        const auto row = TRY(query->step());
        const std::string body = row ? std::string(row->text(0)) : std::string();
        query->reset();
        const auto entry = ledger::decode(body);
        if (!entry || (entry->kind != "erasure" && entry->kind != "erasure_replayed")) return std::nullopt;
        return values_of_erasure(entry->note);
    }

    store::Database& reader_;
    const Schema& schema_;
    Keystore& keys_;
    StoredTable table_;
    ErasedFields erased_;
    std::vector<bool> seen_;  // entries that belong to a version
    RecordVerification out_;
    std::int64_t searched_ = 0;
};

}  // namespace

Result<RecordVerification> verify_records(store::Database& reader, const Schema& schema, Keystore& keys) {
    return Verification(reader, schema, keys).run();
}

}  // namespace maru::registers
