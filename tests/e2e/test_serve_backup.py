"""The backups that a server makes by itself, and what it says of them."""
import urllib.request

from servers import until
from serving import Server
from support import Case, maru


class Daily(Case):
    def setUp(self):
        super().setUp()
        self.org = self.sample()
        self.place = self.folder / "backups"
        public = maru("backup", "key", "--out", self.folder / "backup.key", check=0).stdout
        (self.folder / "backup.pub").write_text(public)
        self.configuration = self.folder / "maru.toml"
        self.configuration.write_text('[backup]\nto = "backups"\nkey = "backup.pub"\nkeep = 1\n')

    def serve(self, **options):
        server = Server(self.org, words=["--config", self.configuration], **options)
        self.addCleanup(server.stop)
        client = server.client()
        self.assertEqual(200, client.post("/links/redeem", {"link": next(iter(server.links.values()))})[0])
        return server, client

    def tried(self, client):
        def outcome():
            _, _, found = client.get("/backups")
            return found if found["state"] in ("good", "failed") and found["runs"] else None
        return until(outcome, 60)

    def page(self, server, path):
        with urllib.request.urlopen(server.address + path, timeout=30) as answer:
            return answer.read().decode()

    def test_a_server_makes_one_a_day_and_says_so(self):
        self.place.mkdir()
        server, client = self.serve()
        health = self.tried(client)
        self.assertEqual(("good", 1, [{"on": "2026-11-23", "result": "success"}]), (health["state"], health["kept"], health["runs"]), health)
        self.assertEqual("2026-11-23T17:00:00Z", health["next"])
        self.assertEqual([health["name"]], [path.name for path in self.place.iterdir()])
        self.assertIn("backups: good", self.page(server, "/healthz"))
        self.assertIn('maru_backup_failed{organisation="organisation"} 0', self.page(server, "/metrics"))
        server.stop()
        server, client = self.serve(clock="2026-11-23T20:00:00+09:00")  # once a day, also when it is started again
        self.assertEqual(1, self.tried(client)["kept"])
        server.stop()
        server, client = self.serve(clock="2026-11-24T03:00:00+09:00")
        until(lambda: len(client.get("/backups")[2]["runs"]) == 2, 60)
        server.stop()
        newest, = self.place.iterdir()
        self.assertIn("20261123T180000000Z", newest.name)
        self.assertIn("It can be restored", maru("restore", "--drill", newest, "--key", self.folder / "backup.key", org=self.org, check=0).stdout)

    def test_what_fails_is_said_and_a_crash_leaves_nothing(self):
        left = self.org / "aside" / "0011223344556677"
        left.mkdir(parents=True)
        (left / "maru-body-abcdef").write_bytes("氏名".encode())
        server, client = self.serve()
        self.assertFalse(left.exists())
        health = self.tried(client)
        self.assertEqual("failed", health["state"])
        self.assertIn(f"there is no folder {self.place}", health["problem"])
        self.assertEqual([{"on": "2026-11-23", "result": "failed"}], health["runs"])
        self.assertIn("ok\nbackups: failed", self.page(server, "/healthz"))
        self.assertIn('maru_backup_failed{organisation="organisation"} 1', self.page(server, "/metrics"))
        server.stop()
        self.assertTrue(any("there is no folder" in line for line in server.log), server.log)
        self.place.mkdir()
        server, client = self.serve()
        self.assertEqual([{"on": "2026-11-23", "result": "success"}], until(lambda: [run for run in client.get("/backups")[2]["runs"] if run["result"] == "success"], 60))
