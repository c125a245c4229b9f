#!/usr/bin/env python3
"""Mixed load on `maru serve` for a while: memory each minute, answers by status.

    bench/soak.py --maru build/maru --org FOLDER [--minutes 60] [--clients 8]

The organisation is copied first. Memory is flat when the last quarter's mean is within 5 % of the second quarter's.
"""
import argparse
import collections
import http.client
import json
import os
import pathlib
import random
import shutil
import tempfile
import threading
import time

from serve import Maru

READS = ["/registers", "/registers/person/records?limit=50", "/registers/device/records?limit=50&q=PC", "/sheets/ipa-52",
         "/sheets/ipa-52/items/16", "/tasks?person=me", "/ledger", "/ledger/entries?limit=20", "/me", "/checks",
         "/sheets/ipa-52/series", "/registers/asset/export?format=csv"]


class Client(threading.Thread):
    def __init__(self, maru, number, until, counts):
        super().__init__(daemon=True)
        self.maru, self.number, self.until, self.counts = maru, number, until, counts
        self.random = random.Random(number)
        self.serial = 0

    def run(self):
        connection = http.client.HTTPConnection(self.maru.address.split("//")[1], timeout=120)
        while time.monotonic() < self.until:
            method, path, body = self.choose()
            headers = {"Authorization": "Bearer " + self.maru.token, "Content-Type": "application/json"}
            connection.request(method, self.maru.base + path, body and json.dumps(body), headers)
            answer = connection.getresponse()
            answer.read()
            self.counts[f"{method} {answer.status}"] += 1
            if self.random.random() < 0.02:
                connection.close()

    def choose(self):
        draw = self.random.random()
        if draw < 0.8:
            return "GET", self.random.choice(READS), None
        self.serial += 1
        code = f"S{self.number}-{self.serial}"
        if draw < 0.98:
            return "POST", "/registers/department/records", {"fields": {"code": code, "name": "部署 " + code}}
        return "POST", "/registers/department/records", {"fields": {"code": "", "name": ""}}


def mean(values):
    return sum(values) / max(1, len(values))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--maru", default="build/maru")
    parser.add_argument("--org", type=pathlib.Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="maru-soak-") as name:
        os.environ["MARU_ANCHORS"] = name + "/anchors"
        folder = pathlib.Path(name) / "org"
        shutil.copytree(options.org, folder, ignore=shutil.ignore_patterns("*-wal", "*-shm", "lock"))
        soak(options, Maru(options.maru, folder))


def soak(options, maru):
    counts, memory = collections.Counter(), []
    until = time.monotonic() + options.minutes * 60
    clients = [Client(maru, number, until, counts) for number in range(options.clients)]
    for client in clients:
        client.start()
    while time.monotonic() < until:
        time.sleep(min(60, max(0.1, until - time.monotonic())))
        memory.append(maru.memory())
        print(f"{len(memory):4} min  {memory[-1]:7.1f} MiB  {sum(counts.values()):9,} requests", flush=True)
    for client in clients:
        client.join()
    maru.stop()
    quarter = max(1, len(memory) // 4)
    second, last = mean(memory[quarter:2 * quarter]), mean(memory[-quarter:])
    print(dict(counts))
    print(f"second quarter {second:.1f} MiB, last {last:.1f} MiB: {last / second:.3f}")


if __name__ == "__main__":
    main()
