"""Logs of real organisations, exported by maru, against a checker made of Debian's Go packages; forged ones too."""
import hashlib
import os
import pathlib
import tempfile
import unittest

import support
from support import changed, run

MARU = os.environ["MARU_BINARY"]


def tiles(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in (folder / "tile").rglob("*") if path.is_file()}


class Exported(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="maru-interop-")
        self.folder = pathlib.Path(self._folder.name)
        self.org, self.log = self.folder / "organisation", self.folder / "log"
        self.maru("init", self.org)
        self.vkey = self.maru("ledger", "key").stdout.strip()

    def tearDown(self):
        self._folder.cleanup()

    def maru(self, *words, check=0):
        environment = dict(os.environ, MARU_ANCHORS=str(self.folder / "anchors"), MARU_ORG=str(self.org), LC_ALL="C.UTF-8")
        done = run(MARU, "--lang", "en", *words, env=environment)
        self.assertEqual(check, done.returncode, (words, done.stdout, done.stderr))
        return done

    def grow(self, size):
        """Entries up to `size`, and the folder brought up to date."""
        have = int(self.maru("ledger", "checkpoint").stdout.split("\n")[1])
        if size > have:
            file = self.folder / "departments.csv"
            file.write_text("code,name\n" + "".join(f"D{n},部署{n}\n" for n in range(have, size)), encoding="utf-8")
            self.maru("import", "department", file)
        self.maru("ledger", "export", "-o", self.log)

    def assert_both_accept(self, size):
        theirs = run(support.go_checker(), self.log, self.vkey)
        self.assertEqual(0, theirs.returncode, theirs.stderr)
        self.assertIn(f"size={size} ", theirs.stdout)
        ours = self.maru("ledger", "verify", self.log, "--key", self.vkey, check=0 if size > 0 else 1)
        self.assertIn(f"all {size} entries" if size > 0 else "nothing was checked", ours.stdout)

    def assert_both_refuse(self, name):
        self.assertEqual(1, run(support.go_checker(), self.log, self.vkey).returncode)
        self.assertIn(name, self.maru("ledger", "verify", self.log, "--key", self.vkey, check=1).stdout)

    def test_logs_of_every_awkward_size_in_one_growing_folder(self):
        before = {}
        for size in (0, 1, 255, 256, 257, 70_000):
            self.grow(size)
            self.assert_both_accept(size)
            after = tiles(self.log) if size > 0 else {}
            for name, data in before.items():
                self.assertEqual(data, after[name], name)
            before = after
        self.try_forgeries(300)

    def try_forgeries(self, index):
        """An entry, the hash of it in the tile above, and both."""
        bundle, tile = self.log / f"tile/entries/{index // 256:03}", self.log / f"tile/0/{index // 256:03}"
        data, at = bytearray(bundle.read_bytes()), 0
        for _ in range(index % 256):
            at += 2 + int.from_bytes(data[at:at + 2], "big")
        length = int.from_bytes(data[at:at + 2], "big")
        data[at + 22:at + 28] = b"FORGED"
        hashes = bytearray(tile.read_bytes())
        hashes[index % 256 * 32:index % 256 * 32 + 32] = hashlib.sha256(b"\0" + data[at + 2:at + 2 + length]).digest()
        with changed(bundle, bytes(data)):
            self.assert_both_refuse("tile/0/001")
            with changed(tile, bytes(hashes)):
                self.assert_both_refuse("tile/1/000")
        with changed(tile, bytes(hashes)):
            self.assert_both_refuse("tile/0/001")


if __name__ == "__main__":
    unittest.main()
