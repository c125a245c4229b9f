"""kill -9 while 64 clients write: everything that was answered with 2xx is there after the restart."""
import datetime
import os
import random
import threading
import unittest

from serving import Server
from support import Case

CLIENTS = 64
ROUNDS = int(os.environ.get("MARU_KILLS", "3"))


class Load:
    """Clients that add departments until their connections break."""

    def __init__(self, server, token, round_number):
        self.server, self.token, self.round = server, token, round_number
        self.answered, self.lock, self.enough = {}, threading.Lock(), threading.Event()
        self.wanted = random.randint(1, 600)
        self.unexpected = []

    def run(self):
        threads = [threading.Thread(target=self._client, args=(number,)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        self.enough.wait(timeout=120)
        self.server.process.kill()
        for thread in threads:
            thread.join(timeout=60)

    def _client(self, number):
        client = self.server.client()
        client.token = self.token
        count = 0
        try:
            while True:
                code = f"K{self.round}-{number}-{count}"
                count += 1
                status, _, body = client.post("/registers/department/records", {"fields": {"code": code, "name": "部署" + code}})
                self._note(code, status, body)
        except (OSError, ValueError, Exception) as gone:  # noqa: B014  whatever a dying server does to its clients
            if not self.enough.is_set():
                self.unexpected.append(repr(gone))
                self.enough.set()

    def _note(self, code, status, body):
        with self.lock:
            if status != 201:
                self.unexpected.append(f"{code}: {status} {body}")
            else:
                self.answered[code] = body
            if len(self.answered) >= self.wanted:
                self.enough.set()


class Kill(Case):
    def test_what_was_answered_is_there_after_the_restart(self):
        folder = self.organisation("--sample", "--no-past")
        server = Server(folder, clock=None)
        token = self.token(server)
        answered = 0
        for number in range(ROUNDS):
            load = Load(server, token, number)
            load.run()
            self.assertEqual([], load.unexpected)
            server.stop()
            server = Server(folder, clock=None)
            self.assert_kept(server, token, load.answered)
            answered += len(load.answered)
        self.assertGreater(answered, 0)
        print(f"{ROUNDS} kills, {answered} answered puts, all there", flush=True)
        server.stop()

    def token(self, server):
        client = server.client()
        self.assertEqual(200, client.post("/links/redeem", {"link": next(iter(server.links.values()))})[0])
        ends = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()
        status, _, made = client.post("/me/tokens", {"name": "load", "scope": "write", "ends": ends})
        self.assertIn(status, (200, 201), made)
        return made["token"]

    def assert_kept(self, server, token, answered):
        client = server.client()
        client.token = token
        there, after = {}, 0
        while True:
            status, _, page = client.get(f"/registers/department/records?limit=1000&after={after}")
            self.assertEqual(200, status, page)
            there.update((record["key"], record) for record in page["records"])
            if "next" not in page:
                break
            after = page["records"][-1]["id"]
        for code, change in answered.items():
            self.assertIn(code, there)
            self.assertEqual((change["id"], change["version"]), (there[code]["id"], there[code]["version"]))


if __name__ == "__main__":
    unittest.main()
