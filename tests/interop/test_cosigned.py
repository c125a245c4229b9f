"""What maru's witnesses give out, against a checker made of Debian's Go packages."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import support
from support import run

MARU = os.environ["MARU_BINARY"]


class Cosigned(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="maru-interop-")
        self.folder = pathlib.Path(self._folder.name)
        self.org = self.folder / "organisation"
        self.running = []

    def tearDown(self):
        for process in self.running:
            process.kill()
            process.communicate()
        self._folder.cleanup()

    def maru(self, *words, check=0):
        environment = dict(os.environ, MARU_ANCHORS=str(self.folder / "anchors"), MARU_ORG=str(self.org), LC_ALL="C.UTF-8")
        done = run(MARU, "--lang", "en", *words, env=environment)
        self.assertEqual(check, done.returncode, (words, done.stdout, done.stderr))
        return done.stdout

    def witness(self, name):
        """Its public key and its address."""
        key, state = self.folder / f"{name}.key", self.folder / f"{name}.db"
        vkey = self.maru("ledger", "witness", "key", "--key", key, "--name", f"witness.example.jp/{name}").strip()
        command = [MARU, "ledger", "witness", "serve", "--state", state, "--key", key, "--listen", "127.0.0.1:0", "--log", self.log]
        self.running.append(subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True))
        return vkey, re.search(r"http://\S+", self.running[-1].stdout.readline()).group(0)

    def test_a_note_that_two_witnesses_cosigned_is_accepted_and_its_forgeries_are_not(self):
        self.maru("init", self.org)
        self.log = self.maru("ledger", "key").strip()
        one, two = self.witness("w1"), self.witness("w2")
        (self.org / "policy.txt").write_text(f"log {self.log}\nwitness w1 {one[0]} {one[1]}\nwitness w2 {two[0]} {two[1]}\ngroup g all w1 w2\nquorum g\n")
        self.maru("ledger", "cosign")
        note = self.maru("ledger", "checkpoint")

        def check(text, *witnesses):
            return run(support.go_program(support.HERE / "cosign-check.go"), self.log, *witnesses, input=text)

        accepted = check(note, one[0], two[0])
        self.assertEqual((0, ""), (accepted.returncode, accepted.stderr))
        self.assertIn("signatures=3", accepted.stdout)
        lines = note.splitlines(keepends=True)
        self.assertEqual(1, check("".join(lines[:-1]), one[0], two[0]).returncode)
        # Another time or signature in the last line: one character of its base64, behind the key's id.
        for position in (8, 12, 60):
            word = lines[-1].rindex(" ") + 1 + position
            other = "A" if lines[-1][word] != "A" else "B"
            forged = lines[-1][:word] + other + lines[-1][word + 1:]
            self.assertEqual(1, check("".join(lines[:-1]) + forged, one[0], two[0]).returncode, position)


if __name__ == "__main__":
    unittest.main()
