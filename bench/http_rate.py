#!/usr/bin/env python3
"""Small answers a second of the HTTP room alone by wrk, beside nginx with a static file of the same size.

    bench/http_rate.py [--program build/bench/http_bench] [--seconds 5] [--connections 64]     (ninja -C build http_bench)
"""
import argparse
import pathlib
import subprocess
import tempfile

from serve import Nginx, wrk

SIZE = 512  # of http_bench's answers


def serving(program, *arguments):
    process = subprocess.Popen([program, "127.0.0.1:0", *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def certificate(work):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
                    "-keyout", work / "key.pem", "-out", work / "certificate.pem"], check=True, capture_output=True)
    return work / "certificate.pem", work / "key.pem"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/bench/http_bench")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="maru-bench-") as name:
        run(options, pathlib.Path(name))


def run(options, work):
    (work / "nginx").mkdir()
    nginx = Nginx(work / "nginx")
    plain, address = serving(options.program)
    secure, secure_address = serving(options.program, *certificate(work))
    limit = None
    print(f"| {SIZE} bytes, {options.connections} connections | requests | p99 | of nginx |\n|---|---|---|---|")
    for what, url in (("nginx, static file", nginx.serve(SIZE)), ("quick work", address + "/small"), ("quick work, a route of two segments", address + "/records/42"),
                      ("slow work (on the pool)", address + "/slow"), ("quick work over TLS 1.3", secure_address + "/small")):
        rate, p99, bad = wrk(url, options)
        limit = limit or rate
        print(f"| {what} | {rate:,.0f} /s | {p99:.1f} ms | {rate / limit:.2f} |{f' {bad} refused' if bad else ''}", flush=True)
    for process in (plain, secure):
        process.terminate()
        process.wait()
    nginx.stop()


if __name__ == "__main__":
    main()
