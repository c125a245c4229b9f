"""The ledger as an owner and an auditor meet it: sign, export, verify, restore."""
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess

from support import MARU, Case, changed, maru

DEPARTMENT = ["department", "code=D1", "name=開発部"]


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Ledger(Case):
    def status(self, org, check=0):
        text = maru("ledger", "status", org=org, check=check).stdout
        return dict(re.split(r"  +", line, maxsplit=1) for line in text.split("\n\n")[0].strip().split("\n"))

    def size_and_root(self, note):
        return int(note.split("\n")[1]), note.split("\n")[2]

    def put_departments(self, org, first, count):
        file = self.folder / "departments.csv"
        file.write_text("code,name\n" + "".join(f"D{n},部署{n}\n" for n in range(first, first + count)), encoding="utf-8")
        maru("import", "department", file, org=org, check=0)


class Signing(Ledger):
    def test_a_name_is_chosen_once(self):
        org = self.folder / "組織"
        maru("init", org, "--origin", "example.co.jp/maru", check=0)
        self.assertTrue(maru("ledger", "key", org=org, check=0).stdout.startswith("example.co.jp/maru+"))
        for origin in ("example co jp", "a+b", "例え.jp", "x" * 256, ""):
            refused = maru("init", self.folder / "other", "--origin", origin)
            self.assertEqual(2, refused.returncode, origin)
            self.assertFalse((self.folder / "other").exists())

    def test_every_writing_command_leaves_a_checkpoint_of_everything(self):
        org = self.organisation("--name", "株式会社見本")
        for words in (["put", *DEPARTMENT], ["put", "department", "code=D1", "name=技術部"], ["retire", "department", "D1"]):
            maru(*words, org=org, check=0)
            status = self.status(org)
            self.assertEqual("0", status["entries not signed"], words)
            self.assertTrue(status["last checkpoint"].startswith(status["entries"] + " entries"), words)
            self.assertTrue(status["anchor"].startswith(status["entries"] + " entries"), words)
        self.assertEqual(4, int(status["entries"]))

    def test_the_key_is_for_its_owner_and_nowhere_else(self):
        org = self.organisation("--name", "株式会社見本")
        key = org / "keys" / "log.key"
        self.assertEqual(0o600, key.stat().st_mode & 0o777)
        secret = key.read_text().split("+", 4)[-1].strip()  # base64 may hold a +
        self.assertGreater(len(secret), 40)
        maru("ledger", "export", "-o", self.folder / "log", org=org, check=0)
        for folder in (org, self.folder / "log", pathlib.Path(os.environ["MARU_ANCHORS"])):
            for name, data in contents(folder).items():
                if name != "keys/log.key":
                    self.assertNotIn(secret.encode(), data, name)
        said = "".join(maru("ledger", words, org=org).stdout for words in ("status", "key", "checkpoint"))
        self.assertNotIn(secret, said)

    def test_an_organisation_from_before_there_were_checkpoints_gets_a_key(self):
        org = self.organisation("--name", "株式会社見本")
        with sqlite3.connect(org / "maru.db") as database:
            database.executescript("drop table log_key; drop table checkpoint; drop table cosignature; drop table timestamp; "
                                   "drop table erasure; drop table erased_value; pragma user_version = 2")
        database.close()
        (org / "keys" / "log.key").unlink()
        maru("put", *DEPARTMENT, org=org, check=0)
        self.assertEqual(2, self.size_and_root(maru("ledger", "checkpoint", org=org, check=0).stdout)[0])

    def test_the_sheet_does_not_depend_on_keys_and_checkpoints(self):
        sheets = []
        for origin in ("a.example", "b.example"):
            org = self.folder / origin
            maru("init", org, "--name", "株式会社見本", "--origin", origin, check=0)
            maru("ledger", "checkpoint", org=org, check=0)
            sheets.append(maru("sheet", org=org, check=0).stdout)
        root = r"[0-9A-Za-z+/]{43}=|\b[ab]\.example"  # the hints name the folder; the root names entries whose commitments are salted by chance
        self.assertEqual(re.sub(root, "", sheets[0]), re.sub(root, "", sheets[1]))

    def test_without_a_place_for_the_anchor_writing_goes_on_with_a_warning(self):
        org = self.organisation("--name", "株式会社見本")
        blocked = self.folder / "file"
        blocked.write_text("x")
        os.environ["MARU_ANCHORS"] = str(blocked / "anchors")
        done = maru("put", *DEPARTMENT, org=org, check=0)
        self.assertIn("warning", done.stderr)
        self.assertIn(str(blocked), done.stderr)
        self.assertIn("D1", maru("list", "department", org=org, check=0).stdout)


