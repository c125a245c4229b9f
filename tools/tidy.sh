#!/usr/bin/env bash
# Runs clang-tidy (.clang-tidy) on the C++ files that differ from a commit, or on the files and folders that are named.
#   tools/tidy.sh                      what is not committed
#   tools/tidy.sh --since origin/main  what has come since
#   tools/tidy.sh src/cli tests/cli    these
# BUILD names a configured build folder (default: build; any preset writes the compile_commands.json that is needed).
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BUILD:-build}
[[ -f $build/compile_commands.json ]] || {
  echo "tidy: $build/compile_commands.json is missing; run: cmake --preset dev -B $build, or name another folder with BUILD=" >&2
  exit 2
}

sources() { git ls-files --cached --others --exclude-standard -- "$@" | grep -E '^(src|tests|bench|fuzz)/.*\.cpp$' || true; }
changed() { { git diff --name-only --diff-filter=d "$1"; git ls-files --others --exclude-standard; } | sort -u; }

if [[ $# -eq 0 ]]; then set -- --since HEAD; fi
if [[ $1 == --since ]]; then
  [[ $# -eq 2 ]] || { echo "usage: tools/tidy.sh [--since COMMIT | PATH…]" >&2; exit 2; }
  mapfile -t paths < <(changed "$2")
  [[ ${#paths[@]} -gt 0 ]] || exit 0
  files=$(sources "${paths[@]}")
else
  files=$(sources "$@")
fi
[[ -n $files ]] || exit 0
xargs -P "$(nproc)" -n 1 clang-tidy-19 --quiet -p "$build" <<<"$files"
