"""Draws terminal text from standard input as an SVG: every character at its column, wide ones over two."""
import sys
import unicodedata
from xml.sax.saxutils import escape

WIDTH, HEIGHT, SIZE = 8.4, 20, 14
INK = {"○": "#1a7f37", "△": "#b35900", "×": "#c62828"}

lines = sys.stdin.read().splitlines()
columns = 0
body = []
for row, line in enumerate(lines):
    column = 0
    for character in line:
        wide = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if character != " ":
            ink = f' fill="{INK[character]}"' if character in INK else ""
            body.append(f'<text x="{16 + column * WIDTH:.1f}" y="{30 + row * HEIGHT}"{ink}>{escape(character)}</text>')
        column += wide
    columns = max(columns, column)
width, height = 32 + columns * WIDTH, 40 + len(lines) * HEIGHT
print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" viewBox="0 0 {width:.0f} {height}" '
      f'font-family="\'Noto Sans Mono CJK JP\', \'BIZ UDGothic\', monospace" font-size="{SIZE}" fill="#24292f">')
print('<rect width="100%" height="100%" rx="8" fill="#faf9f6"/>')
print("\n".join(body))
print("</svg>")
