// Any bytes as a register file: refused with a sentence in both languages, or a register whose fields are
// found under their headings and whose tables can be made, once and again, in an empty organisation.
#include <set>

#include "core/text.hpp"
#include "registers/schema.hpp"
#include "registers/tables.hpp"
#include "require.hpp"
#include "store/migrations.hpp"

namespace {

using namespace maru;
using namespace maru::registers;

void explains_itself(const Error& error) {
    require(!error.message.ja.empty() && !error.message.en.empty(), "a refusal speaks both languages");
    require(is_utf8(error.message.ja) && is_utf8(error.message.en), "and can be read");
    require(error.kind != ErrorKind::internal, "and is about the file");
}

void look_at(const Register& of) {
    for (const Field& field : of.fields) {
        require(of.field(field.name) == &field, "a field is found by its name");
        for (const std::string& heading : {field.name, field.label.ja, field.label.en})
            require(of.field_by_heading(heading) == &field, "and under its headings");
    }
    require(!of.key.empty() && of.field(of.title) != nullptr, "a record has a key and a title");
    for (const std::string& name : of.key) require(of.field(name)->required, "whose parts are required");
}

// The register, and a small one for each that it refers to.
std::vector<Register> with_referenced(const Register& of) {
    std::set<std::string> names;
    for (const Field& field : of.fields)
        if (field.is_reference() && field.to != of.name) names.insert(field.to);
    std::vector<Register> all{of};
    int number = 100'000;
    for (const std::string& name : names) {
        all.emplace_back();
        all.back().name = name;
        all.back().number = number--;
        all.back().fields = {Field{.number = 1, .name = "code", .label = {"番号", "Code"}, .required = true}};
        all.back().key = {"code"};
        all.back().title = "code";
    }
    return all;
}

void make_tables(const Schema& schema) {
    auto database = store::Database::in_memory();
    require(database && store::migrate(*database, migrations()), "an empty organisation");
    const auto made = derive_tables(*database, schema);
    if (!made) return explains_itself(made.error());
    require(derive_tables(*database, schema).has_value(), "what was made stays");
    if (const auto rules = check_rules(schema); !rules) explains_itself(rules.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto of = parse_register(text_of(data, size), "fuzzed.toml");
    if (!of) {
        explains_itself(of.error());
        return 0;
    }
    look_at(*of);
    const auto schema = Schema::of(with_referenced(*of));
    if (schema)
        make_tables(*schema);
    else
        explains_itself(schema.error());
    return 0;
}
