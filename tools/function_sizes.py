"""Reads ctags JSON lines; fails for a function over 60 lines."""
import json
import sys

too_long = []
for line in sys.stdin:
    tag = json.loads(line)
    lines = tag.get("end", 0) - tag.get("line", 0) + 1
    if lines > 60:
        too_long.append(f"lint: {tag['path']}:{tag['line']}: {tag['name']} has {lines} lines, more than 60")
print("\n".join(too_long), file=sys.stderr, end="\n" if too_long else "")
sys.exit(1 if too_long else 0)
