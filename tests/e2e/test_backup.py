"""maru backup, maru restore: what is backed up comes back, and what is damaged does not."""
import json
import os
import re
import sqlite3
import stat
import threading

from support import Case, maru

WHOLE = 64 * 1024 + 17
NOON = "2026-11-23T12:00:00+09:00"


class Backup(Case):
    def setUp(self):
        super().setUp()
        self.place = self.folder / "backups"
        self.place.mkdir()
        self.key = self.folder / "backup.key"
        self.public = self.folder / "backup.pub"
        self.public.write_text(maru("backup", "key", "--out", self.key, check=0).stdout)

    def backup(self, org, *words, clock=NOON, check=0):
        before = set(self.place.iterdir())
        done = maru("backup", "run", "--to", self.place, "--key", self.public, *words, org=org, clock=clock, check=check)
        made = [path for path in self.place.iterdir() if path not in before]
        return (made[0] if made else None), done

    def drill(self, org, file, key=None, check=None):
        return maru("restore", "--drill", file, "--key", key or self.key, org=org, clock=NOON, check=check)

    def records(self, org, register):
        return json.loads(maru("list", register, "--format", "json", org=org, check=0).stdout)

    def assertNothingLeft(self, org):
        self.assertEqual([], [path for path in (org / "aside").rglob("*") if path.name != "lock"])

    def chunks(self, file):
        content = file.read_bytes()
        start = content.index(b"\n", content.index(b"\n") + 1) + 1 + 104
        return content[:start], [content[at : at + WHOLE] for at in range(start, len(content), WHOLE)]

    def test_a_backup_made_while_somebody_writes_comes_back_whole(self):
        org = self.sample()
        stop = threading.Event()
        written = []

        def write():
            while not stop.is_set():
                maru("put", "asset", f"code=BK-{len(written)}", f"name=控え{len(written)}", org=org)
                written.append(1)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            file, done = self.backup(org)
        finally:
            stop.set()
            writer.join()
        self.assertIn("Backup: ", done.stdout)
        self.assertEqual(0o600, stat.S_IMODE(file.stat().st_mode))
        self.assertNothingLeft(org)
        copy = self.folder / "copy"
        text = maru("restore", file, "--key", self.key, "--to", copy, check=0).stdout
        header = json.loads(file.read_bytes().split(b"\n")[1])
        self.assertIn(header["root"], text)
        then = self.sheet(org, "--known-at", str(header["entries"]))
        now = self.sheet(copy)
        self.assertEqual((then["entries"], then["root"]), (now["entries"], now["root"]))
        self.assertEqual([item["symbol"] for item in then["items"]], [item["symbol"] for item in now["items"]])
        os.environ["MARU_ANCHORS"] = str(self.folder / "elsewhere")  # here they know what was written since
        maru("ledger", "verify", org=copy, check=0)
        with sqlite3.connect(copy / "maru.db") as database:
            self.assertEqual("ok", database.execute("pragma integrity_check").fetchone()[0])

    def test_a_drill_is_evidence_for_item_13(self):
        org = self.sample()
        before = maru("check", "restores-tested", org=org, clock=NOON).stdout
        file, _ = self.backup(org)
        text = self.drill(org, file, check=0).stdout
        for part in ("It can be restored", "signed checkpoints hold", "is the same in both", "the copy is removed"):
            self.assertIn(part, text)
        self.assertNothingLeft(org)
        runs = [one for one in self.records(org, "backup_run") if one["job"] == "MARU"]
        self.assertEqual([("2026-11-23", "success")], [(one["ran_on"], one["result"]) for one in runs])
        tests = [one for one in self.records(org, "restore_test") if one["job"] == "MARU"]
        self.assertEqual(1, len(tests))
        self.assertEqual(1, int(tests[0]["minutes"]))
        tried = int(re.search(r"satisfied (\d+)/", before).group(1))
        self.assertIn(f"satisfied {tried + 1}/{tried + 1}", maru("check", "restores-tested", org=org, clock=NOON).stdout)
        listed = maru("backup", "list", "--to", self.place, org=org, check=0).stdout
        self.assertIn("ledger entries", listed)

    def test_what_is_damaged_is_refused_and_leaves_nothing(self):
        org = self.sample()
        good, _ = self.backup(org)
        head, chunks = self.chunks(good)
        self.assertGreater(len(chunks), 4)

        def flipped(content, at):
            return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

        whole = good.read_bytes()
        cases = {
            "header": flipped(whole, whole.index(b"entries") + 11),
            "sealed key": flipped(whole, len(head) - 60),
            "middle": flipped(whole, len(whole) // 2),
            "end": flipped(whole, len(whole) - 1),
            "cut off": whole[: len(whole) // 2],
            "cut at a chunk": head + b"".join(chunks[:-1]),
            "swapped": head + b"".join([chunks[1], chunks[0]] + chunks[2:]),
            "left out": head + b"".join(chunks[:1] + chunks[2:]),
            "added": whole + chunks[-1],
            "other": b"PK\x03\x04" + whole,
            "empty": b"",
        }
        for name, content in cases.items():
            with self.subTest(name):
                bad = self.folder / "bad.maru-backup"
                bad.write_bytes(content)
                done = maru("restore", bad, "--key", self.key, "--to", self.folder / "copy", check=2)
                self.assertRegex(done.stderr, r"bad\.maru-backup: .*(damaged|cut off|changed|no backup|another|follows)")
                self.assertEqual(["anchors", "backup.key", "backup.pub", "backups", "bad.maru-backup", "organisation"], sorted(path.name for path in self.folder.iterdir()))
        self.drill(org, self.folder / "bad.maru-backup", check=2)
        bad.write_bytes(cases["middle"])
        self.drill(org, bad, check=2)
        self.assertNothingLeft(org)
        tests = [one for one in self.records(org, "restore_test") if one["job"] == "MARU"]
        self.assertEqual(1, len(tests))
        self.assertEqual("", str(tests[0]["minutes"] or ""))

    def test_other_keys_places_and_organisations_are_refused(self):
        org = self.sample()
        good, _ = self.backup(org)
        other_key = self.folder / "other.key"
        maru("backup", "key", "--out", other_key, check=0)
        copy = self.folder / "copy"
        self.assertIn("another key", maru("restore", good, "--key", other_key, "--to", copy, check=2).stderr)
        self.assertIn("a public key", maru("restore", good, "--key", self.public, "--to", copy, check=2).stderr)
        self.assertIn("is there already", maru("restore", good, "--key", self.key, "--to", org, check=2).stderr)
        self.assertIn("is there already", maru("backup", "key", "--out", self.key, check=2).stderr)
        self.assertEqual(0o600, stat.S_IMODE(self.key.stat().st_mode))
        self.assertIn("there is no folder", maru("backup", "run", "--to", self.folder / "no", "--key", self.public, org=org, check=2).stderr)
        stranger = self.folder / "stranger"
        maru("init", stranger, "--sample", "--no-past", check=0)
        self.assertIn("another organisation", self.drill(stranger, good, check=2).stderr)
        self.assertFalse(any(one["code"] == "MARU" for one in self.records(stranger, "backup_job")))

    def test_old_backups_go_and_those_of_others_stay(self):
        org = self.sample()
        (self.place / "theirs-00000000-20200101T000000000Z.maru-backup").write_bytes(b"x")
        for hour in (10, 11, 12):
            self.backup(org, "--keep", "2", clock=f"2026-11-23T{hour}:00:00+09:00")
        names = sorted(path.name for path in self.place.iterdir())
        self.assertEqual(3, len(names), names)
        self.assertTrue(any("T030000000Z" in name for name in names) and any("T020000000Z" in name for name in names), names)
        text = maru("erase", "person", "E033", "--dry-run", org=org).stdout
        self.assertIn(".maru-backup", text)

    def test_what_a_crash_has_left_is_destroyed_by_the_next_backup(self):
        org = self.sample()
        left = org / "aside" / "0011223344556677" / "copy"
        left.mkdir(parents=True)
        (left / "maru.db").write_bytes(b"plain")
        self.backup(org)
        self.assertNothingLeft(org)

    def test_a_restored_organisation_may_not_write_over_what_was_signed_since(self):
        org = self.sample()
        file, _ = self.backup(org)
        maru("put", "asset", "code=LATER", "name=後の資産", org=org)
        copy = self.folder / "copy"
        text = maru("restore", file, "--key", self.key, "--to", copy, check=0).stdout
        self.assertIn("read-only", text)
        maru("put", "asset", "code=AGAIN", "name=別の歴史", org=copy, check=2)

    def test_mails_that_waited_when_it_was_made_do_not_go_out_twice(self):
        org = self.sample()
        mail = ["--mail-server", "smtp://127.0.0.1:9", "--mail-from", "maru@mihon.example.jp"]
        maru("notices", "day", *mail, org=org, clock="2027-01-08T08:00:00+09:00", check=0)
        file, _ = self.backup(org)
        copy = self.folder / "copy"
        text = maru("restore", file, "--key", self.key, "--to", copy, check=0).stdout
        self.assertRegex(text, r"Stopped [1-9]\d* notices that were waiting")
        self.assertIn("0 sent, 0 to be tried again later, 0 given up", maru("notices", "send", *mail, org=copy, clock="2027-01-08T08:00:00+09:00", check=0).stdout)
