// Any bytes as a check file: refused with a sentence in both languages, or a check that lint, paths and the
// SQL's reader can look at; leaving the examples out changes nothing else.
#include <filesystem>

#include "checks/check.hpp"
#include "checks/lint.hpp"
#include "checks/paths.hpp"
#include "core/text.hpp"
#include "require.hpp"

namespace {

using namespace maru;

struct Bench {
    registers::Schema schema;
    store::Database database;
};

Bench& bench() {
    static Bench bench = [] {
        const auto folder = std::filesystem::path(MARU_SOURCE_DIR) / "catalog" / "registers";
        auto schema = registers::Schema::load(folder);
        require(schema.has_value(), "the registers load");
        auto database = checks::lint_workbench({}, *schema);
        require(database.has_value(), "their tables can be made");
        return Bench{std::move(*schema), std::move(*database)};
    }();
    return bench;
}

void look_at(checks::Check check) {
    const auto paths = checks::paths_to_subject(check, bench().schema);
    for (const auto& [name, path] : paths) {
        require(bench().schema.find(name) != nullptr, "paths start at registers");
        require(!path || path->starts_with("select "), "a path is a query");
    }
    checks::Library library;
    library.checks.emplace(check.name, std::move(check));
    for (const auto& problem : checks::lint(library, bench().schema, bench().database)) {
        require(!problem.message.ja.empty() && !problem.message.en.empty(), "lint speaks both languages");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    auto full = checks::parse_check(text, "fuzzed.toml", checks::With::examples);
    if (!full) {
        require(!full.error().message.ja.empty() && !full.error().message.en.empty(), "both languages");
        return 0;
    }
    const auto lean = checks::parse_check(text, "fuzzed.toml", checks::With::definitions);
    require(lean.has_value(), "what loads with examples loads without");
    require(lean->sql == full->sql && lean->title == full->title && lean->reasons == full->reasons,
            "and is the same");
    look_at(std::move(*full));
    return 0;
}
