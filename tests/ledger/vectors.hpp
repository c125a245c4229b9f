// Reads the public vectors in tests/data/tlog.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "ledger/note.hpp"

namespace maru::ledger {

inline std::string vector_file(const std::string& name) {
    std::ifstream file(MARU_SOURCE_DIR "/tests/data/tlog/" + name, std::ios::binary);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Lines "name value"; the value "-" is nothing.
using Vectors = std::multimap<std::string, std::string>;

inline Vectors read_vectors(const std::string& name) {
    std::ifstream file(MARU_SOURCE_DIR "/tests/data/tlog/" + name);
    Vectors vectors;
    for (std::string line; std::getline(file, line);) {
        const std::size_t space = line.find(' ');
        if (line.starts_with('#') || space == std::string::npos) continue;
        const std::string value = line.substr(space + 1);
        vectors.emplace(line.substr(0, space), value == "-" ? "" : value);
    }
    return vectors;
}

inline std::vector<std::string> all_of(const Vectors& vectors, const std::string& name) {
    std::vector<std::string> values;
    const auto [first, last] = vectors.equal_range(name);
    for (auto each = first; each != last; ++each) values.push_back(each->second);
    return values;
}

inline std::string one_of(const Vectors& vectors, const std::string& name) {
    const auto values = all_of(vectors, name);
    EXPECT_EQ(values.size(), 1u) << name;
    return values.empty() ? "" : values.front();
}

// A value of tree.txt.
inline std::string vector(const std::string& name) {
    static const Vectors vectors = read_vectors("tree.txt");
    return one_of(vectors, name);
}

inline std::string key_text(const std::string& name) {
    static const Vectors vectors = read_vectors("keys.txt");
    return one_of(vectors, name);
}
inline VerifierKey verifier_key(const std::string& name) {
    return *parse_verifier_key(key_text("vkey/" + name));
}
inline SigningKey signing_key(const std::string& name) {
    return *parse_signing_key(key_text("skey/" + name));
}

inline Hash hash_of_base64(const std::string& text) {
    Hash hash{};
    const Bytes bytes = *parse_base64(text);
    EXPECT_EQ(bytes.size(), hash.size());
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

}  // namespace maru::ledger
