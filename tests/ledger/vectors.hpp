// Reads tests/data/tlog-vectors.txt.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "core/bytes.hpp"

namespace maru::ledger {

inline std::multimap<std::string, std::string> read_vectors() {
    std::ifstream file(MARU_SOURCE_DIR "/tests/data/tlog-vectors.txt");
    std::multimap<std::string, std::string> vectors;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name, value;
        if (!line.starts_with('#') && words >> name >> value)
            vectors.emplace(name, value == "-" ? "" : value);
    }
    return vectors;
}

inline std::string vector(const std::string& name) {
    const auto vectors = read_vectors();
    const auto found = vectors.find(name);
    return found == vectors.end() ? "missing in tlog-vectors.txt" : found->second;
}

}  // namespace maru::ledger
