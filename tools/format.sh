#!/usr/bin/env bash
# Formats every C++ file in place.
cd "$(dirname "$0")/.." && git ls-files --cached --others --exclude-standard 'src/*.cpp' 'src/*.hpp' 'tests/*.cpp' 'tests/*.hpp' 'bench/*.cpp' 'bench/*.hpp' 'fuzz/*.cpp' | xargs clang-format-19 -i
