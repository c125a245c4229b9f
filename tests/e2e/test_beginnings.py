"""Beginning: making an organisation, and the way from nothing to the first ○."""
import pathlib
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


if __name__ == "__main__":
    import unittest

    unittest.main()
