#!/usr/bin/env python3
"""Requests a second of `maru serve` over loopback by wrk, beside nginx with a static file of the same size.

    bench/serve.py --maru build/maru --org FOLDER [--seconds 10] [--connections 64]

The organisation is copied first. Targets are those of issue 4, for 10,000 people (maru_bench history --keep FOLDER).
Idle connections and memory are measured on a sample organisation of its own.
"""
import argparse
import datetime
import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time

PUT = """
local me = 0
function setup(thread) thread:set("id", me); me = me + 1 end
local n = 0
function request()
  n = n + 1
  local body = '{"fields":{"code":"B-' .. id .. '-' .. n .. '-ROUND","name":"部署"}}'
  return wrk.format("POST", nil, {["Content-Type"]="application/json", ["Authorization"]="Bearer TOKEN"}, body)
end
"""


class Maru:
    def __init__(self, program, folder):
        self.folder = folder
        self.process = subprocess.Popen(
            [program, "--lang", "en", "serve", str(folder), "--listen", "127.0.0.1:0", "--link"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = link = None
        while link is None:
            found = re.match(r"(http://\S+)/o/\S+/link#(\S+)", self.process.stdout.readline())
            if found:
                self.address, link = found[1], found[2]
        self.base = f"/o/{folder.name}/api/v1"
        self.token = self._sign_in(link)

    def _sign_in(self, link):
        client = http.client.HTTPConnection(self.address.split("//")[1])
        headers = {"Content-Type": "application/json", "Origin": self.address}
        body = {"link": link, "password": "correct horse battery staple 42", "name": "管理 太郎", "mail": "bench@example.jp", "code": "BENCH"}
        client.request("POST", self.base + "/links/redeem", json.dumps(body), headers)
        answer = client.getresponse()
        text = answer.read()
        assert answer.status == 200, text
        headers["Cookie"] = answer.getheader("Set-Cookie").split(";")[0]
        ends = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()
        client.request("POST", self.base + "/me/tokens", json.dumps({"name": "bench", "scope": "write", "ends": ends}), headers)
        return json.loads(client.getresponse().read())["token"]

    def get(self, path):
        client = http.client.HTTPConnection(self.address.split("//")[1])
        client.request("GET", self.base + path, headers={"Authorization": "Bearer " + self.token})
        answer = client.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, body[:300])
        return body

    def memory(self, what="VmRSS"):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(what + r":\s+(\d+)", status)[1]) / 1024

    def memories(self):
        return f"{self.memory():.0f} MiB ({self.memory('RssAnon'):.0f} of its own, the rest files)"

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Nginx:
    """A static file of the same size: what the machine can do."""

    def __init__(self, work):
        self.work = work
        (work / "www").mkdir()
        user = "user root;" if os.geteuid() == 0 else ""  # its workers would else be refused this folder
        (work / "nginx.conf").write_text(f"""
{user} worker_processes 2; daemon off; pid {work}/pid; error_log {work}/error.log;
events {{ worker_connections 12000; }}
http {{ access_log off; sendfile on; open_file_cache max=10; keepalive_requests 100000000; client_body_temp_path {work}/b; proxy_temp_path {work}/p; fastcgi_temp_path {work}/f;
  uwsgi_temp_path {work}/u; scgi_temp_path {work}/s; server {{ listen 127.0.0.1:8199; root {work}/www; }} }}
""")
        self.process = subprocess.Popen(["nginx", "-c", str(work / "nginx.conf"), "-p", str(work)], stderr=subprocess.DEVNULL)

    def serve(self, size):
        (self.work / "www/file").write_bytes(b"x" * size)
        return "http://127.0.0.1:8199/file"

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def wrk(url, options, script=None, headers=()):
    command = ["wrk", "-t2", f"-c{options.connections}", f"-d{options.seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(script)]
    out = subprocess.run(command + [url], capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    late = re.search(r"99%\s+([\d.]+)(us|ms|s)", out)
    p99 = float(late[1]) * {"us": 0.001, "ms": 1, "s": 1000}[late[2]]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return rate, p99, int(bad[1]) if bad else 0


def row(name, rate, p99, bad, target, beside=None):
    verdict = "" if target is None else ("ok" if rate >= target and p99 < 50 else "MISSED")
    ratio = f"{rate / beside:.2f}" if beside else "-"
    print(f"| {name} | {rate:,.0f} /s | {'≥ {:,}'.format(target) if target else '-'} | {p99:.1f} ms | {ratio} | {verdict}{f' {bad} refused' if bad else ''} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--maru", default="build/maru")
    parser.add_argument("--org", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--record", default="person")
    parser.add_argument("--idle", type=int, default=10_000, help="idle connections")
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # the server inherits it
    with tempfile.TemporaryDirectory(prefix="maru-bench-") as name:
        work = pathlib.Path(name)
        os.environ["MARU_ANCHORS"] = str(work / "anchors")
        shutil.copytree(options.org, work / "org", ignore=shutil.ignore_patterns("*-wal", "*-shm", "lock"))
        run(options, work)
        run_sample(options, work)


def timed(maru, what, path, target):
    """One request by itself: the first time, and the median of five more."""
    took = []
    for _ in range(6):
        began = time.perf_counter()
        maru.get(path)
        took.append(1000 * (time.perf_counter() - began))
    again = statistics.median(took[1:])
    print(f"| {what} | {again:.1f} ms | < {target} ms | first {took[0]:,.0f} ms | {'ok' if again < target else 'MISSED'} |", flush=True)


def idle(maru, connections):
    """Memory that so many connections take which ask once and then stay."""
    host, port = maru.address.split("//")[1].split(":")
    sockets = []
    try:
        for _ in range(connections):
            one = socket.create_connection((host, int(port)), timeout=10)
            one.sendall(f"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            sockets.append(one)
        answered = sum(1 for one in sockets if one.recv(1))
        return answered, maru.memory()
    finally:
        for one in sockets:
            one.close()


def run_sample(options, work):
    folder = work / "sample"
    subprocess.run([options.maru, "init", str(folder), "--sample"], check=True, stdout=subprocess.DEVNULL)
    maru = Maru(options.maru, folder)
    print("\n| sample organisation | measured | target | |\n|---|---|---|---|")
    print(f"| resident after start | {maru.memories()} | < 60 MiB | {'ok' if maru.memory() < 60 else 'MISSED'} |")
    for item in json.loads(maru.get("/sheets/ipa-52"))["items"]:
        maru.get(f"/sheets/ipa-52/items/{item['code']}")
    for path in ("/tasks", "/sheets/ipa-52/series", "/registers/person/records?limit=50"):
        maru.get(path)
    print(f"| resident after every page | {maru.memories()} | < 60 MiB | {'ok' if maru.memory() < 60 else 'MISSED'} |", flush=True)
    answered, memory = idle(maru, options.idle)
    print(f"| {answered:,} of {options.idle:,} idle connections | {memory:.0f} MiB | < 300 MiB | {'ok' if answered == options.idle and memory < 300 else 'MISSED'} |")
    maru.stop()


def run(options, work):
    (work / "nginx").mkdir()
    nginx = Nginx(work / "nginx")
    maru = Maru(options.maru, work / "org")
    authorization = ["Authorization: Bearer " + maru.token]
    page = json.loads(maru.get(f"/registers/{options.record}/records?limit=1"))
    one = f"/registers/{options.record}/records/{page['records'][0]['id']}"
    print(f"\nresident after start: {maru.memory():.0f} MiB\n\n| what | rate | target | p99 | of nginx | |\n|---|---|---|---|---|---|")
    for name, path, target in (("record get", one, 20_000), ("list page of 50", f"/registers/{options.record}/records?limit=50", 3_000),
                               ("sheet", "/sheets/ipa-52", 2_000)):
        size = len(maru.get(path))
        limit, *_ = wrk(nginx.serve(size), options)
        rate, p99, bad = wrk(maru.address + maru.base + path, options, headers=authorization)
        row(f"{name} ({size:,} bytes)", rate, p99, bad, target, limit)
        row(f"nginx, {size:,} bytes", limit, _[0], 0, None)
    print("\n| one request by itself | again | target | first | |\n|---|---|---|---|---|")
    today = datetime.date.today()
    days = f"from={today - datetime.timedelta(365)}&to={today + datetime.timedelta(183)}"
    timed(maru, "series of 550 days", f"/sheets/ipa-52/series?{days}", 50)
    timed(maru, "tasks of one person", "/tasks?person=me", 50)
    timed(maru, "item", "/sheets/ipa-52/items/ipa-18", 30)
    print("\n| what | rate | target | p99 | of nginx | |\n|---|---|---|---|---|---|")
    script = work / "put.lua"
    script.write_text(PUT.replace("TOKEN", maru.token).replace("ROUND", "1"))
    row("durable puts", *wrk(maru.address + maru.base + "/registers/department/records", options, script=script), 2_000)
    print(f"\nresident at the end: {maru.memories()}")
    maru.stop()
    nginx.stop()


if __name__ == "__main__":
    main()
