#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "erasure/conditions.hpp"
#include "erasure/emptying.hpp"
#include "erasure/mentions.hpp"
#include "erasure/retention.hpp"
#include "erasure/survey.hpp"
#include "registers/erasure.hpp"
#include "registers/records.hpp"
#include "registers/tables.hpp"
#include "registers/tombstones.hpp"

namespace maru::registers {

namespace {

// Fills {field} in a text with the record's values as people read them.
class Sentences {
public:
    Sentences(store::Database& reader, const Schema& schema) : reader_(reader), schema_(schema) {}

    Text filled(const Text& text, const Register& of, const Record& record) const {
        return {filled(text, of, record, Language::ja), filled(text, of, record, Language::en)};
    }

private:
    std::string filled(const Text& text, const Register& of, const Record& record, Language language) const {
        const KeyOf title = [&](std::string_view name, std::int64_t id) {
            return title_of(reader_, schema_, name, id, language);
        };
        return fill(text.in(language), [&](std::string_view name, std::string_view as_written) {
            const Field* field = of.field(name);
            if (!field) return std::string(as_written);
            const auto at = static_cast<std::size_t>(field - of.fields.data());
            return format_for_people(*field, record.values[at], title, language);
        });
    }

    store::Database& reader_;
    const Schema& schema_;
};

class Planning {
public:
    Planning(store::Database& reader, const Schema& schema, std::int64_t person)
        : reader_(reader), schema_(schema), sentences_(reader, schema) {
        plan_.person = person;
    }

    Result<ErasurePlan> run(Day today) {
        TRY(define_today(reader_, today));
        const std::vector<About> all = TRY(survey(reader_, schema_, plan_.person));
        TRY(expect_person(all));
        plan_.kept = TRY(kept_values(reader_, schema_, all, plan_.person, today));
        const Fates fates(kept_fields(plan_.kept));
        TRY(add_going(all, fates));
        for (const Register& of : schema_.all()) TRY(add_notes(of));
        TRY(add_references());
        plan_.erased_by = TRY(erasure_of(reader_, plan_.person));
        plan_.words = words_of(all);
        plan_.erased_words = erased_words_of(all, fates);
        plan_.mentions = TRY(find_mentions(reader_, schema_, all, plan_.words));
        return std::move(plan_);
    }

private:
    Result<void> expect_person(const std::vector<About>& all) {
        for (const About& about : all)
            if (about.of->subject == "id" && !about.records.empty()) {
                plan_.name = last_title(about);
                return {};
            }
        return fail(
            ErrorKind::not_found,
            {fmt::format("従業者台帳に #{} の記録はありません。番号を確かめてください。", plan_.person),
             fmt::format("register person never had a record #{}; check the number", plan_.person)});
    }

    // A retired person has no title any more, but had one.
    std::string last_title(const About& about) const {
        const auto at = about.position(about.of->field(about.of->title)->number);
        const auto& values = about.records.front().versions.back().values;
        const auto* text = at ? std::get_if<std::string>(&std::get<store::Value>(values[*at])) : nullptr;
        return text ? *text : title_of(reader_, schema_, "person", plan_.person, Language::ja);
    }

    Result<void> add_going(const std::vector<About>& all, const Fates& fates) {
        for (const About& about : all)
            for (const AboutRecord& record : about.records) {
                Going going{
                    about.of, record.id, natural_key_of(reader_, schema_, about.of->name, record.id), {}, 0};
                for (std::size_t i = 0; i < about.columns.size(); ++i) {
                    const std::int64_t values = fates.going(record, about.columns[i], i);
                    if (values == 0) continue;
                    going.values += values;
                    going.fields.push_back(about.columns[i].name);
                }
                plan_.values += going.values;
                if (going.values > 0) plan_.going.push_back(std::move(going));
            }
        plan_.values += TRY(count_reasons(reader_, all));
        for (const auto& [file, places] : fates.files(all))
            ++(TRY(uses_of(reader_, file)) > places ? plan_.shared_attachments : plan_.attachments);
        return {};
    }

    Result<void> add_notes(const Register& of) {
        for (const ErasureBlock& block : of.erasure_blocks)
            for (const std::int64_t id : TRY(ids(records_where(of, block.person, block.where))))
                TRY(add_note(plan_.blockers, of, id, block.message, block.todo));
        for (const CopyHint& copy : of.copies)
            for (const std::int64_t id : TRY(copies(of, copy)))
                TRY(add_note(plan_.copies, of, id, copy.note, {}));
        return {};
    }

    Result<void> add_note(std::vector<RecordNote>& notes, const Register& of, std::int64_t id,
                          const Text& message, const Text& todo) {
        const auto record = TRY(read(reader_, of, id));
        if (!record) return {};
        notes.push_back({&of, id, natural_key_of(reader_, schema_, of.name, id),
                         sentences_.filled(message, of, *record), sentences_.filled(todo, of, *record)});
        return {};
    }

    Result<std::vector<std::int64_t>> copies(const Register& of, const CopyHint& copy) {
        std::vector<std::int64_t> found = TRY(ids(records_where(of, "", copy.where)));
        if (copy.person.empty()) return found;
        const std::vector<std::int64_t> named = TRY(ids(ever_named(of, copy.person)));
        std::erase_if(found, [&](std::int64_t id) { return !std::ranges::binary_search(named, id); });
        return found;
    }

    static std::string ever_named(const Register& of, const std::string& name) {
        const Field* field = of.field(name);
        const bool list = field && field->is_list();
        return fmt::format("select distinct {0} from {1} where {2} = ?1 order by {0}", list ? "record" : "id",
                           store::quoted(list ? list_history_table(of, *field) : history_table(of)),
                           list ? "value" : store::quoted(name));
    }

    Result<std::vector<std::int64_t>> ids(const std::string& sql) {
        store::Statement query = TRY(reader_.prepare(sql));
        if (sql.find("?1") != std::string::npos) query.bind(1, plan_.person);
        std::vector<std::int64_t> out;
        while (const auto row = TRY(query.step())) out.push_back(row->integer(0));
        return out;
    }

    Result<void> add_references() {
        std::set<std::int64_t> found;
        for (const Register& of : schema_.all())
            for (const Field& field : of.fields) {
                if (!field.is_reference() || field.to != "person") continue;
                for (const std::int64_t id : TRY(ids(records_where(of, field.name, "")))) found.insert(id);
            }
        plan_.references = static_cast<std::int64_t>(found.size());
        return {};
    }

    store::Database& reader_;
    const Schema& schema_;
    Sentences sentences_;
    ErasurePlan plan_;
};

}  // namespace

Result<ErasurePlan> plan_erasure(store::Database& reader, const Schema& schema, std::int64_t person,
                                 Day today) {
    return Planning(reader, schema, person).run(today);
}

}  // namespace maru::registers
