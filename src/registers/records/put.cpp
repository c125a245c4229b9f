#include <fmt/core.h>

#include "ledger/log.hpp"
#include "records/keys.hpp"
#include "records/messages.hpp"
#include "records/reading.hpp"
#include "records/sealing.hpp"
#include "records/validation.hpp"
#include "records/versions.hpp"
#include "registers/nearest.hpp"
#include "registers/tombstones.hpp"
#include "values/scalars.hpp"

namespace maru::registers {

namespace {

std::unexpected<Error> no_such_field(const Register& of, std::string_view name) {
    std::vector<std::string> names;
    for (const Field& field : of.fields) names.push_back(field.name);
    std::vector<std::string> near = nearest(name, names);
    const std::string proposed = join(near.empty() ? names : near, ", ");
    return fail(ErrorKind::invalid,
                {fmt::format("「{}」に項目「{}」はありません。候補: {}", of.label.ja, shown(name), proposed),
                 fmt::format("register {} has no field {}; there are {}", of.name, shown(name), proposed)});
}

class Put {
public:
    Put(WriteContext& context, const PutRequest& request, const RegisterStatements& statements)
        : context_(context),
          request_(request),
          statements_(statements),
          of_(*statements.of),
          values_(of_.fields.size()),
          given_(of_.fields.size()) {}

    Result<Change> run() {
        TRY(parse());
        TRY(find());
        TRY(check_version(context_, of_, id_, last_.current_version(), request_.expected_version));
        TRY(keep_what_is_not_given());
        TRY(check_people());
        if (old_ && old_->values == values_)
            return change(Change::Kind::unchanged, last_.version, last_.from_index);
        TRY(expect_not_erased(context_, statements_, id_, values_));
        TRY(check_days());
        TRY(validate(context_.database, statements_, values_));
        return write();
    }

private:
    Change change(Change::Kind kind, std::int64_t version, std::int64_t index) const {
        return {of_.name, id_, version, index, kind};
    }

    Result<void> parse() {
        const ResolveReference find_record = [this](std::string_view name, std::string_view written) {
            return resolve_in(name, written);
        };
        for (const auto& [name, written] : request_.fields) {
            const auto position = statements_.positions.find(name);
            if (position == statements_.positions.end()) return no_such_field(of_, name);
            const std::size_t i = position->second;
            if (is_tombstone(written)) continue;  // an exported table comes back: it stays as it is
            Result<FieldValue> value = parse_written(of_.fields[i], written, find_record);
            if (!value) return std::unexpected(std::move(value.error()));
            values_[i] = std::move(*value);
            given_[i] = true;
        }
        for (const std::size_t i : statements_.key)
            if (given_[i]) TRY(check_key_part(of_.fields[i], values_[i]));
        return {};
    }

    Result<std::int64_t> resolve_in(std::string_view name, std::string_view written) {
        return resolve(context_.database, context_.schema, *TRY(context_.schema.get(name)), written);
    }

    Result<void> find() {
        if (request_.id) return find_by_id(*request_.id);
        const std::optional<std::int64_t> found = TRY(find_by_key());
        if (!found) {
            is_new_ = true;
            id_ = context_.ids.next();
            return {};
        }
        if (request_.must_be_new) return explain_conflict(context_, statements_, 0, values_);
        return find_by_id(*found);
    }

    Result<void> find_by_id(std::int64_t id) {
        id_ = id;
        old_ = TRY(read_current(context_.database, statements_, id));
        if (old_) {
            last_ = {old_->version, old_->from_index, std::nullopt};
            return {};
        }
        const std::optional<LastVersion> last = TRY(last_version(context_.database, statements_, id));
        if (!last) return no_such_record(of_, id);
        last_ = *last;
        return {};
    }

    Result<std::optional<std::int64_t>> find_by_key() {
        for (const std::size_t i : statements_.key)
            if (is_empty(values_[i])) return key_is_missing(of_.fields[i]);
        store::Statement* query = TRY(context_.database.cached(statements_.select_by_key));
        for (std::size_t k = 0; k < statements_.key.size(); ++k)
            query->bind(static_cast<int>(k + 1), std::get<store::Value>(values_[statements_.key[k]]));
        const std::optional<store::Row> row = TRY(query->step());
        const std::optional<std::int64_t> id = row ? std::optional(row->integer(0)) : std::nullopt;
        query->reset();
        return id;
    }