class Restoring(Ledger):
    def restored(self):
        """An organisation whose database was put back to an older copy."""
        org = self.organisation("--name", "株式会社見本")
        maru("put", *DEPARTMENT, org=org, check=0)
        old = (org / "maru.db").read_bytes()
        self.put_departments(org, 10, 20)
        for name in ("maru.db-wal", "maru.db-shm"):
            (org / name).unlink(missing_ok=True)
        (org / "maru.db").write_bytes(old)
        return org

    def test_an_old_database_is_read_only_and_says_why(self):
        org = self.restored()
        before = contents(org)
        for lang, words in (("ja", ["22 件", "2 件", "読み取り専用", "maru ledger renew", "バックアップ"]), ("en", ["22 entries", "read-only", "maru ledger renew", "backup"])):
            done = maru("put", "department", "code=D2", "name=営業部", org=org, lang=lang, check=2)
            for word in words:
                self.assertIn(word, done.stderr)
            self.assertIn(words[0], maru("ledger", "status", org=org, lang=lang, check=1).stdout)
        self.assertEqual(before["maru.db"], (org / "maru.db").read_bytes())

    def test_reading_goes_on_with_one_line_of_warning(self):
        org = self.restored()
        for words in (["sheet"], ["list", "department"], ["show", "department", "D1"], ["history", "department", "D1"], ["tasks"]):
            done = maru(*words, org=org)
            self.assertNotEqual(2, done.returncode, done.stderr)
            self.assertEqual(1, done.stderr.count("\n"), done.stderr)
            self.assertIn("22 entries", done.stderr)

    def test_the_newer_database_put_back_mends_it(self):
        org = self.organisation("--name", "株式会社見本")
        old = (org / "maru.db").read_bytes()
        maru("put", *DEPARTMENT, org=org, check=0)
        new = (org / "maru.db").read_bytes()
        (org / "maru.db").write_bytes(old)
        maru("put", "department", "code=D2", "name=営業部", org=org, check=2)
        (org / "maru.db").write_bytes(new)
        self.assertEqual("", maru("put", "department", "code=D2", "name=営業部", org=org, check=0).stderr)
        maru("ledger", "verify", org=org, check=0)

    def test_a_copy_that_goes_its_own_way_is_stopped(self):
        org = self.organisation("--name", "株式会社見本")
        copy = self.folder / "copy"
        shutil.copytree(org, copy)
        maru("put", *DEPARTMENT, org=org, check=0)
        self.assertIn("read-only", maru("put", "department", "code=D9", "name=別", org=copy, check=2).stderr)

    def test_a_lost_ledger_goes_on_under_a_new_key_and_says_so_for_ever(self):
        org = self.restored()
        old_key = maru("ledger", "key", org=org, check=0).stdout.strip()
        self.assertEqual(2, maru("ledger", "renew", org=org).returncode)
        maru("ledger", "renew", "--cause", "ディスクの故障", org=org, check=0)
        new_key = maru("ledger", "key", org=org, check=0).stdout.strip()
        self.assertNotEqual(old_key, new_key)
        self.assertTrue(new_key.startswith(old_key.split("+")[0] + "/2+"))
        self.assertEqual("", maru("put", "department", "code=D2", "name=営業部", org=org, check=0).stderr)
        maru("ledger", "verify", org=org, check=0)
        log = self.folder / "log"
        maru("ledger", "export", "-o", log, org=org, check=0)
        maru("ledger", "verify", log, "--key", new_key, check=0)
        self.assertEqual(1, maru("ledger", "verify", log, "--key", old_key).returncode)
        entries = b"".join(data for name, data in contents(log).items() if "entries" in name).decode(errors="replace")
        for word in (old_key, "22 entries", "ディスクの故障"):
            self.assertIn(word, entries)

    def test_a_missing_or_foreign_key_is_never_replaced(self):
        org = self.organisation("--name", "株式会社見本")
        key = org / "keys" / "log.key"
        own = key.read_bytes()
        key.unlink()
        self.assertIn("log.key", maru("put", *DEPARTMENT, org=org, check=2).stderr)
        self.assertFalse(key.exists())
        other = self.folder / "other"
        maru("init", other, check=0)
        key.write_bytes((other / "keys" / "log.key").read_bytes())
        self.assertIn("another ledger", maru("put", *DEPARTMENT, org=org, check=2).stderr)
        key.write_bytes(own)
        maru("put", *DEPARTMENT, org=org, check=0)


