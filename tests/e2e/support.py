"""What the end-to-end tests share: the real binary, and copies of organisations that are made once."""
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from files import changed  # noqa: F401  the tests take it from here

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARU = os.environ["MARU_BINARY"]
TODAY = "2026-11-23"
CLOCK = TODAY + "T09:00:00+09:00"

_made = {}
_numbers = itertools.count()
_workshop = tempfile.TemporaryDirectory(prefix="maru-e2e-")
os.environ["MARU_ANCHORS"] = _workshop.name + "/anchors"


def maru(*words, org=None, lang="en", clock=CLOCK, stdin=None, check=None, cwd=None, binary=False):
    """Runs maru; `check` is the expected exit code. Returns the finished process."""
    command = [MARU, "--lang", lang, "--clock", clock]
    if org is not None:
        command += ["--org", str(org)]
    done = subprocess.run(command + [str(word) for word in words], input=stdin, capture_output=True, cwd=cwd, timeout=120)
    if not binary:
        done.stdout = done.stdout.decode("utf-8")
        done.stderr = done.stderr.decode("utf-8")
    if check is not None and done.returncode != check:
        raise AssertionError(f"{words}: exit {done.returncode}, not {check}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done


class Case(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="maru-e2e-")
        self.folder = pathlib.Path(self._folder.name)
        os.environ["MARU_ANCHORS"] = str(self.folder / "anchors")  # copies of one ledger would contradict each other

    def tearDown(self):
        self._folder.cleanup()

    def made_once(self, what, make):
        """The path of what make(path) makes, the first time that a test wants it; all tests share it, so none may change it."""
        if what not in _made:
            path = pathlib.Path(_workshop.name) / str(next(_numbers))
            make(path)
            _made[what] = path
        return _made[what]

    def organisation(self, *init_words):
        """A fresh copy of what `maru init DIR *init_words` makes."""
        copy = self.folder / "organisation"
        shutil.copytree(self.made_once(init_words, lambda path: maru("init", path, *init_words, check=0)), copy)
        return copy

    def sample(self):
        return self.organisation("--sample", "--no-past")

    def sheet(self, org, *words, clock=CLOCK):
        return json.loads(maru("sheet", "--format", "json", *words, org=org, clock=clock, check=0).stdout)

    def marks(self, org, *words, clock=CLOCK):
        return {item["number"]: item["symbol"] for item in self.sheet(org, *words, clock=clock)["items"]}

    def root(self, org):
        sheet = self.sheet(org)
        return sheet["entries"], sheet["root"]

    def assertAllFull(self, org, *words, clock=CLOCK):
        items = self.sheet(org, *words, clock=clock)["items"]
        self.assertEqual([], [(item["number"], item["symbol"], offences(item)) for item in items if item["symbol"] != "○"])


def offences(item):
    return [
        (check["check"], check["state"], [o["sentence"]["en"] for o in check["offenders"]])
        for check in item["checks"]
        if check["level"] != "extra" and check["state"] in ("broken", "unknown", "error")
    ]