    std::unexpected<Error> key_is_missing(const Field& field) const {
        const Text name = name_of(field);
        if (const auto at = request_.fields.find(field.name);
            at != request_.fields.end() && is_tombstone(at->second))
            return fail(
                ErrorKind::invalid,
                {name.ja +
                     "は消去済みで、この記録のキーはもうありません。記録の番号（#…）で指定してください。",
                 name.en + " was erased: the record has no key any more; name it by its number (#…)"});
        return fail(ErrorKind::invalid,
                    {name.ja + "は記録を見分けるキーなので必須です。値を書いてください。",
                     name.en + " is part of the key by which records are found; give it a value"});
    }

    Result<void> keep_what_is_not_given() {
        std::optional<Record> last;
        if (last_.to_index) last = std::move(TRY(history(context_.database, of_, id_)).back());
        const Record* base = old_ ? &*old_ : last ? &*last : nullptr;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (given_[i]) continue;
            if (base)
                values_[i] = base->values[i];
            else if (of_.fields[i].is_list())
                values_[i] = std::vector<store::Value>{};
        }
        return last ? check_references() : Result<void>{};
    }

    // Nothing new may be said of a person who was erased; what was there before may stay.
    Result<void> check_people() {
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const Field& field = of_.fields[i];
            if (!given_[i] || !field.is_reference() || field.to != "person") continue;
            if (old_ && old_->values[i] == values_[i]) continue;
            TRY(check_person(values_[i]));
        }
        return {};
    }

    Result<void> check_person(const FieldValue& value) {
        if (const auto* scalar = std::get_if<store::Value>(&value)) return check_person(*scalar);
        for (const store::Value& item : std::get<std::vector<store::Value>>(value)) TRY(check_person(item));
        return {};
    }

    Result<void> check_person(const store::Value& value) {
        const auto* id = std::get_if<std::int64_t>(&value);
        if (id && context_.keys.erased_by(*id)) TRY(context_.keys.subject_key(*id));  // which says why not
        return {};
    }

    // A record that comes back may refer to others that were retired meanwhile.
    Result<void> check_references() {
        const KeyOf number = [](std::string_view, std::int64_t id) { return fmt::format("#{}", id); };
        const ResolveReference find_record = [this](std::string_view name, std::string_view written) {
            return resolve_in(name, written);
        };
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (given_[i] || !of_.fields[i].is_reference()) continue;
            const Result<FieldValue> again =
                parse_written(of_.fields[i], format_written(of_.fields[i], values_[i], number), find_record);
            if (!again) return std::unexpected(again.error());
        }
        return {};
    }

    // Only of what changes: a record from before a field was `past` can still be mended elsewhere.
    Result<void> check_days() const {
        const Day today = local_day(context_.now, japan_offset);
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const bool changes = given_[i] && !(old_ && old_->values[i] == values_[i]);
            if (changes) TRY(check_past(of_.fields[i], values_[i], today));
        }
        return {};
    }

    Result<Change> write() {
        const std::int64_t version = last_.current_version() + 1;
        const std::int64_t index = context_.log.next_index();
        Sealed sealed = TRY(seal_values(context_, statements_, id_, version, values_));
        const Record record{id_, version, index, std::nullopt, std::move(values_)};
        TRY(write_current(record));
        TRY(write_version(context_.database, statements_, record, old_ ? &*old_ : nullptr));
        if (is_new_) context_.ids.take();
        ledger::Entry entry{"put",
                            of_.name,
                            std::move(sealed.record),
                            version,
                            context_.actor,
                            context_.now,
                            sealed.commitment,
                            last_.entry(),
                            ""};
        TRY(context_.log.append(context_.database, std::move(entry)));
        return change(old_ ? Change::Kind::changed : Change::Kind::created, version, index);
    }

    // The only statement that the values can make fail; it comes first, so that nothing is half done.
    Result<void> write_current(const Record& record) {
        const Result<void> done =
            put_current(context_.database, statements_, record, old_ ? Presence::is_there : Presence::is_new);
        if (done || done.error().kind != ErrorKind::conflict) return done;
        TRY(explain_conflict(context_, statements_, id_, record.values));
        return done;
    }

    WriteContext& context_;
    const PutRequest& request_;
    const RegisterStatements& statements_;
    const Register& of_;
    std::vector<FieldValue> values_;
    std::vector<bool> given_;
    std::int64_t id_ = 0;
    std::optional<Record> old_;  // the current version
    LastVersion last_;           // the version before, also of a retired record
    bool is_new_ = false;
};

}  // namespace

Result<Change> put(WriteContext& context, const PutRequest& request) {
    const Register* of = TRY(context.schema.get(request.register_name));
    return Put(context, request, context.statements.of(*of)).run();
}

}  // namespace maru::registers