class Exporting(Ledger):
    def refuse(self, log, vkey, name):
        self.assertIn(name, maru("ledger", "verify", log, "--key", vkey, check=1).stdout)

    def small_log(self):
        org, log = self.organisation("--name", "株式会社見本"), self.folder / "log"
        self.put_departments(org, 0, 300)
        maru("ledger", "export", "-o", log, org=org, check=0)
        return org, log, maru("ledger", "key", org=org, check=0).stdout.strip()

    def test_the_same_export_again_changes_nothing(self):
        org, log, _ = self.small_log()
        before = contents(log)
        self.assertIn("0 of them new", maru("ledger", "export", "-o", log, org=org, check=0).stdout)
        self.assertEqual(before, contents(log))

    def test_a_changed_file_stops_the_export_and_fails_the_verification(self):
        org, log, vkey = self.small_log()
        maru("put", *DEPARTMENT, org=org, check=0)
        for name in ("tile/0/000", "tile/entries/000"):
            data = (log / name).read_bytes()
            with changed(log / name, data[:-1] + bytes([data[-1] ^ 1])):
                self.assertIn(name, maru("ledger", "export", "-o", log, org=org, check=2).stderr)
                self.refuse(log, vkey, "tile/0/000")
        with changed(log / "checkpoint", (log / "checkpoint").read_bytes().replace(b"301", b"300")):
            self.assertEqual(1, maru("ledger", "verify", log).returncode)
        (log / "tile/0/000").unlink()
        self.refuse(log, vkey, "tile/0/000")

    def test_files_that_are_none_of_the_log_are_named(self):
        org, log, vkey = self.small_log()
        maru("put", *DEPARTMENT, org=org, check=0)
        maru("ledger", "export", "-o", log, org=org, check=0)  # what it was before stays, as part of the log
        (log / "tile/0/001.p/45").stat(), (log / "tile/0/001.p/46").stat()
        self.assertNotIn("Note: these", maru("ledger", "verify", log, "--key", vkey, check=0).stdout)
        (log / "tile/0/002").write_bytes(bytes(8192))
        (log / "keys/\x1b[2J.vkey").write_text("x")
        said = maru("ledger", "verify", log, "--key", vkey, check=0).stdout
        self.assertIn("these are no files of the log and were not checked: keys/␛[2J.vkey, tile/0/002\n", said)
        for number in range(9):
            (log / f"report-{number}").write_text("all is well")
        self.assertIn("report-3 and 6 more", maru("ledger", "verify", log, "--key", vkey, check=0).stdout)
        self.assertIn("、ほか 6 個", maru("ledger", "verify", log, "--key", vkey, lang="ja", check=0).stdout)
        (log / "keys/\x1b[2J.vkey").unlink()
        archive = shutil.make_archive(self.folder / "log", "zip", log)
        self.assertIn("not checked: report-0, ", maru("ledger", "verify", archive, "--key", vkey, check=0).stdout)

    def test_what_cannot_be_read_is_two_and_what_does_not_verify_is_one(self):
        org, log, vkey = self.small_log()
        self.assertEqual(2, maru("ledger", "verify", self.folder / "none").returncode)
        self.assertEqual(2, maru("ledger", "verify", self.folder).returncode)
        self.assertEqual(2, maru("ledger", "verify", log, "--key", "x").returncode)
        other = self.folder / "other"
        maru("init", other, check=0)
        self.assertEqual(1, maru("ledger", "verify", log, "--key", maru("ledger", "key", org=other).stdout.strip()).returncode)
        self.assertEqual(2, maru("ledger", "export", "-o", log, org=other, check=2).returncode)
        self.assertIn("別のフォルダ", maru("ledger", "export", "-o", org, org=org, lang="ja", check=2).stderr)
        done = maru("ledger", "verify", log, check=0)
        self.assertIn(vkey, done.stdout)  # the key came with the folder: compare

    def test_an_organisations_own_ledger_is_verified_down_to_its_signatures(self):
        org = self.organisation("--name", "株式会社見本")
        self.put_departments(org, 0, 300)
        self.assertIn("301 entries", maru("ledger", "verify", org=org, check=0).stdout)
        empty = self.folder / "empty"
        maru("init", empty, check=0)
        self.assertIn("nothing was checked", maru("ledger", "verify", org=empty, check=1).stdout)
        for sql in ("update entry set body = replace(body, 'put', 'pat') where idx = 7", "update node set hash = zeroblob(32)", "update entry set leaf = zeroblob(32) where idx = 299"):
            with self.subTest(sql=sql):
                copy = self.folder / "copy"
                shutil.copytree(org, copy)
                with sqlite3.connect(copy / "maru.db") as database:
                    database.execute(sql)
                database.close()
                self.assertRegex(maru("ledger", "verify", org=copy, check=1).stdout, "entry 7|node 8/0|entry 299")
                shutil.rmtree(copy)

    def test_a_read_only_folder_is_read_and_exported(self):
        org = self.organisation("--name", "株式会社見本")
        for path in (org / "maru.db", org):
            path.chmod(path.stat().st_mode & ~0o222)
        command = ["setpriv", "--bounding-set=-all", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        if command:
            for path in [org, *org.rglob("*")]:
                path.chmod(path.stat().st_mode | 0o444 | (0o111 if path.is_dir() else 0))
            self.folder.chmod(0o755)
            (self.folder / "log").mkdir(mode=0o777)
            (self.folder / "log").chmod(0o777)
        for words in (["sheet"], ["ledger", "status"], ["ledger", "checkpoint"], ["ledger", "export", "-o", str(self.folder / "log")]):
            done = subprocess.run([*command, MARU, "--lang", "en", "--org", str(org), *words], capture_output=True, text=True, env=dict(os.environ, MARU_ANCHORS=str(self.folder / "none")))
            self.assertEqual(0, done.returncode, (words, done.stderr))
        maru("ledger", "verify", self.folder / "log", check=0)
        org.chmod(0o755)
