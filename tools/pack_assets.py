#!/usr/bin/env python3
"""Packs the built web interface into the binary: DIST OUT.cpp OUT.S. Same files, same bytes.

Every file is there as it is and compressed; names below assets/ hold a hash of their content.
"""
import gzip
import hashlib
import json
import pathlib
import sys

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}


def compressed(plain):
    packed = gzip.compress(plain, 9, mtime=0)
    return packed if len(packed) < len(plain) else b""


def incbin(label, file):
    return f"{label}:\n.incbin {json.dumps(str(file))}\n{label}_end:\n.byte 0\n"


def main(dist, out_cpp, out_s):
    work = out_cpp.parent / "packed"
    work.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in dist.rglob("*") if path.is_file()) if dist.is_dir() else []
    rows, externs = [], []
    parts = ['.section .rodata.maru_assets,"a",@progbits\n']
    for number, path in enumerate(files):
        name = path.relative_to(dist).as_posix()
        plain = path.read_bytes()
        packed = work / f"{number}.gz"
        packed.write_bytes(compressed(plain))
        for label, file in ((f"maru_asset_{number}", path), (f"maru_asset_{number}_gzip", packed)):
            parts.append(f".globl {label}\n.globl {label}_end\n" + incbin(label, file.resolve()))
            externs.append(f"extern const char {label}[], {label}_end[];")
        etag = hashlib.sha256(plain).hexdigest()[:32]
        kind = TYPES.get(path.suffix, "application/octet-stream")
        rows.append(
            f"    {{{json.dumps(name)}, {json.dumps(kind)}, between(maru_asset_{number}, maru_asset_{number}_end),\n"
            f"     between(maru_asset_{number}_gzip, maru_asset_{number}_gzip_end), \"\\\"{etag}\\\"\", "
            f"{'true' if name.startswith('assets/') else 'false'}}},"
        )
    out_s.write_text("".join(parts) + '.section .note.GNU-stack,"",@progbits\n')
    body = "\n".join(rows)
    table = f"const http::Asset packed[] = {{\n{body}\n}};\n" if rows else "const std::span<const http::Asset> packed;\n"
    out_cpp.write_text(
        "// Made by tools/pack_assets.py.\n#include \"server/assets.hpp\"\n\nextern \"C\" {\n"
        + "\n".join(externs)
        + "\n}\n\nnamespace maru::server {\n\nnamespace {\n\n"
        + ("std::string_view between(const char* from, const char* to) { return {from, static_cast<std::size_t>(to - from)}; }\n\n" if rows else "")
        + table
        + "\n}  // namespace\n\nstd::span<const http::Asset> assets() { return packed; }\n\n}  // namespace maru::server\n"
    )


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:]))
