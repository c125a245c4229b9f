#!/usr/bin/env bash
# Small laws that the compiler does not know: formatting, sizes, includes that climb out of a room.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0
complain() { echo "lint: $1" >&2; status=1; }

sources=$(git ls-files --cached --others --exclude-standard 'src/*.cpp' 'src/*.hpp' 'tests/*.cpp' 'tests/*.hpp' 'bench/*.cpp' 'bench/*.hpp' 'fuzz/*.cpp' | while read -r f; do [[ -f $f ]] && echo "$f"; done)

clang-format-19 --dry-run --Werror $sources 2>/tmp/maru-format.$$ || { head -20 /tmp/maru-format.$$ >&2; complain "run tools/format.sh"; }
rm -f /tmp/maru-format.$$

for file in $sources; do
  lines=$(wc -l <"$file")
  ((lines <= 500)) || complain "$file has $lines lines, more than 500"
done

if grep -nE '#include "\.\./' $sources; then complain "includes that climb out of their room"; fi

ctags --languages=C++ --kinds-c++=f --fields=+ne --output-format=json -f - $sources 2>/dev/null | python3 tools/function_sizes.py || status=1
exit $status
