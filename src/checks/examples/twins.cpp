#include "examples/twins.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "registers/lists.hpp"

namespace maru::checks {

namespace {

using registers::Field;
using registers::Register;
using registers::Schema;
using registers::When;

constexpr const char* far_day = "2099-04-01";

// What other records are about. They are prepared before they begin (a service is assessed before its use),
// so only one more of them is tried.
constexpr std::array<std::string_view, 5> prepared = {"device", "person", "service", "vendor", "zone"};

bool is_prepared(const std::string& register_name) {
    return std::ranges::find(prepared, register_name) != prepared.end();
}

struct Name {
    std::string register_name, alias;
    auto operator<=>(const Name&) const = default;
};

bool in_key(const Register& of, const std::string& field) {
    return std::ranges::find(of.key, field) != of.key.end();
}

// Takes records away with everything that cannot be without them.
class Removal {
public:
    Removal(const Schema& schema, ExampleRecords records) : schema_(schema), records_(std::move(records)) {}

    void remove(const Name& name) {
        const auto of = records_.find(name.register_name);
        if (of == records_.end() || of->second.erase(name.alias) == 0) return;
        for (const Name& referrer : forget(name)) remove(referrer);
    }
    ExampleRecords take() { return std::move(records_); }

private:
    // Empties references to the record; those who need theirs are returned.
    std::set<Name> forget(const Name& gone) {
        std::set<Name> orphans;
        for (auto& [register_name, aliases] : records_) {
            const Register& of = *schema_.find(register_name);
            for (auto& [alias, fields] : aliases)
                for (const Field& field : of.fields) {
                    const auto written = fields.find(field.name);
                    if (!field.is_reference() || field.to != gone.register_name || written == fields.end())
                        continue;
                    if (!drop(written->second, field, gone.alias)) continue;
                    if (in_key(of, field.name)) orphans.insert({register_name, alias});
                }
        }
        return orphans;
    }

    // Whether something was dropped and nothing is left.
    static bool drop(std::string& written, const Field& field, const std::string& alias) {
        if (!field.is_list()) {
            if (written != alias) return false;
            written.clear();
            return true;
        }
        std::vector<std::string> items = registers::items_of(written);
        if (std::erase(items, alias) == 0) return false;
        written = join(items, ";");
        return items.empty();
    }

    const Schema& schema_;
    ExampleRecords records_;
};

class Twins {
public:
    Twins(const Schema& schema, const ExampleRecords& records, const Reads& reads)
        : schema_(schema), records_(records), reads_(reads) {}

    std::vector<FutureTwin> run(When when) {
        for (const auto& [name, aliases] : records_) {
            const Register* of = schema_.find(name);
            if (!of || name == "organisation") continue;  // before its start nothing is known
            for (const Field& field : of->fields)
                if (field.when == when && reads_(name, when == When::end ? field.name : "")) add(*of, field);
        }
        return std::move(twins_);
    }

private:
    void add(const Register& of, const Field& field) {
        if (field.when == When::end && !field.required && !in_key(of, field.name)) ends_later(of, field);
        if (field.when != When::start) return;
        if (can_come_again(of, field)) more(of, field);
        for (const auto& [alias, fields] : records_.at(of.name))
            if (!is_prepared(of.name) && starts(fields, field)) starts_later(of, {of.name, alias}, field);
    }

    static bool starts(const std::map<std::string, std::string>& fields, const Field& start) {
        const auto written = fields.find(start.name);
        return written != fields.end() && !written->second.empty();
    }

    // Whether a copy that starts on another day may have a key of its own.
    static bool can_come_again(const Register& of, const Field& start) {
        return in_key(of, start.name) || std::ranges::any_of(of.key, [&](const std::string& key) {
                   return of.field(key)->type == registers::FieldType::text;
               });
    }

    static std::string what(const Name& name, const Field& field) {
        return name.register_name + "." + name.alias + " " + field.name;
    }

    void starts_later(const Register& of, const Name& name, const Field& field) {
        Removal removal(schema_, records_);
        removal.remove(name);
        ExampleRecords ahead = records_;
        begin_ahead(of, ahead.at(name.register_name).at(name.alias), field);
        twins_.push_back({what(name, field), std::move(ahead), removal.take()});
    }

    // One more of each record that starts.
    void more(const Register& of, const Field& field) {
        ExampleRecords out = records_;
        Day day = *parse_iso_day(far_day);  // each has its own: it may be their key
        for (auto [alias, fields] : records_.at(of.name)) {
            if (!starts(fields, field)) continue;
            begin_ahead(of, fields, field);
            fields[field.name] = (day = day.plus_days(1)).iso();
            for (const Field& part : of.fields) {
                const bool own = part.unique || in_key(of, part.name);
                if (own && part.type == registers::FieldType::text) fields[part.name] = alias + "-next";
                if (own && part.type != registers::FieldType::text && !in_key(of, part.name))
                    fields.erase(part.name);
            }
            out.at(of.name)[alias + "-next"] = std::move(fields);
        }
        twins_.push_back({"+ " + of.name + " " + field.name, std::move(out), std::nullopt});
    }

    // It cannot have ended before it starts; and what is only prepared has no past and is in its first state.
    static void begin_ahead(const Register& of, std::map<std::string, std::string>& fields,
                            const Field& start) {
        for (const Field& other : of.fields) {
            const bool gone = other.when == When::end || (other.when == When::past && is_prepared(of.name));
            if (gone && !other.required && !in_key(of, other.name)) fields.erase(other.name);
            if (other.name == "state" && is_prepared(of.name))
                fields[other.name] = other.choices.front().code;
        }
        fields[start.name] = far_day;
    }

    // Other ends are emptied: they would end the records, too.
    void ends_later(const Register& of, const Field& field) {
        ExampleRecords endless = records_;
        for (auto& [alias, fields] : endless.at(of.name))
            for (const Field& other : of.fields)
                if (other.when == When::end && !other.required) fields.erase(other.name);
        ExampleRecords ahead = endless;
        for (auto& [alias, fields] : ahead.at(of.name)) fields[field.name] = far_day;
        twins_.push_back({of.name + " " + field.name, std::move(ahead), std::move(endless)});
    }

    const Schema& schema_;
    const ExampleRecords& records_;
    const Reads& reads_;
    std::vector<FutureTwin> twins_;
};

}  // namespace

std::vector<FutureTwin> twins_that_start(const Schema& schema, const ExampleRecords& records,
                                         const Reads& reads) {
    return Twins(schema, records, reads).run(When::start);
}

std::vector<FutureTwin> twins_that_end(const Schema& schema, const ExampleRecords& records,
                                       const Reads& reads) {
    return Twins(schema, records, reads).run(When::end);
}

}  // namespace maru::checks
