#include "api/names.hpp"

namespace maru::api {

namespace {

// A list of everything must not keep the names of everything.
constexpr std::size_t most_names = 50'000;

}  // namespace

const RecordName& Names::of(std::string_view register_name, std::int64_t id) {
    auto register_names = names_.find(register_name);
    if (register_names == names_.end()) register_names = names_.try_emplace(std::string(register_name)).first;
    auto& known = register_names->second;
    if (const auto found = known.find(id); found != known.end()) return found->second;
    if (known.size() >= most_names) known.clear();
    const auto title = [&](Language language) {
        return registers::title_of(*reader_, *schema_, register_name, id, language);
    };
    RecordName name{registers::natural_key_of(*reader_, *schema_, register_name, id),
                    {title(Language::ja), title(Language::en)}};
    return known.emplace(id, std::move(name)).first->second;
}

Result<const registers::Tombstones*> Names::erased(const registers::Register& of) {
    auto found = erased_.find(of.number);
    if (found == erased_.end())
        found = erased_.emplace(of.number, TRY(registers::Tombstones::load(*reader_, of))).first;
    return &found->second;
}

}  // namespace maru::api
