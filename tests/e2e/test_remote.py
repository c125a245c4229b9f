"""maru --server: what the command line says of a server's organisation is what it says of the folder."""
import datetime
import json
import os
import subprocess

from serving import Server
from support import CLOCK, MARU, TODAY, Case, maru


class Remote(Case):
    def setUp(self):
        super().setUp()
        self.org = self.sample()
        self.server = Server(self.org)
        self.addCleanup(self.server.stop)
        self.address = f"{self.server.address}/o/organisation"
        self.manager = self.server.client()
        self.assertEqual(200, self.manager.post("/links/redeem", {"link": next(iter(self.server.links.values()))})[0])
        self.token = self.made_token("admin")

    def made_token(self, scope):
        ends = (datetime.date.fromisoformat(TODAY) + datetime.timedelta(days=30)).isoformat()
        status, _, made = self.manager.post("/me/tokens", {"name": "コマンド", "scope": scope, "ends": ends})
        self.assertEqual(201, status, made)
        return made["token"]

    def remote(self, *words, lang="en", check=0, token=None, stdin=None, address=None):
        environment = {**os.environ, "MARU_TOKEN": self.token if token is None else token}
        done = subprocess.run([MARU, "--lang", lang, "--clock", CLOCK, "--server", address or self.address, *map(str, words)],
                              input=stdin, capture_output=True, env=environment, timeout=120)
        self.assertEqual(check, done.returncode, done.stdout[-2000:] + done.stderr[-2000:])
        return done

    def assertSame(self, *words, lang="en"):
        local = maru(*words, org=self.org, lang=lang, check=0, binary=True).stdout
        self.assertTrue(local.strip(), words)
        self.assertEqual(local.decode(), self.remote(*words, lang=lang).stdout.decode(), words)

    def test_what_is_read_is_the_same_byte_for_byte(self):
        for lang, forms in (("ja", ("table", "csv", "json")), ("en", ("table", "tsv"))):
            for register in ("department", "device"):
                for form in forms:
                    self.assertSame("list", register, "--format", form, lang=lang)
            self.assertSame("show", "asset", self.first("asset"), lang=lang)
            self.assertSame("history", "department", self.first("department"), lang=lang)
            for form in forms[1:]:
                for command in (["sheet"], ["window"], ["diff", "--from", "@3000"], ["forecast"]):
                    self.assertSame(*command, "--format", form, lang=lang)
            self.assertSame("window", lang=lang)
            self.assertSame("tasks", "--for", "E007", lang=lang)
        self.assertSame("sheet", "--on", "2026-11-20", lang="ja")
        self.assertSame("export", "asset", "-o", "-", "--format", "csv", lang="ja")

    def first(self, register):
        return json.loads(maru("list", register, "--format", "json", org=self.org, check=0).stdout)[0]["code"]

    def test_what_is_written_is_there(self):
        made = self.remote("put", "department", "code=REMOTE-1", "name=遠くの部署").stdout.decode()
        self.assertIn("created", made)
        self.assertIn("REMOTE-1", made)
        self.assertIn("changed", self.remote("put", "department", "code=REMOTE-1", "name=遠い部署").stdout.decode())
        self.assertIn("遠い部署", maru("show", "department", "REMOTE-1", org=self.org, check=0).stdout)
        self.assertSame("history", "department", "REMOTE-1")
        file = self.folder / "departments.csv"
        file.write_text("code,name\nREMOTE-2,二つ目\nREMOTE-3,三つ目\n")
        self.assertIn("2 rows: 2 created", self.remote("import", "department", file, "--dry-run").stdout.decode())
        self.remote("show", "department", "REMOTE-2", check=2)
        self.assertIn("2 rows: 2 created", self.remote("import", "department", file).stdout.decode())
        file.write_text("code,name\nREMOTE-4,\n")
        refused = self.remote("import", "department", file, check=2).stdout.decode()
        self.assertIn("nothing was imported", refused)
        self.assertIn("retired", self.remote("retire", "department", "REMOTE-3", "--reason", "試し").stdout.decode())
        self.remote("show", "department", "REMOTE-3", check=2)
        out = self.folder / "out.csv"
        self.assertIn("records written to", self.remote("export", "department", "-o", out).stdout.decode())
        self.assertIn("REMOTE-2", out.read_text("utf-8-sig"))

    def test_refusals_say_what_to_do(self):
        def said(*words, **options):
            return self.remote(*words, check=2, **options).stderr.decode()

        self.assertIn("MARU_TOKEN", said("list", "asset", token=""))
        self.assertIn("sign", said("list", "asset", token="maru_wrong").lower())
        self.assertIn("https://isms.example.com/o/NAME", said("list", "asset", address=self.server.address))
        self.assertIn("cannot reach", said("list", "asset", address="http://127.0.0.1:9/o/x"))
        self.assertIn("no such organisation", said("list", "asset", address=self.server.address + "/o/else").lower())
        self.assertIn("does not work with --server", said("backup", "list", "--to", "x"))
        self.assertIn("the token says who acts", said("put", "asset", "code=X", "--by", "E001"))
        self.assertIn("may not", said("put", "person", "code=E999", "name=誰か", "employment=employee", "joined_on=2026-11-01").lower())
        self.assertIn("may not", said("put", "asset", "code=X", "name=Y", token=self.made_token("read")).lower())
        file = self.folder / "token"
        file.write_text(self.token + "\n")
        file.chmod(0o644)
        self.assertIn("chmod 600", said("list", "asset", "--token-file", file, token=""))
        file.chmod(0o600)
        self.remote("list", "asset", "--token-file", file, token="")
