"""Bad input: a message that says what, where and what to do; exit code 2; nothing changed."""
import os
import shutil
import subprocess
import zipfile

from support import MARU, ROOT, Case, maru

PERSON = ["code=E1", "name=山田", "employment=employee", "joined_on=2024-04-01"]


class Records(Case):
    def refused(self, *words, names, stdin=None):
        before = self.root(self.org)
        done = maru(*words, org=self.org, stdin=stdin)
        self.assertEqual(2, done.returncode, done.stdout)
        for name in names:
            self.assertIn(name, done.stderr)
        self.assertEqual(before, self.root(self.org))

    def setUp(self):
        super().setUp()
        self.org = self.organisation("--name", "株式会社見本")
        maru("put", "person", *PERSON, org=self.org, check=0)

    def test_wrong_values_name_the_field(self):
        self.refused("put", "person", "code=E2", "name=x", "employment=employee", "joined_on=2026-02-30", names=["joined_on", "2026-02-30"])
        self.refused("put", "person", "code=E2", "name=x", "employment=robot", "joined_on=2026-02-01", names=["employment", "robot"])
        self.refused("put", "person", "code=E2", "employment=employee", "joined_on=2026-02-01", names=["name"])
        self.refused("put", "person", "code=E1", "nickname=x", names=["nickname"])
        self.refused("put", "person", "code=E1", "manager=E999", names=["manager", "E999"])
        self.refused("put", "person", "code=E1", "left_on=2020-01-01", names=["left on"])
        self.refused("put", "person", "code=E1", "mail=not a mail", names=["mail"])
        self.refused("put", "persn", "code=E1", names=["persn", "person"])
        self.refused("put", "person", "E1", names=["E1", "field=value"])

    def test_numbers_that_are_none(self):
        base = ["vulnerability", "code=V1", "name=CVE-1", "found_on=2026-01-01", "decision=open", "owner=E1"]
        for value in ("nan", "inf", "1e400", "9e99999", "7.55", "11", "７．５．１"):
            self.refused("put", *base, "cvss=" + value, names=["cvss"])
        maru("put", *base, "cvss=７．５", org=self.org, check=0)

    def test_json(self):
        self.refused("put", "person", '{"code": "E1", "code": "E2"}', names=["code", "twice"])
        self.refused("put", "person", '{"code": "E1"', names=["JSON"])
        self.refused("put", "person", '{"code": {"a": 1}}', names=["code"])
        self.refused("put", "person", "-", stdin=b'{"code": "E1", "name": "\xff\xfe"}', names=["JSON"])
        self.refused("put", "vulnerability", '{"code":"V1","name":"x","found_on":"2026-01-01","decision":"open","owner":"E1","cvss":9999999e99994999}', names=["cvss"])

    def test_invalid_utf8_on_the_command_line(self):
        before = self.root(self.org)
        done = subprocess.run([MARU, "--org", str(self.org), "put", "department", b"code=\xff", "name=x"], capture_output=True)
        self.assertEqual(2, done.returncode)
        self.assertEqual(before, self.root(self.org))

    def test_a_twelve_digit_my_number_in_a_persons_text(self):
        self.refused("put", "person", "code=E1", "name=123456789018", names=["name"])

    def test_days_and_indexes_that_are_none(self):
        self.refused("sheet", "--on", "2026-13-01", names=["--on"])
        self.refused("sheet", "--known-at", "999999", names=["--known-at"])
        self.refused("sheet", "--known-at", "yesterday", names=["--known-at", "yesterday"])
        self.refused("check", "99", names=["99"])
        self.refused("sheet", "--sheet", "nist", names=["nist", "ipa-52"])

    def test_unknown_commands_and_options(self):
        for words in (["shet"], ["sheet", "--formt", "json"], ["sheet", "--format", "pdf"], ["put"], ["init"]):
            self.assertEqual(2, maru(*words).returncode, words)


