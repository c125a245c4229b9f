// Reads one table of a kind file; the first thing that is wrong is kept, with file and key.
#pragma once

#include <toml++/toml.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"

namespace maru::workflow {

class KindReader {
public:
    KindReader(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

    std::string text(const std::string& key);  // "" when absent
    std::string needed(const std::string& key);
    Text both(const std::string& key);
    int number(const std::string& key, int otherwise, int least, int most);
    bool flag(const std::string& key);                       // false when it is not there
    std::vector<std::string> texts(const std::string& key);  // empty when absent
    std::map<std::string, std::string> values(const std::string& key);
    std::map<std::string, std::vector<std::string>> lists(const std::string& key);
    const toml::table* table(const std::string& key);

    void refuse(const std::string& key, const std::string& ja, const std::string& en);
    Result<void> finish();  // the first error; every key must have been asked for

private:
    const toml::node* find(const std::string& key);
    const toml::table& table_;
    std::string file_;
    std::set<std::string, std::less<>> known_;
    std::optional<Error> error_;
};

}  // namespace maru::workflow
