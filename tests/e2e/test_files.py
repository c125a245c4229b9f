"""Files that come and go: pipes, standard input and output, and what is there already."""
import os
import re
import subprocess
import zipfile

from support import Case, maru

TABLE = "code,name\nD1,開発部\n"


class Coming(Case):
    def setUp(self):
        super().setUp()
        self.org = self.organisation("--name", "株式会社見本")

    def test_a_pipe_that_nobody_writes_to_does_not_hang(self):
        pipe = self.folder / "pipe.csv"
        os.mkfifo(pipe)
        for words in (["import", "department", pipe], ["claims", "import", pipe]):
            done = maru(*words, org=self.org, check=2)
            self.assertIn("pipe.csv", done.stderr)
            self.assertIn("save it to a file", done.stderr)
        self.assertIn("フォルダ", maru("import", "department", self.folder, "--format", "csv", org=self.org, lang="ja", check=2).stderr)

    def test_standard_input(self):
        self.assertIn("1 created", maru("import", "department", "-", stdin=TABLE.encode(), org=self.org, check=0).stdout)
        self.assertIn("1 unchanged", maru("import", "department", "-", "--format", "tsv", stdin=TABLE.replace(",", "\t").encode(), org=self.org, check=0).stdout)
        self.assertIn("row 2", maru("import", "department", "-", stdin=b"code,name\nD2,\n", org=self.org, check=2).stdout)

    def test_a_table_under_any_name(self):
        file = self.folder / "departments.dat"
        file.write_text(TABLE, encoding="utf-8")
        self.assertIn(".csv", maru("import", "department", file, org=self.org, check=2).stderr)
        self.assertIn("1 created", maru("import", "department", file, "--format", "csv", org=self.org, check=0).stdout)

    def test_causes_are_in_the_readers_language(self):
        broken = self.folder / "broken.xlsx"
        broken.write_bytes(b"PK\x03\x04 nonsense")
        hollow = self.folder / "hollow.xlsx"
        with zipfile.ZipFile(hollow, "w") as book:
            book.writestr("xl/workbook.xml", "<workbook")
        for words in (["import", "department", broken], ["import", "department", hollow], ["put", "department", '{"code": "D1"'],
                      ["put", "department", '{"code": D1}'], ["init", "/proc/x"], ["sheet", "-o", "/proc/x.tsv"], ["sheet", "-o", "/proc/x.xlsx"]):
            done = maru(*words, org=self.org, lang="ja", check=2)
            words_left = re.sub(r"maru: |[\w./-]*\.(xlsx|xml|tsv|rels)|/proc/[\w.]*|xlsx|JSON|zip", "", done.stderr)
            self.assertNotRegex(words_left, "[A-Za-z]{3,}", done.stderr)


class Going(Case):
    def setUp(self):
        super().setUp()
        self.org = self.organisation("--name", "株式会社見本")
        maru("import", "department", "-", stdin=TABLE.encode(), org=self.org, check=0)

    def test_nothing_that_is_there_is_lost_without_a_word(self):
        for name in ("d.csv", "d.tsv", "d.xlsx"):
            file = self.folder / name
            for words in (["export", "department"], ["sheet"]):
                file.write_text("previous")
                done = maru(*words, "-o", file, org=self.org, check=2)
                self.assertIn(name, done.stderr)
                self.assertIn("--force", done.stderr)
                self.assertEqual("previous", file.read_text())
                maru(*words, "-o", file, "--force", org=self.org, check=0)
                self.assertNotEqual(b"previous", file.read_bytes())
        self.assertEqual([], list(self.folder.glob(".*")))

    def test_an_export_of_all_looks_before_it_writes(self):
        folder = self.folder / "all"
        maru("export", "-o", folder, org=self.org, check=0)
        (folder / "department.csv").unlink()
        self.assertIn("organisation.csv", maru("export", "-o", folder, org=self.org, check=2).stderr)
        self.assertFalse((folder / "department.csv").exists())
        maru("export", "-o", folder, "--force", org=self.org, check=0)
        self.assertTrue((folder / "department.csv").exists())

    def test_an_empty_file_has_nothing_to_lose(self):
        file = self.folder / "d.csv"
        file.touch()
        maru("export", "department", "-o", file, org=self.org, check=0)
        self.assertIn("開発部", file.read_text(encoding="utf-8-sig"))

    def test_a_link_leads_to_the_file_and_secrecy_stays(self):
        file, link = self.folder / "d.csv", self.folder / "link.csv"
        file.write_text("previous")
        file.chmod(0o600)
        link.symlink_to(file)
        maru("export", "department", "-o", link, "--force", org=self.org, check=0)
        self.assertTrue(link.is_symlink())
        self.assertIn("開発部", file.read_text(encoding="utf-8-sig"))
        self.assertEqual(0o600, file.stat().st_mode & 0o777)

    def test_standard_output_and_devices(self):
        self.assertIn("D1,開発部", maru("export", "department", "-o", "-", "--headings", "names", org=self.org, check=0).stdout)
        maru("export", "department", "-o", "/dev/null", "--format", "csv", org=self.org, check=0)
        self.assertIn("/dev/null", maru("export", "department", "-o", "/dev/null", "--format", "xlsx", org=self.org, check=2).stderr)
        self.assertIn("-o", maru("sheet", "--format", "xlsx", org=self.org, check=2).stderr)
        self.assertTrue(subprocess.run(["test", "-c", "/dev/null"]).returncode == 0)
        self.assertIn("株式会社見本", maru("sheet", "-o", "-", org=self.org, check=0).stdout)


if __name__ == "__main__":
    import unittest

    unittest.main()
