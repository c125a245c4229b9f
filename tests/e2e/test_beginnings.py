"""Beginning: making an organisation, and the way from nothing to the first ○."""
import re
import shlex
import shutil
import subprocess

from support import CLOCK, MARU, Case, maru


class Init(Case):
    def refused(self, *words, names):
        done = maru("init", *words, check=2)
        for name in names:
            self.assertIn(name, done.stderr)
        return done

    def test_of_several_at_once_exactly_one_makes_it(self):
        for turn in range(2):
            home = self.folder / str(turn)
            names = [f"会社{n}" for n in range(4)]
            running = [subprocess.Popen([MARU, "--lang", "en", "--clock", CLOCK, "init", str(home), "--name", name], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                       for name in names]
            ended = [(process.communicate()[1].decode(), process.returncode) for process in running]
            winners = [name for name, (_, code) in zip(names, ended) if code == 0]
            self.assertEqual(1, len(winners), ended)
            for error, code in ended:
                self.assertIn(code, (0, 2))
                if code == 2:
                    self.assertIn("holds an organisation already", error)
            sheet = self.sheet(home)
            self.assertEqual((winners[0], 1), (sheet["organisation"], sheet["entries"]))
            maru("put", "department", "code=D1", "name=開発部", org=home, check=0)

    def test_a_folder_with_other_things_in_it_is_left_alone(self):
        home = self.folder / "documents"
        home.mkdir()
        (home / "議事録.txt").write_text("x")
        self.refused(home, "--name", "x", names=["not empty", "議事録.txt", "documents/maru"])
        self.assertEqual(["議事録.txt"], [path.name for path in home.iterdir()])
        self.refused(home / "議事録.txt", names=["a file"])

    def test_an_empty_database_is_no_organisation(self):
        home = self.folder / "half"
        home.mkdir()
        (home / "maru.db").touch()
        self.refused(home, "--name", "x", names=["maru.db", "empty"])
        self.assertEqual(["maru.db"], [path.name for path in home.iterdir()])
        for words in (["sheet"], ["put", "department", "code=D1", "name=x"], ["list", "person"]):
            self.assertIn("maru.db is empty", maru(*words, org=home, check=2).stderr)

    def test_an_empty_folder_is_used(self):
        home = self.folder / "empty"
        home.mkdir()
        maru("init", home, "--name", "株式会社見本", check=0)
        self.assertEqual("株式会社見本", self.sheet(home)["organisation"])
        self.refused(home, "--name", "株式会社別", names=["already"])

    def test_an_empty_name_is_refused_and_makes_nothing(self):
        for name in ("", "　"):
            self.refused(self.folder / "new", "--name", name, names=["--name"])
        self.refused("", names=["DIR"])
        self.assertEqual([], list(self.folder.iterdir()))

    def test_what_fails_leaves_nothing(self):
        broken = self.folder / "broken"
        broken.mkdir()
        (broken / "a.toml").write_text('[[record]]\nregister = "person"\ncode = "E1"\n')
        maru("init", self.folder / "a" / "b", "--with", broken, check=2)
        self.assertEqual(["broken"], [path.name for path in self.folder.iterdir()])

    def test_the_sample_takes_another_name(self):
        self.assertEqual("株式会社別", self.sheet(self.organisation("--sample", "--name", "株式会社別"))["organisation"])


class FirstSteps(Case):
    """From `maru init` to the ○ of items 1 to 6, typing nothing but what is shown."""

    def shown(self, org, lang):
        screen = maru("sheet", org=org, lang=lang, check=0).stdout
        return re.findall(r"^     (\S*maru .*)$", screen, re.MULTILINE)

    def walk(self, lang):
        org = self.organisation()
        for turn in range(40):
            commands = self.shown(org, lang)
            if not commands:
                break
            for command in commands[:5]:
                done = subprocess.run(["bash", "-c", command + f" --lang {lang} --clock {CLOCK}"], capture_output=True)
                self.assertEqual(0, done.returncode, (command, done.stdout.decode(), done.stderr.decode()))
        return org, turn

    def test_lead_to_the_first_marks(self):
        org, turns = self.walk("ja")
        self.assertLess(turns, 40)
        marks = self.marks(org)
        self.assertEqual({1: "○", 2: "○", 3: "○", 4: "○", 5: "○", 6: "－"}, {item: marks[item] for item in range(1, 7)})
        later = {"org": org, "clock": "2026-12-10T09:00:00+09:00"}
        maru("put", "person", "code=E002", "last_working_day=2026-12-01", "left_on=2026-12-01", check=0, **later)
        self.assertEqual("×", self.marks(org, clock=later["clock"])[6])
        maru("put", "pledge", "person=E002", "kind=leaving", "asked_on=2026-12-01", "outcome=signed", "signed_on=2026-12-01", check=0, **later)
        self.assertEqual("○", self.marks(org, clock=later["clock"])[6])

    def test_a_list_that_nobody_confirmed_is_named_with_its_command(self):
        org, _ = self.walk("en")
        later = {"org": org, "clock": "2027-03-10T09:00:00+09:00"}
        self.assertEqual("?", self.marks(org, clock=later["clock"])[5])
        for words in (["check", "5"], ["tasks"]):
            screen = maru(*words, **later).stdout
            self.assertIn("従業者一覧", screen)
        command = re.search(r"maru (put list_import .* complete=true)", screen)[1]
        maru(*shlex.split(command), check=0, **later)
        self.assertEqual("○", self.marks(org, clock=later["clock"])[5])

    def test_are_in_both_languages_and_end_for_who_has_earned_much(self):
        empty = self.organisation()
        self.assertIn("What to do next", maru("sheet", org=empty, check=0).stdout)
        self.assertIn("次にすること", maru("sheet", org=empty, lang="ja", check=0).stdout)
        for words in (["--format", "tsv"], ["--format", "json"], ["--on", "2026-11-23"], ["--layout", "published"]):
            self.assertNotIn("What to do next", maru("sheet", *words, org=empty, check=0).stdout)
        shutil.rmtree(self.folder / "organisation")
        self.assertEqual([], self.shown(self.sample(), "ja"))


if __name__ == "__main__":
    import unittest

    unittest.main()
