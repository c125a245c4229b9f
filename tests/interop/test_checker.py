"""Logs that we write are accepted, and forged ones refused, by a checker made of Debian's Go packages and by our own."""
import base64
import hashlib
import pathlib
import shutil
import tempfile
import unittest

import support
from support import LOG_FILES, SKEY, VKEY, WITNESS_SKEY, changed, run


def checker_says(folder):
    return run(support.go_checker(), folder, VKEY)


def we_say(folder):
    return run(LOG_FILES, "verify", folder, VKEY)


def write_log(folder, size):
    done = run(LOG_FILES, "write", folder, size, SKEY)
    assert done.returncode == 0, done.stderr


def forged(folder, index):
    """Entry `index` with six other bytes in its bundle, and its leaf hash in the tile of level 0: (path, bytes) of both."""
    bundle, tile = folder / f"tile/entries/{index // 256:03}", folder / f"tile/0/{index // 256:03}"
    data, at = bytearray(bundle.read_bytes()), 0
    for _ in range(index % 256):
        at += 2 + int.from_bytes(data[at:at + 2], "big")
    length = int.from_bytes(data[at:at + 2], "big")
    data[at + 2:at + 8] = b"FORGED"
    leaf = hashlib.sha256(b"\0" + data[at + 2:at + 2 + length]).digest()
    hashes = bytearray(tile.read_bytes())
    hashes[index % 256 * 32:index % 256 * 32 + 32] = leaf
    return (bundle, bytes(data)), (tile, bytes(hashes))


class Checker(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="maru-interop-")
        self.folder = pathlib.Path(self._folder.name)

    def tearDown(self):
        self._folder.cleanup()

    def assert_both_accept(self, folder, size):
        theirs, ours = checker_says(folder), we_say(folder)
        self.assertEqual(theirs.returncode, 0, theirs.stderr)
        self.assertIn(f"size={size} ", theirs.stdout)
        self.assertEqual(ours.returncode, 0, ours.stderr)
        root = [word for word in theirs.stdout.split() if word.startswith("root=")]
        self.assertIn(root[0], ours.stdout.split())

    def assert_both_refuse(self, folder):
        theirs, ours = checker_says(folder), we_say(folder)
        self.assertEqual(theirs.returncode, 1, theirs.stdout)
        self.assertIn("FAIL", theirs.stderr)
        self.assertEqual(ours.returncode, 1, ours.stdout)
        return ours.stderr

    def test_logs_around_tile_borders_are_accepted(self):
        for size in (1, 255, 256, 257):
            with self.subTest(size=size):
                folder = self.folder / str(size)
                write_log(folder, size)
                self.assert_both_accept(folder, size)

    def test_an_empty_log_is_well_formed_but_leaves_nothing_to_verify(self):
        write_log(self.folder, 0)
        self.assertEqual(checker_says(self.folder).returncode, 0)
        ours = we_say(self.folder)
        self.assertEqual(ours.returncode, 1)
        self.assertIn("nothing was checked", ours.stderr)

    def test_cosignatures_of_witnesses_disturb_nobody(self):
        write_log(self.folder, 257)
        self.assertEqual(run(LOG_FILES, "cosign", self.folder, WITNESS_SKEY, 1679315147).returncode, 0)
        self.assert_both_accept(self.folder, 257)
        self.assertIn(" sigs=1 other_sigs=1", checker_says(self.folder).stdout)

    def try_forgery(self, size):
        write_log(self.folder, size)
        self.assert_both_accept(self.folder, size)
        (bundle, data), (tile, hashes) = forged(self.folder, 300)
        with changed(bundle, data), changed(tile, hashes):
            self.assert_both_refuse(self.folder)

    def test_forged_entries_are_refused_in_600(self):
        self.try_forgery(600)

    def test_a_forged_entry_or_leaf_hash_alone_is_refused(self):
        write_log(self.folder, 600)
        for path, data in forged(self.folder, 300):
            with self.subTest(path=path.name), changed(path, data):
                self.assertIn("tile/0/001", self.assert_both_refuse(self.folder))
        self.assert_both_accept(self.folder, 600)

    def test_forged_entries_are_refused_in_70_000(self):
        self.try_forgery(70_000)

    def test_forged_entries_are_refused_in_1_000_000(self):
        self.try_forgery(1_000_000)

    def test_broken_files_are_refused(self):
        write_log(self.folder, 600)
        for name in ("checkpoint", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/000", "tile/entries/002.p/88"):
            path = self.folder / name
            data = path.read_bytes()
            with self.subTest(name=name), changed(path, data[:-1]):
                self.assert_both_refuse(self.folder)

    def test_a_checkpoint_of_another_size_root_or_key_is_refused(self):
        write_log(self.folder, 600)
        path = self.folder / "checkpoint"
        origin, size, root, *rest = path.read_text().split("\n")
        for body in ((origin, "599", root), (origin, size, base64.b64encode(bytes(32)).decode()), ("example.com/other", size, root)):
            with self.subTest(body=body), changed(path, "\n".join([*body, *rest]).encode()):
                self.assert_both_refuse(self.folder)
        other = self.folder / "other"
        write_log(other, 599)
        with changed(path, (other / "checkpoint").read_bytes()):  # signed, but not for these files
            self.assert_both_accept(other, 599)
            self.assert_both_refuse(self.folder)
        shutil.rmtree(other)


if __name__ == "__main__":
    unittest.main()