class Files(Case):
    def setUp(self):
        super().setUp()
        self.org = self.organisation("--name", "株式会社見本")
        self.before = self.root(self.org)

    def refused(self, file, *names, register="department"):
        done = maru("import", register, file, org=self.org)
        self.assertEqual(2, done.returncode, done.stdout)
        for name in names:
            self.assertIn(name, done.stdout + done.stderr)
        self.assertEqual(self.before, self.root(self.org))

    def write(self, name, content):
        file = self.folder / name
        file.write_bytes(content)
        return file

    def test_csv(self):
        self.refused(self.folder / "none.csv", "none.csv")
        self.refused(self.write("a.txt", b"code,name\n"), "a.txt")
        self.refused(self.write("empty.csv", b""))
        self.refused(self.write("heading.csv", b"code,nome\nD1,x\n"), "nome", "name")
        self.refused(self.write("double.csv", b"code,name\nD1,x\nD1,y\n"), "3", "D1")
        self.refused(self.write("quote.csv", b'code,name\nD1,"x\n'), "quote.csv")
        self.refused(self.write("utf8.csv", b"code,name\nD1,\xe3\x81\n\xf0\x28\x8c\xbc\n"))
        self.refused(self.write("nul.csv", b"code,name\nD1,a\x00b\n"))
        self.refused(self.write("dangling.csv", b"code,name,head\nD1,x,E77\n"), "E77", "head", "2")

    def test_a_cell_of_200_mb(self):
        file = self.folder / "big.csv"
        with open(file, "wb") as stream:
            stream.write(b"code,name\nD1,")
            for _ in range(200):
                stream.write(b"x" * 1_000_000)
            stream.write(b"\n")
        self.refused(file, "big.csv")

    def test_xlsx(self):
        self.refused(self.write("not.xlsx", b"PK\x03\x04 nonsense"), "not.xlsx")
        bomb = self.folder / "bomb.xlsx"
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("[Content_Types].xml", "<Types/>")
            book.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>')
            book.writestr("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>')
            with book.open("xl/worksheets/sheet1.xml", "w") as part:
                part.write(b"<worksheet><sheetData>")
                for _ in range(700):
                    part.write(b" " * 1_000_000)
                part.write(b"</sheetData></worksheet>")
        self.refused(bomb, "bomb.xlsx")
        good = self.folder / "good.xlsx"
        maru("export", "setting_value", "-o", good, org=self.org, check=0)
        self.refused(self.write("cut.xlsx", good.read_bytes()[:-200]), "cut.xlsx")


class Folders(Case):
    def test_init_does_not_touch_what_is_there(self):
        org = self.organisation("--name", "株式会社見本")
        before = self.root(org)
        self.assertEqual(2, maru("init", org, "--sample").returncode)
        self.assertEqual(before, self.root(org))

    def test_not_an_organisation(self):
        done = maru("sheet", org=self.folder / "nowhere", check=2)
        self.assertIn("nowhere", done.stderr)
        (self.folder / "maru.db").write_bytes(b"this is not a database, it is a text of some length" * 100)
        self.assertIn("maru.db", maru("sheet", org=self.folder, check=2).stderr)

    def test_a_database_of_a_newer_version(self):
        import sqlite3

        org = self.organisation("--name", "株式会社見本")
        database = sqlite3.connect(org / "maru.db")
        database.execute("pragma user_version = 999")
        database.commit()
        database.close()
        for words in (["sheet"], ["put", "department", "code=D1", "name=x"]):
            self.assertIn("999", maru(*words, org=org, check=2).stderr)

    def test_a_truncated_database(self):
        org = self.sample()
        size = (org / "maru.db").stat().st_size
        os.truncate(org / "maru.db", size // 2)
        self.assertTrue(maru("sheet", org=org, check=2).stderr)

    def test_another_process_writes(self):
        import fcntl

        org = self.organisation("--name", "株式会社見本")
        with open(org / "lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = maru("put", "department", "code=D1", "name=x", org=org, check=2)
        self.assertIn(str(org), done.stderr)
        maru("put", "department", "code=D1", "name=x", org=org, check=0)

    def test_a_folder_that_may_only_be_read(self):
        org = self.organisation("--name", "株式会社見本")
        for path in [org, *org.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        os.chmod(self.folder, 0o755)
        done = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", MARU, "--org", str(org), "put", "department", "code=D1", "name=x"]
                              if os.getuid() == 0 else [MARU, "--org", str(org), "put", "department", "code=D1", "name=x"], capture_output=True)
        self.assertEqual(2, done.returncode, done.stdout)
        self.assertTrue(done.stderr.startswith(b"maru: "), done.stderr)

    def test_a_full_disk(self):
        if os.getuid() != 0:
            self.skipTest("mounting a small file system needs root")
        disk = self.folder / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], check=True)
        try:
            org = disk / "organisation"
            maru("init", org, "--name", "株式会社見本", check=0)
            file = self.folder / "departments.csv"
            file.write_text("code,name\n" + "".join(f"D{n},{'部' * 60}{n}\n" for n in range(60_000)), encoding="utf-8")
            done = maru("import", "department", file, org=org, check=2)
            self.assertRegex(done.stderr, "disk|space")
            self.assertIn("no records yet", maru("list", "department", org=org, check=0).stdout)
        finally:
            subprocess.run(["umount", str(disk)], check=True)

    def test_output_that_cannot_be_written(self):
        org = self.organisation("--name", "株式会社見本")
        for form in ("tsv", "xlsx"):
            done = maru("sheet", "--format", form, "-o", self.folder / "nowhere" / "x", org=org, check=2)
            self.assertIn("nowhere", done.stderr)


class BrokenCatalog(Case):
    def setUp(self):
        super().setUp()
        self.org = self.sample()
        self.catalog = self.folder / "catalog"
        shutil.copytree(ROOT / "catalog", self.catalog)

    def maru(self, *words, check):
        return maru("--catalog", self.catalog, *words, org=self.org, check=check)

    def test_an_error_in_a_file_is_named(self):
        for name, text in (("registers/person.toml", "number = "), ("checks/workers-bound.toml", "title = 3"), ("sheets/ipa-52/sheet.toml", "[[item]]\nnumber = 1"),
                           ("settings.toml", "[x]\nvalue = 'a'")):
            file = self.catalog / name
            good = file.read_bytes()
            file.write_text(text)
            self.assertIn(name.split("/")[-1], self.maru("sheet", check=2).stderr)
            file.write_bytes(good)
        self.maru("sheet", check=0)

    def test_a_check_whose_sql_fails_makes_its_items_unknown(self):
        import json

        file = self.catalog / "checks/policy-approved-by-top.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("from document", "from no_such_register_document"), encoding="utf-8")
        sheet = json.loads(self.maru("sheet", "--format", "json", check=0).stdout)
        self.assertEqual("?", sheet["items"][0]["symbol"])
        self.assertTrue(any("error" in check for check in sheet["items"][0]["checks"]))
        self.assertEqual("○", sheet["items"][1]["symbol"])


if __name__ == "__main__":
    import unittest

    unittest.main()
