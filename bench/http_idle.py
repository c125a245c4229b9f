#!/usr/bin/env python3
"""Memory of the HTTP room with many idle connections that were served once.

    bench/http_idle.py [--program build/bench/http_bench] [--connections 10000] [--most 300] [--tls]
"""
import argparse
import pathlib
import re
import resource
import socket
import ssl
import subprocess
import sys
import tempfile
from urllib.parse import urlsplit

from http_rate import certificate

REQUEST = b"GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n"


def memory(process):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/status").read_text())[1]) / 1024


def connected(address, context):
    url = urlsplit(address)
    made = socket.create_connection((url.hostname, url.port))
    if context:
        made = context.wrap_socket(made)
    made.sendall(REQUEST)
    answer = made.recv(4096)
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:100]
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/bench/http_bench")
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--most", type=float, default=300, help="MiB")
    parser.add_argument("--tls", action="store_true")
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # the server inherits it
    if hard != resource.RLIM_INFINITY and hard < options.connections + 100:
        sys.exit(f"ulimit -Hn is {hard}: {options.connections} connections need more")
    with tempfile.TemporaryDirectory(prefix="maru-bench-") as name:
        measure(options, pathlib.Path(name))


def measure(options, work):
    context, arguments = None, []
    if options.tls:
        arguments = certificate(work)
        context = ssl.create_default_context(cafile=arguments[0])
        context.check_hostname = False
    process = subprocess.Popen([options.program, "127.0.0.1:0", *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    address = process.stdout.readline().strip()
    before = memory(process)
    held = [connected(address, context) for _ in range(options.connections)]
    after = memory(process)
    held[0].sendall(REQUEST)
    assert held[0].recv(4096), "the first one is still served"
    print(f"{options.connections:,} idle connections: {after:.0f} MiB ({before:.0f} before, {(after - before) * 1024 / options.connections:.1f} KiB each)")
    process.terminate()
    process.wait()
    sys.exit(0 if after < options.most else f"more than {options.most:g} MiB")


if __name__ == "__main__":
    main()
